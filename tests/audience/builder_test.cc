#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/model/hash_sets.h"
#include "tests/model/naive_sets.h"
#include "vesica/audience.h"
#include "vesica/status.h"

namespace vesica {
namespace {

Identity RawIdentity(HashWidth width = HashWidth::k64) {
  return Identity::Create(Profile::Open("raw/1").value(), width).value();
}

std::vector<std::string> RandomKeys(std::mt19937_64& rng, size_t rows, size_t distinct) {
  std::vector<std::string> keys;
  for (size_t i = 0; i < rows; ++i) keys.push_back("key" + std::to_string(rng() % (distinct + 1)));
  return keys;
}

std::vector<KeySpan> Spans(const std::vector<std::string>& keys) {
  std::vector<KeySpan> spans;
  for (const std::string& key : keys) spans.push_back({key.data(), key.size()});
  return spans;
}

NaiveSet Hashes(const Identity& identity, const std::vector<std::string>& keys) {
  NaiveSet set;
  for (const std::string& key : keys) {
    if (!key.empty()) set.insert(identity.Hash(key));
  }
  return set;
}

// Columns as shards of one batch or of several; fails where it is told to.
class TestSource : public KeySource {
 public:
  explicit TestSource(std::vector<std::vector<KeyColumn>> shards) : batches_(std::move(shards)) {}
  uint64_t shards() const override { return batches_.size(); }
  absl::StatusOr<bool> Next(uint64_t shard, uint64_t batch, KeyColumn* out) const override {
    if (shard == fail_at_shard && batch == batches_[shard].size())
      return MakeError(ErrorCode::kIo, "no more to be had");
    if (batch == batches_[shard].size()) return false;
    *out = batches_[shard][batch];
    return true;
  }
  uint64_t fail_at_shard = UINT64_MAX;

 private:
  std::vector<std::vector<KeyColumn>> batches_;
};

// Cuts a column into random shards of random batches, in random order.
TestSource RandomSource(std::mt19937_64& rng, const KeyColumn& column) {
  std::vector<std::vector<KeyColumn>> shards(1 + rng() % 7);
  for (uint64_t begin = 0; begin < column.length;) {
    const uint64_t count = std::min<uint64_t>(rng() % 700, column.length - begin);
    shards[rng() % shards.size()].push_back(column.Slice(begin, count));
    begin += count;
  }
  for (auto& shard : shards) std::shuffle(shard.begin(), shard.end(), rng);
  return TestSource(std::move(shards));
}

TEST(AudienceBuilderTest, DependsOnlyOnTheKeys) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    const Identity identity = RawIdentity(kWidths[rng() % 2]);
    Context context = MakeContext(1 + rng() % 4);
    const std::vector<std::string> keys = RandomKeys(rng, rng() % 5000, rng() % 10000);
    const std::vector<KeySpan> spans = Spans(keys);
    const KeyColumn column = ColumnFromSpans(spans);

    // A column, a source and an audience, in an order of their own.
    AudienceBuilder builder(context, identity), other(context, identity);
    const uint64_t first = rng() % (column.length + 1), second = first + rng() % (column.length - first + 1);
    ASSERT_TRUE(other.Add(RandomSource(rng, column.Slice(second, column.length - second))).ok());
    const Audience part = other.Build().value();
    int steps[] = {0, 1, 2};
    std::shuffle(std::begin(steps), std::end(steps), rng);
    for (const int step : steps) {
      if (step == 0) {
        ASSERT_TRUE(builder.Add(column.Slice(0, first)).ok());
      } else if (step == 1) {
        ASSERT_TRUE(builder.Add(RandomSource(rng, column.Slice(first, second - first))).ok());
      } else {
        ASSERT_TRUE(builder.Merge(part).ok());
      }
    }
    const Audience audience = builder.Build().value();
    EXPECT_EQ(HashesOf(audience), Hashes(identity, keys));
    EXPECT_EQ(audience.count(), Hashes(identity, keys).size());
    EXPECT_EQ(audience.stamp(), identity.stamp());
    EXPECT_EQ(audience.quality().rows, keys.size());
    EXPECT_EQ(audience.quality().valid, keys.size());
    EXPECT_FALSE(audience.derived());
  }
}

