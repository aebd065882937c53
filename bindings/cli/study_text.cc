#include "study_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <string_view>

#include "escape.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

constexpr uint64_t kMostRows = 12;

// Columns in the order in which people read them; a table that is not here is shown whole.
struct Shown {
  const char* table;
  const char* title;
  std::vector<std::pair<const char*, const char*>> columns;
};

const std::vector<Shown>& AllShown() {
  static const std::vector<Shown> shown = {
      {"circles",
       "Circles: how many people two teams reach, and both",
       {{"company", "company"},
        {"a", "first"},
        {"b", "second"},
        {"n_a", "in first"},
        {"n_b", "in second"},
        {"n_both", "both"},
        {"share_of_a", "of first"},
        {"share_of_b", "of second"},
        {"share_of_b_lower", "from"},
        {"share_of_b_upper", "to"},
        {"size_ratio", "ratio"},
        {"reach_shortfall", "missed"}}},
      {"regions",
       "Regions: who is reached by exactly which team",
       {{"company", "company"},
        {"brand", "brand"},
        {"demand", "demand"},
        {"sales", "sales"},
        {"people", "people"},
        {"share", "share"}}},
      {"funnels",
       "Funnels: how far each team covers the next",
       {{"company", "company"},
        {"people", "people"},
        {"in_one_share", "in one"},
        {"in_two_share", "in two"},
        {"in_three_share", "in three"},
        {"sales_in_demand_share", "sales in demand"},
        {"sales_in_brand_share", "sales in brand"},
        {"demand_in_brand_share", "demand in brand"}}},
      {"segments",
       "Segments: the circles of each",
       {{"company", "company"},
        {"dimension", "dimension"},
        {"value", "value"},
        {"dimension_2", "and"},
        {"value_2", "value"},
        {"a", "first"},
        {"b", "second"},
        {"n_a", "in first"},
        {"n_b", "in second"},
        {"n_both", "both"},
        {"share_of_b", "of second"},
        {"share_of_b_lower", "from"},
        {"share_of_b_upper", "to"}}},
      {"companies",
       "Companies: how much of sales' circle marketing reaches",
       {{"rank", "rank"},
        {"company", "company"},
        {"n_marketing", "marketing"},
        {"n_sales", "sales"},
        {"n_both", "both"},
        {"coverage", "coverage"},
        {"coverage_lower", "from"},
        {"coverage_upper", "to"},
        {"percentile", "better than"}}},
      {"benchmark",
       "Benchmark: how companies are spread",
       {{"group", "group"},
        {"value", "value"},
        {"metric", "figure"},
        {"companies", "companies"},
        {"mean", "mean"},
        {"p25", "p25"},
        {"median", "median"},
        {"p75", "p75"},
        {"pooled", "pooled"}}},
      {"published",
       "Published figures",
       {{"metric", "figure"}, {"group", "group"}, {"value", "of"}, {"figure", "value"}, {"year", "year"}}},
      {"market",
       "Market: who reaches the people in the market",
       {{"company", "company"},
        {"team", "team"},
        {"n_reached", "reached"},
        {"n_market", "in market"},
        {"n_reached_in_market", "both"},
        {"share_of_market_reached", "of market"},
        {"outside_share", "outside it"}}},
      {"recency",
       "Recency: responses by the time since marketing last reached the person (compares, proves no cause)",
       {{"company", "company"},
        {"bucket", "since exposure"},
        {"contacts", "contacts"},
        {"responses", "responses"},
        {"rate", "rate"},
        {"risk_ratio", "against never"},
        {"risk_ratio_lower", "from"},
        {"risk_ratio_upper", "to"}}},
      {"mix",
       "Mix: responses by what marketing showed before (compares, proves no cause)",
       {{"company", "company"},
        {"mix", "shown"},
        {"contacts", "contacts"},
        {"responses", "responses"},
        {"rate", "rate"},
        {"risk_ratio", "against none"},
        {"risk_ratio_lower", "from"},
        {"risk_ratio_upper", "to"}}},
      {"gaps",
       "Gaps: where sales is and marketing is not",
       {{"rank", "rank"},
        {"company", "company"},
        {"dimensions", "segment"},
        {"values", "value"},
        {"n_sales", "sales"},
        {"n_missed", "missed"},
        {"missed_share", "missed"},
        {"index", "index"}}},
      {"reach",
       "Reach: which segments marketing should add next",
       {{"company", "company"},
        {"step", "step"},
        {"dimensions", "segment"},
        {"values", "value"},
        {"people_added", "people added"},
        {"sales_gained", "sales' people"},
        {"coverage_before", "before"},
        {"coverage_after", "after"},
        {"chance_gain", "by chance"}}},
      {"warnings", "Warnings", {{"warning", ""}}},
  };
  return shown;
}

