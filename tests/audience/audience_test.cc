#include "vesica/audience.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/model/hash_sets.h"
#include "tests/model/naive_sets.h"
#include "vesica/status.h"

namespace vesica {
namespace {

Audience Build(const Identity& identity, const std::vector<std::string>& keys, Context& context) {
  std::vector<KeySpan> spans;
  for (const std::string& key : keys) spans.push_back({key.data(), key.size()});
  AudienceBuilder builder(context, identity);
  EXPECT_TRUE(builder.Add(ColumnFromSpans(spans)).ok());
  return builder.Build().value();
}

TEST(AudienceTest, ContainsAgreesWithTheNaiveSet) {
  for (const HashWidth width : kWidths) {
    for (uint64_t seed = 0; seed < 60; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed);
      std::mt19937_64 rng(seed);
      const Identity identity = Identity::Create(Profile::Open("raw/1").value(), width).value();
      Context context = MakeContext();
      std::vector<std::string> keys, asked;
      for (uint64_t i = rng() % (seed < 40 ? 50 : 20'000); i > 0; --i) keys.push_back(std::to_string(rng() % 5000));
      for (uint64_t i = rng() % 2000; i > 0; --i) asked.push_back(rng() % 9 == 0 ? "" : std::to_string(rng() % 5000));
      const Audience audience = Build(identity, keys, context);
      const std::set<std::string> naive(keys.begin(), keys.end());

      std::vector<KeySpan> spans;
      for (const std::string& key : asked) spans.push_back({key.data(), key.size()});
      std::vector<uint8_t> found(asked.size(), 7);
      ASSERT_TRUE(audience.Contains(ColumnFromSpans(spans), identity, found).ok());
      for (size_t i = 0; i < asked.size(); ++i) ASSERT_EQ(found[i], naive.count(asked[i])) << "row " << i;
    }
  }
}

TEST(AudienceTest, ContainsLooksLongColumnsUp) {
  const Identity identity = Identity::Create(Profile::Open("int64/1").value()).value();
  Context context = MakeContext();
  std::vector<int64_t> integers(1'500'000);
  for (size_t i = 0; i < integers.size(); ++i) integers[i] = static_cast<int64_t>(i);
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.length = integers.size();
  column.data = integers.data();
  AudienceBuilder builder(context, identity);
  ASSERT_TRUE(builder.Add(column.Slice(500'000, 700'000)).ok());
  const Audience audience = builder.Build().value();
  std::vector<uint8_t> found(integers.size());
  ASSERT_TRUE(audience.Contains(column, identity, found).ok());
  for (size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], i >= 500'000 && i < 1'200'000) << "row " << i;
}

TEST(AudienceTest, ContainsChecksIdentityAndLength) {
  Context context = MakeContext();
  const Identity identity = Identity::Create(Profile::Open("raw/1").value()).value();
  const Identity wide = Identity::Create(Profile::Open("raw/1").value(), HashWidth::k128).value();
  const Audience audience = Build(identity, {"a"}, context);
  const KeySpan span{"a", 1};
  const KeyColumn column = ColumnFromSpans({&span, 1});
  std::vector<uint8_t> found = {7, 7};
  EXPECT_EQ(GetErrorInfo(audience.Contains(column, identity, found)).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(GetErrorInfo(audience.Contains(column, wide, std::span(found).first(1))).field, StampField::kWidth);
  EXPECT_EQ(found[0], 7);
}

TEST(SetOperationsTest, AgreeWithTheNaiveSet) {
  for (const HashWidth width : kWidths) {
    for (const Spread spread : kSpreads) {
      for (uint64_t seed = 0; seed < 30; ++seed) {
        SCOPED_TRACE(testing::Message() << "spread " << static_cast<int>(spread) << " seed " << seed);
        std::mt19937_64 rng(seed);
        Context context = MakeContext(1 + rng() % 3);
        const size_t small = rng() % 200;
        const auto sets = RandomSets(rng, width, spread, {small, seed % 2 == 0 ? 20 * small : rng() % 500});
        const Audience a = AudienceOf(sets[0], width, context), b = AudienceOf(sets[1], width, context);
        EXPECT_EQ(HashesOf(Union(a, b, context).value()), NaiveUnion(sets[0], sets[1]));
        EXPECT_EQ(HashesOf(Intersection(a, b, context).value()), NaiveIntersection(sets[0], sets[1]));
        EXPECT_EQ(HashesOf(Difference(a, b, context).value()), NaiveDifference(sets[0], sets[1]));
        EXPECT_EQ(HashesOf(Difference(b, a, context).value()), NaiveDifference(sets[1], sets[0]));
      }
    }
  }
}

// Large enough for several ranges, which threads write side by side.
TEST(SetOperationsTest, ThreadsAgreeOnLargeSets) {
  for (const HashWidth width : kWidths) {
    std::mt19937_64 rng(5);
    const auto sets = RandomSets(rng, width, Spread::kEven, {530'000, 90'000});
    Context one = MakeContext(1), three = MakeContext(3);
    const Audience a = AudienceOf(sets[0], width, one), b = AudienceOf(sets[1], width, one);
    const NaiveSet either = NaiveUnion(sets[0], sets[1]), both = NaiveIntersection(sets[0], sets[1]);
    const NaiveSet only_a = NaiveDifference(sets[0], sets[1]);
    for (Context* context : {&one, &three}) {
      EXPECT_TRUE(HashesOf(Union(a, b, *context).value()) == either);
      EXPECT_TRUE(HashesOf(Intersection(b, a, *context).value()) == both);
      EXPECT_TRUE(HashesOf(Difference(a, b, *context).value()) == only_a);
    }
  }
}

TEST(SetOperationsTest, ResultsAreDerivedAndHaveNoQuality) {
  Context context = MakeContext();
  const Audience a = AudienceOf({{1, 0}, {2, 0}}, HashWidth::k64, context);
  const Audience b = AudienceOf({{2, 0}, {3, 0}}, HashWidth::k64, context);
  for (const auto operation : {Union, Intersection, Difference}) {
    const Audience result = operation(a, b, context).value();
    EXPECT_TRUE(result.derived());
    EXPECT_EQ(result.quality().rows, 0u);
    EXPECT_EQ(result.stamp(), a.stamp());
  }
}

TEST(SetOperationsTest, ResultsEqualToAnOperandShareItsMemory) {
  Context context = MakeContext();
  const Audience none = AudienceOf({}, HashWidth::k64, context);
  const Audience few = AudienceOf({{2, 0}}, HashWidth::k64, context);
  const Audience many = AudienceOf({{1, 0}, {2, 0}, {3, 0}}, HashWidth::k64, context);
  const Audience others = AudienceOf({{8, 0}}, HashWidth::k64, context);
  const uint64_t held = context.held_bytes();
  EXPECT_EQ(&Union(none, many, context)->hashes(), &many.hashes());
  EXPECT_EQ(&Union(many, none, context)->hashes(), &many.hashes());
  EXPECT_EQ(&Union(few, many, context)->hashes(), &many.hashes());
  EXPECT_EQ(&Intersection(few, many, context)->hashes(), &few.hashes());
  EXPECT_EQ(&Intersection(many, few, context)->hashes(), &few.hashes());
  EXPECT_EQ(&Difference(many, others, context)->hashes(), &many.hashes());
  EXPECT_EQ(&Difference(many, none, context)->hashes(), &many.hashes());
  EXPECT_EQ(context.held_bytes(), held);
}

TEST(SetOperationsTest, DifferentIdentitiesDoNotMeet) {
  Context context = MakeContext();
  const Audience a = AudienceOf({{1, 0}}, HashWidth::k64, context);
  const Audience b = AudienceOf({{1, 0}}, HashWidth::k128, context);
  const ErrorInfo info = GetErrorInfo(Union(a, b, context).status());
  EXPECT_EQ(info.code, ErrorCode::kIdentityMismatch);
  EXPECT_EQ(info.field, StampField::kWidth);
  EXPECT_EQ(info.index, 1u);
}

TEST(SetOperationsTest, OverBudgetHoldsNothing) {
  Context free = MakeContext();
  std::mt19937_64 rng(1);
  const auto sets = RandomSets(rng, HashWidth::k64, Spread::kEven, {100'000, 100'000});
  const Audience a = AudienceOf(sets[0], HashWidth::k64, free), b = AudienceOf(sets[1], HashWidth::k64, free);
  Context tight = MakeContext(1, 1 << 20);
  const ErrorInfo info = GetErrorInfo(Union(a, b, tight).status());
  EXPECT_EQ(info.code, ErrorCode::kOverBudget);
  EXPECT_GE(info.needed_bytes, NaiveUnion(sets[0], sets[1]).size() * sizeof(uint64_t));
  EXPECT_EQ(tight.held_bytes(), 0u);
}

TEST(SortedHashesTest, CopyRefusesWhatIsNotStrictlyIncreasing) {
  const auto ledger = std::make_shared<MemoryLedger>(0);
  const std::vector<uint64_t> twice = {1, 2, 2}, down = {2, 1};
  EXPECT_EQ(GetErrorInfo(SortedHashes::Copy<uint64_t>(twice, ledger).status()).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(GetErrorInfo(SortedHashes::Copy<uint64_t>(down, ledger).status()).code, ErrorCode::kInvalidArgument);
  const std::vector<KeyHash> wide = {{1, 5}, {1, 6}, {2, 0}};
  EXPECT_EQ(SortedHashes::Copy<KeyHash>(wide, ledger).value()->count(), 3u);
}

}  // namespace
}  // namespace vesica
