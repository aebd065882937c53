// Plans, against what samples of those sizes turn out to do.
#include "vesica/planner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "overlap/pair_estimate.h"
#include "overlap/pair_fit.h"
#include "tests/model/simulated_samples.h"

namespace vesica {
namespace {

// 1.96 times the relative error of the intersection over many trials.
double SimulatedHalfWidth(const PlanQuestion& question, Representation representation, uint64_t bytes, int trials) {
  const double both = std::round(question.share_of_smaller * std::min(question.size_a, question.size_b));
  const std::vector<uint64_t> regions = {0, static_cast<uint64_t>(question.size_a - both),
                                         static_cast<uint64_t>(question.size_b - both), static_cast<uint64_t>(both)};
  std::mt19937_64 rng(2026);
  double squares = 0;
  for (int trial = 0; trial < trials; ++trial) {
    Overlap overlap;
    if (representation == Representation::kMinHash) {
      const auto samples = SimulateMinHash(regions, MinHashSize::Of(bytes).value(), rng);
      overlap = EstimateOverlap(JoinMinHash(samples[0], samples[1]), Method::kMinHash);
    } else {
      const auto samples = SimulateHyperLogLog(regions, HyperLogLogShape::Of(bytes, 3).value(), rng);
      overlap = EstimateOverlap(JoinHyperLogLog(samples[0], samples[1]), Method::kHyperLogLog);
    }
    squares += std::pow(overlap.intersection.value / both - 1, 2);
  }
  return kNormal95 * std::sqrt(squares / trials);
}

TEST(PlannerTest, HalfWidthsAreThoseOfSimulation) {
  constexpr int kTrials = 1000;  // 2.2 % of chance
  for (const PlanQuestion& question :
       {PlanQuestion{20'000, 100'000, 0.4, 0}, {10'000, 10'000, 0.2, 0}, {8'000, 9'000, 0.9, 0}}) {
    for (const auto& [representation, bytes] : {std::pair(Representation::kMinHash, 2048u),

                                                {Representation::kHyperLogLog, 2048u}}) {
      const double expected = ExpectedHalfWidth(question, representation, bytes).value();
      const double simulated = SimulatedHalfWidth(question, representation, bytes, kTrials);
      EXPECT_NEAR(simulated / expected, 1, 0.10) << question.size_a << " " << RepresentationText(representation);
    }
  }
}

TEST(PlannerTest, DISABLED_SlowHalfWidthsAreThoseOfSimulation) {
  for (const PlanQuestion& question :
       {PlanQuestion{50'000, 1'000'000, 0.16, 0}, {1'000'000, 1'000'000, 0.05, 0}, {6'000, 120'000, 0.16, 0}}) {
    const double expected = ExpectedHalfWidth(question, Representation::kMinHash, 16384).value();
    EXPECT_NEAR(SimulatedHalfWidth(question, Representation::kMinHash, 16384, 2000) / expected, 1, 0.06);
  }
}

// Predictions of an independent program, in standard errors at 16 KiB.
TEST(PlannerTest, AgreesWithTheResearch) {
  struct Row {
    double size, ratio, share, error;
  };
  for (const Row& row :
       {Row{50e3, 20, 0.16, 0.081}, Row{6e3, 20, 0.16, 0.076}, Row{1e6, 20, 0.16, 0.081}, Row{50e6, 20, 0.16, 0.082},
        Row{1e6, 1, 0.16, 0.0195}, Row{3e6, 1, 0.05, 0.039}, Row{1e6, 5, 0.16, 0.041}, Row{1e6, 10, 0.05, 0.123},
        Row{1e6, 100, 0.16, 0.181}, Row{1e6, 300, 0.30, 0.201}}) {
    const PlanQuestion question{row.size, row.size * row.ratio, row.share, 0};
    const double error = ExpectedHalfWidth(question, Representation::kMinHash, 16384).value() / kNormal95;
    EXPECT_NEAR(error / row.error, 1, 0.08) << row.size << " " << row.ratio;
  }
  const PlanQuestion r1{50e3, 1e6, 0.16, 0};
  EXPECT_NEAR(ExpectedHalfWidth(r1, Representation::kHyperLogLog, 16384).value() / kNormal95 / 0.0957, 1, 0.03);
}

TEST(PlannerTest, PlansTheFewestBytesThatReachTheError) {
  for (const double error : {0.5, 0.2, 0.05}) {
    const PlanQuestion question{50e3, 1e6, 0.16, error};
    const Plan plan = MakePlan(question).value();
    const RepresentationPlan& hashes = plan.Of(Representation::kMinHash);
    const RepresentationPlan& registers = plan.Of(Representation::kHyperLogLog);
    ASSERT_TRUE(hashes.reaches_error && registers.reaches_error);
    EXPECT_LE(hashes.half_width, error);
    EXPECT_LE(registers.half_width, error);
    EXPECT_EQ(hashes.half_width, ExpectedHalfWidth(question, Representation::kMinHash, hashes.sketch_bytes).value());
    if (hashes.sketch_bytes > 1024) {
      EXPECT_GT(ExpectedHalfWidth(question, Representation::kMinHash, hashes.sketch_bytes - 1).value(), error);
    }
    EXPECT_GT(ExpectedHalfWidth(question, Representation::kHyperLogLog, registers.sketch_bytes / 2).value(), error);
    EXPECT_EQ(plan.smallest, Representation::kMinHash);
  }
}

TEST(PlannerTest, ExactIsSmallestForSmallSetsAndWhereNothingElseReaches) {
  EXPECT_TRUE(MakePlan({60, 90, 0.5, 0.01}).value().ExactIsSmallest());
  const Plan hopeless = MakePlan({1e6, 1e9, 1e-5, 0.01}).value();
  EXPECT_TRUE(hopeless.ExactIsSmallest());
  EXPECT_FALSE(hopeless.Of(Representation::kMinHash).reaches_error);
  EXPECT_FALSE(hopeless.Of(Representation::kHyperLogLog).reaches_error);
  EXPECT_GT(hopeless.Of(Representation::kMinHash).half_width, 0.01);
  EXPECT_EQ(hopeless.Of(Representation::kExact).half_width, 0);
}

// A small set is kept whole inside a MinHash.
TEST(PlannerTest, SmallSetsStayExact) {
  EXPECT_EQ(ExpectedHalfWidth({90, 100, 0.5, 0}, Representation::kMinHash, 1024).value(), 0);
  const Plan plan = MakePlan({500, 1e6, 0.5, 0.2}).value();
  const RepresentationPlan& hashes = plan.Of(Representation::kMinHash);
  EXPECT_LT(hashes.image_bytes_a, static_cast<double>(hashes.sketch_bytes));
}

TEST(PlannerTest, AnswersWholeRange) {
  for (const double size_a : {1.0, 1e3, 1e9, 0x1p60}) {
    for (const double size_b : {1.0, 1e6, 0x1p60}) {
      for (const double share : {1e-12, 0.01, 1.0}) {
        const absl::StatusOr<Plan> plan = MakePlan({size_a, size_b, share, 0.1});
        ASSERT_TRUE(plan.ok());
        for (const RepresentationPlan& of : plan->representations) {
          EXPECT_FALSE(std::isnan(of.half_width)) << size_a << " " << size_b << " " << share;
          EXPECT_EQ(of.reaches_error, of.half_width <= 0.1);
          EXPECT_GT(of.build_ns_per_row, 0);
        }
      }
    }
  }
}

TEST(PlannerTest, RefusesWhatIsOutOfRange) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const PlanQuestion& question : {PlanQuestion{0, 10, 0.5, 0.1},
                                       {10, 0.5, 0.5, 0.1},
                                       {10, 0x1p61, 0.5, 0.1},
                                       {10, 10, 0, 0.1},
                                       {10, 10, 1.5, 0.1},
                                       {10, 10, 0.5, 0},
                                       {nan, 10, 0.5, 0.1},
                                       {10, 10, nan, 0.1},
                                       {10, 10, 0.5, nan}}) {
    EXPECT_FALSE(MakePlan(question).ok());
  }
  EXPECT_FALSE(ExpectedHalfWidth({10, 10, 0.5, 0}, Representation::kMinHash, 10).ok());
  EXPECT_FALSE(ExpectedHalfWidth({10, 10, 0.5, 0}, Representation::kHyperLogLog, 1 << 21).ok());
}

}  // namespace
}  // namespace vesica
