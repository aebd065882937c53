// Estimates of overlaps: their intervals hold what they promise, and they stay sane whatever the samples say.
#include "overlap/pair_estimate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "overlap/count_estimate.h"
#include "overlap/pair_fit.h"
#include "tests/model/simulated_samples.h"

namespace vesica {
namespace {

constexpr uint32_t kMinHashBytes = 16 << 10;

// ---- in the long run
// -------------------------------------------------------------------------------------------------

// Errors and coverage of one figure over many trials.
class Trials {
 public:
  explicit Trials(double truth) : truth_(truth) {}

  void Add(const Estimate& estimate) {
    ASSERT_TRUE(estimate.lower <= estimate.value && estimate.value <= estimate.upper);
    squares_ += (estimate.value - truth_) * (estimate.value - truth_);
    covered_ += estimate.lower <= truth_ && truth_ <= estimate.upper;
    ++count_;
  }
  double Error() const { return std::sqrt(squares_ / count_) / truth_; }
  double Coverage() const { return covered_ / static_cast<double>(count_); }
  // 0.92 to 0.98, and with few trials three standard errors of chance around 0.95.
  double LeastCoverage() const { return std::min(0.92, 0.95 - Noise()); }
  double MostCoverage() const { return std::max(0.98, 0.95 + Noise()); }

 private:
  double Noise() const { return 3 * std::sqrt(0.95 * 0.05 / count_); }

