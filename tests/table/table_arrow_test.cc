// Tables through the Arrow C Stream interface, read from its structs by hand; the address sanitizer watches over who
// owns what.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

#include "arrow/arrow_abi.h"
#include "vesica/keys.h"
#include "vesica/table.h"

namespace vesica {
namespace {

// Releases what has not been moved out or released.
struct ReleaseIt {
  template <class Struct>
  void operator()(Struct* exported) const {
    if (exported->release != nullptr) exported->release(exported);
    delete exported;
  }
};
using Stream = std::unique_ptr<ArrowArrayStream, ReleaseIt>;
using Schema = std::unique_ptr<ArrowSchema, ReleaseIt>;
using Array = std::unique_ptr<ArrowArray, ReleaseIt>;

Stream StreamOf(const Table& table) {
  Stream stream(new ArrowArrayStream{});
  ExportArrow(table, stream.get());
  return stream;
}

Schema SchemaOf(const Stream& stream) {
  Schema schema(new ArrowSchema{});
  EXPECT_EQ(stream->get_schema(stream.get(), schema.get()), 0);
  return schema;
}

// With a release of nullptr at the end of the stream.
Array NextOf(const Stream& stream) {
  Array array(new ArrowArray{});
  EXPECT_EQ(stream->get_next(stream.get(), array.get()), 0);
  return array;
}

template <class Value>
Value CellOf(const ArrowArray& array, uint64_t row) {
  Value value;
  const auto at = static_cast<uint64_t>(array.offset) + row;
  std::memcpy(&value, static_cast<const char*>(array.buffers[1]) + at * sizeof(Value), sizeof(value));
  return value;
}

bool BitOf(const void* bits, const ArrowArray& array, uint64_t row) {
  const auto at = static_cast<uint64_t>(array.offset) + row;
  return (static_cast<const uint8_t*>(bits)[at / 8] >> at % 8 & 1) != 0;
}

bool IsNull(const ArrowArray& array, uint64_t row) {
  return array.buffers[0] != nullptr && !BitOf(array.buffers[0], array, row);
}

std::string TextOf(const ArrowArray& array, uint64_t row) {
  const auto begin = CellOf<int64_t>(array, row), end = CellOf<int64_t>(array, row + 1);
  return {static_cast<const char*>(array.buffers[2]) + begin, static_cast<size_t>(end - begin)};
}

// A cell of each type that says its row; every 7th row is null.
constexpr bool IsNullRow(uint64_t row) { return row % 7 == 3; }

Table MakeTable(uint64_t rows) {
  TableBuilder to("t", {{"text", ColumnType::kText},
                        {"int64", ColumnType::kInt64},
                        {"uint64", ColumnType::kUint64},
                        {"double", ColumnType::kDouble},
                        {"bool", ColumnType::kBool},
                        {"time", ColumnType::kTime},
                        {"amount", ColumnType::kAmount},
                        {"full", ColumnType::kAmount}});
  for (uint64_t row = 0; row < rows; ++row) {
    const auto number = static_cast<int64_t>(row);
    to.Row();
    if (IsNullRow(row)) {
      for (int i = 0; i < 7; ++i) to.Null();
    } else {
      to.Text(std::to_string(row)).Int64(-number).Uint64(row).Double(static_cast<double>(row) / 8);
      to.Bool(row % 2 == 0).Time(number).Amount(-number);
    }
    to.Amount(number % 2 == 0 ? kMaxAmount : -kMaxAmount);
  }
  return std::move(to).Finish().value();
}

// Rows of a batch of MakeTable(), of which the first is row `first` of the table.
void ExpectBatch(const ArrowArray& batch, uint64_t first, uint64_t rows) {
  ASSERT_EQ(batch.length, static_cast<int64_t>(rows));
  ASSERT_EQ(batch.offset, 0);
  ASSERT_EQ(batch.null_count, 0);
  ASSERT_EQ(batch.n_buffers, 1);
  ASSERT_EQ(batch.buffers[0], nullptr);
  ASSERT_EQ(batch.n_children, 8);
  const ArrowArray* const* const of = batch.children;
  int64_t nulls = 0;
  for (uint64_t i = 0; i < rows; ++i) {
    const uint64_t row = first + i;
    const auto number = static_cast<int64_t>(row);
    for (int child = 0; child < 7; ++child) ASSERT_EQ(IsNull(*of[child], i), IsNullRow(row)) << row << " " << child;
    ASSERT_EQ(CellOf<int64_t>(*of[7], 2 * i), number % 2 == 0 ? kMaxAmount : -kMaxAmount);
    ASSERT_EQ(CellOf<int64_t>(*of[7], 2 * i + 1), number % 2 == 0 ? 0 : -1);
    if (IsNullRow(row)) {
      ++nulls;
      continue;
    }
    ASSERT_EQ(TextOf(*of[0], i), std::to_string(row));
    ASSERT_EQ(CellOf<int64_t>(*of[1], i), -number);
    ASSERT_EQ(CellOf<uint64_t>(*of[2], i), row);
    ASSERT_EQ(CellOf<double>(*of[3], i), static_cast<double>(row) / 8);
    ASSERT_EQ(BitOf(of[4]->buffers[1], *of[4], i), row % 2 == 0);
    ASSERT_EQ(CellOf<int64_t>(*of[5], i), number);
    ASSERT_EQ(CellOf<int64_t>(*of[6], 2 * i), -number);  // 16 bytes, the low half first
    ASSERT_EQ(CellOf<int64_t>(*of[6], 2 * i + 1), number == 0 ? 0 : -1);
  }
  for (int child = 0; child < 8; ++child) {
    ASSERT_EQ(of[child]->length, static_cast<int64_t>(rows));
    ASSERT_EQ(of[child]->null_count, child < 7 ? nulls : 0);
    ASSERT_EQ(of[child]->n_buffers, child == 0 ? 3 : 2);
    ASSERT_EQ(of[child]->dictionary, nullptr);
  }
  ASSERT_EQ(of[7]->buffers[0], nullptr);
  ASSERT_EQ(of[6]->offset, 0);
}

TEST(TableArrow, SchemaTellsNamesAndTypes) {
  const Table table = MakeTable(3);
  const Stream stream = StreamOf(table);
  const Schema schema = SchemaOf(stream);
  EXPECT_STREQ(schema->format, "+s");
  EXPECT_EQ(schema->flags, 0);
  const struct {
    const char *name, *format;
  } expected[] = {{"text", "U"}, {"int64", "l"},      {"uint64", "L"},      {"double", "g"},
                  {"bool", "b"}, {"time", "tsu:UTC"}, {"amount", "d:18,4"}, {"full", "d:18,4"}};
  ASSERT_EQ(schema->n_children, 8);
  for (int i = 0; i < 8; ++i) {
    EXPECT_STREQ(schema->children[i]->name, expected[i].name);
    EXPECT_STREQ(schema->children[i]->format, expected[i].format);
    EXPECT_EQ(schema->children[i]->flags, ARROW_FLAG_NULLABLE);
    EXPECT_EQ(schema->children[i]->n_children, 0);
    EXPECT_NE(schema->children[i]->release, nullptr);
  }
}

TEST(TableArrow, CellsAreTheTables) {
  const Table table = MakeTable(50);
  const Stream stream = StreamOf(table);
  const Array batch = NextOf(stream);
  ExpectBatch(*batch, 0, 50);
  EXPECT_EQ(batch->children[2]->buffers[1], table.Find("uint64")->counts.data()) << "not copied";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(NextOf(stream)->release, nullptr);
}

TEST(TableArrow, LongTablesComeInBatches) {
  constexpr uint64_t kBatch = uint64_t{1} << 20;
  const Stream stream = StreamOf(MakeTable(kBatch + 13));
  ExpectBatch(*NextOf(stream), 0, kBatch);
  ExpectBatch(*NextOf(stream), kBatch, 13);
  EXPECT_EQ(NextOf(stream)->release, nullptr);
}

TEST(TableArrow, WhatWasExportedOutlivesTableAndStream) {
  auto table = std::make_unique<Table>(MakeTable(20));
  Stream stream = StreamOf(*table);
  const Schema schema = SchemaOf(stream);
  const Array batch = NextOf(stream);
  table.reset();
  stream.reset();
  EXPECT_STREQ(schema->children[0]->name, "text");
  ExpectBatch(*batch, 0, 20);
}

TEST(TableArrow, ChildrenMoveOutOfTheirParents) {
  Stream stream = StreamOf(MakeTable(20));
  Schema schema = SchemaOf(stream);
  Array batch = NextOf(stream);
  stream.reset();
  for (const int child : {0, 6}) {
    const Schema moved_schema(new ArrowSchema(*schema->children[child]));
    const Array moved(new ArrowArray(*batch->children[child]));
    schema->children[child]->release = nullptr;
    batch->children[child]->release = nullptr;
    if (child == 6) {
      schema.reset();
      batch.reset();
      EXPECT_STREQ(moved_schema->name, "amount");
      EXPECT_EQ(CellOf<int64_t>(*moved, 2 * 19), -19);
    } else {
      EXPECT_STREQ(moved_schema->format, "U");
      EXPECT_EQ(TextOf(*moved, 19), "19");
    }
  }
}

TEST(TableArrow, StreamsMayBeLeftAtAnyPoint) {
  const Table table = MakeTable(20);
  StreamOf(table);            // untouched
  SchemaOf(StreamOf(table));  // only the schema
  NextOf(StreamOf(table));    // the array after the stream
  const Stream stream = StreamOf(table);
  ArrowArrayStream moved = *stream;
  stream->release = nullptr;
  ArrowArray batch;
  ASSERT_EQ(moved.get_next(&moved, &batch), 0);
  batch.release(&batch);
  EXPECT_EQ(batch.release, nullptr);
  moved.release(&moved);
  EXPECT_EQ(moved.release, nullptr);
}

TEST(TableArrow, TablesWithoutRowsOrColumns) {
  const Stream no_rows = StreamOf(MakeTable(0));
  EXPECT_EQ(SchemaOf(no_rows)->n_children, 8);
  EXPECT_EQ(NextOf(no_rows)->release, nullptr);

  TableBuilder to("none", {});
  to.Row().Row();
  const Stream no_columns = StreamOf(std::move(to).Finish().value());
  EXPECT_EQ(SchemaOf(no_columns)->n_children, 0);
  const Array batch = NextOf(no_columns);
  EXPECT_EQ(batch->length, 2);
  EXPECT_EQ(batch->n_children, 0);
}

TEST(TableArrow, BuffersWithoutBytesAreNotNull) {
  TableBuilder to("empty", {{"text", ColumnType::kText}});
  to.Row().Text("");
  const Stream stream = StreamOf(std::move(to).Finish().value());
  const Array batch = NextOf(stream);
  EXPECT_NE(batch->children[0]->buffers[2], nullptr);
  EXPECT_EQ(TextOf(*batch->children[0], 0), "");
}

TEST(TableArrow, TextIsAColumnOfKeys) {
  const Stream stream = StreamOf(MakeTable(20));
  const Schema schema = SchemaOf(stream);
  const Array batch = NextOf(stream);
  const absl::StatusOr<KeyColumn> column = ColumnFromArrow(*schema->children[0], *batch->children[0]);
  ASSERT_TRUE(column.ok()) << column.status();
  EXPECT_EQ(column->length, 20u);
  EXPECT_TRUE(column->Validate().ok());
}

}  // namespace
}  // namespace vesica
