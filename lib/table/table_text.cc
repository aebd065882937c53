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

// Whether a spreadsheet computes a cell of this text.
bool IsFormula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

void AppendCsvText(std::string_view text, bool inert, std::string* to) {
  std::string safe;
  if (inert && IsFormula(text)) text = safe.append(1, '\'').append(text);
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    to->append(text);
    return;
  }
  to->push_back('"');
  for (const char c : text) to->append(c == '"' ? 2 : 1, c);
  to->push_back('"');
}

void AppendCsvCell(const TableColumn& column, uint64_t row, bool inert, std::string* to) {
  if (column.IsNull(row)) return;
  column.type == ColumnType::kText ? AppendCsvText(column.TextAt(row), inert, to) : AppendFigure(column, row, to);
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

// A sink that never fails: neither does what writes to it.
TextSink AppendTo(std::string* text) {
  return [text](std::string_view piece) {
    *text += piece;
    return absl::OkStatus();
  };
}

absl::Status WriteCsv(const Table& table, const TextSink& to, bool inert) {
  const std::span<const TableColumn> columns = table.columns();
  TextBuffer buffer(to);
  std::string* const text = buffer.text();
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i != 0) text->push_back(',');
    AppendCsvText(columns[i].name, inert, text);
  }
  text->push_back('\n');
  for (uint64_t row = 0; row < table.rows(); ++row) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) text->push_back(',');
      AppendCsvCell(columns[i], row, inert, text);
    }
    text->push_back('\n');
    VESICA_RETURN_IF_ERROR(buffer.FlushIfLong());
  }
  return buffer.Flush();
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

absl::Status WriteCsv(const Table& table, const TextSink& to) { return WriteCsv(table, to, /*inert=*/false); }
absl::Status WriteInertCsv(const Table& table, const TextSink& to) { return WriteCsv(table, to, /*inert=*/true); }

std::string ToJson(const Table& table) {
  std::string text;
  (void)WriteJson(table, AppendTo(&text));
  return text;
}

std::string ToCsv(const Table& table) {
  std::string text;
  (void)WriteCsv(table, AppendTo(&text));
  return text;
}

std::string ToInertCsv(const Table& table) {
  std::string text;
  (void)WriteInertCsv(table, AppendTo(&text));
  return text;
}

}  // namespace vesica
