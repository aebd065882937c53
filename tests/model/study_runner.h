#ifndef VESICA_TESTS_MODEL_STUDY_RUNNER_H_
#define VESICA_TESTS_MODEL_STUDY_RUNNER_H_

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/model/event_rows.h"
#include "vesica/study.h"

namespace vesica {

// How a study is run, which must not show in what comes out.
struct RunHow {
  uint32_t threads = 1;
  size_t batches = 1;
  uint64_t budget_bytes = 0;
};

inline const Identity& EmailIdentity() {
  static const auto* identity = new Identity(Identity::Create(Profile::Open("email/1").value()).value());
  return *identity;
}

// The tables of a study of the rows, by name.
inline std::map<std::string, Table> RunStudy(const std::vector<EventRow>& rows, const StudyOptions& options,
                                             const std::vector<std::string>& names = {}, const RunHow& how = {}) {
  const Context context =
      Context::Create({.threads = how.threads, .memory_budget_bytes = how.budget_bytes, .progress = nullptr}).value();
  Study study = Study::Create(context, EmailIdentity(), options).value();
  const size_t size = (rows.size() + how.batches - 1) / how.batches;
  for (size_t begin = 0; begin < rows.size(); begin += size) {
    const EventRows batch(
        std::vector<EventRow>(rows.begin() + static_cast<ptrdiff_t>(begin),
                              rows.begin() + static_cast<ptrdiff_t>(std::min(begin + size, rows.size()))));
    EXPECT_TRUE(study.Add(batch.batch()).ok());
  }
  const absl::StatusOr<std::vector<Table>> tables = study.Run(names);
  EXPECT_TRUE(tables.ok()) << tables.status();
  std::map<std::string, Table> found;
  for (const Table& table : *tables) found.emplace(table.name(), table);
  return found;
}

// The rows of a table as maps of the texts that CSV has; a null cell is "-".
inline std::vector<std::map<std::string, std::string>> RowsOf(const Table& table) {
  std::vector<std::map<std::string, std::string>> rows(table.rows());
  for (const TableColumn& column : table.columns()) {
    for (uint64_t row = 0; row < table.rows(); ++row) {
      std::string text;
      if (column.IsNull(row)) {
        text = "-";
      } else if (column.type == ColumnType::kText) {
        text = std::string(column.TextAt(row));
      } else if (column.type == ColumnType::kUint64) {
        text = std::to_string(column.counts[row]);
      } else if (column.type == ColumnType::kBool) {
        text = column.BoolAt(row) ? "true" : "false";
      } else if (column.type == ColumnType::kDouble) {
        char buffer[40];
        std::snprintf(buffer, sizeof(buffer), "%.10g", column.numbers[row]);
        text = buffer;
      } else {
        text = std::to_string(column.integers[row]);
      }
      rows[row][column.name] = text;
    }
  }
  return rows;
}

// The only row whose cells are as given; fails the test if there is none or several.
inline std::map<std::string, std::string> RowWhere(const Table& table,
                                                   const std::map<std::string, std::string>& cells) {
  std::vector<std::map<std::string, std::string>> found;
  for (const auto& row : RowsOf(table)) {
    const bool all = std::all_of(cells.begin(), cells.end(), [&](const auto& cell) {
      const auto at = row.find(cell.first);
      return at != row.end() && at->second == cell.second;
    });
    if (all) found.push_back(row);
  }
  EXPECT_EQ(found.size(), 1u) << table.name() << "\n" << ToCsv(table);
  return found.empty() ? std::map<std::string, std::string>{} : found.front();
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_STUDY_RUNNER_H_
