#include "identity/vendor_email.h"

#include <algorithm>
#include <cstddef>

#include "identity/ascii.h"
#include "identity/digest_text.h"
#include "identity/utf8.h"

namespace vesica {
namespace {

constexpr size_t kMaxInput = 1024;

bool IsHexDigest(std::string_view text) {
  return text.size() == kDigestHex && std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || (ToLower(c) >= 'a' && ToLower(c) <= 'f');
         });
}

// facebook_business/adobjects/serverside/normalize.py: ^[a-z0-9_.+-]+@[a-z0-9-]+\.[a-z0-9-.]+$
Reason CheckMetaShape(std::string_view local, std::string_view domain) {
  const auto is_domain = [](char c) { return IsLower(c) || IsDigit(c) || c == '-' || c == '.'; };
  const auto is_local = [&](char c) { return is_domain(c) || c == '_' || c == '+'; };
  if (!std::all_of(local.begin(), local.end(), is_local)) return Reason::kLocalPart;
  const size_t dot = domain.find('.');
  if (dot == std::string_view::npos) return Reason::kNoDot;
  const bool fits = dot > 0 && dot + 1 < domain.size() && std::all_of(domain.begin(), domain.end(), is_domain);
  return fits ? Reason::kNone : Reason::kDomain;
}

// Finds the one @ between two sides that are not empty.
Reason FindAt(std::string_view address, size_t* at) {
  *at = address.find('@');
  if (*at == std::string_view::npos) return Reason::kNoAt;
  if (address.find('@', *at + 1) != std::string_view::npos) return Reason::kSeveralAt;
  if (*at == 0) return Reason::kLocalPart;
  return *at + 1 == address.size() ? Reason::kDomain : Reason::kNone;
}

// `key` as the vendor's rule about spaces and case has it, in `scratch`.
std::string_view FoldSpaceAndCase(std::string_view key, VendorEmailRule::Space space, Scratch& scratch) {
  char* begin = scratch.Take(key.size());
  char* end = begin;
  for (const char c : key) {
    if (space == VendorEmailRule::kTrim || !IsSpace(c)) *end++ = ToLower(c);
  }
  return {begin, static_cast<size_t>(end - begin)};
}

// A gmail address with its local part folded, in `scratch`; what is left before its @ may be empty.
std::string_view FoldGmail(std::string_view address, size_t at, VendorEmailRule::Gmail gmail, Scratch& scratch) {
  char* begin = scratch.Take(address.size());
  char* end = begin;
  for (const char c : address.substr(0, at)) {
    if (c == '+' && gmail == VendorEmailRule::kDropDotsAndSuffix) break;
    if (c != '.') *end++ = c;
  }
  end = std::copy(address.begin() + at, address.end(), end);
  return {begin, static_cast<size_t>(end - begin)};
}

}  // namespace

Canonical VendorEmail::Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const {
  if (encoding != KeyEncoding::kPlain) return DigestFromText(key, encoding, scratch);
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  if (rule_.passes_hex && IsHexDigest(key)) return DigestFromText(key, KeyEncoding::kHex, scratch);
  if (key.size() > kMaxInput) return {.reason = Reason::kTooLong};
  if (!IsUtf8(key)) return {.reason = Reason::kEncoding};

  std::string_view address = FoldSpaceAndCase(key, rule_.space, scratch);
  size_t at;
  if (const Reason reason = FindAt(address, &at); reason != Reason::kNone) return {.reason = reason};
  const std::string_view domain = address.substr(at + 1);
  if (rule_.meta_shape) {
    const Reason reason = CheckMetaShape(address.substr(0, at), domain);
    if (reason != Reason::kNone) return {.reason = reason};
  }
  if (rule_.gmail != VendorEmailRule::kAsWritten &&
      (domain == "gmail.com" || (rule_.googlemail && domain == "googlemail.com"))) {
    address = FoldGmail(address, at, rule_.gmail, scratch);
    at = address.size() - domain.size() - 1;
    if (at == 0) return {.reason = Reason::kLocalPart};
  }
  Canonical canonical = DigestOf(address, scratch);
  canonical.free_mail = lists_.IsFreeMail(domain);
  canonical.role = lists_.IsRole(address.substr(0, at));
  return canonical;
}

}  // namespace vesica
