#include "report/figures_text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace vesica {
namespace {

TEST(FiguresText, Counts) {
  EXPECT_EQ(CountText(uint64_t{0}), "0");
  EXPECT_EQ(CountText(uint64_t{999}), "999");
  EXPECT_EQ(CountText(uint64_t{1'234'567}), "1,234,567");
  EXPECT_EQ(CountText(Estimate{1234, 1100, 1400}), "1,234 (1,100 to 1,400)");
  EXPECT_EQ(CountText(Estimate::Exact(7)), "7");
  EXPECT_EQ(CountText(std::nan("")), "–");
}

TEST(FiguresText, Shares) {
  EXPECT_EQ(PercentText(0.16), "16.0 %");
  EXPECT_EQ(PercentText(1.0), "100.0 %");
  EXPECT_EQ(PercentText(0.0076), "0.76 %");
  EXPECT_EQ(PercentText(-0.052), "-5.20 %");
  EXPECT_EQ(PercentText(0.00001), "0.0010 %");
  EXPECT_EQ(PercentText(Estimate{0.16, 0.142, 0.179}), "16.0 % (14.2 % to 17.9 %)");
  EXPECT_EQ(PercentText(Estimate::Undefined()), "–");
}

TEST(FiguresText, Numbers) {
  EXPECT_EQ(RatioText(20), "20.0");
  EXPECT_EQ(RatioText(1.526), "1.53");
  EXPECT_EQ(NumberText(-1234.56, 1), "-1,234.6");
  EXPECT_EQ(NumberText(-0.001, 1), "0.0");
  EXPECT_EQ(NumberText(3.05, 2), "3.05");
}

TEST(FiguresText, SettingsAreAsTheyWereGiven) {
  EXPECT_EQ(SettingText(20), "20");
  EXPECT_EQ(SettingText(7.7), "7.7");
  EXPECT_EQ(SettingText(12.35), "12.35");
  EXPECT_EQ(SettingText(1.0 / 3), "0.3333");
}

}  // namespace
}  // namespace vesica
