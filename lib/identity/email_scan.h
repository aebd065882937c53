#ifndef VESICA_LIB_IDENTITY_EMAIL_SCAN_H_
#define VESICA_LIB_IDENTITY_EMAIL_SCAN_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "identity/canonicalizer.h"
#include "identity/free_mail.h"

namespace vesica {

// The most keys of one scan.
inline constexpr size_t kScanBatch = 256;

// Fills out[i] as email/1 has it for the keys that are seen to be canonical as they are. The numbers of the others go
// to `left` in ascending order; returns how many. Left are keys shorter than 16 and longer than 64 bytes, local parts
// of one or two bytes, all that is not lower-case ASCII or not valid, and domains with hyphens side by side (maybe
// xn--) or a digit at the end. Runs on the best instructions this machine has. Reads nothing but the keys.
size_t ScanEmails(std::span<const std::string_view> keys, const AddressLists& lists, Canonical* out, uint16_t* left);

// The same, byte by byte.
size_t ScanEmailsScalar(std::span<const std::string_view> keys, const AddressLists& lists, Canonical* out,
                        uint16_t* left);

inline constexpr size_t kMinScan = 16;
inline constexpr size_t kMaxScan = 64;

// What a scan sees of a key: bit i is its byte i.
struct EmailMasks {
  uint64_t at;       // @
  uint64_t dot;      // full stop
  uint64_t special;  // not [a-z0-9]
  uint64_t barred;   // not @, nor [a-z0-9] nor another character of a local part
};

// Whether a key of kMinScan..kMaxScan bytes is canonical, from its masks; fills `*out` if so. Both twins decide here.
#if defined(__GNUC__)
__attribute__((always_inline))
#endif
inline bool
DecideScan(std::string_view key, const EmailMasks& masks, const AddressLists& lists, Canonical* out) {
  const uint64_t domain = ~(masks.at ^ (masks.at - 1));  // above the first @; none without one
  const uint64_t dots = masks.dot & domain;
  const auto at = static_cast<size_t>(std::countr_zero(masks.at));
  const auto last = static_cast<uint8_t>(key.back() - 'a');
  // Another @, or neighbours in the domain, the @ before it included, that are neither letters nor digits.
  const uint64_t wrong =
      masks.barred | (masks.at & domain) | (masks.special & masks.special << 1 & domain) | uint64_t{dots == 0};
  if ((wrong != 0) | (at - 3 > key.size() - 8) | (last >= 26)) return false;  // 3 before the @, 4 behind it
  for (uint64_t rest = masks.special & domain & ~dots; rest != 0; rest &= rest - 1) {
    if (key[static_cast<size_t>(std::countr_zero(rest))] != '-') return false;
  }
  out->bytes = key;
  out->reason = Reason::kNone;
  lists.LookFast(key, at, &out->free_mail, &out->role);
  return true;
}

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_EMAIL_SCAN_H_
