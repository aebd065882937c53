#include <charconv>
#include <cmath>
#include <iterator>

#include "vesica/table.h"

namespace vesica {
namespace {

// 10^-14 .. 10^22, of which those from 10^0 on are exact.
constexpr double kPowers[] = {1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2,
                              1e-1,  1e0,   1e1,   1e2,   1e3,   1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12,  1e13,  1e14,  1e15,  1e16,  1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr const double* kPower = kPowers + 14;

// The decimal exponent of a value in 10^-13 .. 10^21.
int ExponentOf(double value) {
  int binary;
  std::frexp(value, &binary);
  int exponent = ((binary - 1) * 1233) >> 12;  // 1233 / 4096 is the logarithm of 2: one too small, or right
  if (value >= kPower[exponent + 1]) ++exponent;
  return exponent;
}

double ByText(double value) {
  char text[32];
  const auto end = std::to_chars(text, std::end(text), value, std::chars_format::general, 9).ptr;
  std::from_chars(text, end, value);
  return value;
}

}  // namespace

// Nine digits are an integer below 10^9 over or times an exact power of ten. To scale rounds once, and rounding keeps
// order: what comes out on one side of a half is there, and only a half itself may be either. The way back rounds once,
// as reading the digits would.
double NineDigits(double value) {
  if (!std::isfinite(value)) return value;
  const double size = std::abs(value);
  if (size < 1e-13 || size >= 1e21) return ByText(value);
  const int scale = 8 - ExponentOf(size);
  const double scaled = scale >= 0 ? size * kPower[scale] : size / kPower[-scale];
  const double whole = std::floor(scaled), rest = scaled - whole;
  if (rest == 0.5) return ByText(value);
  const double digits = rest < 0.5 ? whole : whole + 1;
  return std::copysign(scale >= 0 ? digits / kPower[scale] : digits * kPower[-scale], value);
}

Estimate NineDigits(const Estimate& estimate) {
  return {NineDigits(estimate.value), NineDigits(estimate.lower), NineDigits(estimate.upper)};
}

}  // namespace vesica
