#include "report/table_html.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "report/column_names.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/markup.h"
#include "table/figure_text.h"

namespace vesica {
namespace {

constexpr double kLongestLabel = 160;  // in widths of a letter m: about 240 letters
constexpr size_t kLongTable = 100;     // rows from which on it is not printed
constexpr double kCompactLabel = 40;
constexpr double kAmountUnit = 1e4;

// A column of what is shown, with its interval where there is one.
struct ShownColumn {
  const TableColumn* value = nullptr;
  const TableColumn* lower = nullptr;
  const TableColumn* upper = nullptr;
  ColumnName name;

  bool is_text() const { return value->type == ColumnType::kText; }
  bool is_figure() const { return !is_text() && value->type != ColumnType::kBool; }
};

FigureKind KindOf(std::string_view column, std::string_view metric) {
  const FigureKind kind = NameOf(column).kind;
  const bool of_metric = metric == "size_ratio" && (kind == FigureKind::kShare);
  return of_metric ? FigureKind::kRatio : kind;
}

std::string FigureText(double value, FigureKind kind) {
  switch (kind) {
    case FigureKind::kShare:
      return PercentText(value);
    case FigureKind::kPoints:
      return value > 0 ? "+" + NumberText(value * 100, 1) : NumberText(value * 100, 1);
    case FigureKind::kRatio:
      return RatioText(value);
    default:
      return NumberText(value, 1);
  }
}

std::string RawText(const TableColumn& column, uint64_t row) {
  std::string text;
  switch (column.type) {
    case ColumnType::kUint64:
      AppendInteger(column.counts[row], &text);
      break;
    case ColumnType::kInt64:
      AppendInteger(column.integers[row], &text);
      break;
    case ColumnType::kDouble:
      AppendNumber(column.numbers[row], &text);
      break;
    case ColumnType::kTime:
      AppendTime(column.integers[row], &text);
      break;
    case ColumnType::kAmount:
      AppendAmount(column.integers[row], &text);
      break;
    case ColumnType::kText:
    case ColumnType::kBool:
      break;
  }
  return text;
}

// To sort by: a figure of some thousand rows needs no more.
std::string CompactValue(const TableColumn& column, uint64_t row) {
  if (column.type != ColumnType::kDouble) return RawText(column, row);
  std::string text;
  AppendNumber(std::round(column.numbers[row] * 1e4) / 1e4, &text);
  return text;
}

std::string TextOf(const TableColumn& column, uint64_t row, FigureKind kind) {
  switch (column.type) {
    case ColumnType::kText:
      return FitText(ValueText(column.name, column.TextAt(row)), 1,
                     kind == FigureKind::kLongText ? 4 * kLongestLabel : kLongestLabel);
    case ColumnType::kBool:
      return column.BoolAt(row) ? "yes" : "no";
    case ColumnType::kUint64:
      return CountText(column.counts[row]);
    case ColumnType::kInt64:
      return kind == FigureKind::kYear ? RawText(column, row)
                                       : NumberText(static_cast<double>(column.integers[row]), 0);
    case ColumnType::kDouble:
      return FigureText(column.numbers[row], kind);
    case ColumnType::kTime:
      return RawText(column, row);
    case ColumnType::kAmount:
      return NumberText(static_cast<double>(column.integers[row]) / kAmountUnit, 0);
  }
  return {};
}

bool EndsWith(std::string_view name, std::string_view end) {
  return name.size() > end.size() && name.substr(name.size() - end.size()) == end;
}

bool IsBound(const Table& table, std::string_view name) {
  for (const std::string_view end : {std::string_view("_lower"), std::string_view("_upper")}) {
    if (EndsWith(name, end) && table.Find(name.substr(0, name.size() - end.size())) != nullptr) return true;
  }
  return false;
}

bool SaysNothing(const TableColumn& column, const std::vector<uint64_t>& rows) {
  if (column.name == "suppressed") return true;
  const auto null = [&](uint64_t row) { return column.IsNull(row); };
  // "Yes" in every row may be what a reader has to know, as that rates were corrected.
  if (column.type == ColumnType::kBool && !rows.empty()) {
    const bool first = column.BoolAt(rows[0]);
    return (!first || column.name == "all_sources") &&
           std::all_of(rows.begin(), rows.end(), [&](uint64_t row) { return column.BoolAt(row) == first; });
  }
  if (column.name != "company") return std::all_of(rows.begin(), rows.end(), null);
  const auto text = [&](uint64_t row) { return null(row) ? std::string_view() : column.TextAt(row); };
  return std::all_of(rows.begin(), rows.end(), [&](uint64_t row) { return text(row) == text(rows[0]); });
}

std::vector<ShownColumn> ShownColumns(const Table& table, const std::vector<uint64_t>& rows, const TableLook& look) {
  std::vector<const TableColumn*> wanted;
  for (const TableColumn& column : table.columns()) {
    if (look.columns.empty() && !IsBound(table, column.name)) wanted.push_back(&column);
  }
  for (const std::string_view name : look.columns) {
    if (const TableColumn* const column = table.Find(name)) wanted.push_back(column);
  }
  std::vector<ShownColumn> shown;
  for (const TableColumn* const column : wanted) {
    if (SaysNothing(*column, rows)) continue;
    shown.push_back(
        {column, table.Find(column->name + "_lower"), table.Find(column->name + "_upper"), NameOf(column->name)});
  }
  return shown;
}

class TableWriter {
 public:
  TableWriter(const StudyRows& rows, const TableLook& look)
      : table_(*rows.table()),
        rows_(rows.rows().begin(), rows.rows().begin() + static_cast<ptrdiff_t>(std::min(rows.size(), look.most_rows))),
        columns_(ShownColumns(table_, rows_, look)),
        metric_(table_.Find("metric")),
        group_(table_.Find("group")),
        all_sources_(table_.Find("all_sources")),
        suppressed_(table_.Find("suppressed")),
        compact_(look.compact) {}

