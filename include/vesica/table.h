// Tables: named columns of typed cells, in which every tabular answer leaves the library, and how they are made.
#ifndef VESICA_TABLE_H_
#define VESICA_TABLE_H_

#include <atomic>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/overlap.h"
#include "vesica/status.h"

struct ArrowArrayStream;

namespace vesica {

// What the cells of a column are; numbered as VESICA_TYPE_* in vesica.h. Append only.
enum class ColumnType : uint32_t {
  kText = 1,  // UTF-8
  kInt64 = 2,
  kUint64 = 3,  // counts
  kDouble = 4,  // shares and other figures; always finite
  kBool = 5,
  kTime = 6,    // microseconds since 1970-01-01T00:00:00Z, within the years 0 to 9999
  kAmount = 7,  // of money, in ten-thousandths; at most kMaxAmount of them, either way
};
inline constexpr int64_t kMaxAmount = 999'999'999'999'999'999;  // 18 digits

// The cells of a column, in the buffers that Arrow lays out for its type. A null cell holds 0, false or no bytes.
struct TableColumn {
  std::string name;  // UTF-8 without NUL
  ColumnType type = ColumnType::kText;
  uint64_t null_count = 0;
  std::vector<uint8_t> validity;  // bit i%8 of byte i/8 is 1 where row i is not null; empty without nulls
  std::vector<int64_t> integers;  // kInt64, kTime, kAmount; of kText the rows + 1 offsets into text
  std::vector<uint64_t> counts;   // kUint64
  std::vector<double> numbers;    // kDouble
  std::vector<uint8_t> bits;      // kBool, laid out as validity
  std::string text;               // kText: the bytes of all rows

  // Integers, counts, numbers, bits or, of kText, text; never nullptr.
  const void* cells() const;

  bool IsNull(uint64_t row) const { return !validity.empty() && (validity[row / 8] >> row % 8 & 1) == 0; }
  bool BoolAt(uint64_t row) const { return (bits[row / 8] >> row % 8 & 1) != 0; }
  std::string_view TextAt(uint64_t row) const {
    const auto begin = static_cast<size_t>(integers[row]);
    return std::string_view(text).substr(begin, static_cast<size_t>(integers[row + 1]) - begin);
  }
};

// Immutable, and as cheap to copy as a pointer. Made by a TableBuilder.
class Table {
 public:
  const std::string& name() const { return content_->name; }
  const std::string& description() const { return content_->description; }  // may be empty
  uint64_t rows() const { return content_->rows; }
  std::span<const TableColumn> columns() const { return content_->columns; }

  // The column of that name, or nullptr.
  const TableColumn* Find(std::string_view name) const;

  // Bytes of the table as text. The first call writes the text to count it, later ones remember.
  uint64_t JsonSize() const;
  uint64_t CsvSize() const;

 private:
  friend class TableBuilder;
  struct Content {
    std::string name, description;
    uint64_t rows = 0;
    std::vector<TableColumn> columns;
    mutable std::atomic<uint64_t> json_size = 0, csv_size = 0;  // 0: not counted yet
  };
  explicit Table(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  std::shared_ptr<const Content> content_;
};

inline constexpr bool kWithInterval = true;

// A column to be. With an interval it stands for three: <name>, <name>_lower and <name>_upper.
struct ColumnSpec {
  std::string name;
  ColumnType type;
  bool with_interval = false;
};

// Makes a table row by row:
//
//     TableBuilder to("circles", {{"company", ColumnType::kText},
//                                 {"n_a", ColumnType::kUint64},
//                                 {"share_of_a", ColumnType::kDouble, kWithInterval}});
//     for (...) to.Row().Text(company).Uint64(n_a).Interval(share);
//     return std::move(to).Finish();
//
// A row has one cell for each column, from left to right, of the column's type or null; an empty optional is null. A
// builder that is used in any other way makes Finish() fail with Internal and say how: tables of a fixed shape need a
// test, not a check at each cell.
class TableBuilder {
 public:
  // Names are UTF-8 without NUL, and differ.
  TableBuilder(std::string name, const std::vector<ColumnSpec>& columns, std::string description = {});

  void Reserve(uint64_t rows);

