#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "tests/model/hash_sets.h"
#include "tests/model/naive_sets.h"
#include "vesica/overlap.h"
#include "vesica/status.h"

namespace vesica {
namespace {

std::vector<const Audience*> Pointers(const std::vector<Audience>& audiences) {
  std::vector<const Audience*> pointers;
  for (const Audience& audience : audiences) pointers.push_back(&audience);
  return pointers;
}

std::vector<Audience> AudiencesOf(const std::vector<NaiveSet>& sets, HashWidth width, Context& context) {
  std::vector<Audience> audiences;
  for (const NaiveSet& set : sets) audiences.push_back(AudienceOf(set, width, context));
  return audiences;
}

void ExpectIsOverlapOf(const Overlap& overlap, const NaiveSet& a, const NaiveSet& b) {
  EXPECT_EQ(overlap.a.value, a.size());
  EXPECT_EQ(overlap.b.value, b.size());
  EXPECT_EQ(overlap.intersection.value, NaiveIntersection(a, b).size());
  EXPECT_EQ(overlap.union_size.value, NaiveUnion(a, b).size());
}

TEST(AudienceOverlapTest, AgreesWithTheNaiveSet) {
  for (const HashWidth width : kWidths) {
    for (const Spread spread : kSpreads) {
      for (uint64_t seed = 0; seed < 30; ++seed) {
        SCOPED_TRACE(testing::Message() << "spread " << static_cast<int>(spread) << " seed " << seed);
        std::mt19937_64 rng(seed);
        Context context = MakeContext(1 + rng() % 3);
        const size_t small = rng() % 100;
        const auto sets = RandomSets(rng, width, spread, {small, seed % 2 == 0 ? 20 * small : rng() % 100});
        const auto audiences = AudiencesOf(sets, width, context);
        ExpectIsOverlapOf(OverlapOf(audiences[0], audiences[1], context).value(), sets[0], sets[1]);
        ExpectIsOverlapOf(OverlapOf(audiences[1], audiences[0], context).value(), sets[1], sets[0]);
        ExpectIsOverlapOf(OverlapOf(audiences[0], audiences[0], context).value(), sets[0], sets[0]);
      }
    }
  }
}

TEST(AudienceOverlapTest, RegionsAgreeWithTheNaiveSetForOneToEightSets) {
  for (const HashWidth width : kWidths) {
    for (const Spread spread : kSpreads) {
      for (uint64_t seed = 0; seed < 24; ++seed) {
        SCOPED_TRACE(testing::Message() << "spread " << static_cast<int>(spread) << " seed " << seed);
        std::mt19937_64 rng(seed);
        Context context = MakeContext(1 + rng() % 3);
        std::vector<size_t> sizes(1 + seed % 8);
        for (size_t& size : sizes) size = rng() % (rng() % 4 == 0 ? 4000 : 200);
        const auto sets = RandomSets(rng, width, spread, sizes);
        const auto audiences = AudiencesOf(sets, width, context);
        const Regions regions = RegionsOf(Pointers(audiences), {}, context).value();
        EXPECT_EQ(regions.counts, NaiveRegions(sets));
        for (uint32_t a = 0; a < sets.size(); ++a) {
          EXPECT_EQ(regions.sets[a].count, sets[a].size());
          for (uint32_t b = 0; b < sets.size(); ++b) ExpectIsOverlapOf(regions.Pair(a, b), sets[a], sets[b]);
        }
      }
    }
  }
}

TEST(AudienceOverlapTest, MatrixAgreesWithTheNaiveSet) {
  for (const HashWidth width : kWidths) {
    for (uint64_t seed = 0; seed < 10; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed);
      std::mt19937_64 rng(seed);
      Context context = MakeContext(1 + rng() % 3);
      std::vector<size_t> sizes(2 + rng() % 12);
      for (size_t& size : sizes) size = rng() % 300;
      const auto sets = RandomSets(rng, width, Spread::kEven, sizes);
      const auto audiences = AudiencesOf(sets, width, context);
      const Matrix matrix = MatrixOf(Pointers(audiences), {}, context).value();
      ASSERT_EQ(matrix.pairs.size(), sets.size() * (sets.size() - 1) / 2);
      size_t next = 0;
      for (uint32_t a = 0; a < sets.size(); ++a) {
        for (uint32_t b = 0; b < sets.size(); ++b) {
          ExpectIsOverlapOf(matrix.Pair(a, b), sets[a], sets[b]);
          if (a < b) ExpectIsOverlapOf(matrix.pairs[next++], sets[a], sets[b]);
        }
      }
    }
  }
}

// Large pairs are cut into ranges beside small pairs that are not.
TEST(AudienceOverlapTest, LargeAndSmallSetsOnSeveralThreads) {
  for (const HashWidth width : kWidths) {
    std::mt19937_64 rng(3);
    const auto sets = RandomSets(rng, width, Spread::kEven, {40, 530'000, 500, 30'000, 0});
    Context one = MakeContext(1), three = MakeContext(3);
    const auto audiences = AudiencesOf(sets, width, one);
    Regions expected;
    expected.counts = NaiveRegions(sets);
    expected.sets.resize(sets.size());
    for (Context* context : {&one, &three}) {
      EXPECT_EQ(RegionsOf(Pointers(audiences), {}, *context)->counts, expected.counts);
      const Matrix matrix = MatrixOf(Pointers(audiences), {}, *context).value();
      for (uint32_t a = 0; a < sets.size(); ++a) {
        for (uint32_t b = a + 1; b < sets.size(); ++b) {
          const double both = expected.Pair(a, b).intersection.value;
          EXPECT_EQ(matrix.Pair(a, b).intersection.value, both);
          EXPECT_EQ(OverlapOf(audiences[a], audiences[b], *context)->intersection.value, both);
        }
      }
    }
  }
}

TEST(AudienceOverlapTest, NamesQualityAndStampAreCopied) {
  Context context = MakeContext();
  const auto audiences = AudiencesOf({{{1, 0}}, {{1, 0}, {2, 0}}, {}}, HashWidth::k64, context);
  const Audience derived = Union(audiences[0], audiences[1], context).value();
  const std::vector<const Audience*> pointers = {&audiences[0], &derived};
  const std::vector<std::string> names = {"ours", ""};
  const Regions regions = RegionsOf(pointers, names, context).value();
  EXPECT_EQ(regions.sets[0].name, "ours");
  EXPECT_EQ(regions.sets[1].name, "B");
  EXPECT_EQ(regions.sets[0].quality.rows, 1u);
  EXPECT_FALSE(regions.sets[0].derived);
  EXPECT_TRUE(regions.sets[1].derived);
  EXPECT_EQ(regions.stamp, audiences[0].stamp());
  EXPECT_EQ(regions.method, Method::kExact64);

  const std::vector<const Audience*> many(28, &audiences[1]);
  const Matrix matrix = MatrixOf(many, {}, context).value();
  EXPECT_EQ(matrix.sets[0].name, "A");
  EXPECT_EQ(matrix.sets[25].name, "Z");
  EXPECT_EQ(matrix.sets[26].name, "AA");
  EXPECT_EQ(matrix.sets[27].name, "AB");
}

TEST(AudienceOverlapTest, RefusesWrongNumbersOfSetsAndNames) {
  Context context = MakeContext();
  const Audience audience = AudienceOf({{1, 0}}, HashWidth::k64, context);
  const auto code = [&](size_t sets, size_t names, bool matrix) {
    const std::vector<const Audience*> pointers(sets, &audience);
    const std::vector<std::string> texts(names);
    return GetErrorInfo(matrix ? MatrixOf(pointers, texts, context).status()
                               : RegionsOf(pointers, texts, context).status())
        .code;
  };
  EXPECT_EQ(code(0, 0, false), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(8, 8, false), ErrorCode::kOk);
  EXPECT_EQ(code(9, 0, false), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(2, 1, false), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(1, 0, true), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(2, 0, true), ErrorCode::kOk);
  EXPECT_EQ(code(2, 3, true), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(4097, 0, true), ErrorCode::kInvalidArgument);
}

TEST(AudienceOverlapTest, MismatchNamesFieldAndAudience) {
  Context context = MakeContext();
  const Audience a = AudienceOf({{1, 0}}, HashWidth::k64, context);
  IdentityStamp stamp = a.stamp();
  stamp.secret_fingerprint = 5;
  const Audience b(a.shared_hashes(), stamp, Quality(), false);
  const std::vector<const Audience*> audiences = {&a, &a, &b};
  for (const absl::Status& status :
       {RegionsOf(audiences, {}, context).status(), MatrixOf(audiences, {}, context).status()}) {
    EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kIdentityMismatch);
    EXPECT_EQ(GetErrorInfo(status).field, StampField::kSecret);
    EXPECT_EQ(GetErrorInfo(status).index, 2u);
  }
  EXPECT_EQ(GetErrorInfo(OverlapOf(a, b, context).status()).index, 1u);
}

