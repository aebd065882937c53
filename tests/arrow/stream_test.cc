#include "arrow/stream.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arrow/key_reader.h"
#include "tests/model/arrow_fixture.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using Rows = ArrowFixture::TextRows;

// A stream of the given arrays, which fails with `error` after them if it is not 0.
class TestStream {
 public:
  explicit TestStream(std::vector<std::unique_ptr<ArrowFixture>> arrays, int error = 0)
      : arrays_(std::move(arrays)), error_(error) {
    stream.private_data = this;
    stream.get_schema = [](ArrowArrayStream* s, ArrowSchema* out) {
      *out = Self(s)->arrays_.front()->schema;
      return 0;
    };
    stream.get_next = [](ArrowArrayStream* s, ArrowArray* out) { return Self(s)->Next(out); };
    stream.get_last_error = [](ArrowArrayStream*) -> const char* { return "bad row: secret@example.com"; };
    stream.release = [](ArrowArrayStream* s) { s->release = nullptr; };
  }

  int Next(ArrowArray* out) {
    EXPECT_EQ(out->release, nullptr) << "the array before was not released";
    *out = {};
    if (next_ == arrays_.size()) return error_;
    *out = arrays_[next_]->array;
    arrays_[next_++]->array.release = nullptr;  // moved out
    return 0;
  }

  ArrowArrayStream stream = {};

 private:
  static TestStream* Self(ArrowArrayStream* s) { return static_cast<TestStream*>(s->private_data); }
  std::vector<std::unique_ptr<ArrowFixture>> arrays_;
  size_t next_ = 0;
  int error_;
};

template <class... Arrays>
std::vector<std::unique_ptr<ArrowFixture>> List(Arrays... arrays) {
  std::vector<std::unique_ptr<ArrowFixture>> list;
  (list.push_back(std::move(arrays)), ...);
  return list;
}

std::unique_ptr<ArrowFixture> Record(Rows keys, const std::vector<bool>& valid, size_t leading, size_t key_leading) {
  const size_t rows = keys.size();
  std::vector<std::pair<const char*, std::unique_ptr<ArrowFixture>>> columns;
  columns.emplace_back("n", ArrowFixture::Integers("l", ArrowFixture::IntegerRows(rows, 1)));
  columns.emplace_back("key", ArrowFixture::Text("u", keys, key_leading));
  return ArrowFixture::Records(std::move(columns), valid, leading);
}

// Keys of every row, or the failure. Reads each batch before it asks for the next.
absl::StatusOr<std::vector<std::string>> ReadAll(const ArrowStreamSource& source) {
  std::vector<std::string> all;
  KeyColumn column;
  for (uint64_t batch = 0;; ++batch) {
    const absl::StatusOr<bool> more = source.Next(0, batch, &column);
    if (!more.ok()) return more.status();
    if (!*more) return all;
    EXPECT_EQ(column.first_row, all.size());
    EXPECT_GE(column.length, 1u);
    EXPECT_LE(column.length, uint64_t{1} << 16);
    std::vector<std::string_view> keys(column.length);
    const absl::Status read = ReadBytes(column, RowSet::Range(0, static_cast<uint32_t>(column.length)), keys.data());
    if (!read.ok()) return read;
    all.insert(all.end(), keys.begin(), keys.end());
  }
}

absl::StatusOr<std::vector<std::string>> ReadAll(TestStream& stream, std::optional<std::string_view> column) {
  auto source = ArrowStreamSource::Open(stream.stream, column, KeyEncoding::kPlain);
  if (!source.ok()) return source.status();
  auto keys = ReadAll(**source);
  EXPECT_NE(stream.stream.release, nullptr) << "the stream is the caller's to release";
  return keys;
}

TEST(ArrowStreamSource, ReadsPlainColumnsToTheEnd) {
  TestStream stream(List(ArrowFixture::Text("u", {"a", std::nullopt}, 3), ArrowFixture::Text("u", {}),
                         ArrowFixture::Text("u", {"b"})));
  EXPECT_THAT(ReadAll(stream, std::nullopt).value(), testing::ElementsAre("a", "", "b"));
}

TEST(ArrowStreamSource, ReadsTheNamedColumnOfRecordBatches) {
  TestStream stream(List(Record({"a", std::nullopt}, {true, true}, 0, 0), Record({"b", "c"}, {true, true}, 0, 2)));
  EXPECT_THAT(ReadAll(stream, "key").value(), testing::ElementsAre("a", "", "b", "c"));
}

TEST(ArrowStreamSource, TakesTheOffsetOfRecordBatchesAndBlanksNullRecords) {
  // The batch starts at row 2 of its columns; of its rows the first and the last are null.
  TestStream stream(List(Record({"x", "y", "a", "b", std::nullopt, "d"}, {false, true, true, false}, 2, 9)));
  EXPECT_THAT(ReadAll(stream, "key").value(), testing::ElementsAre("", "b", "", ""));
}

