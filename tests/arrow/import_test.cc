#include <gmock/gmock.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "arrow/key_reader.h"
#include "capi/include/vesica.h"  // restates the same structs: the guards must let both in
#include "tests/model/arrow_fixture.h"
#include "vesica/keys.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using Rows = ArrowFixture::TextRows;

ErrorCode ImportCode(const ArrowFixture& fixture) {
  const auto column = ColumnFromArrow(fixture.schema, fixture.array);
  return column.ok() ? ErrorCode::kOk : GetErrorInfo(column.status()).code;
}

// What ReadBytes() gives for each row; the code of its failure instead, if it fails.
std::variant<std::vector<std::string>, ErrorCode> ReadAll(const ArrowFixture& fixture) {
  const auto column = ColumnFromArrow(fixture.schema, fixture.array);
  if (!column.ok()) return GetErrorInfo(column.status()).code;
  std::vector<std::string_view> keys(column->length);
  const absl::Status status = ReadBytes(*column, RowSet::Range(0, static_cast<uint32_t>(column->length)), keys.data());
  if (!status.ok()) return GetErrorInfo(status).code;
  return std::vector<std::string>(keys.begin(), keys.end());
}

const Rows kRows = {"anna@example.com", std::nullopt,   "", "bo", std::string("\0nul", 4),
                    "exactly12byt",     "exactly13byte"};
const std::vector<std::string> kKeys = {"anna@example.com", "", "", "bo", std::string("\0nul", 4), "exactly12byt",
                                        "exactly13byte"};

TEST(ColumnFromArrow, ReadsTextOfEveryTypeAtEveryOffset) {
  for (const char* format : {"u", "U", "z", "Z", "vu", "vz"}) {
    for (size_t leading : {0, 1, 7, 8, 9, 64}) {
      SCOPED_TRACE(testing::Message() << format << " offset " << leading);
      EXPECT_THAT(ReadAll(*ArrowFixture::Text(format, kRows, leading)),
                  testing::VariantWith<std::vector<std::string>>(kKeys));
    }
  }
}

TEST(ColumnFromArrow, ReadsDigests) {
  const std::string a(32, 'a'), c(32, 'c');
  EXPECT_THAT(ReadAll(*ArrowFixture::Digests({a, std::nullopt, c}, 2)),
              testing::VariantWith<std::vector<std::string>>(std::vector<std::string>{a, "", c}));
}

TEST(ColumnFromArrow, ReadsIntegersOfEveryWidthAndSign) {
  struct Case {
    const char* format;
    int64_t lowest, highest;
  };
  const Case cases[] = {{"c", -128, 127},
                        {"C", 0, 255},
                        {"s", -32768, 32767},
                        {"S", 0, 65535},
                        {"i", INT32_MIN, INT32_MAX},
                        {"I", 0, UINT32_MAX},
                        {"l", INT64_MIN, INT64_MAX},
                        {"L", 0, INT64_MAX}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.format);
    const auto fixture = ArrowFixture::Integers(c.format, {c.lowest, std::nullopt, c.highest, 1}, 5);
    const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
    int64_t values[4];
    IntegerState states[4];
    ReadIntegers(column, RowSet::Range(0, 4), values, states);
    EXPECT_EQ(values[0], c.lowest);
    EXPECT_EQ(values[2], c.highest);
    EXPECT_EQ(values[3], 1);
    EXPECT_THAT(states, testing::ElementsAre(IntegerState::kValid, IntegerState::kNull, IntegerState::kValid,
                                             IntegerState::kValid));
  }
}

TEST(ColumnFromArrow, MarksUnsignedIntegersThatDoNotFit) {
  const auto fixture = ArrowFixture::Integers("L", {-1, INT64_MIN, INT64_MAX, std::nullopt});
  const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
  int64_t values[4];
  IntegerState states[4];
  ReadIntegers(column, RowSet::Range(0, 4), values, states);
  EXPECT_THAT(states, testing::ElementsAre(IntegerState::kTooLarge, IntegerState::kTooLarge, IntegerState::kValid,
                                           IntegerState::kNull));
}