  TableBuilder& Row();
  TableBuilder& Null() { return AddNull(std::nullopt); }
  // Bytes that are not UTF-8 become U+FFFD, as in JSON.
  TableBuilder& Text(std::string_view value);
  TableBuilder& Int64(std::signed_integral auto value) { return AddInteger(ColumnType::kInt64, value); }
  // Of an unsigned type: a count that could be negative is a mistake elsewhere.
  TableBuilder& Uint64(std::unsigned_integral auto value) { return AddCount(value); }
  // Null unless finite: here, and nowhere else, an undefined figure becomes null.
  TableBuilder& Double(std::floating_point auto value) { return AddNumber(value); }
  TableBuilder& Bool(std::same_as<bool> auto value) { return AddBit(value); }
  // Out of the type's range: Finish() fails with InvalidArgument.
  TableBuilder& Time(std::signed_integral auto microseconds) { return AddInteger(ColumnType::kTime, microseconds); }
  TableBuilder& Amount(std::signed_integral auto value) { return AddInteger(ColumnType::kAmount, value); }

  template <class Value>
  TableBuilder& Text(const std::optional<Value>& value) {
    return value.has_value() ? Text(std::string_view(*value)) : AddNull(ColumnType::kText);
  }
  template <class Value>
  TableBuilder& Int64(const std::optional<Value>& value) {
    return value.has_value() ? Int64(*value) : AddNull(ColumnType::kInt64);
  }
  template <class Value>
  TableBuilder& Uint64(const std::optional<Value>& value) {
    return value.has_value() ? Uint64(*value) : AddNull(ColumnType::kUint64);
  }
  template <class Value>
  TableBuilder& Double(const std::optional<Value>& value) {
    return value.has_value() ? Double(*value) : AddNull(ColumnType::kDouble);
  }
  template <class Value>
  TableBuilder& Bool(const std::optional<Value>& value) {
    return value.has_value() ? Bool(*value) : AddNull(ColumnType::kBool);
  }
  template <class Value>
  TableBuilder& Time(const std::optional<Value>& value) {
    return value.has_value() ? Time(*value) : AddNull(ColumnType::kTime);
  }
  template <class Value>
  TableBuilder& Amount(const std::optional<Value>& value) {
    return value.has_value() ? Amount(*value) : AddNull(ColumnType::kAmount);
  }

  // A double: part over whole, null for a whole of 0.
  TableBuilder& Ratio(std::unsigned_integral auto part, std::unsigned_integral auto whole) {
    return whole == 0 ? AddNull(ColumnType::kDouble)
                      : AddNumber(static_cast<double>(part) / static_cast<double>(whole));
  }

  // An estimated count: whole, rounded half away from 0; null if undefined.
  TableBuilder& RoundedUint64(double value);

  // The three cells of a column with an interval, each as Double() or, of a column of kUint64, as RoundedUint64().
  TableBuilder& Interval(const Estimate& estimate);

  absl::StatusOr<Table> Finish() &&;

 private:
  TableColumn* Next(std::optional<ColumnType> type, bool valid = true);
  TableBuilder& AddNull(std::optional<ColumnType> type);
  TableBuilder& AddInteger(ColumnType type, int64_t value);
  TableBuilder& AddCount(uint64_t value);
  TableBuilder& AddNumber(double value);
  TableBuilder& AddBit(bool value);
  void Fail(ErrorCode code, std::string_view problem);

  std::shared_ptr<Table::Content> content_;
  size_t at_ = 0;  // the column of the next cell
  absl::Status status_;
};

// The value to 9 significant digits, as estimates are shown: mathematical libraries differ beyond, so that what comes
// from a logarithm, an exponential or a sketch goes through here on its way into a table. What is not finite stays.
double NineDigits(double value);
Estimate NineDigits(const Estimate& estimate);

// Takes text in pieces, in order. A failure ends the writing, which returns it.
using TextSink = std::function<absl::Status(std::string_view piece)>;

// An array of one object a row, without white space, keys in the order of the columns. Times are RFC 3339 in UTC,
// amounts numbers of up to 4 decimals; doubles have as many digits as tell them apart.
absl::Status WriteJson(const Table& table, const TextSink& to);
std::string ToJson(const Table& table);

// RFC 4180 with a line of names, lines ending in LF. Cells are as in JSON; text is quoted where it has to be, and where
// it is empty, so that it differs from null, which is nothing at all.
absl::Status WriteCsv(const Table& table, const TextSink& to);
std::string ToCsv(const Table& table);

// The same for spreadsheets: text that begins with = + - @, a tab or a carriage return gets an apostrophe before it, so
// that it is shown and not computed. What is not text stays, negative numbers too.
absl::Status WriteInertCsv(const Table& table, const TextSink& to);
std::string ToInertCsv(const Table& table);

// The table as a stream of record batches of up to 2^20 rows; none for a table without rows. What comes out of the
// stream shares the table's buffers and keeps them: it may outlive the table, and is released as Arrow has it. Text is
// large_utf8, times are timestamp[us, UTC], amounts decimal128(18, 4).
void ExportArrow(const Table& table, ArrowArrayStream* out);

}  // namespace vesica

#endif  // VESICA_TABLE_H_
