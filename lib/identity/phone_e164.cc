#include "identity/phone_e164.h"

#include "base/error.h"

#ifdef VESICA_HAVE_PHONENUMBER

#include <cstring>
#include <set>
#include <string>

#include "identity/ascii.h"
#include "phonenumbers/phonenumber.pb.h"
#include "phonenumbers/phonenumberutil.h"

#define XXH_INLINE_ALL
#include "xxhash.h"

// The serialised metadata, in every libphonenumber since 2011 (phonenumbers/metadata.h, which is not installed).
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
}  // namespace i18n::phonenumbers

namespace vesica {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr size_t kMaxInput = 250;  // PhoneNumberUtil::kMaxInputStringLength

class PhoneE164 : public Canonicalizer {
 public:
  explicit PhoneE164(std::string_view country) : country_(country) {}

  Canonical Text(std::string_view key, KeyEncoding, Scratch& scratch) const override {
    key = TrimSpace(key);
    if (key.empty()) return {.reason = Reason::kBlank};
    if (key.size() > kMaxInput) return {.reason = Reason::kTooLong};
    PhoneNumber number;
    if (util_.Parse(std::string(key), country_, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
        number.has_extension() || !util_.IsValidNumber(number)) {
      return {.reason = Reason::kPhone};
    }
    std::string text;
    util_.Format(number, PhoneNumberUtil::E164, &text);
    char* out = scratch.Take(text.size());
    std::memcpy(out, text.data(), text.size());
    return {.bytes = {out, text.size()}};
  }

 private:
  const std::string country_;
  const PhoneNumberUtil& util_ = *PhoneNumberUtil::GetInstance();
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Canonicalizer>> CreatePhoneE164(std::string_view country) {
  std::set<std::string> regions;
  PhoneNumberUtil::GetInstance()->GetSupportedRegions(&regions);
  if (!regions.contains(std::string(country))) return InvalidArgument("libphonenumber does not know the country");
  return std::make_shared<const PhoneE164>(country);
}

uint64_t PhoneE164Fingerprint() {
  return XXH3_64bits(i18n::phonenumbers::metadata_get(), static_cast<size_t>(i18n::phonenumbers::metadata_size()));
}

}  // namespace vesica

#else

namespace vesica {

absl::StatusOr<std::shared_ptr<const Canonicalizer>> CreatePhoneE164(std::string_view) {
  return MakeError(ErrorCode::kUnsupported, "this build has no libphonenumber, which phone-e164/1 needs");
}

uint64_t PhoneE164Fingerprint() { return 0; }

}  // namespace vesica

#endif
