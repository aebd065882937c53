#ifndef VESICA_LIB_IDENTITY_EMAIL_SCAN_H_
#define VESICA_LIB_IDENTITY_EMAIL_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vesica {

// What a scan says of a key: where its @ is, and whether it has ASCII upper case, lowering which makes it canonical
// under email/1; without that flag it is canonical as it is. kNeedsFullPath: the scan cannot tell.
inline constexpr uint8_t kAtPosition = 0x3F;
inline constexpr uint8_t kHasUpperCase = 0x80;
inline constexpr uint8_t kNeedsFullPath = 0;

// Keys longer than this, or shorter than 8 bytes, are left to the full path. So are hyphens side by side in domains
// (maybe xn--), domains whose last character is a digit, and all that is not plain ASCII or not valid.
inline constexpr size_t kMaxScan = 64;
inline constexpr size_t kMinScan = 8;

// out[i] for keys[i], by the best instructions this machine has. Reads nothing but the keys.
void ScanEmails(std::span<const std::string_view> keys, uint8_t* out);

// The same, byte by byte.
void ScanEmailsScalar(std::span<const std::string_view> keys, uint8_t* out);

// The @ position or kNeedsFullPath from bit masks of a key of `size` bytes: bit i is its byte i. `at`: @. `dot`: full
// stop. `special`: not [A-Za-z0-9]. `barred`: neither @ nor a character of a local part. Both twins decide here.
inline uint8_t DecideScan(const char* key, size_t size, uint64_t at, uint64_t dot, uint64_t special, uint64_t barred) {
  const uint64_t domain = ~((at ^ (at - 1)));  // above the first @; 0 without one
  const auto last = static_cast<unsigned char>((key[size - 1] | 0x20) - 'a');
  uint64_t wrong = barred | (at & domain) | (special & special << 1 & domain) | (at & 1);
  uint64_t hyphens = special & ~dot & domain;
  if (wrong != 0 || (dot & domain) == 0 || last >= 26) return kNeedsFullPath;
  for (; hyphens != 0; hyphens &= hyphens - 1) {
    if (key[__builtin_ctzll(hyphens)] != '-') return kNeedsFullPath;
  }
  return static_cast<uint8_t>(__builtin_ctzll(at));
}

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_EMAIL_SCAN_H_
