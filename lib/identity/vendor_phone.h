#ifndef VESICA_LIB_IDENTITY_VENDOR_PHONE_H_
#define VESICA_LIB_IDENTITY_VENDOR_PHONE_H_

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "identity/canonicalizer.h"

namespace vesica {

class PhoneText;

// The vendors' text of a phone number, whose SHA-256 digest is canonical; written to `out`, which has kMaxPhoneText
// bytes. Returns its size; 0 if the vendor's rule has none for this number.
inline constexpr size_t kMaxPhoneText = 16;  // + and 15 digits
using PhoneRule = size_t (*)(const PhoneText& phone, char* out);

size_t GoogleAdsPhone(const PhoneText& phone, char* out);
size_t MetaCapiPhone(const PhoneText& phone, char* out);
size_t Uid2Phone(const PhoneText& phone, char* out);
size_t SnapPhone(const PhoneText& phone, char* out);

// A vendor's rule for phone numbers. No country: the vendors want numbers in international form already.
class VendorPhone : public Canonicalizer {
 public:
  // A factory for the registry. `passes_hex`: 64 hex digits in a plain column are a digest already.
  template <PhoneRule rule, bool passes_hex = false>
  static absl::StatusOr<std::shared_ptr<const Canonicalizer>> Create(std::string_view) {
    return std::make_shared<const VendorPhone>(rule, passes_hex);
  }

  VendorPhone(PhoneRule rule, bool passes_hex) : rule_(rule), passes_hex_(passes_hex) {}
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
  bool takes_digests() const override { return true; }
  bool takes_encoding(KeyEncoding) const override { return true; }

 private:
  const PhoneRule rule_;
  const bool passes_hex_;
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_VENDOR_PHONE_H_
