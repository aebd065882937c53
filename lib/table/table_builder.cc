#include <cmath>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "base/error.h"
#include "table/figure_text.h"
#include "vesica/table.h"

namespace vesica {
namespace {

void AppendBit(uint64_t index, bool value, std::vector<uint8_t>* bits) {
  if (index % 8 == 0) bits->push_back(0);
  bits->back() |= static_cast<uint8_t>((value ? 1 : 0) << index % 8);
}

// The bits of so many rows that are not null.
std::vector<uint8_t> AllValid(uint64_t rows) {
  std::vector<uint8_t> bits(rows / 8, 0xff);
  if (rows % 8 != 0) bits.push_back(static_cast<uint8_t>((1u << rows % 8) - 1));
  return bits;
}

TableColumn MakeColumn(std::string name, ColumnType type) {
  TableColumn column;
  column.name = std::move(name);
  column.type = type;
  if (type == ColumnType::kText) column.integers.push_back(0);
  return column;
}

void AppendZero(uint64_t row, TableColumn* column) {
  switch (column->type) {
    case ColumnType::kText:
      column->integers.push_back(column->integers.back());
      return;
    case ColumnType::kInt64:
    case ColumnType::kTime:
    case ColumnType::kAmount:
      column->integers.push_back(0);
      return;
    case ColumnType::kUint64:
      column->counts.push_back(0);
      return;
    case ColumnType::kDouble:
      column->numbers.push_back(0);
      return;
    case ColumnType::kBool:
      AppendBit(row, false, &column->bits);
      return;
  }
}

bool IsInRange(ColumnType type, int64_t value) {
  if (type == ColumnType::kTime) return IsTime(value);
  return type != ColumnType::kAmount || (value >= -kMaxAmount && value <= kMaxAmount);
}

}  // namespace

TableBuilder::TableBuilder(std::string name, const std::vector<ColumnSpec>& columns, std::string description)
    : content_(std::make_shared<Table::Content>()) {
  content_->name = std::move(name);
  content_->description = std::move(description);
  for (const ColumnSpec& spec : columns) {
    content_->columns.push_back(MakeColumn(spec.name, spec.type));
    if (!spec.with_interval) continue;
    content_->columns.push_back(MakeColumn(spec.name + "_lower", spec.type));
    content_->columns.push_back(MakeColumn(spec.name + "_upper", spec.type));
  }
  std::unordered_set<std::string_view> names;
  std::string repaired;
  for (const TableColumn& column : content_->columns) {
    if (!names.insert(column.name).second) Fail(ErrorCode::kInternal, "two columns have this name");
    if (column.name.find('\0') != std::string::npos || Utf8Of(column.name, &repaired) != column.name) {
      Fail(ErrorCode::kInternal, "a name is not UTF-8 without NUL");
    }
  }
  at_ = content_->columns.size();  // Row() begins the first row
}

void TableBuilder::Reserve(uint64_t rows) {
  for (TableColumn& column : content_->columns) {
    switch (column.type) {
      case ColumnType::kText:
        column.integers.reserve(rows + 1);
        break;
      case ColumnType::kInt64:
      case ColumnType::kTime:
      case ColumnType::kAmount:
        column.integers.reserve(rows);
        break;
      case ColumnType::kUint64:
        column.counts.reserve(rows);
        break;
      case ColumnType::kDouble:
        column.numbers.reserve(rows);
        break;
      case ColumnType::kBool:
        column.bits.reserve(rows / 8 + 1);
        break;
    }
  }
}

TableBuilder& TableBuilder::Row() {
  if (at_ != content_->columns.size()) Fail(ErrorCode::kInternal, "the row before has fewer cells than columns");
  at_ = 0;
  ++content_->rows;
  return *this;
}

// The column of the next cell, or nullptr, which a failure explains, if there is none or it is not of the given type.
TableColumn* TableBuilder::Next(std::optional<ColumnType> type, bool valid) {
  if (!status_.ok()) return nullptr;
  if (at_ >= content_->columns.size()) {
    Fail(ErrorCode::kInternal, "a row has more cells than columns");
    return nullptr;
  }
  TableColumn& column = content_->columns[at_];
  if (type.has_value() && column.type != *type) {
    Fail(ErrorCode::kInternal, "a cell is not of its column's type");
    return nullptr;
  }
  const uint64_t row = content_->rows - 1;
  if (!valid && column.validity.empty()) column.validity = AllValid(row);
  if (!valid || !column.validity.empty()) AppendBit(row, valid, &column.validity);
  ++at_;
  return &column;
}

TableBuilder& TableBuilder::AddNull(std::optional<ColumnType> type) {
  if (TableColumn* const column = Next(type, /*valid=*/false); column != nullptr) {
    AppendZero(content_->rows - 1, column);
    ++column->null_count;
  }
  return *this;
}

TableBuilder& TableBuilder::Text(std::string_view value) {
  std::string repaired;
  if (TableColumn* const column = Next(ColumnType::kText); column != nullptr) {
    column->text += Utf8Of(value, &repaired);
    column->integers.push_back(static_cast<int64_t>(column->text.size()));
  }
  return *this;
}

TableBuilder& TableBuilder::AddInteger(ColumnType type, int64_t value) {
  if (!IsInRange(type, value)) Fail(ErrorCode::kInvalidArgument, "a time or amount is out of range");
  if (TableColumn* const column = Next(type); column != nullptr) column->integers.push_back(value);
  return *this;
}

TableBuilder& TableBuilder::AddCount(uint64_t value) {
  if (TableColumn* const column = Next(ColumnType::kUint64); column != nullptr) column->counts.push_back(value);
  return *this;
}

TableBuilder& TableBuilder::AddNumber(double value) {
  if (!std::isfinite(value)) return AddNull(ColumnType::kDouble);
  if (TableColumn* const column = Next(ColumnType::kDouble); column != nullptr) column->numbers.push_back(value);
  return *this;
}

TableBuilder& TableBuilder::AddBit(bool value) {
  if (TableColumn* const column = Next(ColumnType::kBool); column != nullptr) {
    AppendBit(content_->rows - 1, value, &column->bits);
  }
  return *this;
}

TableBuilder& TableBuilder::RoundedUint64(double value) {
  const double whole = std::round(value);
  return whole >= 0 && whole < 0x1p64 ? AddCount(static_cast<uint64_t>(whole)) : AddNull(ColumnType::kUint64);
}

TableBuilder& TableBuilder::Interval(const Estimate& estimate) {
  const bool counts = at_ < content_->columns.size() && content_->columns[at_].type == ColumnType::kUint64;
  for (const double value : {estimate.value, estimate.lower, estimate.upper}) {
    counts ? RoundedUint64(value) : AddNumber(value);
  }
  return *this;
}

// The first failure counts; it is told with the table and the column it happened at.
void TableBuilder::Fail(ErrorCode code, std::string_view problem) {
  if (!status_.ok()) return;
  const std::string& table = content_->name;
  const std::string column = at_ < content_->columns.size() ? content_->columns[at_].name : "the end of a row";
  status_ = MakeError(
      code, absl::StrCat("table ", table, ", at ", column, ": ", absl::string_view(problem.data(), problem.size())));
}

absl::StatusOr<Table> TableBuilder::Finish() && {
  if (at_ != content_->columns.size()) Fail(ErrorCode::kInternal, "the last row has fewer cells than columns");
  if (!status_.ok()) return status_;
  return Table(std::move(content_));
}

}  // namespace vesica
