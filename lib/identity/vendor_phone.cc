#include "identity/vendor_phone.h"

#include <cstring>

#include "identity/ascii.h"
#include "identity/digest_text.h"
#include "identity/phone_plan.h"
#include "identity/phone_text.h"

namespace vesica {
namespace {

constexpr size_t kMinUid2Digits = 10;  // IABTechLab/uid2-operator, InputUtil.java
constexpr size_t kMinMetaDigits = 7;   // facebook-python-business-sdk, serverside/normalize.py

// The digits behind + or 00; empty if the number has neither.
std::string_view BehindPrefix(const PhoneText& phone) {
  if (phone.has_plus()) return phone.digits();
  return phone.digits().starts_with("00") ? phone.digits().substr(2) : std::string_view();
}

// Writes `prefix` and `digits` if these are `least`..15 and begin with a calling code, which has no leading zero.
size_t Write(std::string_view prefix, std::string_view digits, size_t least, char* out) {
  if (digits.size() < least || digits.size() > kMaxPhoneDigits || digits.front() == '0') return 0;
  std::memcpy(out, prefix.data(), prefix.size());
  std::memcpy(out + prefix.size(), digits.data(), digits.size());
  return prefix.size() + digits.size();
}

}  // namespace

size_t GoogleAdsPhone(const PhoneText& phone, char* out) {
  return Write("+", BehindPrefix(phone), kMinPhoneDigits, out);
}

size_t Uid2Phone(const PhoneText& phone, char* out) { return Write("+", BehindPrefix(phone), kMinUid2Digits, out); }

size_t MetaCapiPhone(const PhoneText& phone, char* out) {
  std::string_view digits = phone.digits();
  while (digits.starts_with('0')) digits.remove_prefix(1);
  return Write("", digits, kMinMetaDigits, out);
}

size_t SnapPhone(const PhoneText& phone, char* out) {
  std::string_view digits = BehindPrefix(phone);
  if (digits.empty()) digits = phone.digits();
  const PhonePlan* plan = FindPhonePlan(digits);
  if (plan == nullptr) return 0;
  std::string_view number = digits.substr(plan->code.size());
  if (number.starts_with('0')) number.remove_prefix(1);
  const size_t size = plan->code.size() + number.size();
  if (size < kMinPhoneDigits || size > kMaxPhoneDigits) return 0;
  std::memcpy(out, plan->code.data(), plan->code.size());
  std::memcpy(out + plan->code.size(), number.data(), number.size());
  return size;
}

Canonical VendorPhone::Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const {
  if (encoding != KeyEncoding::kPlain) return DigestFromText(key, encoding, scratch);
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  if (passes_hex_ && key.size() == kDigestHex) {
    // No phone number has as many characters.
    return DigestFromText(key, KeyEncoding::kHex, scratch);
  }
  PhoneText phone;
  if (const Reason reason = phone.Read(key); reason != Reason::kNone) return {.reason = reason};
  char text[kMaxPhoneText];
  const size_t size = rule_(phone, text);
  if (size == 0) return {.reason = Reason::kPhone};
  return DigestOf({text, size}, scratch);
}

}  // namespace vesica
