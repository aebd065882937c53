#include "quality_text.h"

#include <algorithm>
#include <functional>

#include "escape.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

constexpr size_t kRowsTold = 3;

// "rows 12, 40 and 77": numbers as a spreadsheet shows them; with lines where quoted line ends make them differ.
Failure RowList(const KeyColumn& column, const std::vector<uint64_t>& records, uint64_t all, std::string* out) {
  const size_t told = std::min(records.size(), kRowsTold);
  *out = all == 1 ? "row " : "rows ";
  for (size_t i = 0; i < told; ++i) {
    uint64_t line = 0;
    if (Failure failure = column.LineOfRecord(records[i], &line)) return failure;
    *out += (i == 0 ? "" : ", ") + CountText(records[i] + 1);
    if (line != records[i]) *out += " (line " + CountText(line + 1) + ")";
  }
  if (all > told) *out += ", ...";
  return {};
}

Failure AddLine(const KeyInput& input, const char* what, const std::string& reason, uint64_t rows,
                const std::vector<uint64_t>& records, std::vector<std::string>* out) {
  std::string list;
  if (Failure failure = RowList(*input.column, records, rows, &list)) return failure;
  out->push_back(input.Label() + ": " + CountText(rows) + " " + what + ", " + reason + ": " + list);
  return {};
}

}  // namespace

std::string QualityTable(const std::vector<KeyInput>& inputs, const std::vector<SetFacts>& sets) {
  TextTable table;
  const auto add = [&](const std::string& title, bool always, const std::function<uint64_t(size_t)>& figure) {
    std::vector<std::string> row = {title};
    bool any = always;
    for (size_t i = 0; i < inputs.size(); ++i) {
      const bool told = inputs[i].image == nullptr;
      any |= told && figure(i) != 0;
      row.push_back(told ? CountText(figure(i)) : "-");
    }
    if (any) table.AddRow(std::move(row));
  };
  std::vector<CellCounts> counts;
  std::vector<std::string> names = {"Input"}, columns = {"column"};
  const bool any_list = std::any_of(inputs.begin(), inputs.end(), [](const KeyInput& i) { return !i.image; });
  for (const KeyInput& input : inputs) {
    names.push_back(input.Label());
    if (input.image != nullptr) {
      counts.emplace_back();
      columns.push_back("image");
      continue;
    }
    counts.push_back(input.column->Counts());
    const HeadColumn& column = input.column->head().column;
    // A first line that was taken for a header may be a key.
    const bool nameless = column.name.empty() || input.column->head().guessed_header;
    columns.push_back(nameless ? "number " + std::to_string(column.number + 1) : Escaped(column.name));
  }
  if (!any_list) return "";
  table.AddRow(names);
  table.AddRow(columns);
  add("keys read", true, [&](size_t i) { return sets[i].quality.rows; });
  add("  distinct", true, [&](size_t i) { return sets[i].quality.count; });
  add("  duplicate", true, [&](size_t i) { return sets[i].quality.duplicate; });
  add("  blank", true, [&](size_t i) { return sets[i].quality.blank; });
  add("  invalid", true, [&](size_t i) { return sets[i].quality.invalid; });
  add("free-mail addresses", false, [&](size_t i) { return sets[i].quality.free_mail; });
  add("role addresses", false, [&](size_t i) { return sets[i].quality.role; });
  add("display names taken off", false, [&](size_t i) { return counts[i].display_names; });
  add("cells of several keys", false, [&](size_t i) { return counts[i].split_cells; });
  add("  further keys in them", false, [&](size_t i) { return counts[i].extra_keys; });
  add("blank lines", false, [&](size_t i) { return counts[i].blank_lines; });
  add("report footer rows", false, [&](size_t i) { return inputs[i].column->footer_records(); });
  add("broken rows", false, [&](size_t i) { return counts[i].AllBroken(); });
  return table.ToText(0);
}

Failure BrokenLines(const KeyInput& input, std::vector<std::string>* out) {
  if (input.column == nullptr) return {};
  const CellCounts counts = input.column->Counts();
  for (size_t i = 0; i < kBrokenKinds; ++i) {
    if (counts.broken[i] == 0) continue;
    const char* what = counts.broken[i] == 1 ? "broken row" : "broken rows";
    if (Failure failure =
            AddLine(input, what, BrokenText(static_cast<Broken>(i)), counts.broken[i], counts.first_broken[i], out)) {
      return failure;
    }
  }
  return {};
}

Failure FaultLines(const KeyInput& input, const SetFacts& facts, std::vector<std::string>* out) {
  for (const vesica_invalid& invalid : facts.invalid) {
    if (invalid.reason == VESICA_REASON_BLANK) continue;
    std::vector<uint64_t> records;
    for (const uint64_t row : invalid.first_rows) {
      if (row != VESICA_NO_ROW) records.push_back(row);
    }
    const char* what = invalid.rows == 1 ? "invalid key" : "invalid keys";
    if (Failure failure = AddLine(input, what, vesica_reason_text(invalid.reason), invalid.rows, records, out)) {
      return failure;
    }
  }
  return BrokenLines(input, out);
}

}  // namespace vesica_cli
