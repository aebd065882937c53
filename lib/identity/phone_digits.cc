#include "identity/phone_digits.h"

#include <cstring>

#include "base/error.h"
#include "identity/ascii.h"
#include "identity/phone_text.h"

namespace vesica {
namespace {

// A national number under its plan; the plan is nullptr if there is none.
struct PhoneNumber {
  const PhonePlan* plan = nullptr;
  std::string_view national;

  bool ok() const {
    if (plan == nullptr || national.size() < plan->shortest || national.size() > plan->longest) return false;
    const size_t size = plan->code.size() + national.size();
    return kMinPhoneDigits <= size && size <= kMaxPhoneDigits;
  }
};

// The number that `digits` write with a calling code first.
PhoneNumber International(std::string_view digits) {
  const PhonePlan* plan = FindPhonePlan(digits);
  if (plan == nullptr) return {};
  return {plan, StripTrunk(*plan, digits.substr(plan->code.size()))};
}

// The number that `digits` write within the country of `plan`. Digits too many for a national number are tried as
// calling code and number.
PhoneNumber National(const PhonePlan& plan, std::string_view digits) {
  const PhoneNumber number{&plan, StripTrunk(plan, digits)};
  if (number.national.size() > plan.longest && digits.starts_with(plan.code)) return International(digits);
  return number;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Canonicalizer>> PhoneDigits::Create(std::string_view country) {
  const PhoneCountry* known = FindPhoneCountry(country);
  if (known == nullptr) return InvalidArgument("the country has no numbering plan: expected two letters of ISO 3166-1");
  return std::make_shared<const PhoneDigits>(*known, *FindPhonePlan(known->code));
}

Canonical PhoneDigits::Text(std::string_view key, KeyEncoding, Scratch& scratch) const {
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  PhoneText text;
  if (const Reason reason = text.Read(key); reason != Reason::kNone) return {.reason = reason};

  const std::string_view digits = text.digits();
  const std::string_view prefix = country_.international_prefix;
  PhoneNumber number;
  if (text.has_plus()) {
    number = International(digits);
  } else if (!prefix.empty() && digits.starts_with(prefix)) {
    number = International(digits.substr(prefix.size()));
  } else if (digits.starts_with("00")) {
    number = International(digits.substr(2));
  } else {
    number = National(plan_, digits);
  }
  if (!number.ok()) return {.reason = Reason::kPhone};

  const size_t code_size = number.plan->code.size();
  const size_t size = code_size + number.national.size();
  char* out = scratch.Take(size);
  std::memcpy(out, number.plan->code.data(), code_size);
  std::memcpy(out + code_size, number.national.data(), number.national.size());
  return {.bytes = {out, size}};
}

}  // namespace vesica