TEST(ArrowStreamSource, CutsLongArraysIntoBatches) {
  Rows rows;
  for (int i = 0; i < 140000; ++i) rows.push_back(std::to_string(i));
  TestStream stream(List(ArrowFixture::Text("U", rows, 1)));
  const std::vector<std::string> keys = ReadAll(stream, std::nullopt).value();
  ASSERT_EQ(keys.size(), 140000u);
  for (int i = 0; i < 140000; i += 777) EXPECT_EQ(keys[i], std::to_string(i));
}

TEST(ArrowStreamSource, IsReadOnce) {
  TestStream stream(List(ArrowFixture::Text("u", {"a"})));
  const auto source = ArrowStreamSource::Open(stream.stream, std::nullopt, KeyEncoding::kHex, 12).value();
  EXPECT_FALSE(source->rewindable());
  EXPECT_FALSE(source->resident());
  EXPECT_EQ(source->row_limit(), 12u);
  KeyColumn column;
  ASSERT_TRUE(source->Next(0, 0, &column).value());
  EXPECT_EQ(column.encoding, KeyEncoding::kHex);
  EXPECT_FALSE(source->Next(0, 0, &column).ok());
  EXPECT_FALSE(source->Next(1, 0, &column).ok());
  EXPECT_FALSE(source->Next(0, 1, &column).value());
}

TEST(ArrowStreamSource, TellsTheErrnoOfAFailureAndNotItsText) {
  TestStream stream(List(ArrowFixture::Text("u", {"a"})), EIO);
  const absl::Status status = ReadAll(stream, std::nullopt).status();
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kIo);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(std::to_string(EIO)));
  EXPECT_THAT(std::string(status.message()), testing::Not(testing::HasSubstr("secret")));

  TestStream no_schema(List(ArrowFixture::Text("u", {"a"})));
  no_schema.stream.get_schema = [](ArrowArrayStream*, ArrowSchema*) { return ENOMEM; };
  EXPECT_EQ(GetErrorInfo(ReadAll(no_schema, std::nullopt).status()).code, ErrorCode::kIo);
}

TEST(ArrowStreamSource, RefusesColumnsThatAreNotThereOrSeveral) {
  const auto code = [](auto array, std::optional<std::string_view> name) {
    TestStream stream(List(std::move(array)));
    return GetErrorInfo(ReadAll(stream, name).status()).code;
  };
  EXPECT_EQ(code(Record({"a"}, {true}, 0, 0), "other"), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(Record({"a"}, {true}, 0, 0), std::nullopt), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(ArrowFixture::Text("u", {"a"}), "key"), ErrorCode::kInvalidArgument);
  auto twice = Record({"a"}, {true}, 0, 0);
  twice->schema.children[0]->name = "key";
  EXPECT_EQ(code(std::move(twice), "key"), ErrorCode::kInvalidArgument);
  TestStream released(List(ArrowFixture::Text("u", {"a"})));
  released.stream.release = nullptr;
  EXPECT_EQ(GetErrorInfo(ArrowStreamSource::Open(released.stream, std::nullopt, KeyEncoding::kPlain).status()).code,
            ErrorCode::kInvalidArgument);
}

TEST(ArrowStreamSource, RefusesRecordBatchesThatContradictThemselves) {
  struct Case {
    const char* what;
    void (*change)(ArrowFixture&);
  };
  const Case cases[] = {
      {"negative length", [](ArrowFixture& f) { f.array.length = -1; }},
      {"negative offset", [](ArrowFixture& f) { f.array.offset = -1; }},
      {"overflow", [](ArrowFixture& f) { f.array.offset = INT64_MAX; }},
      {"longer than its column", [](ArrowFixture& f) { f.array.length = 3; }},
      {"offset beyond its column", [](ArrowFixture& f) { f.array.offset = 3; }},
      {"fewer columns than the schema", [](ArrowFixture& f) { f.array.n_children = 1; }},
      {"no columns", [](ArrowFixture& f) { f.array.children = nullptr; }},
      {"a column that is NULL", [](ArrowFixture& f) { f.array.children[1] = nullptr; }},
      {"a schema's column that is NULL", [](ArrowFixture& f) { f.schema.children[0] = nullptr; }},
      {"a schema without columns", [](ArrowFixture& f) { f.schema.children = nullptr; }},
      {"no schema", [](ArrowFixture& f) { f.schema.format = nullptr; }},
      {"nulls without a bitmap",
       [](ArrowFixture& f) {
         f.array.null_count = 1;
         f.DropBuffer(0);
       }},
      {"no bitmap's place", [](ArrowFixture& f) { f.array.n_buffers = 0; }},
  };
  for (const Case& c : cases) {
    auto record = Record({"a", "b"}, {true, true}, 0, 0);
    c.change(*record);
    TestStream stream(List(std::move(record)));
    EXPECT_EQ(GetErrorInfo(ReadAll(stream, "key").status()).code, ErrorCode::kCorrupt) << c.what;
  }
}

}  // namespace
}  // namespace vesica
