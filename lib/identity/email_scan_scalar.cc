#include "identity/ascii.h"
#include "identity/email_scan.h"

namespace vesica {
namespace {

EmailMasks Masks(std::string_view key) {
  EmailMasks masks = {};
  for (size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool local =
        c > ' ' && c < 0x7F && !IsUpper(c) && std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
    masks.at |= uint64_t{c == '@'} << i;
    masks.dot |= uint64_t{c == '.'} << i;
    masks.special |= uint64_t{!IsLower(c) && !IsDigit(c)} << i;
    masks.barred |= uint64_t{!local} << i;
  }
  return masks;
}

}  // namespace

size_t ScanEmailsScalar(std::span<const std::string_view> keys, const AddressLists& lists, Canonical* out,
                        uint16_t* left) {
  size_t left_count = 0;
  for (size_t i = 0; i < keys.size(); ++i) {
    const std::string_view key = keys[i];
    const bool scanned =
        key.size() >= kMinScan && key.size() <= kMaxScan && DecideScan(key, Masks(key), lists, &out[i]);
    if (!scanned) left[left_count++] = static_cast<uint16_t>(i);
  }
  return left_count;
}

}  // namespace vesica
