// A run's tables with what belongs to all of them, and both as one JSON object.
#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include "alignment/study_tables.h"
#include "base/error.h"
#include "table/figure_text.h"
#include "vesica/study.h"

namespace vesica {
namespace {

constexpr StudyTable kWarningsTable = {"warnings", "What a reader should know before trusting the tables"};
constexpr uint64_t kFreeMailOneIn = 5;  // of the valid keys, as in overlaps

// Rows of a reason over all companies, counted by no table.
uint64_t RowsOf(const Table& quality, std::string_view reason) {
  const TableColumn &company = *quality.Find("company"), &table = *quality.Find("table");
  const TableColumn &reasons = *quality.Find("reason"), &rows = *quality.Find("rows");
  for (uint64_t row = 0; row < quality.rows(); ++row) {
    if (company.IsNull(row) && table.IsNull(row) && reasons.TextAt(row) == reason) return rows.counts[row];
  }
  return 0;
}

// Sentences of fact, in the order of reading.
std::vector<std::string> Warnings(const EventQuality& read, const Table& quality, double covered_share) {
  std::vector<std::string> warnings;
  const auto say = [&](uint64_t rows, const std::string& what) {
    if (rows > 0) warnings.push_back(std::to_string(rows) + " rows " + what);
  };
  const auto problem = [&](RowProblem which) { return read.problems[static_cast<size_t>(which)].rows; };
  if (read.rows == 0) warnings.emplace_back("No events were added.");
  if (covered_share < 1) {
    char percent[16];
    std::snprintf(percent, sizeof(percent), "%.2f", 100 * covered_share);
    warnings.push_back(std::string("Only ") + percent +
                       " % of all people were counted: those of the slice and of the " + "partials loaded.");
  }
  if (read.rows - read.taken > read.taken) {
    warnings.push_back(std::to_string(read.rows - read.taken) + " of " + std::to_string(read.rows) +
                       " rows were left out: see quality.");
  }
  say(problem(RowProblem::kNaiveTime), "have a time without an offset from UTC and count as without one: set zone.");
  say(problem(RowProblem::kInvalidTime), "have a time that cannot be read and count as without one.");
  say(problem(RowProblem::kInvalidAmount), "have an amount that cannot be read and count as without one.");
  say(RowsOf(quality, "future_time"), "are later than as_of and were left out.");
  if (read.persons.free_mail > read.persons.valid / kFreeMailOneIn) {
    warnings.push_back(std::to_string(read.persons.free_mail) + " of " + std::to_string(read.persons.valid) +
                       " valid person keys are free-mail addresses.");
  }
  return warnings;
}

absl::StatusOr<Table> WarningsTable(const EventQuality& read, const Table& quality, double covered_share) {
  TableBuilder to(kWarningsTable.name, {{"warning", ColumnType::kText}}, kWarningsTable.description);
  for (const std::string& warning : Warnings(read, quality, covered_share)) to.Row().Text(warning);
  return std::move(to).Finish();
}

// What stands in the JSON before each table that is one of "tables", and after the last.
struct JsonParts {
  std::vector<std::pair<std::string, const Table*>> tables;
  std::string rest;
};

JsonParts PartsOf(const StudyAnswer& answer) {
  JsonParts parts;
  std::string text = "{\"tables\":{";
  for (const Table& table : answer.tables) {
    if (table.name() == kSettingsTable.name || table.name() == kWarningsTable.name) continue;
    if (!parts.tables.empty()) text += ',';
    AppendJsonText(table.name(), &text);
    text += ':';
    parts.tables.emplace_back(std::exchange(text, std::string()), &table);
  }
  text += "},\"settings\":{";
  if (const Table* settings = answer.Find(kSettingsTable.name)) {
    const TableColumn &options = *settings->Find("option"), &values = *settings->Find("value");
    for (uint64_t row = 0; row < settings->rows(); ++row) {
      if (row != 0) text += ',';
      AppendJsonText(options.TextAt(row), &text);
      text += ':';
      AppendJsonText(values.TextAt(row), &text);
    }
  }
  text += "},\"warnings\":[";
  if (const Table* warnings = answer.Find(kWarningsTable.name)) {
    for (uint64_t row = 0; row < warnings->rows(); ++row) {
      if (row != 0) text += ',';
      AppendJsonText(warnings->columns().front().TextAt(row), &text);
    }
  }
  parts.rest = text + "]}";
  return parts;
}

}  // namespace

const Table* StudyAnswer::Find(std::string_view name) const {
  const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& one) { return one.name() == name; });
  return table == tables.end() ? nullptr : &*table;
}

uint64_t StudyAnswer::JsonSize() const {
  const JsonParts parts = PartsOf(*this);
  uint64_t size = parts.rest.size();
  for (const auto& [before, table] : parts.tables) size += before.size() + table->JsonSize();
  return size;
}

absl::StatusOr<StudyAnswer> AnswerOf(Study& study, std::span<const std::string> tables) {
  const auto asked = [&](std::string_view name) {
    return tables.empty() || std::find(tables.begin(), tables.end(), name) != tables.end();
  };
  std::vector<std::string> names;
  if (!tables.empty()) {
    names = {kQualityTable.name, kSettingsTable.name};
    std::copy_if(tables.begin(), tables.end(), std::back_inserter(names),
                 [](const std::string& name) { return name != kWarningsTable.name; });
  }
  StudyAnswer answer;
  VESICA_ASSIGN_OR_RETURN(answer.tables, study.Run(names));
  const EventQuality read = study.quality();
  answer.stamp = study.stamp().ToString();
  answer.rows = read.rows, answer.taken = read.taken;
  VESICA_ASSIGN_OR_RETURN(Table warnings, WarningsTable(read, *answer.Find(kQualityTable.name), study.covered_share()));
  if (!asked(kQualityTable.name)) {
    std::erase_if(answer.tables, [](const Table& table) { return table.name() == kQualityTable.name; });
  }
  answer.tables.push_back(std::move(warnings));
  return answer;
}

absl::Status WriteJson(const StudyAnswer& answer, const TextSink& to) {
  const JsonParts parts = PartsOf(answer);
  for (const auto& [before, table] : parts.tables) {
    VESICA_RETURN_IF_ERROR(to(before));
    VESICA_RETURN_IF_ERROR(WriteJson(*table, to));
  }
  return to(parts.rest);
}

std::string ToJson(const StudyAnswer& answer) {
  std::string text;
  // The sink never fails, and so neither does the writing.
  (void)WriteJson(answer, [&](std::string_view piece) {
    text += piece;
    return absl::OkStatus();
  });
  return text;
}

absl::StatusOr<Table> ContentsTable() {
  TableBuilder to("contents", {{"table", ColumnType::kText}, {"description", ColumnType::kText}},
                  "Every table of a study");
  for (const StudyTable& table : StudyTables()) to.Row().Text(table.name).Text(table.description);
  to.Row().Text(kWarningsTable.name).Text(kWarningsTable.description);
  return std::move(to).Finish();
}

}  // namespace vesica