bool EndsIn(std::string_view name, std::string_view end) { return name.ends_with(end); }

// Doubles that are parts of a whole; others are ratios and means.
bool IsShare(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {
      "overlap_coefficient", "jaccard",    "dice",       "coverage",        "coverage_before", "coverage_after",
      "percentile",          "conversion", "cumulative", "win_rate_primed", "win_rate_not",    "rate"};
  if (EndsIn(name, "_lower") || EndsIn(name, "_upper")) name.remove_suffix(6);
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || EndsIn(name, "share") ||
         name.starts_with("share_of") || EndsIn(name, "_coefficient") || name == "share";
}

// A column of a table, and its cells as people read them.
class Column {
 public:
  explicit Column(const vesica_column_view& view) : view_(view) {}

  std::string_view name() const { return view_.name; }
  bool IsNull(uint64_t row) const { return view_.validity != nullptr && (view_.validity[row / 8] >> row % 8 & 1) == 0; }
  std::string_view TextAt(uint64_t row) const {
    const auto begin = view_.offsets[row], end = view_.offsets[row + 1];
    return {static_cast<const char*>(view_.data) + begin, static_cast<size_t>(end - begin)};
  }
  uint64_t CountAt(uint64_t row) const { return static_cast<const uint64_t*>(view_.data)[row]; }
  int64_t IntegerAt(uint64_t row) const { return static_cast<const int64_t*>(view_.data)[row]; }
  double NumberAt(uint64_t row) const { return static_cast<const double*>(view_.data)[row]; }
  bool BoolAt(uint64_t row) const { return (static_cast<const uint8_t*>(view_.data)[row / 8] >> row % 8 & 1) != 0; }