  double truth_;
  double squares_ = 0;
  int covered_ = 0, count_ = 0;
};

struct Regime {
  std::string name;
  uint64_t a, b, both;
  double largest_error;  // relative, of the intersection from MinHash of 16 KiB; 0: only coverage is looked at
  bool counted = false;  // both counts are known
};

std::vector<uint64_t> RegionsOf(const Regime& regime) {
  return {0, regime.a - regime.both, regime.b - regime.both, regime.both};
}

template <typename Join>
void RunRegime(const Regime& regime, int trials, const Join& join) {
  const double a = static_cast<double>(regime.a), b = static_cast<double>(regime.b),
               both = static_cast<double>(regime.both);
  Trials intersection(both), size(a), either(a + b - both), share(both / a), jaccard(both / (a + b - both));
  std::mt19937_64 rng(2026);
  double design_error = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const Overlap overlap = join(rng);
    intersection.Add(overlap.intersection);
    size.Add(overlap.a);
    either.Add(overlap.union_size);
    share.Add(overlap.share_of_a);
    jaccard.Add(overlap.jaccard);
    design_error += overlap.design_error / trials;
  }
  for (const auto& [name, figure] : {std::pair("intersection", &intersection),
                                     {"a", &size},
                                     {"union", &either},
                                     {"share of a", &share},
                                     {"Jaccard", &jaccard}}) {
    EXPECT_GE(figure->Coverage(), figure->LeastCoverage()) << regime.name << " " << name;
  }
  // At the ends of what is possible intervals are one-sided, and cover more.
  const bool at_an_end = regime.both <= 500 || regime.both == regime.a;
  EXPECT_LE(intersection.Coverage(), at_an_end ? 1 : intersection.MostCoverage()) << regime.name;
  if (regime.largest_error > 0) {
    const double noise = 1 + 3 / std::sqrt(2.0 * trials);
    EXPECT_LE(intersection.Error(), regime.largest_error * noise) << regime.name;
    EXPECT_NEAR(intersection.Error() / design_error, 1, noise - 1 + 0.05) << regime.name;
  }
}

void RunMinHash(const Regime& regime, int trials) {
  RunRegime(regime, trials, [&](std::mt19937_64& rng) {
    const auto samples =
        SimulateMinHash(RegionsOf(regime), MinHashSize::Of(kMinHashBytes).value(), rng, regime.counted);
    return EstimateOverlap(JoinMinHash(samples[0], samples[1]), Method::kMinHash);
  });
}

void RunHyperLogLog(const Regime& regime, const HyperLogLogShape& shape, int trials) {
  RunRegime(regime, trials, [&](std::mt19937_64& rng) {
    const auto samples = SimulateHyperLogLog(RegionsOf(regime), shape, rng, regime.counted);
    return EstimateOverlap(JoinHyperLogLog(samples[0], samples[1]), Method::kHyperLogLog);
  });
}

// Sizes and overlaps of every kind, with the errors to reach.
const Regime kR1{"R1", 50'000, 1'000'000, 8'000, 0.090};
const Regime kR2{"R2", 1'000'000, 1'000'000, 50'000, 0.0405};
const Regime kR3{"R3", 1'000'000, 1'000'000, 500'000, 0.0110};
const Regime kR4{"R4", 6'000, 120'000, 960, 0.090};
const Regime kR5{"R5", 1'000'000, 1'000'000, 900'000, 0.0083};

TEST(PairEstimateTest, MinHashErrsAsPromisedInEveryRegime) {
  for (const Regime& regime : {kR1, kR2, kR3, kR4, kR5}) RunMinHash(regime, 60);
}

TEST(PairEstimateTest, MinHashErrsLessWhereCountsAreKnown) {
  for (Regime regime : {kR1, kR3, kR5}) {
    regime.counted = true;
    regime.largest_error = regime.both > 800'000 ? 0.0020 : regime.both > 400'000 ? 0.0065 : 0.090;
    RunMinHash(regime, 60);
  }
}

TEST(PairEstimateTest, MinHashCoversSmallOverlaps) {
  for (const uint64_t both : {0, 50, 500, 2000})
    RunMinHash({"both " + std::to_string(both), 50'000, 1'000'000, both, 0}, 60);
}

TEST(PairEstimateTest, MinHashCoversEqualNestedAndDisjointSets) {
  RunMinHash({"equal", 50'000, 50'000, 50'000, 0}, 60);
  RunMinHash({"nested", 20'000, 400'000, 20'000, 0}, 60);
  RunMinHash({"disjoint", 30'000, 30'000, 0, 0}, 60);
  RunMinHash({"equal and counted", 50'000, 50'000, 50'000, 0, true}, 50);
  RunMinHash({"nested and counted", 20'000, 400'000, 20'000, 0, true}, 50);
}

// Where nearly all keys are sampled only cells that keys share make errors: the sets' sizes do not vary.
TEST(PairEstimateTest, NearlyWholeSamplesErrLittle) {
  RunMinHash({"whole", 8'000, 9'000, 4'000, 0.0015}, 100);
  std::mt19937_64 rng(13);
  const auto samples = SimulateMinHash({0, 4'000, 5'000, 4'000}, MinHashSize::Of(kMinHashBytes).value(), rng);
  const Overlap overlap = EstimateOverlap(JoinMinHash(samples[0], samples[1]), Method::kMinHash);
  EXPECT_LT(overlap.intersection.upper - overlap.intersection.lower, 4'000 * 0.0015 * 2 * kNormal95 * 1.2);
  EXPECT_LT(overlap.a.upper - overlap.a.lower, 8'000 * 0.004);
}

TEST(PairEstimateTest, HyperLogLogCoversInEveryRegime) {
  const HyperLogLogShape shape{12, 3};
  RunHyperLogLog({"5 %", 20'000, 20'000, 1'000, 0}, shape, 150);
  RunHyperLogLog({"16 % of 1:20", 2'000, 40'000, 320, 0}, shape, 150);
  RunHyperLogLog({"90 %", 20'000, 20'000, 18'000, 0}, shape, 150);
  RunHyperLogLog({"equal", 5'000, 5'000, 5'000, 0}, shape, 150);
  RunHyperLogLog({"nested", 2'000, 40'000, 2'000, 0}, shape, 100);
  RunHyperLogLog({"disjoint", 5'000, 40'000, 0, 0}, shape, 100);
  RunHyperLogLog({"counted", 20'000, 20'000, 10'000, 0, true}, shape, 100);
  RunHyperLogLog({"plain HyperLogLog", 20'000, 20'000, 5'000, 0}, {12, 0}, 100);
}

// The long run, and the largest sets: the test overlap_slow of tests/CMakeLists.txt.
TEST(PairEstimateTest, DISABLED_SlowManyTrials) {
  for (const Regime& regime : {kR1, kR2, kR3, kR4, kR5}) RunMinHash(regime, 1000);
  RunMinHash({"1M:20M", 1'000'000, 20'000'000, 160'000, 0.090}, 1000);
  RunMinHash({"50M:1B", 50'000'000, 1'000'000'000, 8'000'000, 0.090}, 1000);
  for (const uint64_t both : {0, 50, 500, 2000})
    RunMinHash({"both " + std::to_string(both), 50'000, 1'000'000, both, 0}, 1000);
  for (Regime regime : {kR1, kR2, kR3, kR4, kR5}) {
    regime.largest_error = 0;
    RunHyperLogLog(regime, {14, 3}, 400);
  }
  for (const uint64_t both : {0, 50, 500, 2000}) {
    RunHyperLogLog({"both " + std::to_string(both), 50'000, 1'000'000, both, 0}, {14, 3}, 400);
  }
}

TEST(CountEstimateTest, CoversTheCount) {
  std::mt19937_64 rng(11);
  for (const uint64_t count : {0u, 1u, 7u, 300u, 20'000u, 300'000u}) {
    Trials min_hash(static_cast<double>(count)), registers(static_cast<double>(count));
    const int trials = count > 100'000 ? 60 : 200;
    for (int trial = 0; trial < trials; ++trial) {
      min_hash.Add(EstimateCount(SimulateMinHash({0, count}, MinHashSize::Of(4096).value(), rng)[0]));
      registers.Add(EstimateCount(SimulateHyperLogLog({0, count}, {10, 3}, rng)[0]));
    }
    EXPECT_GE(min_hash.Coverage(), min_hash.LeastCoverage()) << count;
    EXPECT_GE(registers.Coverage(), registers.LeastCoverage()) << count;
    if (count >= 20'000) {
      EXPECT_LE(min_hash.Error(), 1.3 / std::sqrt(4300.0)) << count;
      EXPECT_LE(registers.Error(), 1.3 * 1.04 / std::sqrt(1024.0)) << count;
    }
  }
}

TEST(CountEstimateTest, IsAPointWhereTheCountIsKnown) {
  std::mt19937_64 rng(12);
  const Estimate estimate = EstimateCount(SimulateMinHash({0, 5000}, MinHashSize::Of(1024).value(), rng, true)[0]);
  EXPECT_EQ(estimate.value, 5000);
  EXPECT_EQ(estimate.lower, 5000);
  EXPECT_EQ(estimate.upper, 5000);
}

// ---- against slower ways
// ---------------------------------------------------------------------------------------------

// The maximum of a function with one hill, by golden sections of a logarithm.
double SearchMaximum(double low, double high, const std::function<double(double)>& function) {
  constexpr double kGolden = 0.6180339887498949;
  double from = std::log(low), to = std::log(high);
  for (int i = 0; i < 45; ++i) {
    const double left = to - kGolden * (to - from), right = from + kGolden * (to - from);
    (function(std::exp(left)) < function(std::exp(right)) ? from : to) =
        function(std::exp(left)) < function(std::exp(right)) ? left : right;
  }
  return std::exp((from + to) / 2);
}

// The log likelihood at its maximum over the groups in `free`, one after the other, with no derivatives.
double ClimbSlowly(const PairLikelihood& likelihood, Vector<3>* sizes, const std::vector<int>& free) {
  const auto at = [&](const Vector<3>& where) {
    Derivatives<3> out;
    likelihood.Evaluate(where, &out);
    return out.value;
  };
  for (int round = 0; round < 14; ++round) {
    for (const int group : free) {
      const double now = (*sizes)[group];
      (*sizes)[group] = SearchMaximum(now / 3, now * 3, [&](double size) {
        Vector<3> moved = *sizes;
        moved[group] = size;
        return at(moved);
      });
    }
  }
  return at(*sizes);
}

TEST(PairEstimateTest, IntervalsAreThoseOfBisection) {
  std::mt19937_64 rng(21);
  for (const auto& regions : std::vector<std::vector<uint64_t>>{{0, 900, 20'000, 300}, {0, 700, 500, 900}}) {
    for (const bool registers : {false, true}) {
      PairCells cells;
      if (registers) {
        const auto samples = SimulateHyperLogLog(regions, {9, 3}, rng);
        cells = JoinHyperLogLog(samples[0], samples[1]);
      } else {
        MinHashSize size = MinHashSize::Of(1024).value();
        size.capacity = 500;
        const auto samples = SimulateMinHash(regions, size, rng);
        cells = JoinMinHash(samples[0], samples[1]);
      }
      const PairLikelihood likelihood(cells);
      const PairFit fit(cells);
      Vector<3> best = fit.sizes();
      const double most = ClimbSlowly(likelihood, &best, {kOnlyA, kOnlyB, kBoth});
      for (int group = 0; group < 3; ++group) EXPECT_NEAR(best[group] / fit.sizes()[group], 1, 1e-3);
      Derivatives<3> there;
      likelihood.Evaluate(fit.sizes(), &there);
      EXPECT_NEAR(there.value, most, 1e-6);
      SquareMatrix<3> covariance;
      double raw = 0;
      ASSERT_TRUE(FixedSizeCovariance(there.hessian, fit.sizes(), {}, 7, &covariance, &raw));
      const double fall = kChiSquared95 * covariance[kBoth][kBoth] / raw / 2;
      for (const bool upper : {false, true}) {
        double inside = best[kBoth], outside = upper ? 4 * best[kBoth] : 0.05 * best[kBoth];
        for (int i = 0; i < 22; ++i) {
          Vector<3> sizes = best;
          sizes[kBoth] = (inside + outside) / 2;
          (most - ClimbSlowly(likelihood, &sizes, {kOnlyA, kOnlyB}) < fall ? inside : outside) = sizes[kBoth];
        }
        const double found = upper ? fit.UpperBoth() : fit.LowerBoth();
        EXPECT_NEAR(found, inside, 2e-3 * std::abs(inside - best[kBoth])) << registers << upper;
      }
    }
  }
}

// ---- whatever the samples say
// ----------------------------------------------------------------------------------------

void ExpectSane(const Overlap& overlap, const std::string& what) {
  const double unbounded = std::numeric_limits<double>::infinity();
  const auto check = [&](const Estimate& estimate, const char* name, double most, bool may_be_undefined) {
    if (may_be_undefined && std::isnan(estimate.value)) {
      EXPECT_TRUE(std::isnan(estimate.lower) && std::isnan(estimate.upper)) << what << " " << name;
      return;
    }
    EXPECT_TRUE(std::isfinite(estimate.value) && std::isfinite(estimate.lower) && std::isfinite(estimate.upper))
        << what << " " << name << " " << estimate.lower << " " << estimate.value << " " << estimate.upper;
    EXPECT_GE(estimate.lower, 0) << what << " " << name;
    EXPECT_LE(estimate.lower, estimate.value) << what << " " << name;
    EXPECT_LE(estimate.value, estimate.upper) << what << " " << name;
    EXPECT_LE(estimate.upper, most) << what << " " << name;
  };
  check(overlap.a, "a", unbounded, false);
  check(overlap.b, "b", unbounded, false);
  check(overlap.intersection, "intersection", unbounded, false);
  check(overlap.union_size, "union", unbounded, false);
  check(overlap.share_of_a, "share of a", 1, true);
  check(overlap.share_of_b, "share of b", 1, true);
  check(overlap.overlap_coefficient, "overlap coefficient", 1, true);
  check(overlap.jaccard, "Jaccard", 1, true);
  check(overlap.dice, "Dice", 1, true);
  check(overlap.size_ratio, "size ratio", unbounded, true);
  EXPECT_LE(overlap.intersection.value, std::min(overlap.a.value, overlap.b.value) * (1 + 1e-12)) << what;
  EXPECT_LE(overlap.intersection.upper, std::min(overlap.a.upper, overlap.b.upper) * (1 + 1e-12)) << what;
  EXPECT_TRUE(overlap.design_error >= 0 || std::isnan(overlap.design_error)) << what;
  EXPECT_FALSE(std::isinf(overlap.design_error)) << what;
}

const std::vector<std::optional<uint64_t>> kCounts = {std::nullopt, 0, 1, 100, 10'000'000'000, UINT64_MAX};

TEST(PairEstimateTest, OfAnyMinHashesIsSane) {
  MinHashSize size = MinHashSize::Of(1024).value();
  const uint32_t end = EndCell(size.mantissa_bits);
  std::vector<std::pair<uint32_t, std::vector<uint32_t>>> samples = {
      {0, {}}, {1, {}}, {1, {0}}, {end, {}}, {end, {end - 1}}, {end, {0}}, {1000, {}}, {end - 1, {}}};
  std::vector<uint32_t> all(3000), odd;
  for (uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  for (uint32_t i = 1; i < 3000; i += 2) odd.push_back(end - 3000 + i);
  samples.emplace_back(3000, all);
  samples.emplace_back(end, all);
  samples.emplace_back(end, odd);
  for (const auto& [threshold_a, cells_a] : samples) {
    for (const auto& [threshold_b, cells_b] : samples) {
      for (const auto& count_a : kCounts) {
        for (const auto& count_b : {kCounts[0], kCounts[2], kCounts[5]}) {
          const MinHash a(size, threshold_a, cells_a, count_a), b(size, threshold_b, cells_b, count_b);
          const std::string what = testing::PrintToString(
              std::tuple(threshold_a, cells_a.size(), count_a, threshold_b, cells_b.size(), count_b));
          ExpectSane(EstimateOverlap(JoinMinHash(a, b), Method::kMinHash), what);
        }
      }
    }
  }
}

TEST(PairEstimateTest, OfAnyRegistersIsSane) {
  const HyperLogLogShape shape{4, 3};
  std::vector<std::vector<uint8_t>> samples;
  for (const int code : {0, 1, 8, 100, 241, 247, 248})
    samples.emplace_back(shape.registers(), static_cast<uint8_t>(code));
  samples.emplace_back(shape.registers(), uint8_t{0});
  samples.back()[3] = 248;
  samples.emplace_back(shape.registers(), uint8_t{248});
  samples.back()[3] = 0;
  std::mt19937_64 rng(31);
  samples.emplace_back(shape.registers());
  for (uint8_t& code : samples.back()) code = static_cast<uint8_t>(rng() % 249);
  for (const auto& registers_a : samples) {
    for (const auto& registers_b : samples) {
      for (const auto& count_a : kCounts) {
        for (const auto& count_b : {kCounts[0], kCounts[2], kCounts[5]}) {
          const HyperLogLog a(shape, registers_a, count_a), b(shape, registers_b, count_b);
          const std::string what = testing::PrintToString(std::tuple(registers_a, count_a, registers_b, count_b));
          ExpectSane(EstimateOverlap(JoinHyperLogLog(a, b), Method::kHyperLogLog), what);
        }
      }
    }
  }
}

TEST(PairEstimateTest, OfEmptySetsIsThatOfCounts) {
  std::mt19937_64 rng(41);
  const auto samples = SimulateHyperLogLog({0, 0, 3000, 0}, {10, 3}, rng);
  const Overlap overlap = EstimateOverlap(JoinHyperLogLog(samples[0], samples[1]), Method::kHyperLogLog);
  EXPECT_EQ(overlap.a.upper, 0);
  EXPECT_EQ(overlap.intersection.upper, 0);
  EXPECT_EQ(overlap.jaccard.upper, 0);
  EXPECT_EQ(overlap.share_of_b.upper, 0);
  EXPECT_EQ(overlap.size_ratio.upper, 0);
  EXPECT_TRUE(std::isnan(overlap.share_of_a.value));
  EXPECT_TRUE(std::isnan(overlap.overlap_coefficient.value));
  EXPECT_NEAR(overlap.b.value, 3000, 500);
  EXPECT_EQ(overlap.union_size.value, overlap.b.value);
  EXPECT_EQ(overlap.method, Method::kHyperLogLog);

  const Overlap nothing = EstimateOverlap(JoinHyperLogLog(samples[0], samples[0]), Method::kHyperLogLog);
  EXPECT_EQ(nothing.union_size.upper, 0);
  EXPECT_TRUE(std::isnan(nothing.jaccard.value));
}

TEST(PairEstimateTest, KnownCountsArePoints) {
  std::mt19937_64 rng(51);
  const auto counted = SimulateMinHash({0, 4000, 9000, 1000}, MinHashSize::Of(1024).value(), rng, true);
  const MinHash b(counted[1].size(), counted[1].threshold(), {counted[1].cells().begin(), counted[1].cells().end()});
  const Overlap overlap = EstimateOverlap(JoinMinHash(counted[0], b), Method::kMinHash);
  EXPECT_EQ(overlap.a.lower, 5000);
  EXPECT_EQ(overlap.a.upper, 5000);
  EXPECT_LT(overlap.b.lower, overlap.b.upper);
  // A share of a known set is as sure as the intersection.
  EXPECT_NEAR(overlap.share_of_a.lower, overlap.intersection.lower / 5000, 1e-9);
  EXPECT_NEAR(overlap.share_of_a.upper, overlap.intersection.upper / 5000, 1e-9);
}

TEST(PairEstimateTest, SaysWhenItCannotTell) {
  std::mt19937_64 rng(61);
  const HyperLogLogShape few{4, 3}, many{14, 3};
  const std::vector<uint64_t> regions = {0, 950, 20'000, 50};
  const auto coarse = SimulateHyperLogLog(regions, few, rng), fine = SimulateHyperLogLog(regions, many, rng);
  EXPECT_TRUE(EstimateOverlap(JoinHyperLogLog(coarse[0], coarse[1]), Method::kHyperLogLog).below_resolution);
  EXPECT_FALSE(EstimateOverlap(JoinHyperLogLog(fine[0], fine[1]), Method::kHyperLogLog).below_resolution);
}

// The order of two sets does not matter.
TEST(PairEstimateTest, IsSymmetric) {
  std::mt19937_64 rng(71);
  const auto samples = SimulateMinHash({0, 4000, 90'000, 1000}, MinHashSize::Of(4096).value(), rng);
  const Overlap ab = EstimateOverlap(JoinMinHash(samples[0], samples[1]), Method::kMinHash);
  const Overlap ba = EstimateOverlap(JoinMinHash(samples[1], samples[0]), Method::kMinHash);
  EXPECT_NEAR(ab.intersection.value / ba.intersection.value, 1, 1e-8);
  EXPECT_NEAR(ab.intersection.lower / ba.intersection.lower, 1, 1e-3);
  EXPECT_NEAR(ab.share_of_a.upper / ba.share_of_b.upper, 1, 1e-3);
  EXPECT_NEAR(ab.size_ratio.value * ba.size_ratio.value, 1, 1e-8);
}

}  // namespace
}  // namespace vesica
