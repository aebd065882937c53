#include "identity/idna.h"

#include <idn2.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <string>

#include "identity/ascii.h"
#include "identity/utf8.h"

namespace vesica {
namespace {

struct CodePointRange {
  uint32_t first, last;
};
constexpr CodePointRange kFrozen[] = {
#include "identity/idna_table.inc"
};

bool IsFrozen(char32_t code_point) {
  const auto* range = std::lower_bound(std::begin(kFrozen), std::end(kFrozen), code_point,
                                       [](const CodePointRange& r, char32_t c) { return r.last < c; });
  return range != std::end(kFrozen) && range->first <= code_point;
}

// The separators of UTS #46, 4.5: full stop, ideographic, full-width and half-width ideographic full stop.
bool IsDot(char32_t code_point) {
  return code_point == '.' || code_point == 0x3002 || code_point == 0xFF0E || code_point == 0xFF61;
}

bool IsAsciiLabelCharacter(char32_t c) {
  return c < 0x80 &&
         (IsLower(static_cast<char>(c)) || IsUpper(static_cast<char>(c)) || IsDigit(static_cast<char>(c)) || c == '-');
}

struct Idn2Free {
  void operator()(void* text) const { idn2_free(text); }
};
using Idn2Text = std::unique_ptr<char, Idn2Free>;

// `text` is UTF-8 without NUL. False if libidn2 refuses it.
bool Encode(const std::string& text, std::string* out) {
  uint8_t* encoded = nullptr;
  const int result = idn2_lookup_u8(reinterpret_cast<const uint8_t*>(text.c_str()), &encoded,
                                    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES);
  const Idn2Text owner(reinterpret_cast<char*>(encoded));
  if (result == IDN2_MALLOC) throw std::bad_alloc();
  if (result != IDN2_OK) return false;
  *out = owner.get();
  return true;
}

// The decimal digits of bidirectional class EN and AN in the frozen set, as mapped. One label may not have both
// (RFC 5893, section 2, rule 4; libidn2 2.3.3 lets some through).
bool IsEuropeanDigit(char32_t c) { return (c >= '0' && c <= '9') || (c >= 0x6F0 && c <= 0x6F9); }
bool IsArabicDigit(char32_t c) { return (c >= 0x660 && c <= 0x669) || (c >= 0x10D30 && c <= 0x10D39); }

// Whether an "xn--" label in lower case decodes into the frozen set and encodes to itself again.
bool IsRoundTrip(const std::string& label) {
  char* decoded = nullptr;
  const int result = idn2_to_unicode_8z8z(label.c_str(), &decoded, 0);
  const Idn2Text owner(decoded);
  if (result == IDN2_MALLOC) throw std::bad_alloc();
  if (result != IDN2_OK) return false;
  std::string_view rest = owner.get();
  bool european = false, arabic = false;
  while (!rest.empty()) {
    char32_t code_point;
    if (!TakeCodePoint(&rest, &code_point)) return false;
    if (!IsAsciiLabelCharacter(code_point) && !IsFrozen(code_point)) return false;
    european |= IsEuropeanDigit(code_point);
    arabic |= IsArabicDigit(code_point);
  }
  if (european && arabic) return false;
  std::string again;
  return Encode(owner.get(), &again) && again == label;
}

// Whether a label in lower-case ASCII is one.
bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > kMaxLabel || label.front() == '-' || label.back() == '-') return false;
  if (!std::all_of(label.begin(), label.end(), [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; })) {
    return false;
  }
  return !label.starts_with("xn--") || IsRoundTrip(std::string(label));
}

// The checks on a whole name in lower-case ASCII, without its trailing dot.
Reason CheckName(std::string_view name) {
  std::string_view rest = name, label;
  for (size_t dot = 0; dot != std::string_view::npos;) {
    dot = rest.find('.');
    label = rest.substr(0, dot);
    if (!IsLabel(label)) return Reason::kDomain;
    if (dot != std::string_view::npos) rest.remove_prefix(dot + 1);
  }
  if (std::all_of(label.begin(), label.end(), IsDigit)) return Reason::kDomain;
  return name.size() > kMaxDomain ? Reason::kTooLong : Reason::kNone;
}

// A name with characters outside ASCII, label by label: `*name` is not checked yet.
Reason EncodeName(std::string_view domain, std::string* name) {
  std::string label;
  bool ascii = true, frozen = true;
  const auto end_label = [&] {
    std::string encoded;
    if (ascii) {
      encoded = label;
    } else if (!Encode(label, &encoded) || encoded.find('.') != std::string::npos) {
      return false;
    }
    std::transform(encoded.begin(), encoded.end(), encoded.begin(), ToLower);
    *name += encoded;
    label.clear();
    ascii = true;
    return true;
  };
  bool encodes = true;
  while (!domain.empty()) {
    const std::string_view before = domain;
    char32_t code_point;
    if (!TakeCodePoint(&domain, &code_point)) return Reason::kEncoding;
    if (!frozen || !encodes) continue;  // only the encoding is still of interest
    if (IsDot(code_point)) {
      encodes = end_label();
      *name += '.';
      continue;
    }
    frozen = IsAsciiLabelCharacter(code_point) || IsFrozen(code_point);
    ascii = ascii && code_point < 0x80;
    label += before.substr(0, before.size() - domain.size());
  }
  return frozen && encodes && end_label() ? Reason::kNone : Reason::kDomain;
}

}  // namespace

Reason DomainToAscii(std::string_view domain, Scratch& scratch, std::string_view* out) {
  if (domain.size() > kMaxDomainInput) return Reason::kTooLong;
  std::string encoded;
  std::string_view name = domain;
  bool rewritten = false;
  if (!std::all_of(domain.begin(), domain.end(), IsAscii)) {
    if (const Reason reason = EncodeName(domain, &encoded); reason != Reason::kNone) return reason;
    name = encoded;
    rewritten = true;
  } else if (std::any_of(domain.begin(), domain.end(), IsUpper)) {
    encoded.resize(domain.size());
    std::transform(domain.begin(), domain.end(), encoded.begin(), ToLower);
    name = encoded;
    rewritten = true;
  }
  if (name.ends_with('.')) name.remove_suffix(1);
  if (const Reason reason = CheckName(name); reason != Reason::kNone) return reason;
  if (rewritten) {
    char* copy = scratch.Take(name.size());
    std::memcpy(copy, name.data(), name.size());
    name = {copy, name.size()};
  }
  *out = name;
  return Reason::kNone;
}

}  // namespace vesica
