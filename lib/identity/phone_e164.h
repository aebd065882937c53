#ifndef VESICA_LIB_IDENTITY_PHONE_E164_H_
#define VESICA_LIB_IDENTITY_PHONE_E164_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "identity/canonicalizer.h"

namespace vesica {

#ifdef VESICA_HAVE_PHONENUMBER
inline constexpr bool kHavePhoneE164 = true;
#else
inline constexpr bool kHavePhoneE164 = false;
#endif

// The work of phone-e164/1: libphonenumber's E.164 form of numbers that it finds valid. Unsupported in builds without
// libphonenumber, InvalidArgument for a country it does not know.
absl::StatusOr<std::shared_ptr<const Canonicalizer>> CreatePhoneE164(std::string_view country);

// Of the metadata of the libphonenumber in use; 0 without one.
uint64_t PhoneE164Fingerprint();

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_PHONE_E164_H_