TEST(AudienceBuilderTest, IsEmptyAfterBuildAndCanBeUsedAgain) {
  Context context = MakeContext();
  const Identity identity = RawIdentity();
  AudienceBuilder builder(context, identity);
  EXPECT_EQ(builder.Build().value().count(), 0u);
  const std::vector<std::string> keys = {"a", "b", "a"};
  const std::vector<KeySpan> spans = Spans(keys);
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(builder.Add(ColumnFromSpans(spans)).ok());
    const Audience audience = builder.Build().value();
    EXPECT_EQ(audience.count(), 2u);
    EXPECT_EQ(audience.quality().rows, 3u);
  }
}

TEST(AudienceBuilderTest, BlankRowsAreCountedAndNotKeys) {
  Context context = MakeContext();
  AudienceBuilder builder(context, RawIdentity());
  const std::vector<std::string> keys = {"a", "", "b", ""};
  std::vector<KeySpan> spans = Spans(keys);
  spans.push_back({nullptr, 0});
  ASSERT_TRUE(builder.Add(ColumnFromSpans(spans)).ok());
  const Audience audience = builder.Build().value();
  EXPECT_EQ(audience.count(), 2u);
  EXPECT_EQ(audience.quality().rows, 5u);
  EXPECT_EQ(audience.quality().blank, 3u);
  EXPECT_EQ(audience.quality().valid, 2u);
}

TEST(AudienceBuilderTest, NumbersRowsOnUnlessTheColumnSaysWhere) {
  Context context = MakeContext();
  const Identity identity = Identity::Create(Profile::Open("int64/1").value()).value();
  AudienceBuilder builder(context, identity);
  const std::vector<std::string> keys = {"1", "x"};
  const std::vector<KeySpan> spans = Spans(keys);
  KeyColumn column = ColumnFromSpans(spans);
  ASSERT_TRUE(builder.Add(column).ok());
  ASSERT_TRUE(builder.Add(column).ok());
  column.first_row = 100;
  ASSERT_TRUE(builder.Add(column).ok());
  const Audience audience = builder.Build().value();
  const auto& invalid = audience.quality().reasons[static_cast<size_t>(Reason::kInteger)];
  EXPECT_EQ(invalid.rows, 3u);
  EXPECT_EQ(invalid.first_rows[0], 1u);
  EXPECT_EQ(invalid.first_rows[1], 3u);
  EXPECT_EQ(invalid.first_rows[2], 101u);
}

TEST(AudienceBuilderTest, MergedDerivedAudienceMakesTheResultDerived) {
  Context context = MakeContext();
  const Identity identity = RawIdentity();
  const NaiveSet set = {{1, 0}, {2, 0}};
  const Audience audience = AudienceOf(set, HashWidth::k64, context);
  const Audience derived(audience.shared_hashes(), identity.stamp(), Quality(), /*derived=*/true);
  AudienceBuilder builder(context, identity);
  ASSERT_TRUE(builder.Merge(derived).ok());
  const Audience result = builder.Build().value();
  EXPECT_TRUE(result.derived());
  EXPECT_EQ(result.count(), 2u);
  ASSERT_TRUE(builder.Merge(audience).ok());
  EXPECT_FALSE(builder.Build().value().derived());
}

TEST(AudienceBuilderTest, RefusesAnAudienceOfAnotherIdentity) {
  Context context = MakeContext();
  AudienceBuilder builder(context, RawIdentity());
  const absl::Status status = builder.Merge(AudienceOf({{1, 2}}, HashWidth::k128, context));
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kIdentityMismatch);
  EXPECT_EQ(GetErrorInfo(status).field, StampField::kWidth);
  EXPECT_EQ(builder.Build().value().count(), 0u);
}

