#ifndef VESICA_LIB_IDENTITY_VENDOR_EMAIL_H_
#define VESICA_LIB_IDENTITY_VENDOR_EMAIL_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "identity/canonicalizer.h"
#include "identity/free_mail.h"

namespace vesica {

// What an advertising system does to an address before SHA-256. All put ASCII letters in lower case.
struct VendorEmailRule {
  enum Space : uint8_t { kTrim, kRemoveAll };
  enum Gmail : uint8_t {
    kAsWritten,
    kDropDots,           // of the local part
    kDropDotsAndSuffix,  // and from the first + on
  };
  Space space = kTrim;
  Gmail gmail = kAsWritten;
  bool googlemail = false;  // the gmail rule holds for googlemail.com too
  bool meta_shape = false;  // must match the expression of Meta's SDK
  bool passes_hex = false;  // 64 hex digits in a plain column are a digest already
};

// GRAMMAR.md cites the page of each vendor.
inline constexpr VendorEmailRule kGoogleAdsEmail = {};
inline constexpr VendorEmailRule kGoogleDataManagerEmail = {
    .space = VendorEmailRule::kRemoveAll, .gmail = VendorEmailRule::kDropDotsAndSuffix, .googlemail = true};
inline constexpr VendorEmailRule kGoogleCm360Email = {.gmail = VendorEmailRule::kDropDots, .googlemail = true};
inline constexpr VendorEmailRule kGoogleDv360Email = {.space = VendorEmailRule::kRemoveAll};
inline constexpr VendorEmailRule kMetaCapiEmail = {.meta_shape = true, .passes_hex = true};
inline constexpr VendorEmailRule kUid2Email = {.gmail = VendorEmailRule::kDropDotsAndSuffix};
inline constexpr VendorEmailRule kLinkedInEmail = {};
inline constexpr VendorEmailRule kLiveRampEmail = {.space = VendorEmailRule::kRemoveAll};
inline constexpr VendorEmailRule kSnapEmail = {};

// The digest of an address under a vendor's rule, from the address or from its digest.
class VendorEmail : public Canonicalizer {
 public:
  explicit VendorEmail(const VendorEmailRule& rule) : rule_(rule) {}

  // A factory for the registry.
  template <const VendorEmailRule& rule>
  static absl::StatusOr<std::shared_ptr<const Canonicalizer>> Create(std::string_view) {
    return std::make_shared<const VendorEmail>(rule);
  }

  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
  bool takes_digests() const override { return true; }
  bool takes_encoding(KeyEncoding) const override { return true; }

 private:
  const VendorEmailRule rule_;
  const AddressLists& lists_ = AddressLists::Get();
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_VENDOR_EMAIL_H_
