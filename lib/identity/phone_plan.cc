#include "identity/phone_plan.h"

#include <algorithm>
#include <iterator>
#include <string>

#define XXH_INLINE_ALL
#include "xxhash.h"

namespace vesica {
namespace {

#include "identity/phone_plans.inc"

static_assert(std::is_sorted(std::begin(kPlans), std::end(kPlans),
                             [](const PhonePlan& a, const PhonePlan& b) { return a.code < b.code; }));
static_assert(std::is_sorted(std::begin(kCountries), std::end(kCountries),
                             [](const PhoneCountry& a, const PhoneCountry& b) { return a.iso < b.iso; }));

}  // namespace

const PhonePlan* FindPhonePlan(std::string_view digits) {
  // Of the codes not above the digits, the last is the only one that can be their prefix, the codes being prefix free.
  const PhonePlan* after =
      std::upper_bound(std::begin(kPlans), std::end(kPlans), digits,
                       [](std::string_view text, const PhonePlan& plan) { return text < plan.code; });
  if (after == std::begin(kPlans)) return nullptr;
  const PhonePlan* plan = after - 1;
  return digits.starts_with(plan->code) ? plan : nullptr;
}

const PhoneCountry* FindPhoneCountry(std::string_view iso) {
  const PhoneCountry* found =
      std::lower_bound(std::begin(kCountries), std::end(kCountries), iso,
                       [](const PhoneCountry& country, std::string_view text) { return country.iso < text; });
  return found != std::end(kCountries) && found->iso == iso ? found : nullptr;
}

std::string_view StripTrunk(const PhonePlan& plan, std::string_view national) {
  for (std::string_view trunk : plan.trunks) {
    if (trunk.empty()) break;
    if (!national.starts_with(trunk)) continue;
    const std::string_view rest = national.substr(trunk.size());
    if (rest.size() >= plan.shortest || trunk.front() == '0') return rest;
  }
  return national;
}

uint64_t PhonePlansFingerprint() {
  std::string text;
  for (const PhonePlan& plan : kPlans) {
    text.append(plan.code);
    for (std::string_view trunk : plan.trunks) text.append(" ").append(trunk);
    text.append(" ")
        .append(std::to_string(plan.shortest))
        .append("-")
        .append(std::to_string(plan.longest))
        .append("\n");
  }
  for (const PhoneCountry& country : kCountries) {
    text.append(country.iso).append(" ").append(country.code).append(" ");
    text.append(country.international_prefix).append("\n");
  }
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace vesica
