#include "alignment/account_names.h"

#include "base/error.h"

namespace vesica {

absl::StatusOr<AccountRules> AccountRules::Open() {
  VESICA_ASSIGN_OR_RETURN(Profile account, Profile::Open("account/1"));
  VESICA_ASSIGN_OR_RETURN(Profile domain, Profile::Open("domain/1"));
  return AccountRules{std::move(account), std::move(domain)};
}

uint32_t AccountNames::OfText(std::string_view text) {
  const uint32_t id = texts_.texts.Intern(text);
  if (id == texts_.ids.size()) texts_.ids.push_back(Resolve(text, rules_.domain, true));
  return texts_.ids[id];
}

uint32_t AccountNames::OfPerson(std::string_view key) {
  const size_t at = key.rfind('@');
  if (at == std::string_view::npos) return kNoId;
  const std::string_view host = key.substr(at + 1);
  const uint32_t id = hosts_.texts.Intern(host);
  if (id == hosts_.ids.size()) hosts_.ids.push_back(Resolve(host, rules_.account, false));
  return hosts_.ids[id];
}

uint32_t AccountNames::Resolve(std::string_view text, const Profile& profile, bool keep_text) {
  scratch_.Reset();
  const Canonical canonical = profile.canonicalizer().Text(text, KeyEncoding::kPlain, scratch_);
  if (canonical.reason == Reason::kNone) return names_.Intern(canonical.bytes);
  return keep_text ? names_.Intern(text) : kNoId;
}

}  // namespace vesica