TEST(ColumnFromArrow, ReadsDictionariesWithIndicesOfEveryType) {
  for (const char* format : {"c", "C", "s", "S", "i", "I", "l", "L"}) {
    SCOPED_TRACE(format);
    const auto fixture = ArrowFixture::Dictionary(format, {2, 0, std::nullopt}, ArrowFixture::Text("vu", kRows, 2), 3);
    const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
    EXPECT_EQ(column.layout, KeyLayout::kDictionary);
    EXPECT_EQ(column.length, 3u);
    ASSERT_NE(column.dictionary, nullptr);
    EXPECT_EQ(column.dictionary->length, kRows.size());
    int64_t values[3];
    IntegerState states[3];
    ReadIntegers(column, RowSet::Range(0, 3), values, states);
    EXPECT_EQ(values[0], 2);
    EXPECT_EQ(states[2], IntegerState::kNull);
  }
}

TEST(ColumnFromArrow, IgnoresTheBitmapWhereNothingIsNull) {
  const auto fixture = ArrowFixture::Text("u", {"a", "b"});
  fixture->array.null_count = 0;
  fixture->DropBuffer(0);
  EXPECT_THAT(ReadAll(*fixture), testing::VariantWith<std::vector<std::string>>(std::vector<std::string>{"a", "b"}));
}

TEST(ColumnFromArrow, TakesAnEmptyArrayWithoutBuffers) {
  for (const char* format : {"u", "U", "vu"}) {
    const auto fixture = ArrowFixture::Text(format, {});
    for (size_t i = 0; i < static_cast<size_t>(fixture->array.n_buffers); ++i) fixture->DropBuffer(i);
    EXPECT_EQ(ColumnFromArrow(fixture->schema, fixture->array)->length, 0u) << format;
  }
}

TEST(ColumnFromArrow, RefusesTypesThatHoldNoKeys) {
  for (const char* format : {"", "n", "b", "e", "f", "g", "d:19,10", "w:31", "w:33", "w:320", "tdD", "+l", "+s", "uu",
                             "v", "vuu", "lu", "\xff\xfe long and strange enough to be cut"}) {
    const auto fixture = ArrowFixture::Text("u", {"a"});
    fixture->schema.format = format;
    EXPECT_EQ(ImportCode(*fixture), ErrorCode::kUnsupported) << format;
  }
}

TEST(ColumnFromArrow, RefusesStructsThatContradictThemselves) {
  struct Case {
    const char* what;
    void (*change)(ArrowFixture&);
  };
  const Case cases[] = {
      {"negative length", [](ArrowFixture& f) { f.array.length = -1; }},
      {"negative offset", [](ArrowFixture& f) { f.array.offset = -1; }},
      {"offset and length overflow", [](ArrowFixture& f) { f.array.offset = INT64_MAX; }},
      {"null count below -1", [](ArrowFixture& f) { f.array.null_count = -2; }},
      {"more nulls than rows", [](ArrowFixture& f) { f.array.null_count = f.array.length + 1; }},
      {"no buffers", [](ArrowFixture& f) { f.array.buffers = nullptr; }},
      {"negative number of buffers", [](ArrowFixture& f) { f.array.n_buffers = -1; }},
      {"a buffer too few", [](ArrowFixture& f) { f.array.n_buffers = 2; }},
      {"a buffer too many, of text", [](ArrowFixture& f) { f.array.n_buffers = 4; }},
      {"offsets missing", [](ArrowFixture& f) { f.DropBuffer(1); }},
      {"children", [](ArrowFixture& f) { f.array.n_children = 1; }},
      {"children in the schema", [](ArrowFixture& f) { f.schema.n_children = 1; }},
      {"dictionary in the array only", [](ArrowFixture& f) { f.array.dictionary = &f.array; }},
      {"dictionary in the schema only", [](ArrowFixture& f) { f.schema.dictionary = &f.schema; }},
      {"no format", [](ArrowFixture& f) { f.schema.format = nullptr; }},
      {"last offset before the first", [](ArrowFixture& f) { f.buffer<int32_t>(1)[2] = -4; }},
      {"nulls without a bitmap",
       [](ArrowFixture& f) {
         f.array.null_count = 1;
         f.DropBuffer(0);
       }},
  };
  for (const Case& c : cases) {
    const auto fixture = ArrowFixture::Text("u", {"a", "b"});
    c.change(*fixture);
    EXPECT_EQ(ImportCode(*fixture), ErrorCode::kCorrupt) << c.what;
  }
}

