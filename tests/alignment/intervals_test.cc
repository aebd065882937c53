#include "alignment/intervals.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace vesica {
namespace {

Estimate Compute(const std::string& name, const std::vector<double>& x) {
  auto trials = [&](size_t at) { return Trials{static_cast<uint64_t>(x[at]), static_cast<uint64_t>(x[at + 1])}; };
  bool corrected = false;
  if (name == "wilson") return WilsonShare(trials(0));
  if (name == "newcombe") return NewcombeDifference(trials(0), trials(2));
  if (name == "katz") return KatzRatio(trials(0), trials(2), &corrected);
  if (name == "ratio_of_ratios") return RatioOfRatios(trials(0), trials(2), trials(4), trials(6), &corrected);
  if (name == "quantile") return Estimate::Exact(Quantile(std::span(x).subspan(1), x[0]));
  std::vector<Stratum> strata;
  for (size_t at = 0; at < x.size(); at += 4) strata.push_back({trials(at), trials(at + 2)});
  return MantelHaenszelRatio(strata);
}

// tests/alignment/make_intervals.py says where these are from.
TEST(Intervals, AreThoseOfOthersCode) {
  std::ifstream file(VESICA_TEST_DATA "/golden/alignment/intervals.tsv");
  ASSERT_TRUE(file.is_open());
  std::map<std::string, int> seen;
  for (std::string line; std::getline(file, line);) {
    SCOPED_TRACE(line);
    std::istringstream cells(line);
    std::string name, cell;
    std::vector<double> arguments, result;
    bool is_result = false;
    cells >> name;
    while (cells >> cell) {
      if (cell == "=") {
        is_result = true;
      } else {
        (is_result ? result : arguments).push_back(std::stod(cell));
      }
    }
    const Estimate found = Compute(name, arguments);
    ASSERT_EQ(result.size(), 3u);
    const double found_values[] = {found.value, found.lower, found.upper};
    for (int i = 0; i < 3; ++i) {
      EXPECT_NEAR(found_values[i], result[static_cast<size_t>(i)], 6e-9 * std::max(1.0, std::abs(found_values[i])));
    }
    ++seen[name];
  }
  EXPECT_EQ(seen.size(), 6u);
  EXPECT_EQ(seen["wilson"], 12);
}

TEST(Intervals, OfNothingAreUndefined) {
  bool corrected = true;
  EXPECT_TRUE(std::isnan(WilsonShare({0, 0}).value));
  EXPECT_TRUE(std::isnan(NewcombeDifference({1, 2}, {0, 0}).value));
  EXPECT_TRUE(std::isnan(KatzRatio({0, 0}, {1, 2}, &corrected).value));
  EXPECT_FALSE(corrected);
  EXPECT_TRUE(std::isnan(RatioOfRatios({1, 2}, {1, 2}, {1, 2}, {0, 0}, &corrected).value));
  EXPECT_TRUE(std::isnan(MantelHaenszelRatio({}).value));
  const Stratum empty = {{1, 2}, {0, 0}};
  EXPECT_TRUE(std::isnan(MantelHaenszelRatio(std::span(&empty, 1)).value));
  EXPECT_TRUE(std::isnan(BootstrapMean({}, 100, 1).value));
}

TEST(KatzRatio, SaysWhenItIsCorrected) {
  bool corrected = false;
  EXPECT_DOUBLE_EQ(KatzRatio({0, 10}, {3, 10}, &corrected).value, 0.142857143);  // 0.5 / 11 over 3.5 / 11
  EXPECT_TRUE(corrected);
  EXPECT_DOUBLE_EQ(KatzRatio({6, 10}, {3, 10}, &corrected).value, 2);
  EXPECT_FALSE(corrected);
}

// The first three figures of SplitMix64 from seed 0 are 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F
// (its authors' reference): resampled from 0 and 1 they are 1, 0, 0.
TEST(BootstrapMean, DrawsWithTheGeneratorItNames) {
  const double values[] = {0, 0, 1};
  // Indices are the top of figure * 3: 2, 1, 0 are values 1, 0, 0.
  EXPECT_DOUBLE_EQ(BootstrapMean(values, 1, 0).lower, 1.0 / 3);
  const double one[] = {0.25};
  EXPECT_EQ(BootstrapMean(one, 50, 9).lower, 0.25);
  EXPECT_EQ(BootstrapMean(one, 50, 9).upper, 0.25);
}

// Of 300 samples of 60 from a skewed distribution, whose true mean is 1; a percentile interval holds it a little less
// often than it says, and with 300 trials the noise is 1.3 %.
TEST(BootstrapMean, HoldsTheMeanAboutAsOftenAsItSays) {
  std::mt19937_64 rng(20261122);
  int held = 0;
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) {
      values.push_back(-std::log((static_cast<double>(rng() >> 11) + 0.5) * 0x1p-53));
    }
    const Estimate mean = BootstrapMean(values, 400, static_cast<uint64_t>(trial));
    held += mean.lower <= 1 && 1 <= mean.upper;
  }
  EXPECT_GE(held, 300 * 0.92 - 3 * 4.7);
  EXPECT_LE(held, 299);
}

}  // namespace
}  // namespace vesica
