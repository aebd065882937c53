#ifndef VESICA_LIB_REPORT_STUDY_VIEW_H_
#define VESICA_LIB_REPORT_STUDY_VIEW_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/overlap.h"
#include "vesica/study.h"
#include "vesica/table.h"

namespace vesica {

// Some rows of a table, read by the names of its columns. A column that is not there reads as null. Points into the
// table, which must outlive it; so do its texts.
class StudyRows {
 public:
  StudyRows() = default;
  StudyRows(const Table& table, std::vector<uint64_t> rows) : table_(&table), rows_(std::move(rows)) {}

  const Table* table() const { return table_; }  // nullptr if there is none of that name
  const std::vector<uint64_t>& rows() const { return rows_; }
  size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  bool Has(std::string_view column) const { return table_ != nullptr && table_->Find(column) != nullptr; }

  bool IsNull(size_t i, std::string_view column) const;
  double Number(size_t i, std::string_view column) const;          // NaN if null
  Estimate Interval(size_t i, std::string_view column) const;      // exact where there are no bounds
  std::string_view Text(size_t i, std::string_view column) const;  // empty if null
  bool Bool(size_t i, std::string_view column) const;              // false if null
  bool Suppressed(size_t i) const { return Bool(i, "suppressed"); }

  StudyRows Where(const std::function<bool(size_t i)>& wanted) const;
  StudyRows Where(std::string_view column, std::string_view text) const;

  // The first row of this text in this column, or size().
  size_t Find(std::string_view column, std::string_view text) const;

 private:
  const TableColumn* Cell(size_t i, std::string_view column) const;  // nullptr if null

  const Table* table_ = nullptr;
  std::vector<uint64_t> rows_;
};

// What a report tells of a study: one company's figures, or those of all companies together.
class StudyView {
 public:
  // `company` is empty for all of them. Fails with InvalidArgument where no table knows the company. The answer must
  // outlive the view.
  static absl::StatusOr<StudyView> Create(const StudyAnswer& answer, std::string company);

  const std::string& company() const { return company_; }
  bool of_one_company() const { return !company_.empty(); }

  // The rows of the company, or of all companies pooled; all rows of a table that has neither. Of one company a table
  // of groups of companies has only the groups that tell of no single one.
  StudyRows Rows(std::string_view table) const;

  // Every row of `companies`. Names in it are for reports on all companies alone.
  StudyRows Companies() const;

  // An option of the study as text; empty if it is not known.
  std::string_view Setting(std::string_view option) const;
  double NumberSetting(std::string_view option, double otherwise) const;

  bool IsSketch() const;
  const StudyAnswer& answer() const { return *answer_; }

 private:
  StudyView(const StudyAnswer& answer, std::string company) : answer_(&answer), company_(std::move(company)) {}

  const StudyAnswer* answer_;
  std::string company_;
};

// The fewest companies that figures about others are shown of in a report on one company.
inline constexpr uint64_t kFewestOthers = 5;

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_STUDY_VIEW_H_
