#include "identity/legal_forms.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace vesica {
namespace {

// Legal forms as FoldName() and the joining of initials leave them, frozen with company-name/1. Compiled from the
// company law and registers of the places named. Left out are forms that are more often something else at the end of a
// name: CC, DA, KS, KY, MB, ME, NL, PC, RT, SC, SCI, SHA, TOO, Trust.
constexpr std::string_view kForms[] = {
    // English: United States, United Kingdom, Ireland, Canada, Australia, South Africa
    "inc", "incorporated", "corp", "corporation", "co", "company", "and co", "and company", "ltd", "limited", "llc",
    "l l c", "limited liability company", "llp", "limited liability partnership", "lllp", "lp", "limited partnership",
    "plc", "public limited company", "pllc", "pbc", "cic", "dac", "designated activity company", "clg", "ulc", "ultd",
    "unltd", "unlimited", "pty", "proprietary", "proprietary limited",
    // Singapore, Malaysia, India, Hong Kong, Pakistan, Thailand, Indonesia, Philippines
    "pte", "pvt", "private limited", "bhd", "sdn bhd", "berhad", "sendirian berhad", "opc", "pcl", "tbk",
    "public company limited",
    // Germany, Austria, Switzerland, Liechtenstein
    "gmbh", "ggmbh", "mbh", "gesmbh", "ges mbh", "gesellschaft mit beschränkter haftung", "ug", "ug haftungsbeschränkt",
    "haftungsbeschränkt", "unternehmergesellschaft", "ag", "aktiengesellschaft", "kg", "kgaa", "ohg", "og", "gbr",
    "gesbr", "gesnbr", "partg", "partgmbb", "partg mbb", "ek", "e k", "e kfm", "ekfr", "ev", "e v", "eg", "e g",
    "and co kg", "und co", "und co kg", "sagl", "stiftung and co",
    // France, Belgium, Luxembourg, Monaco, French-speaking Switzerland and Africa
    "sa", "s a", "société anonyme", "sas", "s a s", "sasu", "sarl", "s a r l", "sàrl", "eurl", "snc", "sca", "scs",
    "scop", "selarl", "et cie", "and cie", "cie", "bvba", "sprl", "cvba", "cvoa", "esv", "scrl", "asbl", "vzw",
    "comm v", "secs", "suarl", "société par actions simplifiée", "société à responsabilité limitée",
    // Netherlands
    "bv", "b v", "nv", "n v", "vof", "cv", "c v", "besloten vennootschap", "naamloze vennootschap",
    // Italy, San Marino
    "spa", "s p a", "srl", "s r l", "srls", "sapa", "sas di", "società per azioni", "società a responsabilità limitata",
    "scarl", "scpa", "società cooperativa",
    // Spain, Portugal, Latin America
    "sl", "s l", "slu", "sau", "slp", "sll", "slne", "sccl", "s coop", "sociedad limitada", "sociedad anónima", "lda",
    "limitada", "unipessoal lda", "unipessoal", "ltda", "eireli", "sa de cv", "s a de c v", "sab de cv", "sapi de cv",
    "s de rl de cv", "s de r l de c v", "de cv", "s de rl", "s de r l", "sab", "sapi", "s en c", "y cia", "e cia",
    "cia ltda", "sac", "s a c", "saa", "eirl", "sgps",
    // Denmark, Norway, Sweden, Iceland, Faroe Islands
    "as", "a s", "i s", "g s", "fmba", "nuf", "iks", "rhf", "aps", "ivs", "k s", "p s", "amba", "smba", "asa", "ans",
    "ab", "a b", "aktiebolag", "aktiebolaget", "ab publ", "publ", "hb", "kb", "ek för", "hf", "ehf", "ohf", "slhf",
    // Finland, Estonia, Latvia, Lithuania
    "oy", "o y", "oyj", "tmi", "t mi", "abp", "osakeyhtiö", "julkinen osakeyhtiö", "oü", "ou", "osaühing",
    "aktsiaselts", "tü", "uü", "sia", "uab", "akcinė bendrovė",
    // Poland, Czechia, Slovakia, Hungary
    "sp z oo", "sp z o o", "sp zoo", "spzoo", "spółka z oo", "spółka z o o", "spółka z ograniczoną odpowiedzialnością",
    "spółka akcyjna", "sp k", "spk", "sp komandytowa", "spółka komandytowa", "sp j", "spj", "sp p", "s k a", "ska",
    "psa", "sro", "s r o", "spol sro", "spol s ro", "spol s r o", "vos", "v o s", "akc spol", "kom spol", "a spol",
    "akciová společnost", "akciová spoločnosť", "kft", "kht", "korlátolt felelősségű társaság", "zrt", "nyrt", "bt",
    "kkt", "részvénytársaság", "zártkörűen működő részvénytársaság",
    // Slovenia, Croatia, Serbia, Bosnia, Montenegro, North Macedonia, Albania
    "doo", "d o o", "dd", "d d", "jdoo", "j d o o", "dno", "dooel", "ad", "a d", "shpk", "sh p k", "sh pk", "sh a",
    "k d", "kd", "kda", "jtd",
    // Romania, Moldova, Bulgaria, Greece, Cyprus
    "ood", "eood", "adsitz", "mepe", "ovee", "ead", "ike", "epe", "оод", "еоод", "ад", "еад", "доо", "д о о", "αε",
    "α ε", "επε", "ε π ε", "ικε", "οε", "εε",
    // Russia, Ukraine, Belarus, Kazakhstan
    "ooo", "oao", "zao", "pao", "ооо", "оао", "зао", "пао", "ао", "нао", "тов", "тзов", "прат", "пат", "тоо",

    // Turkey, Israel, Gulf states, Iran
    "aş", "a ş", "ltd şti", "ltd sti", "şti", "sti", "anonim şirketi", "limited şirketi", "san ve tic", "בעמ", "בע מ",
    "fze", "fzco", "fz llc", "fzc", "dmcc", "wll", "w l l", "bsc", "saog", "saoc", "sae", "sal", "kscp", "kscc", "qpsc",
    "qsc", "pjsc", "pjs", "jsc", "ojsc", "cjsc", "psc", "ذ م م", "ش م م",
    // Japan, Korea, China, Vietnam (those written without a space are in kAttached)
    "kk", "k k", "gk", "g k", "yk", "kabushiki kaisha", "kabushiki gaisha", "godo kaisha", "yugen kaisha", "株", "有",
    "合", "주", "유", "tnhh",
    // European
    "se", "societas europaea", "sce", "eeig", "gie"};

// Forms that come first by custom, and are hardly the first word of a name otherwise.
constexpr std::string_view kLeadingForms[] = {"ооо", "оао", "зао", "пао", "ао", "нао", "тов", "тзов", "прат",
                                              "пат", "тоо", "oü",  "株",  "有", "合",  "주",  "유"};

// Forms that are written without a space before or after the name.
constexpr std::string_view kAttached[] = {"株式会社",     "有限会社",     "合同会社", "合資会社", "股份有限公司",
                                          "有限责任公司", "有限責任公司", "有限公司", "주식회사", "유한회사"};

constexpr auto kSortedForms = [] {
  std::array<std::string_view, std::size(kForms)> forms{};
  std::copy(std::begin(kForms), std::end(kForms), forms.begin());
  std::sort(forms.begin(), forms.end());
  return forms;
}();

constexpr size_t kMaxWords = [] {
  size_t most = 0;
  for (std::string_view form : kForms) {
    most = std::max(most, static_cast<size_t>(std::count(form.begin(), form.end(), ' ') + 1));
  }
  return most;
}();

// The last words of the forms, to tell at once that none ends a name.
constexpr auto kLastWords = [] {
  std::array<std::string_view, std::size(kForms)> words{};
  for (size_t i = 0; i < words.size(); ++i) words[i] = kForms[i].substr(kForms[i].rfind(' ') + 1);
  std::sort(words.begin(), words.end());
  return words;
}();

// Bytes of the longest form that ends `name`, as whole words; 0 if none does.
size_t TrailingForm(std::string_view name) {
  size_t longest = 0;
  size_t begin = name.size();
  for (size_t words = 0; words < kMaxWords && begin > 0; ++words) {
    const size_t space = begin < 2 ? std::string_view::npos : name.rfind(' ', begin - 2);
    begin = space == std::string_view::npos ? 0 : space + 1;
    const std::string_view end = name.substr(begin);
    if (words == 0 && !std::binary_search(kLastWords.begin(), kLastWords.end(), end)) break;
    if (std::binary_search(kSortedForms.begin(), kSortedForms.end(), end)) longest = end.size();
  }
  for (std::string_view form : kAttached) {
    if (longest < form.size() && name.ends_with(form)) longest = form.size();
  }
  return longest;
}

// Bytes of a form that begins `name`; 0 if none does.
size_t LeadingForm(std::string_view name) {
  for (std::string_view form : kLeadingForms) {
    if (name.starts_with(form) && (name.size() == form.size() || name[form.size()] == ' ')) return form.size();
  }
  for (std::string_view form : kAttached) {
    if (name.starts_with(form)) return form.size();
  }
  return 0;
}

}  // namespace

std::string_view StripLegalForms(std::string_view name) {
  for (size_t size; (size = TrailingForm(name)) != 0 && size < name.size();) {
    name.remove_suffix(size);
    if (name.ends_with(' ')) name.remove_suffix(1);
  }
  for (size_t size; (size = LeadingForm(name)) != 0 && size < name.size();) {
    name.remove_prefix(size);
    if (name.starts_with(' ')) name.remove_prefix(1);
  }
  return name;
}

}  // namespace vesica