TEST(AudienceOverlapTest, ProgressRisesAndCancels) {
  std::mt19937_64 rng(1);
  Context free = MakeContext();
  const auto audiences =
      AudiencesOf(RandomSets(rng, HashWidth::k64, Spread::kEven, {50'000, 50'000, 50'000}), HashWidth::k64, free);
  double last = 0;
  bool go_on = true;
  Context context = Context::Create({.progress = [&](double fraction) {
                      EXPECT_GE(fraction, 0);
                      EXPECT_LE(fraction, 1);
                      last = fraction;
                      return go_on;
                    }}).value();
  ASSERT_TRUE(MatrixOf(Pointers(audiences), {}, context).ok());
  EXPECT_GT(last, 0);
  go_on = false;
  EXPECT_EQ(GetErrorInfo(MatrixOf(Pointers(audiences), {}, context).status()).code, ErrorCode::kCancelled);
  EXPECT_EQ(GetErrorInfo(RegionsOf(Pointers(audiences), {}, context).status()).code, ErrorCode::kCancelled);
  EXPECT_EQ(GetErrorInfo(OverlapOf(audiences[0], audiences[1], context).status()).code, ErrorCode::kCancelled);
}

TEST(AudienceOverlapTest, MatrixKeepsToTheBudget) {
  Context context = MakeContext(1, 64 << 10);
  const Audience audience = AudienceOf({{1, 0}}, HashWidth::k64, context);
  const std::vector<const Audience*> pointers(100, &audience);
  const uint64_t held = context.held_bytes();
  EXPECT_EQ(GetErrorInfo(MatrixOf(pointers, {}, context).status()).code, ErrorCode::kOverBudget);
  EXPECT_EQ(context.held_bytes(), held);
}

}  // namespace
}  // namespace vesica
