#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/model/naive_regions.h"
#include "tests/model/simd_levels.h"
#include "vesica/overlap.h"
#include "vesica/status.h"

namespace vesica {
namespace {

// Rows kept alive, and a column of spans over them.
struct Input {
  explicit Input(NaiveRows keys) : rows(std::move(keys)) {
    for (const auto& row : rows) {
      spans.push_back(row.has_value() ? KeySpan{row->data(), row->size()} : KeySpan{nullptr, 0});
    }
  }
  KeyColumn column() const { return ColumnFromSpans(spans); }
  NaiveRows rows;
  std::vector<KeySpan> spans;
};

Identity MakeIdentity(const char* profile, HashWidth width = HashWidth::k64) {
  return Identity::Create(Profile::Open(profile).value(), width).value();
}

Context MakeContext(uint32_t threads = 1, uint64_t budget = 0) {
  return Context::Create({.threads = threads, .memory_budget_bytes = budget}).value();
}

absl::StatusOr<Regions> Count(const std::vector<NaiveRows>& sets, const Identity& identity, CountOptions options,
                              Context& context) {
  std::vector<std::unique_ptr<Input>> inputs;
  std::vector<std::unique_ptr<ColumnsSource>> sources;
  std::vector<const KeySource*> pointers;
  for (const NaiveRows& rows : sets) {
    inputs.push_back(std::make_unique<Input>(rows));
    sources.push_back(std::make_unique<ColumnsSource>(std::vector<KeyColumn>{inputs.back()->column()}));
    pointers.push_back(sources.back().get());
  }
  return CountRegions(pointers, identity, options, context);
}

void ExpectEqual(const Regions& regions, const NaiveRegions& model) {
  EXPECT_EQ(regions.counts, model.counts);
  for (size_t set = 0; set < regions.sets.size(); ++set) {
    SCOPED_TRACE(testing::Message() << "set " << set);
    EXPECT_EQ(regions.sets[set].count, model.distinct[set]);
    EXPECT_EQ(regions.sets[set].quality.blank, model.blank[set]);
    EXPECT_EQ(regions.sets[set].quality.invalid(), model.invalid[set]);
  }
}

// Keys over an alphabet that includes what is awkward: nothing, NUL, invalid UTF-8, and long keys.
std::string RandomKey(std::mt19937_64& random, uint64_t universe) {
  const uint64_t id = random() % universe;
  switch (id % 16) {
    case 0:
      return std::string("nul\0inside", 10) + std::to_string(id);
    case 1:
      return "\xff\xfe" + std::to_string(id);
    case 2:
      return std::string(300 + id % 700, 'x') + std::to_string(id);
    default:
      return "key-" + std::to_string(id);
  }
}

NaiveRows RandomRows(std::mt19937_64& random, size_t count, uint64_t universe) {
  NaiveRows rows;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t kind = random() % 20;
    if (kind == 0) {
      rows.push_back(std::nullopt);
    } else if (kind == 1) {
      rows.push_back("");
    } else {
      rows.push_back(RandomKey(random, universe));
    }
  }
  return rows;
}

class CountRegionsProperty : public testing::TestWithParam<uint64_t> {};

TEST_P(CountRegionsProperty, CountsAsAMapDoes) {
  SCOPED_TRACE(testing::Message() << "seed " << GetParam());
  std::mt19937_64 random(GetParam());
  const size_t k = 1 + random() % kMaxRegionSets;
  const uint64_t universe = 1 + random() % 5000;
  std::vector<NaiveRows> sets;
  for (size_t i = 0; i < k; ++i) sets.push_back(RandomRows(random, random() % 2000, universe));
  const NaiveRegions model = CountNaively(sets, Profile::Open("raw/1").value());
  for (const uint32_t threads : {1u, 3u}) {
    Context context = MakeContext(threads);
    for (const HashWidth width : {HashWidth::k64, HashWidth::k128}) {
      const Identity identity = MakeIdentity("raw/1", width);
      for (const bool byte_checked : {false, true}) {
        const auto regions = Count(sets, identity, {.byte_checked = byte_checked}, context);
        ASSERT_TRUE(regions.ok()) << regions.status();
        ExpectEqual(*regions, model);
      }
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, CountRegionsProperty, testing::Range<uint64_t>(1, 25));

TEST(CountRegions, EverySimdLevelGivesTheSame) {
  std::mt19937_64 random(99);
  const std::vector<NaiveRows> sets = {RandomRows(random, 60000, 30000), RandomRows(random, 3000, 30000)};
  const NaiveRegions model = CountNaively(sets, Profile::Open("raw/1").value());
  AtEverySimdLevel([&] {
    Context context = MakeContext();
    for (const HashWidth width : {HashWidth::k64, HashWidth::k128}) {
      ExpectEqual(Count(sets, MakeIdentity("raw/1", width), {}, context).value(), model);
    }
  });
}

TEST(CountRegions, SkewedSets) {
  const NaiveRows one_key(100000, "always the same");
  NaiveRows distinct;
  for (int i = 0; i < 100000; ++i) distinct.push_back("distinct " + std::to_string(i));
  for (const auto& sets : std::vector<std::vector<NaiveRows>>{
           {one_key, distinct}, {one_key, one_key}, {distinct, distinct}, {{}, distinct}, {{}, {}}, {{"x"}, {"x"}}}) {
    const NaiveRegions model = CountNaively(sets, Profile::Open("raw/1").value());
    for (const uint32_t threads : {1u, 2u}) {
      Context context = MakeContext(threads);
      ExpectEqual(Count(sets, MakeIdentity("raw/1"), {}, context).value(), model);
      ExpectEqual(Count(sets, MakeIdentity("raw/1"), {.byte_checked = true}, context).value(), model);
    }
  }
}

TEST(CountRegions, SeveralPassesCountTheSame) {
  std::mt19937_64 random(5);
  const std::vector<NaiveRows> sets = {RandomRows(random, 400000, 300000), RandomRows(random, 100000, 300000)};
  const NaiveRegions model = CountNaively(sets, Profile::Open("raw/1").value());
  for (const uint64_t mebibytes : {9, 10, 16}) {
    Context context = MakeContext(1, mebibytes << 20);
    ExpectEqual(Count(sets, MakeIdentity("raw/1"), {}, context).value(), model);
    EXPECT_LE(context.peak_bytes(), mebibytes << 20);
    ExpectEqual(Count(sets, MakeIdentity("raw/1", HashWidth::k128), {}, context).value(), model);
  }
}

// A source that yields batches of its own memory, as a file reader does.
class BatchSource : public KeySource {
 public:
  BatchSource(const Input& input, uint64_t shards, bool rewindable)
      : input_(input), shards_(shards), rewindable_(rewindable) {}
  uint64_t shards() const override { return shards_; }
  bool rewindable() const override { return rewindable_; }
  absl::StatusOr<bool> Next(uint64_t shard, uint64_t batch, KeyColumn* out) const override {
    const uint64_t rows = input_.rows.size();
    const uint64_t begin = rows * shard / shards_ + batch * kRows;
    const uint64_t end = rows * (shard + 1) / shards_;
    if (begin >= end) return false;
    *out = input_.column().Slice(begin, std::min<uint64_t>(kRows, end - begin));
    return true;
  }

 private:
  static constexpr uint64_t kRows = 1000;
  const Input& input_;
  uint64_t shards_;
  bool rewindable_;
};

TEST(CountRegions, SourcesOfUnknownLength) {
  std::mt19937_64 random(6);
  const std::vector<NaiveRows> sets = {RandomRows(random, 300000, 200000), RandomRows(random, 100000, 200000)};
  const NaiveRegions model = CountNaively(sets, Profile::Open("raw/1").value());
  const Input a(sets[0]), b(sets[1]);
  const BatchSource source_a(a, 7, true), source_b(b, 1, true);
  for (const uint64_t budget : {uint64_t{0}, uint64_t{9} << 20}) {
    for (const uint32_t threads : {1u, 2u}) {
      Context context = MakeContext(threads, budget);
      const std::vector<const KeySource*> pointers = {&source_a, &source_b};
      const auto regions = CountRegions(pointers, MakeIdentity("raw/1"), {}, context);
      ASSERT_TRUE(regions.ok()) << regions.status();
      ExpectEqual(*regions, model);
    }
  }
}

TEST(CountRegions, ReadOnceOverBudgetSaysWhatWouldDo) {
  std::mt19937_64 random(6);
  const Input a(RandomRows(random, 700000, 1 << 30));
  const BatchSource source(a, 3, false);
  const std::vector<const KeySource*> pointers = {&source};
  Context context = MakeContext(1, 5 << 20);
  const auto regions = CountRegions(pointers, MakeIdentity("raw/1"), {}, context);
  const ErrorInfo info = GetErrorInfo(regions.status());
  ASSERT_EQ(info.code, ErrorCode::kOverBudget);
  Context larger = MakeContext(1, info.needed_bytes);
  EXPECT_TRUE(CountRegions(pointers, MakeIdentity("raw/1"), {}, larger).ok());
}

TEST(CountRegions, InvalidRowsAreNamedBySmallestNumberWhateverTheThreads) {
  NaiveRows rows(300000, "a@example.com");
  for (const size_t bad : {5, 70000, 70001, 200000, 299999}) rows[bad] = "not an address";
  for (const uint32_t threads : {1u, 2u, 8u}) {
    Context context = MakeContext(threads);
    const Regions regions = Count({rows}, MakeIdentity("email/1"), {}, context).value();
    const auto& no_at = regions.sets[0].quality.reasons[static_cast<size_t>(Reason::kNoAt)];
    EXPECT_EQ(no_at.rows, 5u);
    EXPECT_THAT(no_at.first_rows, testing::ElementsAre(5, 70000, 70001, 200000, 299999, kNoRow, kNoRow, kNoRow));
  }
}

TEST(CountRegions, TakesOneToEightSets) {
  Context context = MakeContext();
  EXPECT_EQ(GetErrorInfo(Count({}, MakeIdentity("raw/1"), {}, context).status()).code, ErrorCode::kInvalidArgument);
  const std::vector<NaiveRows> nine(9);
  EXPECT_EQ(GetErrorInfo(Count(nine, MakeIdentity("raw/1"), {}, context).status()).code, ErrorCode::kInvalidArgument);
}

TEST(CountRegions, ByteCheckNeedsResidentSources) {
  const Input a(NaiveRows{"x"});
  const BatchSource source(a, 1, true);
  const std::vector<const KeySource*> pointers = {&source};
  Context context = MakeContext();
  const auto regions = CountRegions(pointers, MakeIdentity("raw/1"), {.byte_checked = true}, context);
  EXPECT_EQ(GetErrorInfo(regions.status()).code, ErrorCode::kUnsupported);
}

TEST(CountRegions, CancelStopsAndProgressNeverFalls) {
  const std::vector<NaiveRows> sets = {NaiveRows(400000, "a"), NaiveRows(400000, "b")};
  for (const uint32_t threads : {1u, 2u}) {
    std::vector<double> told;
    Context watching = Context::Create({.threads = threads,
                                        .progress =
                                            [&](double fraction) {
                                              told.push_back(fraction);
                                              return true;
                                            }})
                           .value();
    ASSERT_TRUE(Count(sets, MakeIdentity("raw/1"), {}, watching).ok());
    EXPECT_FALSE(told.empty());
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_THAT(told, testing::Each(testing::AllOf(testing::Ge(0), testing::Le(1))));
    Context cancelling = Context::Create({.threads = threads, .progress = [](double) { return false; }}).value();
    EXPECT_EQ(GetErrorInfo(Count(sets, MakeIdentity("raw/1"), {}, cancelling).status()).code, ErrorCode::kCancelled);
  }
}

}  // namespace
}  // namespace vesica
