// The figures of an overlap, and where they are undefined.
#include <gtest/gtest.h>

#include <cmath>

#include "vesica/overlap.h"

namespace vesica {
namespace {

void ExpectExact(const Estimate& estimate, double value) {
  EXPECT_EQ(estimate.value, value);
  EXPECT_EQ(estimate.lower, value);
  EXPECT_EQ(estimate.upper, value);
}

void ExpectUndefined(const Estimate& estimate) {
  EXPECT_TRUE(std::isnan(estimate.value));
  EXPECT_TRUE(std::isnan(estimate.lower));
  EXPECT_TRUE(std::isnan(estimate.upper));
}

TEST(OverlapFiguresTest, AreTheWrittenRatios) {
  const Overlap overlap = Overlap::FromCounts(/*only_a=*/84, /*only_b=*/4, /*both=*/16, Method::kExact64);
  ExpectExact(overlap.a, 100);
  ExpectExact(overlap.b, 20);
  ExpectExact(overlap.intersection, 16);
  ExpectExact(overlap.union_size, 104);
  ExpectExact(overlap.share_of_a, 16.0 / 100);
  ExpectExact(overlap.share_of_b, 16.0 / 20);
  ExpectExact(overlap.overlap_coefficient, 16.0 / 20);
  ExpectExact(overlap.jaccard, 16.0 / 104);
  ExpectExact(overlap.dice, 32.0 / 120);
  ExpectExact(overlap.size_ratio, 100.0 / 20);
  EXPECT_EQ(overlap.method, Method::kExact64);
  EXPECT_EQ(overlap.expected_false_matches, ExpectedFalseMatches(104, Method::kExact64));
}

// The mission's ideal: 20:1 and every key of the small side in the large one.
TEST(OverlapFiguresTest, FullContainmentIsOneHundredPercentOfTheSmaller) {
  const Overlap overlap = Overlap::FromCounts(1900, 0, 100, Method::kExact128);
  ExpectExact(overlap.overlap_coefficient, 1);
  ExpectExact(overlap.share_of_b, 1);
  ExpectExact(overlap.jaccard, 0.05);
  ExpectExact(overlap.size_ratio, 20);
}

TEST(OverlapFiguresTest, SharesOfNothingAreUndefined) {
  const Overlap no_a = Overlap::FromCounts(0, 5, 0, Method::kExact64);
  ExpectUndefined(no_a.share_of_a);
  ExpectExact(no_a.share_of_b, 0);
  ExpectUndefined(no_a.overlap_coefficient);
  ExpectExact(no_a.jaccard, 0);
  ExpectExact(no_a.dice, 0);
  ExpectExact(no_a.size_ratio, 0);

  const Overlap no_b = Overlap::FromCounts(5, 0, 0, Method::kExact64);
  ExpectExact(no_b.share_of_a, 0);
  ExpectUndefined(no_b.share_of_b);
  ExpectUndefined(no_b.overlap_coefficient);
  ExpectUndefined(no_b.size_ratio);

  const Overlap none = Overlap::FromCounts(0, 0, 0, Method::kExact64);
  ExpectExact(none.intersection, 0);
  ExpectExact(none.union_size, 0);
  for (const Estimate& estimate :
       {none.share_of_a, none.share_of_b, none.overlap_coefficient, none.jaccard, none.dice, none.size_ratio}) {
    ExpectUndefined(estimate);
  }
  EXPECT_EQ(none.expected_false_matches, 0);
}

TEST(OverlapFiguresTest, ExpectedFalseMatches) {
  EXPECT_EQ(ExpectedFalseMatches(0, Method::kExact64), 0);
  EXPECT_EQ(ExpectedFalseMatches(1, Method::kExact64), 0);
  EXPECT_EQ(ExpectedFalseMatches(2, Method::kExact64), std::ldexp(1.0, -64));
  // 20 million distinct: 1.1e-5.
  EXPECT_NEAR(ExpectedFalseMatches(2e7, Method::kExact64), 1.08e-5, 1e-7);
  EXPECT_EQ(ExpectedFalseMatches(1e9, Method::kExact128), 1e9 * (1e9 - 1) * std::ldexp(1.0, -129));
  EXPECT_EQ(ExpectedFalseMatches(1e9, Method::kExactBytes), 0);
}

TEST(OverlapFiguresTest, MethodText) {
  EXPECT_EQ(MethodText(Method::kExact64), "exact-64");
  EXPECT_EQ(MethodText(Method::kExact128), "exact-128");
  EXPECT_EQ(MethodText(Method::kExactBytes), "exact-bytes");
}

TEST(RegionsTest, PairForgetsTheOtherSets) {
  Regions regions;
  regions.sets.resize(3);
  regions.counts = {0, 1, 2, 4, 8, 16, 32, 64};
  regions.method = Method::kExactBytes;
  const Overlap overlap = regions.Pair(0, 2);
  ExpectExact(overlap.a, 1 + 4 + 16 + 64);
  ExpectExact(overlap.b, 8 + 16 + 32 + 64);
  ExpectExact(overlap.intersection, 16 + 64);
  EXPECT_EQ(overlap.method, Method::kExactBytes);
  ExpectExact(regions.Pair(1, 1).share_of_a, 1);
}

}  // namespace
}  // namespace vesica
