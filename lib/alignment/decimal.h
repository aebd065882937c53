#ifndef VESICA_LIB_ALIGNMENT_DECIMAL_H_
#define VESICA_LIB_ALIGNMENT_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace vesica {

// Amounts of money are fixed point: int64_t in units of 1e-4.
inline constexpr int64_t kAmountUnit = 10'000;

// "1234.5", "-0.25", "+12", "1,234,567.89": exactly, or nullopt where the text is none of these, has more than four
// decimals that are not 0, or lies outside the range.
std::optional<int64_t> ParseAmount(std::string_view text);

// The nearest amount; nullopt for what is not finite or lies outside the range.
std::optional<int64_t> AmountFromDouble(double value);

// value * 10^-scale exactly, scale in -38..38; nullopt for more than four decimals that are not 0 and for what lies
// outside the range.
std::optional<int64_t> AmountFromDecimal(__int128 value, int32_t scale);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_DECIMAL_H_
