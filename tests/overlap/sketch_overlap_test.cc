// Overlaps with sketches among the audiences: who may meet whom, and that each way of asking gives one answer. How good
// the estimates are is tested where they are made.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "audience/hyper_log_log.h"
#include "tests/model/hash_sets.h"
#include "vesica/overlap.h"
#include "vesica/status.h"

namespace vesica {
namespace {

constexpr Representation kAll[] = {Representation::kExact, Representation::kMinHash, Representation::kHyperLogLog};

Audience Range(int64_t first, int64_t count, Representation representation, uint64_t bytes = 4096) {
  Context context = MakeContext();
  const Identity identity = Identity::Create(Profile::Open("int64/1").value()).value();
  std::vector<int64_t> keys(static_cast<size_t>(count));
  std::iota(keys.begin(), keys.end(), first);
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.length = keys.size();
  column.data = keys.data();
  AudienceBuilder builder = AudienceBuilder::Create(context, identity, {representation, bytes}).value();
  EXPECT_TRUE(builder.Add(column).ok());
  return builder.Build().value();
}

std::vector<const Audience*> Addresses(const std::vector<Audience>& audiences) {
  std::vector<const Audience*> addresses;
  for (const Audience& audience : audiences) addresses.push_back(&audience);
  return addresses;
}

// Within twice the interval.
void ExpectNear(const Estimate& estimate, double truth) {
  const double width = estimate.upper - estimate.lower;
  EXPECT_LE(estimate.lower, estimate.value);
  EXPECT_LE(estimate.value, estimate.upper);
  EXPECT_LE(std::abs(estimate.value - truth), width) << "truth " << truth << " estimate " << estimate.value;
}

void ExpectSame(const Estimate& a, const Estimate& b) {
  const double slack = 1e-4 * (1 + std::abs(a.upper));
  EXPECT_NEAR(a.value, b.value, slack);
  EXPECT_NEAR(a.lower, b.lower, slack);
  EXPECT_NEAR(a.upper, b.upper, slack);
}

TEST(SketchOverlapTest, EveryPairThatCanMeetIsNearTheTruth) {
  Context context = MakeContext();
  for (const Representation first : kAll) {
    for (const Representation second : kAll) {
      SCOPED_TRACE(testing::Message() << RepresentationText(first) << " and " << RepresentationText(second));
      const Audience a = Range(0, 20'000, first), b = Range(15'000, 100'000, second);
      const absl::StatusOr<Overlap> overlap = OverlapOf(a, b, context);
      const bool sketches = first != Representation::kExact && second != Representation::kExact;
      if (sketches && first != second) {
        EXPECT_EQ(GetErrorInfo(overlap.status()).code, ErrorCode::kUnsupported);
        EXPECT_EQ(GetErrorInfo(overlap.status()).index, 1u);
        continue;
      }
      ASSERT_TRUE(overlap.ok());
      ExpectNear(overlap->a, 20'000);
      ExpectNear(overlap->b, 100'000);
      ExpectNear(overlap->intersection, 5'000);
      ExpectNear(overlap->share_of_a, 0.25);
      ExpectNear(overlap->share_of_b, 0.05);
      ExpectNear(overlap->overlap_coefficient, 0.25);
      ExpectNear(overlap->size_ratio, 0.2);
      EXPECT_EQ(IsExact(overlap->method), first == Representation::kExact && second == Representation::kExact);
      EXPECT_LE(overlap->intersection.upper, overlap->a.upper);
      if (first == Representation::kExact) {
        EXPECT_EQ(overlap->a.lower, 20'000);
      }
      if (second == Representation::kExact) {
        EXPECT_EQ(overlap->b.upper, 100'000);
      }

      // The other way round.
      const Overlap back = OverlapOf(b, a, context).value();
      ExpectSame(back.intersection, overlap->intersection);
      ExpectSame(back.size_ratio, overlap->Reversed().size_ratio);
      ExpectSame(back.share_of_a, overlap->Reversed().share_of_a);
    }
  }
}

TEST(SketchOverlapTest, SketchesOfDifferentSizesMeet) {
  Context context = MakeContext();
  for (const Representation kind : {Representation::kMinHash, Representation::kHyperLogLog}) {
    const Audience a = Range(0, 50'000, kind, 2048), b = Range(25'000, 50'000, kind, 32768);
    ExpectNear(OverlapOf(a, b, context)->intersection, 25'000);
    const Audience small = Range(25'000, 50'000, kind, 2048);
    const double fine = OverlapOf(a, b, context)->design_error, coarse = OverlapOf(a, small, context)->design_error;
    EXPECT_LE(fine, coarse * 1.0001) << "more bytes on one side do not harm";
  }
}

TEST(SketchOverlapTest, RegionsAndMatrixAgreeWithPairs) {
  Context context = MakeContext();
  for (const Representation kind : {Representation::kMinHash, Representation::kHyperLogLog}) {
    const std::vector<Audience> audiences = {Range(0, 30'000, kind), Range(20'000, 30'000, Representation::kExact),
                                             Range(25'000, 60'000, kind)};
    const std::vector<std::string> names = {"brand", "demand", "sales"};
    const Regions regions = RegionsOf(Addresses(audiences), names, context).value();
    EXPECT_TRUE(regions.counts.empty());
    const double truth[] = {0, 20'000, 0, 5'000, 35'000, 0, 20'000, 5'000};
    for (uint32_t members = 1; members < 8; ++members) {
      SCOPED_TRACE(testing::Message() << "members " << members);
      EXPECT_GE(regions.Region(members).lower, 0);
      if (truth[members] > 0) ExpectNear(regions.Region(members), truth[members]);
    }
    EXPECT_EQ(regions.sets[2].name, "sales");
    ExpectNear(regions.sets[2].size(), 60'000);
    EXPECT_FALSE(regions.sets[1].estimate.has_value());
    const Matrix matrix = MatrixOf(Addresses(audiences), names, context).value();
    for (uint32_t a = 0; a < 3; ++a) {
      for (uint32_t b = 0; b < 3; ++b) {
        ExpectSame(matrix.Pair(a, b).intersection, regions.Pair(a, b).intersection);
        if (a != b) ExpectSame(matrix.Pair(a, b).jaccard, OverlapOf(audiences[a], audiences[b], context)->jaccard);
      }
    }
    EXPECT_EQ(matrix.Pair(1, 1).method, Method::kExact64);
    EXPECT_EQ(regions.Pair(0, 0).method, regions.method);
    EXPECT_EQ(matrix.method, kind == Representation::kMinHash ? Method::kMinHash : Method::kHyperLogLog);
  }
}

TEST(SketchOverlapTest, OneAndTwoSetsAreRegionsToo) {
  Context context = MakeContext();
  const Audience a = Range(0, 30'000, Representation::kMinHash), b = Range(20'000, 30'000, Representation::kMinHash);
  ExpectSame(RegionsOf(Addresses({a}), {}, context)->Region(1), CountOf(a));
  const Regions both = RegionsOf(Addresses({a, b}), {}, context).value();
  ExpectSame(both.Region(3), OverlapOf(a, b, context)->intersection);
  ExpectNear(both.Region(1), 20'000);
}

TEST(SketchOverlapTest, FiveSetsWithASketchAreAMatrixOnly) {
  Context context = MakeContext();
  std::vector<Audience> audiences;
  for (int64_t i = 0; i < 5; ++i) audiences.push_back(Range(1000 * i, 9'000, Representation::kMinHash, 1024));
  EXPECT_EQ(GetErrorInfo(RegionsOf(Addresses(audiences), {}, context).status()).code, ErrorCode::kUnsupported);
  EXPECT_EQ(MatrixOf(Addresses(audiences), {}, context)->pairs.size(), 10u);
  audiences[3] = Range(0, 9'000, Representation::kHyperLogLog);
  const absl::Status status = MatrixOf(Addresses(audiences), {}, context).status();
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kUnsupported);
  EXPECT_EQ(GetErrorInfo(status).index, 3u);
}

TEST(SketchOverlapTest, RegistersThatAreFullHaveACountAllTheSame) {
  Context context = MakeContext();
  const HyperLogLogShape shape = HyperLogLogShape::Of(1 << 20, 3).value();
  const std::vector<uint8_t> full(shape.registers(), shape.max_code());
  const Audience audience(std::make_shared<const HyperLogLog>(shape, full), Range(0, 1, Representation::kExact).stamp(),
                          Quality(), /*derived=*/true);
  const Regions regions = RegionsOf(Addresses({audience, audience}), {}, context).value();
  EXPECT_TRUE(std::isfinite(CountOf(audience).upper));
  EXPECT_GT(regions.sets[0].count, uint64_t{1} << 50);
  EXPECT_LE(regions.sets[0].count, uint64_t{1} << 62);
}

TEST(SketchOverlapTest, AnExactCountMakesTheAnswerMoreExact) {
  Context context = MakeContext();
  const Audience a = Range(0, 60'000, Representation::kExact), b = Range(30'000, 60'000, Representation::kExact);
  const BuilderOptions options{Representation::kMinHash, 4096};
  const Audience known_a = SketchOf(a, options, context).value(), known_b = SketchOf(b, options, context).value();
  const Audience plain_a = Range(0, 60'000, Representation::kMinHash);
  const Audience plain_b = Range(30'000, 60'000, Representation::kMinHash);
  const Overlap known = OverlapOf(known_a, known_b, context).value();
  const Overlap plain = OverlapOf(plain_a, plain_b, context).value();
  EXPECT_EQ(known.a.lower, 60'000);
  EXPECT_LT(known.intersection.upper - known.intersection.lower, plain.intersection.upper - plain.intersection.lower);
  ExpectNear(known.intersection, 30'000);
}

}  // namespace
}  // namespace vesica
