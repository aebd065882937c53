#ifndef VESICA_LIB_IDENTITY_PHONE_DIGITS_H_
#define VESICA_LIB_IDENTITY_PHONE_DIGITS_H_

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "identity/canonicalizer.h"
#include "identity/phone_plan.h"

namespace vesica {

// phone-digits/1: calling code and national number, digits only, by a pinned table of numbering plans.
class PhoneDigits : public Canonicalizer {
 public:
  // InvalidArgument for a country that is not in the table.
  static absl::StatusOr<std::shared_ptr<const Canonicalizer>> Create(std::string_view country);

  PhoneDigits(const PhoneCountry& country, const PhonePlan& plan) : country_(country), plan_(plan) {}
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;

 private:
  const PhoneCountry& country_;
  const PhonePlan& plan_;
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_PHONE_DIGITS_H_
