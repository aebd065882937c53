#include "identity/ascii.h"
#include "identity/email_scan.h"

namespace vesica {

void ScanEmailsScalar(std::span<const std::string_view> keys, uint8_t* out) {
  for (size_t i = 0; i < keys.size(); ++i) {
    const std::string_view key = keys[i];
    out[i] = kNeedsFullPath;
    if (key.size() < kMinScan || key.size() > kMaxScan) continue;
    uint64_t at = 0, dot = 0, special = 0, barred = 0, upper = 0;
    for (size_t j = 0; j < key.size(); ++j) {
      const char c = key[j];
      const uint64_t bit = uint64_t{1} << j;
      const bool printable = c > ' ' && c < 0x7F;
      if (c == '@') at |= bit;
      if (c == '.') dot |= bit;
      if (IsUpper(c)) upper |= bit;
      if (!IsUpper(c) && !IsLower(c) && !IsDigit(c)) special |= bit;
      if (!printable || std::string_view("\"(),:;<>[\\]").find(c) != std::string_view::npos) barred |= bit;
    }
    out[i] = DecideScan(key.data(), key.size(), at, dot, special, barred);
    if (out[i] != kNeedsFullPath && upper != 0) out[i] |= kHasUpperCase;
  }
}

}  // namespace vesica
