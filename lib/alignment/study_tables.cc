#include "alignment/study_tables.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "alignment/option_text.h"
#include "base/error.h"

namespace vesica {

absl::Status QualityFold::Visit(const Timeline& timeline) {
  Counts& counts = counts_[timeline.company];
  for (const Event& event : timeline.events) counts.no_time += !event.has_time();
  if (!timeline.has_person) return absl::OkStatus();
  counts.no_account += timeline.account == kNoId;
  counts.conflicting_segment += timeline.conflicting_segment;
  const std::span<const uint32_t> values = (*scope().segments)[timeline.segment];
  counts.unknown_segment += std::find(values.begin(), values.end(), kNoId) != values.end();
  return absl::OkStatus();
}

absl::Status QualityFold::Merge(const Fold& other) {
  const auto& from = static_cast<const QualityFold&>(other);
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += from.counts_[i];
  return absl::OkStatus();
}

void QualityFold::Counts::operator+=(const Counts& other) {
  no_time += other.no_time;
  unknown_segment += other.unknown_segment;
  conflicting_segment += other.conflicting_segment;
  no_account += other.no_account;
}

void QualityFold::Show(PartialArchive& archive) {
  archive.ByCompany(&counts_, [&](Counts& counts) {
    archive.Count(&counts.no_time);
    archive.Count(&counts.unknown_segment);
    archive.Count(&counts.conflicting_segment);
    archive.Count(&counts.no_account);
  });
}

void QualityFold::AppendLeftOut(std::vector<LeftOut>* rows) const {
  for (uint32_t company = 0; company < counts_.size(); ++company) {
    const Counts& counts = counts_[company];
    rows->push_back({"", "no_time", company, counts.no_time});
    rows->push_back({"", "unknown_segment", company, counts.unknown_segment});
    rows->push_back({"", "conflicting_segment", company, counts.conflicting_segment});
    rows->push_back({"", "no_account", company, counts.no_account});
  }
}

absl::StatusOr<Table> QualityTable(const StudyData& data, std::span<const LeftOutRows> left_out,
                                   std::span<const LeftOut> by_tables) {
  // Company (0: all, else rank + 1), table (empty: none of them), reason.
  std::map<std::tuple<uint64_t, std::string, std::string>, uint64_t> rows;
  auto add = [&](uint32_t company, const char* table, std::string_view reason, uint64_t count) {
    rows[{0, table, std::string(reason)}] += count;
    if (company == kNoId || !data.has_companies()) return;
    if (count > 0) rows[{uint64_t{company} + 1, table, std::string(reason)}] += count;
  };
  for (size_t i = 0; i < kRowProblems; ++i) {
    add(kNoId, "", RowProblemText(static_cast<RowProblem>(i)), data.quality.problems[i].rows);
  }
  add(kNoId, "", "free_mail", data.quality.persons.free_mail);
  add(kNoId, "", "role_address", data.quality.persons.role);
  for (uint32_t company = 0; company < left_out.size(); ++company) {
    add(company, "", "duplicate", left_out[company].duplicates);
    add(company, "", "future_time", left_out[company].future);
  }
  for (const LeftOut& rest : by_tables) add(rest.company, rest.table, rest.reason, rest.rows);

  TableBuilder to(kQualityTable.name,
                  {{"company", ColumnType::kText},
                   {"table", ColumnType::kText},
                   {"reason", ColumnType::kText},
                   {"rows", ColumnType::kUint64}},
                  kQualityTable.description);
  for (const auto& [key, count] : rows) {
    const auto& [company, table, reason] = key;
    to.Row().Text(data.CompanyName(company == 0 ? kNoId : static_cast<uint32_t>(company - 1)));
    table.empty() ? to.Null() : to.Text(table);
    to.Text(reason).Uint64(count);
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> SettingsTable(const StudyData& data) {
  TableBuilder to(kSettingsTable.name,
                  {{"option", ColumnType::kText},
                   {"value", ColumnType::kText},
                   {"default", ColumnType::kText},
                   {"unit", ColumnType::kText},
                   {"flag", ColumnType::kText}},
                  kSettingsTable.description);
  StudyOptions shown = data.options;
  if (!shown.as_of.has_value() && data.as_of != kNoTime) shown.as_of = data.as_of;
  const StudyOptions defaults;
  for (const StudyOption& option : AllStudyOptions()) {
    to.Row().Text(option.name).Text(option.get(shown)).Text(option.get(defaults)).Text(option.unit).Text(option.flag);
  }
  return std::move(to).Finish();
}

absl::Status AppendTablesOfStudy(const StudyData& data, std::span<const std::string> wanted,
                                 std::span<const LeftOutRows> left_out, std::span<const LeftOut> by_tables,
                                 std::vector<Table>* tables) {
  if (std::find(wanted.begin(), wanted.end(), kQualityTable.name) != wanted.end()) {
    VESICA_ASSIGN_OR_RETURN(Table quality, QualityTable(data, left_out, by_tables));
    tables->push_back(std::move(quality));
  }
  if (std::find(wanted.begin(), wanted.end(), kSettingsTable.name) != wanted.end()) {
    VESICA_ASSIGN_OR_RETURN(Table settings, SettingsTable(data));
    tables->push_back(std::move(settings));
  }
  return absl::OkStatus();
}

}  // namespace vesica
