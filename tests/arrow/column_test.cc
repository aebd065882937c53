#include <gmock/gmock.h>

#include <cstdint>
#include <string>
#include <vector>

#include "arrow/key_reader.h"
#include "tests/model/arrow_fixture.h"
#include "tests/model/naive_keys.h"
#include "vesica/keys.h"
#include "vesica/status.h"

namespace vesica {
namespace {

ErrorCode CodeOf(const absl::Status& status) { return status.ok() ? ErrorCode::kOk : GetErrorInfo(status).code; }

KeyColumn TextColumn(const std::vector<int32_t>& offsets, const std::string& bytes) {
  KeyColumn column;
  column.length = offsets.size() - 1;
  column.data = bytes.data();
  column.offsets = offsets.data();
  return column;
}

TEST(KeyColumnSlice, ReadsTheSameRowsInEveryLayout) {
  const ArrowFixture::TextRows texts = {"a", std::nullopt, "", "a key that is longer than twelve bytes", "e", "f"};
  const ArrowFixture::TextRows digests = {std::string(32, 'a'), std::nullopt, std::string(32, 'c'),
                                          std::string(32, 'd'), std::nullopt, std::string(32, 'f')};
  std::vector<std::unique_ptr<ArrowFixture>> fixtures;
  for (const char* format : {"u", "U", "vu"}) fixtures.push_back(ArrowFixture::Text(format, texts, 3));
  for (const char* format : {"c", "S", "i", "l"}) {
    fixtures.push_back(ArrowFixture::Integers(format, {5, std::nullopt, 7, 8, 9, 10}, 3));
  }
  fixtures.push_back(ArrowFixture::Digests(digests, 3));
  fixtures.push_back(
      ArrowFixture::Dictionary("s", {0, std::nullopt, 5, 4, 3, 2}, ArrowFixture::Text("u", texts, 1), 3));
  for (const auto& fixture : fixtures) {
    SCOPED_TRACE(fixture->schema.format);
    KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
    column.first_row = 100;
    const KeyColumn slice = column.Slice(1, 4).Slice(1, 3);  // rows 2, 3, 4
    ASSERT_TRUE(slice.Validate().ok());
    EXPECT_EQ(slice.length, 3u);
    EXPECT_EQ(slice.first_row, 102u);
    for (uint64_t row = 0; row < 3; ++row) {
      const NaiveKey expected = ReadNaively(column, row + 2), actual = ReadNaively(slice, row);
      EXPECT_EQ(actual.kind, expected.kind) << row;
      EXPECT_EQ(actual.bytes, expected.bytes) << row;
    }
  }
}

TEST(KeyColumnSlice, OfSpansMovesByTheSpan) {
  const std::string text = "ab";
  const KeySpan spans[] = {{text.data(), 1}, {nullptr, 0}, {text.data() + 1, 1}};
  const KeyColumn slice = ColumnFromSpans(spans).Slice(1, 2);
  EXPECT_EQ(ReadNaively(slice, 0).kind, NaiveKey::kNull);
  EXPECT_EQ(ReadNaively(slice, 1).bytes, "b");
}

TEST(KeyColumnValidate, TakesAnEmptyColumnOfNothing) {
  for (KeyLayout layout : {KeyLayout::kOffsets32, KeyLayout::kOffsets64, KeyLayout::kSpans, KeyLayout::kIntegers,
                           KeyLayout::kFixed32, KeyLayout::kStringViews}) {
    KeyColumn column;
    column.layout = layout;
    EXPECT_TRUE(column.Validate().ok()) << static_cast<int>(layout);
    column.length = 1;
    EXPECT_EQ(CodeOf(column.Validate()), ErrorCode::kInvalidArgument) << static_cast<int>(layout);
  }
}

TEST(KeyColumnValidate, TakesTextWithoutBytesWhereEveryKeyIsEmpty) {
  const std::vector<int32_t> offsets = {7, 7, 7};
  KeyColumn column = TextColumn(offsets, "");
  column.data = nullptr;
  EXPECT_TRUE(column.Validate().ok());
}

TEST(KeyColumnValidate, RefusesOffsetsThatRunBackwardsOrAreNegative) {
  const std::string bytes = "bytes";
  const std::vector<int32_t> backwards = {3, 4, 2}, negative = {-1, 2, 4};
  EXPECT_EQ(CodeOf(TextColumn(backwards, bytes).Validate()), ErrorCode::kCorrupt);
  EXPECT_EQ(CodeOf(TextColumn(negative, bytes).Validate()), ErrorCode::kCorrupt);
}

TEST(KeyColumnValidate, RefusesWhatTheStructCannotMean) {
  const uint64_t value = 0;
  KeyColumn good;
  good.layout = KeyLayout::kIntegers;
  good.length = 1;
  good.data = &value;
  ASSERT_TRUE(good.Validate().ok());
  const auto refused = [&](auto change) {
    KeyColumn column = good;
    change(column);
    return CodeOf(column.Validate()) == ErrorCode::kInvalidArgument;
  };
  EXPECT_TRUE(refused([](KeyColumn& c) { c.integer_width = 3; }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.integer_width = 0; }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.layout = static_cast<KeyLayout>(0); }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.layout = static_cast<KeyLayout>(99); }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.encoding = static_cast<KeyEncoding>(9); }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.length = UINT64_MAX; }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.validity_offset = UINT64_MAX; }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.first_row = UINT64_MAX; }));
  EXPECT_TRUE(refused([](KeyColumn& c) { c.layout = KeyLayout::kDictionary; }));
  EXPECT_TRUE(refused([&](KeyColumn& c) {
    KeyColumn nested = good;
    nested.layout = KeyLayout::kDictionary;
    nested.dictionary = std::make_shared<const KeyColumn>(good);
    c.layout = KeyLayout::kDictionary;
    c.dictionary = std::make_shared<const KeyColumn>(nested);
  }));
  EXPECT_TRUE(refused([](KeyColumn& c) {
    static constexpr int64_t kSizes[1] = {0};
    c.layout = KeyLayout::kStringViews;
    c.view_buffer_sizes = kSizes;
  }));
}

