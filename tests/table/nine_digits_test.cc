// NineDigits() against its naive twin, which writes nine digits and reads them.
#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <iterator>
#include <random>

#include "vesica/table.h"

namespace vesica {
namespace {

double NaiveNineDigits(double value) {
  char text[32];
  const auto end = std::to_chars(text, std::end(text), value, std::chars_format::general, 9).ptr;
  std::from_chars(text, end, value);
  return value;
}

void ExpectSame(double value) {
  for (const double x : {value, -value}) {
    ASSERT_EQ(std::bit_cast<uint64_t>(NineDigits(x)), std::bit_cast<uint64_t>(NaiveNineDigits(x)))
        << testing::PrintToString(x);
  }
}

void ExpectSameAround(double value) {
  const double below = std::nextafter(value, 0), above = std::nextafter(value, HUGE_VAL);
  for (const double x : {value, below, above, std::nextafter(below, 0), std::nextafter(above, HUGE_VAL)}) {
    ASSERT_NO_FATAL_FAILURE(ExpectSame(x));
  }
}

TEST(NineDigits, AreWhatTheySay) {
  EXPECT_EQ(NineDigits(1.0 / 3), 0.333333333);
  EXPECT_EQ(NineDigits(-123456789.5e10), -1.2345679e18);
  EXPECT_EQ(NineDigits(5e-324), 4.94065646e-324);
  EXPECT_TRUE(std::signbit(NineDigits(-0.0)));
  EXPECT_TRUE(std::isnan(NineDigits(std::nan(""))));
  EXPECT_TRUE(std::isinf(NineDigits(HUGE_VAL)));
}

TEST(NineDigits, AgreeWithTextOnAnyDouble) {
  constexpr uint64_t kSeed = 9;
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 500'000; ++i) {
    const auto any = std::bit_cast<double>(random() & ~(uint64_t{1} << 63));
    if (std::isfinite(any)) {
      ASSERT_NO_FATAL_FAILURE(ExpectSame(any));
    }
    const auto usual = std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 120) - 100);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(usual));
  }
}

// Where a digit turns, and where the exponent does.
TEST(NineDigits, AgreeWithTextAtTheBorders) {
  constexpr uint64_t kSeed = 10;
  std::mt19937_64 random(kSeed);
  for (int exponent = -30; exponent <= 30; ++exponent) {
    const double power = std::pow(10.0, exponent);
    ASSERT_NO_FATAL_FAILURE(ExpectSameAround(power));
    ASSERT_NO_FATAL_FAILURE(ExpectSameAround(power * 9.999999995));
    for (int i = 0; i < 5'000; ++i) {
      const double half = static_cast<double>(100'000'000 + random() % 900'000'000) + 0.5;
      ASSERT_NO_FATAL_FAILURE(ExpectSameAround(half * power));
    }
  }
}

}  // namespace
}  // namespace vesica