  std::string Write(std::string_view caption) && {
    to_.Open("table").Attribute("class", compact_ ? "sortable compact" : "sortable");
    to_.Element("caption", caption);
    to_.Open("thead").Open("tr");
    for (const ShownColumn& column : columns_) {
      to_.Open("th").Attribute("scope", "col");
      if (const std::string_view classes = ClassOf(column); !classes.empty()) to_.Attribute("class", classes);
      to_.Text(column.name.heading).Close();
    }
    to_.Close().Close().Open("tbody");
    for (const uint64_t row : rows_) compact_ ? CompactRow(row) : Row(row);
    return std::move(to_).Finish();
  }

 private:
  static std::string_view ClassOf(const ShownColumn& column) {
    if (column.is_figure()) return column.lower != nullptr ? "n between" : "n";
    return column.name.kind == FigureKind::kLongText ? "wide" : "";
  }

  std::string CellOf(const ShownColumn& column, uint64_t row) const {
    if (column.value->IsNull(row)) {
      const bool hidden = suppressed_ != nullptr && suppressed_->BoolAt(row) && column.is_figure();
      const bool one_source = all_sources_ != nullptr && !all_sources_->BoolAt(row);
      if (column.value->name == "source" && one_source) return "(unknown)";
      if (column.value->name == "value" && group_ != nullptr && group_->TextAt(row) == "all") return "(all)";
      return hidden ? "hidden" : column.is_text() ? NullText(column.value->name) : kUndefinedText;
    }
    const FigureKind kind = KindOf(column.value->name, metric_ == nullptr ? "" : metric_->TextAt(row));
    std::string text = TextOf(*column.value, row, kind);
    if (column.lower == nullptr || column.lower->IsNull(row) || column.upper->IsNull(row)) return text;
    const std::string lower = TextOf(*column.lower, row, kind), upper = TextOf(*column.upper, row, kind);
    if (RawText(*column.lower, row) == RawText(*column.upper, row)) return text;
    return KeptTogether(Concat({text, " (", lower, " to ", upper, ")"}));
  }