TEST(ColumnFromArrow, RefusesMissingData) {
  const auto text = ArrowFixture::Text("u", {"a"});
  text->DropBuffer(2);
  EXPECT_EQ(ImportCode(*text), ErrorCode::kCorrupt);
  const auto views = ArrowFixture::Text("vu", {"a"});
  views->DropBuffer(1);
  EXPECT_EQ(ImportCode(*views), ErrorCode::kCorrupt);
  const auto sizes = ArrowFixture::Text("vu", {"a"});
  sizes->DropBuffer(4);
  EXPECT_EQ(ImportCode(*sizes), ErrorCode::kCorrupt);
  const auto few = ArrowFixture::Text("vu", {"a"});
  few->array.n_buffers = 2;
  EXPECT_EQ(ImportCode(*few), ErrorCode::kCorrupt);
  const auto integers = ArrowFixture::Integers("i", {1});
  integers->DropBuffer(1);
  EXPECT_EQ(ImportCode(*integers), ErrorCode::kCorrupt);
}

TEST(ColumnFromArrow, RefusesReleasedStructs) {
  const auto fixture = ArrowFixture::Text("u", {"a"});
  fixture->array.release = nullptr;
  EXPECT_EQ(ImportCode(*fixture), ErrorCode::kInvalidArgument);
  const auto schema = ArrowFixture::Text("u", {"a"});
  schema->schema.release = nullptr;
  EXPECT_EQ(ImportCode(*schema), ErrorCode::kInvalidArgument);
}

TEST(ColumnFromArrow, RefusesDictionariesOfDictionariesAndIndicesThatAreText) {
  auto inner = ArrowFixture::Dictionary("c", {0}, ArrowFixture::Text("u", {"a"}));
  EXPECT_EQ(ImportCode(*ArrowFixture::Dictionary("c", {0}, std::move(inner))), ErrorCode::kUnsupported);
  const auto values = ArrowFixture::Text("u", {"a"});
  const auto text = ArrowFixture::Text("u", {"a"});
  text->schema.dictionary = &values->schema;
  text->array.dictionary = &values->array;
  EXPECT_EQ(ImportCode(*text), ErrorCode::kCorrupt);
}

TEST(ReadBytes, RefusesViewsThatPointOutsideTheirBuffers) {
  const std::string key = "a key of more than twelve bytes";
  const auto read = [&](auto change) {
    const auto fixture = ArrowFixture::Text("vu", {key});
    change(fixture->buffer<int32_t>(1), fixture->buffer<int64_t>(4));
    return ReadAll(*fixture);
  };
  const auto corrupt = testing::VariantWith<ErrorCode>(ErrorCode::kCorrupt);
  EXPECT_THAT(read([](int32_t*, int64_t*) {}), testing::VariantWith<std::vector<std::string>>(std::vector{key}));
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[0] = -1; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[0] += 1; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[0] = INT32_MAX; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[2] = 2; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[2] = -1; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[3] = 1; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[3] = -1; }), corrupt);
  EXPECT_THAT(read([](int32_t* view, int64_t*) { view[3] = INT32_MAX; }), corrupt);
  EXPECT_THAT(read([](int32_t*, int64_t* sizes) { sizes[0] = INT64_MIN; }), corrupt);
}

TEST(ReadBytes, NeedsNoAlignedBuffers) {
  const auto fixture = ArrowFixture::Text("u", {"anna", "bo"});
  std::vector<char> moved(3 * sizeof(int32_t) + 1);
  std::memcpy(moved.data() + 1, fixture->buffer<char>(1), 3 * sizeof(int32_t));
  fixture->array.buffers[1] = moved.data() + 1;
  EXPECT_THAT(ReadAll(*fixture),
              testing::VariantWith<std::vector<std::string>>(std::vector<std::string>{"anna", "bo"}));
}

}  // namespace
}  // namespace vesica