TEST(CheckOffsets, NamesTheFirstRowThatIsNotInOrder) {
  const std::string bytes(100, 'x');
  for (const int32_t bad : {-1, INT32_MIN, 3, 61, INT32_MAX}) {
    std::vector<int32_t> offsets = {0, 10, 20, 30, 40, 50, 60};
    offsets[2] = bad;  // rows 1 and 2 meet there
    KeyColumn column = TextColumn(offsets, bytes);
    column.first_row = 1000;
    const absl::Status status = CheckOffsets(column, 0, 6);
    EXPECT_EQ(CodeOf(status), ErrorCode::kCorrupt) << bad;
    EXPECT_EQ(GetErrorInfo(status).row, 1001u) << bad;
    EXPECT_TRUE(CheckOffsets(column, 3, 3).ok());
    std::string_view keys[6];
    EXPECT_EQ(GetErrorInfo(ReadBytes(column, RowSet::Range(0, 6), keys)).row, 1001u) << bad;
  }
}

// The last offset of a slice is one from the middle of its column, and may point anywhere.
TEST(CheckOffsets, OfASliceMayNotLeaveTheColumnItIsCutFrom) {
  const std::string bytes(30, 'x');
  const std::vector<int32_t> offsets = {0, 10, 1 << 30, 30};
  const KeyColumn slice = TextColumn(offsets, bytes).Slice(0, 2);
  EXPECT_EQ(CodeOf(slice.Validate()), ErrorCode::kCorrupt);
  EXPECT_EQ(GetErrorInfo(CheckOffsets(slice, 0, 2)).row, 1u);
  std::string_view keys[2];
  EXPECT_EQ(GetErrorInfo(ReadBytes(slice, RowSet::Range(0, 2), keys)).row, 1u);
  EXPECT_TRUE(CheckOffsets(slice, 0, 1).ok());
  EXPECT_EQ(CodeOf(slice.Slice(1, 1).Slice(0, 1).Validate()), ErrorCode::kCorrupt);
}

TEST(ColumnsSource, CutsColumnsIntoShardsOfAtMost65536Rows) {
  const std::vector<uint64_t> values(200000);
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.data = values.data();
  std::vector<KeyColumn> columns;
  for (uint64_t length : {uint64_t{131073}, uint64_t{0}, uint64_t{1}, uint64_t{65536}}) {
    column.length = length;
    columns.push_back(column);
  }
  columns[2].first_row = 5'000'000;
  const ColumnsSource source(columns);
  EXPECT_EQ(source.row_limit(), 131073u + 1 + 65536);
  ASSERT_EQ(source.shards(), 5u);
  std::vector<uint64_t> lengths, first_rows;
  for (uint64_t shard = 0; shard < source.shards(); ++shard) {
    KeyColumn out;
    ASSERT_TRUE(source.Next(shard, 0, &out).value());
    lengths.push_back(out.length);
    first_rows.push_back(out.first_row);
    EXPECT_FALSE(source.Next(shard, 1, &out).value());
  }
  EXPECT_THAT(lengths, testing::ElementsAre(65536, 65536, 1, 1, 65536));
  EXPECT_THAT(first_rows, testing::ElementsAre(0, 65536, 131072, 5'000'000, 131074));
  KeyColumn out;
  EXPECT_FALSE(source.Next(5, 0, &out).ok());
}

TEST(ColumnsSource, OfNothingHasNoShards) { EXPECT_EQ(ColumnsSource({}).shards(), 0u); }

}  // namespace
}  // namespace vesica
