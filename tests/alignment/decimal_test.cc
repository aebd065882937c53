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
