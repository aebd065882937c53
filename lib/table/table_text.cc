// Tables as JSON and as CSV.
#include <algorithm>

#include "base/error.h"
#include "table/figure_text.h"
#include "vesica/table.h"

namespace vesica {
namespace {

// Gathers text into pieces for a sink.
class TextBuffer {
 public:
  explicit TextBuffer(const TextSink& to) : to_(to) {}

  std::string* text() { return &text_; }
  absl::Status FlushIfLong() { return text_.size() < kPiece ? absl::OkStatus() : Flush(); }
  absl::Status Flush() {
    absl::Status status = text_.empty() ? absl::OkStatus() : to_(text_);
    text_.clear();
    return status;
  }

 private:
  static constexpr size_t kPiece = size_t{1} << 16;

  const TextSink& to_;
  std::string text_;
};

// A cell that is neither null nor text.
void AppendFigure(const TableColumn& column, uint64_t row, std::string* to) {
  switch (column.type) {
    case ColumnType::kText:
      return;
    case ColumnType::kInt64:
      return AppendInteger(column.integers[row], to);
    case ColumnType::kUint64:
      return AppendInteger(column.counts[row], to);
    case ColumnType::kDouble:
      return AppendNumber(column.numbers[row], to);
    case ColumnType::kBool:
      to->append(column.BoolAt(row) ? "true" : "false");
      return;
    case ColumnType::kTime:
      return AppendTime(column.integers[row], to);
    case ColumnType::kAmount:
      return AppendAmount(column.integers[row], to);
  }
}

void AppendJsonCell(const TableColumn& column, uint64_t row, std::string* to) {
  if (column.IsNull(row)) {
    to->append("null");
  } else if (column.type == ColumnType::kText) {
    AppendJsonText(column.TextAt(row), to);
  } else if (column.type == ColumnType::kTime) {
    to->push_back('"'), AppendFigure(column, row, to), to->push_back('"');
  } else {
    AppendFigure(column, row, to);
  }
}

void AppendCsvText(std::string_view text, std::string* to) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    to->append(text);
    return;
  }
  to->push_back('"');
  for (const char c : text) to->append(c == '"' ? 2 : 1, c);
  to->push_back('"');
}

void AppendCsvCell(const TableColumn& column, uint64_t row, std::string* to) {
  if (column.IsNull(row)) return;
  column.type == ColumnType::kText ? AppendCsvText(column.TextAt(row), to) : AppendFigure(column, row, to);
}

// What comes before each cell of a row in JSON: {"first": and ,"second":
std::vector<std::string> JsonKeys(const Table& table) {
  std::vector<std::string> keys;
  for (const TableColumn& column : table.columns()) {
    std::string& key = keys.emplace_back(keys.empty() ? "{" : ",");
    AppendJsonText(column.name, &key);
    key.push_back(':');
  }
  return keys;
}

using Write = absl::Status (*)(const Table&, const TextSink&);

std::string TextOf(const Table& table, Write write) {
  std::string text;
  // The sink never fails, and so neither does the writing.
  (void)write(table, [&](std::string_view piece) {
    text += piece;
    return absl::OkStatus();
  });
  return text;
}

}  // namespace

absl::Status WriteJson(const Table& table, const TextSink& to) {
  const std::vector<std::string> keys = JsonKeys(table);
  TextBuffer buffer(to);
  std::string* const text = buffer.text();
  text->push_back('[');
  for (uint64_t row = 0; row < table.rows(); ++row) {
    if (row != 0) text->push_back(',');
    if (keys.empty()) text->push_back('{');
    for (size_t i = 0; i < keys.size(); ++i) text->append(keys[i]), AppendJsonCell(table.columns()[i], row, text);
    text->push_back('}');
    VESICA_RETURN_IF_ERROR(buffer.FlushIfLong());
  }
  text->push_back(']');
  return buffer.Flush();
}

absl::Status WriteCsv(const Table& table, const TextSink& to) {
  const std::span<const TableColumn> columns = table.columns();
  TextBuffer buffer(to);
  std::string* const text = buffer.text();
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i != 0) text->push_back(',');
    AppendCsvText(columns[i].name, text);
  }
  text->push_back('\n');
  for (uint64_t row = 0; row < table.rows(); ++row) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) text->push_back(',');
      AppendCsvCell(columns[i], row, text);
    }
    text->push_back('\n');
    VESICA_RETURN_IF_ERROR(buffer.FlushIfLong());
  }
  return buffer.Flush();
}

std::string ToJson(const Table& table) { return TextOf(table, WriteJson); }
std::string ToCsv(const Table& table) { return TextOf(table, WriteCsv); }

}  // namespace vesica