// Every way to fail leaves what was there before, and nothing else.
TEST(AudienceBuilderTest, FailedCallLeavesNoTrace) {
  for (const uint32_t threads : {1u, 3u}) {
    std::atomic<bool> go_on{true};
    const uint64_t budget = (1 + 2 * uint64_t{threads}) << 20;  // each thread takes blocks of 2 MiB
    Context context =
        Context::Create(
            {.threads = threads, .memory_budget_bytes = budget, .progress = [&go_on](double) { return go_on.load(); }})
            .value();
    const Identity identity = RawIdentity();
    AudienceBuilder builder(context, identity);
    std::mt19937_64 rng(threads);
    const std::vector<std::string> keys = RandomKeys(rng, 20'000, 1'000'000);
    const std::vector<KeySpan> spans = Spans(keys);
    const KeyColumn column = ColumnFromSpans(spans);
    ASSERT_TRUE(builder.Add(column).ok());
    const uint64_t held = context.held_bytes();

    const std::vector<std::string> others = RandomKeys(rng, 200'000, 1'000'000'000);
    const std::vector<KeySpan> other_spans = Spans(others);
    const KeyColumn other = ColumnFromSpans(other_spans);

    TestSource failing({{other.Slice(0, 5000)}, {other.Slice(5000, 5000), other.Slice(10000, 100)}});
    failing.fail_at_shard = 1;
    EXPECT_EQ(GetErrorInfo(builder.Add(failing)).code, ErrorCode::kIo);
    EXPECT_EQ(context.held_bytes(), held);

    go_on = false;
    EXPECT_EQ(GetErrorInfo(builder.Add(other)).code, ErrorCode::kCancelled);
    EXPECT_EQ(GetErrorInfo(builder.Build().status()).code, ErrorCode::kCancelled);
    go_on = true;
    context.Trim();
    EXPECT_EQ(context.held_bytes(), held);

    // 1,200,000 rows do not fit the budget; the first of them would.
    const absl::Status over = builder.Add(TestSource(std::vector<std::vector<KeyColumn>>(6, {other})));
    EXPECT_EQ(GetErrorInfo(over).code, ErrorCode::kOverBudget);
    EXPECT_GT(GetErrorInfo(over).needed_bytes, budget);
    EXPECT_EQ(context.held_bytes(), held);

    const Audience audience = builder.Build().value();
    EXPECT_EQ(HashesOf(audience), Hashes(identity, keys));
    EXPECT_EQ(audience.quality().rows, keys.size());
  }
}

TEST(AudienceBuilderTest, BuildOverBudgetKeepsTheRows) {
  Context context = MakeContext(1, 2 << 20);
  const Identity identity = RawIdentity();
  AudienceBuilder builder(context, identity);
  std::mt19937_64 rng(1);
  const std::vector<std::string> keys = RandomKeys(rng, 180'000, 1'000'000'000);
  const std::vector<KeySpan> spans = Spans(keys);
  ASSERT_TRUE(builder.Add(ColumnFromSpans(spans)).ok());
  for (int round = 0; round < 2; ++round) {
    const absl::Status status = builder.Build().status();
    EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kOverBudget);
    EXPECT_GE(GetErrorInfo(status).needed_bytes, 2 * keys.size() * sizeof(uint64_t));
  }
}

TEST(AudienceBuilderTest, AudienceOutlivesContextAndBuilder) {
  std::unique_ptr<Audience> audience;
  const Identity identity = RawIdentity();
  const std::vector<std::string> keys = {"a", "b"};
  {
    Context context = MakeContext();
    AudienceBuilder builder(context, identity);
    const std::vector<KeySpan> spans = Spans(keys);
    ASSERT_TRUE(builder.Add(ColumnFromSpans(spans)).ok());
    audience = std::make_unique<Audience>(builder.Build().value());
  }
  EXPECT_EQ(HashesOf(*audience), Hashes(identity, keys));
  const Audience copy = *audience;
  audience.reset();
  EXPECT_EQ(copy.count(), 2u);
}

}  // namespace
}  // namespace vesica
