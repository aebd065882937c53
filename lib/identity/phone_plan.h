#ifndef VESICA_LIB_IDENTITY_PHONE_PLAN_H_
#define VESICA_LIB_IDENTITY_PHONE_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vesica {

// How the countries of one calling code write their numbers.
struct PhonePlan {
  static constexpr size_t kMaxTrunks = 5;
  std::string_view code;                // "372"
  std::string_view trunks[kMaxTrunks];  // dialled before a national number within the country; empty-filled
  uint8_t shortest, longest;            // digits of a national number, trunk prefix left out
};

struct PhoneCountry {
  std::string_view iso;                   // ISO 3166-1 alpha-2
  std::string_view code;                  // of its plan
  std::string_view international_prefix;  // dialled before a calling code, where it is not 00 (or chooses a carrier)
};

// The plan whose calling code `digits` begin with (calling codes are prefix free); nullptr if none is assigned.
const PhonePlan* FindPhonePlan(std::string_view digits);

// nullptr if `iso` is no country of the table.
const PhoneCountry* FindPhoneCountry(std::string_view iso);

// `national` without the trunk prefix. One that begins with 0 is always dropped, as no national number of such a
// country begins with 0; others only if what is left is long enough for a national number.
std::string_view StripTrunk(const PhonePlan& plan, std::string_view national);

// Of both tables.
uint64_t PhonePlansFingerprint();

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_PHONE_PLAN_H_
