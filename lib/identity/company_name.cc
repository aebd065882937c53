#include "identity/company_name.h"

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "identity/ascii.h"
#include "identity/legal_forms.h"
#include "identity/name_fold.h"
#include "identity/utf8.h"

namespace vesica {
namespace {

// A part of a folded name between spaces, full stops and signs.
struct Word {
  const char32_t* text;
  size_t size;
  bool sign;        // & or +
  bool after_stop;  // only a full stop is between it and the word before
  bool is_initial() const { return size == 1 && !sign && !(text[0] >= U'0' && text[0] <= U'9'); }
};
using Words = absl::InlinedVector<Word, 32>;

Words SplitWords(const FoldedName& name) {
  Words words;
  const char32_t* const end = name.data() + name.size();
  bool open = false, stop = false, space = false;
  for (const char32_t* c = name.data(); c != end; ++c) {
    const bool sign = *c == U'&' || *c == U'+';
    if (*c == U' ' || *c == U'.') {
      (*c == U'.' ? stop : space) = true;
      open = false;
    } else if (open && !sign) {
      ++words.back().size;
    } else {
      words.push_back({c, 1, sign, stop && !space});
      open = !sign;
      stop = space = false;
    }
  }
  return words;
}

// Signs between two words mean "and"; others (C++, Google+, +Acme) mean nothing.
bool IsAnd(const Words& words, size_t i) {
  return words[i].sign && i > 0 && !words[i - 1].sign && i + 1 < words.size() && !words[i + 1].sign;
}

// `name` in UTF-8, with single spaces between words, none within initials ("J.P."), and signs spelled out.
std::string_view JoinWords(const FoldedName& name, Scratch& scratch) {
  const Words words = SplitWords(name);
  // A character takes at most 4 bytes, each word a space more, a sign 3 bytes.
  char* const begin = scratch.Take(name.size() * 4 + words.size() * 4);
  char* out = begin;
  for (size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    if (word.sign && !IsAnd(words, i)) continue;
    const bool joined = word.after_stop && word.is_initial() && i > 0 && words[i - 1].is_initial();
    if (out != begin && !joined) *out++ = ' ';
    if (word.sign) {
      for (char c : {'a', 'n', 'd'}) *out++ = c;
      continue;
    }
    for (size_t j = 0; j < word.size; ++j) out = PutCodePoint(word.text[j], out);
  }
  scratch.GiveBack(out);
  return {begin, static_cast<size_t>(out - begin)};
}

}  // namespace

Canonical CompanyName::Text(std::string_view key, KeyEncoding, Scratch& scratch) const {
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  if (key.size() > kMaxNameBytes) return {.reason = Reason::kTooLong};
  FoldedName folded;
  if (const Reason reason = FoldName(key, &folded); reason != Reason::kNone) return {.reason = reason};
  const std::string_view name = JoinWords(folded, scratch);
  if (name.empty()) return {.reason = Reason::kName};
  return {.bytes = StripLegalForms(name)};
}

}  // namespace vesica