  void Row(uint64_t row) {
    to_.Raw("\n").Open("tr");
    bool first = true;
    for (const ShownColumn& column : columns_) {
      const bool null = column.value->IsNull(row);
      first&& column.is_text() ? to_.Open("th").Attribute("scope", "row") : to_.Open("td");
      if (const std::string_view classes = ClassOf(column); !classes.empty()) to_.Attribute("class", classes);
      const std::string text = CellOf(column, row);
      if (column.is_figure()) {
        const std::string raw = null ? "" : RawText(*column.value, row);
        if (raw != text) to_.Attribute("data-value", raw);
        to_.Text(text);
      } else if (column.is_text()) {
        to_.Element("bdi", text);
      } else {
        to_.Text(text);
      }
      to_.Close();
      first = false;
    }
    to_.Close();
  }

  // Without what HTML lets one leave out, and figures to sort by in as many digits as are seen: half of the bytes.
  void CompactRow(uint64_t row) {
    std::string line = "\n<tr>";
    for (const ShownColumn& column : columns_) {
      const std::string text = CellOf(column, row);
      if (column.is_text()) {
        line += "<td><bdi>";
        AppendEscaped(FitText(text, 1, kCompactLabel), &line);
        line += "</bdi>";
        continue;
      }
      const std::string raw = column.value->IsNull(row) ? "" : CompactValue(*column.value, row);
      line += raw == text || !column.is_figure() ? "<td>" : Concat({"<td data-value=\"", raw, "\">"});
      AppendEscaped(text, &line);
    }
    to_.Raw(line);
  }

  const Table& table_;
  const std::vector<uint64_t> rows_;
  const std::vector<ShownColumn> columns_;
  const TableColumn *metric_, *group_, *all_sources_, *suppressed_;
  const bool compact_;
  Markup to_;
};

}  // namespace

std::string CellText(const TableColumn& column, uint64_t row, std::string_view metric) {
  if (column.IsNull(row)) return column.type == ColumnType::kText ? NullText(column.name) : kUndefinedText;
  return TextOf(column, row, KindOf(column.name, metric));
}

std::string TableMarkup(const StudyRows& rows, std::string_view caption, const TableLook& look) {
  return TableWriter(rows, look).Write(caption);
}

std::string ScrollingTable(const StudyRows& rows, std::string_view caption, const TableLook& look) {
  if (rows.empty() || ShownColumns(*rows.table(), rows.rows(), look).empty()) return {};
  Markup to;
  const bool is_long = rows.size() > kLongTable;
  to.Open("div").Attribute("class", is_long ? "scroll long" : "scroll").Attribute("tabindex", "0");
  to.Attribute("role", "region").Attribute("aria-label", caption);
  to.Raw(TableMarkup(rows, caption, look)).Close();
  if (is_long) {
    to.Open("p").Attribute("class", "on-paper");
    to.Text(Concat({"A table of ", CountText(uint64_t{rows.size()}), " rows, which is not printed."})).Close();
  }
  if (rows.size() > look.most_rows) {
    to.Open("p").Attribute("class", "left-out");
    to.Text(Concat({"The first ", CountText(uint64_t{look.most_rows}), " of ", CountText(uint64_t{rows.size()}),
                    " rows. All are in the table “", rows.table()->name(), "” of the study, as CSV, JSON or Arrow."}));
    to.Close();
  }
  return std::move(to).Finish();
}

std::string TableBehind(const StudyRows& rows, std::string_view caption, const TableLook& look) {
  if (rows.empty()) return {};
  Markup to;
  to.Open("details").Attribute("class", "data").Element("summary", "Table");
  to.Raw(ScrollingTable(rows, caption, look)).Close();
  return std::move(to).Finish();
}

}  // namespace vesica