  std::string Cell(uint64_t row) const {
    if (IsNull(row)) return NullText();
    switch (view_.type) {
      case VESICA_TYPE_TEXT:
        return Escaped(TextAt(row));
      case VESICA_TYPE_UINT64:
        return CountText(CountAt(row));
      case VESICA_TYPE_DOUBLE:
        return IsShare(name()) ? PercentText({NumberAt(row), 0, 0}) : NumberText(NumberAt(row));
      case VESICA_TYPE_BOOL:
        return BoolAt(row) ? "yes" : "no";
      case VESICA_TYPE_AMOUNT:
        return CountText(static_cast<uint64_t>(std::llround(std::fabs(static_cast<double>(IntegerAt(row)) / 10'000))));
      default:
        return std::to_string(IntegerAt(row));
    }
  }

 private:
  // "(all)" and "(unknown)" are no values of data, which have no parentheses of ours only by chance: JSON tells for
  // sure.
  std::string NullText() const {
    if (view_.type != VESICA_TYPE_TEXT) return "-";
    if (name() == "company" || name() == "cohort" || name() == "table") return "(all)";
    return name() == "dimension_2" || name() == "value_2" ? "" : "(unknown)";
  }

  vesica_column_view view_;
};

struct TableView {
  vesica_table_info info = {};
  std::vector<Column> columns;

  const Column* Find(std::string_view name) const {
    const auto column =
        std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name() == name; });
    return column == columns.end() ? nullptr : &*column;
  }
};

Failure View(const vesica_table* table, TableView* out) {
  vesica_error error = NoError();
  out->info.struct_size = sizeof(out->info);
  if (Failure failure = FromLibrary(vesica_table_describe(table, &out->info, &error), error)) return failure;
  for (uint32_t i = 0; i < out->info.columns; ++i) {
    vesica_column_view view = {};
    view.struct_size = sizeof(view);
    if (Failure failure = FromLibrary(vesica_table_column(table, i, &view, &error), error)) return failure;
    out->columns.emplace_back(view);
  }
  return {};
}

// "Marketing reaches 41 of the 256 people sales talks to: 16.0 %", of all companies.
std::string Headline(const TableView& circles) {
  for (uint64_t row = 0; row < circles.info.rows; ++row) {
    if (!circles.Find("company")->IsNull(row) || circles.Find("a")->TextAt(row) != "marketing" ||
        circles.Find("b")->TextAt(row) != "sales") {
      continue;
    }
    const Column &both = *circles.Find("n_both"), &sales = *circles.Find("n_b"), &share = *circles.Find("share_of_b");
    if (both.IsNull(row) || sales.IsNull(row)) return "The headline is hidden by --min-cell.\n";
    if (share.IsNull(row)) return "Sales talks to nobody: what marketing reaches of them is undefined.\n";
    std::string text = "Marketing reaches " + both.Cell(row) + " of the " + sales.Cell(row) +
                       " people sales talks to: " + share.Cell(row);
    if (const Column* lower = circles.Find("share_of_b_lower")) {
      text += " (" + lower->Cell(row) + " to " + circles.Find("share_of_b_upper")->Cell(row) + ")";
    }
    return text + "\n";
  }
  return "Neither marketing nor sales has reached anybody.\n";
}

// Whether the column says the same, nothing, in every row: one company, no second dimension.
bool SaysNothing(const Column& column, uint64_t rows) {
  const bool optional = column.name() == "company" || column.name() == "dimension_2" || column.name() == "value_2";
  for (uint64_t row = 0; optional && row < rows; ++row) {
    if (!column.IsNull(row)) return false;
  }
  return optional;
}

// Rows that count nobody, of tables that have one for every case there could be.
bool IsEmpty(const TableView& table, uint64_t row) {
  const auto zero = [&](const char* name) {
    const Column* column = table.Find(name);
    return column != nullptr && !column->IsNull(row) && column->CountAt(row) == 0;
  };
  const std::string_view name = table.info.name;
  return name == "segments" ? zero("n_a") && zero("n_b") : name == "quality" && zero("rows");
}

// Whether the table compares responses and there are none to compare.
bool LacksResponses(const TableView& table) {
  const Column* responses = table.Find("responses");
  if (responses == nullptr) return false;
  for (uint64_t row = 0; row < table.info.rows; ++row) {
    if (responses->IsNull(row) || responses->CountAt(row) > 0) return false;
  }
  return true;
}

std::string Body(const TableView& table, const Shown* shown) {
  std::vector<std::pair<const Column*, std::string>> columns;
  if (shown == nullptr) {
    for (const Column& column : table.columns) columns.emplace_back(&column, std::string(column.name()));
  } else {
    for (const auto& [name, label] : shown->columns) {
      if (const Column* column = table.Find(name)) columns.emplace_back(column, label);
    }
  }
  std::erase_if(columns, [&](const auto& one) { return SaysNothing(*one.first, table.info.rows); });
  TextTable text;
  std::vector<std::string> line;
  for (const auto& [column, label] : columns) line.push_back(label);
  text.AddRow(line);
  uint64_t shown_rows = 0, rows = 0;
  for (uint64_t row = 0; row < table.info.rows; ++row) {
    if (IsEmpty(table, row)) continue;
    if (++rows > kMostRows) continue;
    ++shown_rows;
    line.clear();
    const Column* const suppressed = table.Find("suppressed");
    const bool hidden = suppressed != nullptr && !suppressed->IsNull(row) && suppressed->BoolAt(row);
    for (const auto& [column, label] : columns) {
      const std::string cell = column->Cell(row);
      line.push_back(hidden && cell == "-" ? "hidden" : cell);
    }
    text.AddRow(line);
  }
  std::string out = text.ToText(2);
  if (shown_rows < rows) {
    out += "  ... and " + CountText(rows - shown_rows) + " more rows: --format csv has them all\n";
  }
  return out;
}

std::string TableText(const TableView& table) {
  const std::string_view name = table.info.name;
  const auto& all = AllShown();
  const auto shown = std::find_if(all.begin(), all.end(), [&](const Shown& one) { return one.table == name; });
  std::string out = shown == all.end() ? std::string(name) + ": " + table.info.description : shown->title;
  out += "\n";
  if (table.info.rows == 0) return out + "  (nothing to tell)\n";
  if (LacksResponses(table)) return out + "  (no event says that somebody responded to a contact)\n";
  return out + Body(table, shown == all.end() ? nullptr : &*shown);
}

}  // namespace

std::vector<std::string> UsualTables(bool has_dimensions, bool sketches) {
  if (sketches && has_dimensions) return {"circles", "segments"};
  if (sketches) return {"circles", "companies"};
  if (!has_dimensions) return {"circles", "funnels", "recency"};
  return {"circles", "funnels", "segments", "recency", "gaps", "reach"};
}

Failure StudyText(const vesica_study_answer* answer, const std::vector<std::string>& shown, std::string* out) {
  vesica_error error = NoError();
  uint32_t count = 0;
  if (Failure failure = FromLibrary(vesica_study_answer_count(answer, &count, &error), error)) return failure;
  std::string tables;
  for (uint32_t i = 0; i < count; ++i) {
    vesica_table* handle = nullptr;
    if (Failure failure = FromLibrary(vesica_study_answer_table(answer, i, &handle, &error), error)) return failure;
    const TableHandle table(handle);
    TableView view;
    if (Failure failure = View(table.get(), &view)) return failure;
    const std::string_view name = view.info.name;
    if (name == "settings") continue;
    if (name == "circles") *out += Headline(view) + "\n";
    if (name == "warnings") {
      for (uint64_t row = 0; row < view.info.rows; ++row) tables += "warning: " + view.columns[0].Cell(row) + "\n";
    } else if (shown.empty() || std::find(shown.begin(), shown.end(), name) != shown.end()) {
      tables += TableText(view) + "\n";
    }
  }
  *out += tables;
  return {};
}

}  // namespace vesica_cli
