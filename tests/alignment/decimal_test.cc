#include "alignment/decimal.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace vesica {
namespace {

TEST(ParseAmount, IsExact) {
  const std::pair<const char*, int64_t> kCases[] = {{"0", 0},
                                                    {"1", 10'000},
                                                    {"-0.25", -2'500},
                                                    {"+12", 120'000},
                                                    {" 1234.5678 ", 12'345'678},
                                                    {".5", 5'000},
                                                    {"1.", 10'000},
                                                    {"0.00010", 1},
                                                    {"1,234.5", 12'345'000},
                                                    {"12,345,678", 123'456'780'000},
                                                    {"0.1000000", 1'000},
                                                    {"922337203685477.5807", INT64_MAX},
                                                    {"-922337203685477.5808", INT64_MIN}};
  for (const auto& [text, units] : kCases) EXPECT_EQ(ParseAmount(text), units) << text;
}

TEST(AmountFromDecimal, IsExact) {
  EXPECT_EQ(AmountFromDecimal(12345, 2), 1'234'500);
  EXPECT_EQ(AmountFromDecimal(-12345, 4), -12'345);
  EXPECT_EQ(AmountFromDecimal(7, 0), 70'000);
  EXPECT_EQ(AmountFromDecimal(7, -3), 70'000'000);
  EXPECT_EQ(AmountFromDecimal(1'230'000, 7), 1'230);
  EXPECT_EQ(AmountFromDecimal(1'234'567, 7), std::nullopt);
  EXPECT_EQ(AmountFromDecimal(0, 38), 0);
  EXPECT_EQ(AmountFromDecimal(0, -38), 0);
  EXPECT_EQ(AmountFromDecimal(1, -38), std::nullopt);
  EXPECT_EQ(AmountFromDecimal(INT64_MAX, 4), INT64_MAX);
  EXPECT_EQ(AmountFromDecimal(INT64_MIN, 4), INT64_MIN);
  EXPECT_EQ(AmountFromDecimal(__int128{INT64_MAX} + 1, 4), std::nullopt);
  EXPECT_EQ(AmountFromDecimal(__int128{1} << 126, 0), std::nullopt);
}

TEST(ParseAmount, RefusesWhatIsNoAmount) {
  for (const char* text :
       {"", " ", "-", ".", "1.23456", "0.00001", "1 000", "12,34", "1,2345", ",123", "1,23,456", "1e5", "$5", "5 EUR",
        "922337203685477.5808", "99999999999999999999", "1.2.3", "1,234,", "nan"}) {
    EXPECT_EQ(ParseAmount(text), std::nullopt) << text;
  }
}

TEST(AmountFromDouble, TakesTheNearest) {
  EXPECT_EQ(AmountFromDouble(0.1), 1'000);
  EXPECT_EQ(AmountFromDouble(-1234.56789), -12'345'679);
  EXPECT_EQ(AmountFromDouble(std::nan("")), std::nullopt);
  EXPECT_EQ(AmountFromDouble(std::numeric_limits<double>::infinity()), std::nullopt);
  EXPECT_EQ(AmountFromDouble(9.3e14), std::nullopt);
}

}  // namespace
}  // namespace vesica
