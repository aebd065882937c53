#ifndef VESICA_TESTS_SIMULATOR_SIMULATED_STUDY_H_
#define VESICA_TESTS_SIMULATOR_SIMULATED_STUDY_H_

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "simulator/simulator.h"
#include "tests/model/study_runner.h"
#include "vesica/study.h"

namespace vesica {

// The cells of a row by the names of their columns, as texts of CSV; "-" for null.
class Cells {
 public:
  explicit Cells(std::map<std::string, std::string> cells) : cells_(std::move(cells)) {}

  const std::string& operator[](const std::string& column) const {
    static const std::string none = "no such column";
    const auto cell = cells_.find(column);
    return cell == cells_.end() ? none : cell->second;
  }
  uint64_t Count(const std::string& column) const { return std::strtoull((*this)[column].c_str(), nullptr, 10); }
  friend bool operator==(const Cells&, const Cells&) = default;
  double Number(const std::string& column) const { return std::strtod((*this)[column].c_str(), nullptr); }

  bool HasColumn(const std::string& column) const { return cells_.contains(column); }
  bool Has(const std::map<std::string, std::string>& wanted) const {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const auto& cell) { return (*this)[cell.first] == cell.second; });
  }

 private:
  std::map<std::string, std::string> cells_;
};

// A plan followed, and the tables of a study of its events.
class SimulatedStudy {
 public:
  explicit SimulatedStudy(const vesica_simulator::Plan& plan, uint32_t batch_rows = 1u << 14)
      : simulator(plan, batch_rows) {
    StudyOptions options;
    options.by = {"region", "industry", "size", "title"};
    options.role = "title";
    options.all_accounts = true;
    const Context context = Context::Create({.threads = 2, .memory_budget_bytes = 0, .progress = nullptr}).value();
    Study study = Study::Create(context, EmailIdentity(), options).value();
    while (vesica_simulator::Batch* batch = simulator.Next()) {
      EXPECT_TRUE(study.Add(EventsFromArrow(batch->schema(), batch->array()).value()).ok());
    }
    const absl::StatusOr<std::vector<Table>> found = study.Run();
    EXPECT_TRUE(found.ok()) << found.status();
    for (const Table& table : *found) {
      std::vector<Cells>& rows = tables_[std::string(table.name())];
      for (auto& row : RowsOf(table)) rows.emplace_back(std::move(row));
    }
  }

  const std::vector<Cells>& Rows(const std::string& table) const { return tables_.at(table); }

  // The rows of all companies together with these cells.
  std::vector<Cells> Where(const std::string& table, const std::map<std::string, std::string>& cells) const {
    std::vector<Cells> found;
    for (const Cells& row : tables_.at(table)) {
      if (row.Has(cells) && (row["company"] == "-" || !row.HasColumn("company"))) found.push_back(row);
    }
    return found;
  }

  // The only one; fails the test if there is none or several.
  Cells Row(const std::string& table, const std::map<std::string, std::string>& cells = {}) const {
    const std::vector<Cells> found = Where(table, cells);
    std::string wanted;
    for (const auto& [name, value] : cells) wanted += name + "=" + value + " ";
    EXPECT_EQ(found.size(), 1u) << table << ": " << wanted;
    return found.empty() ? Cells({}) : found.front();
  }

  // A count of such a row; 0 where there is none.
  uint64_t CountOf(const std::string& table, const std::map<std::string, std::string>& cells,
                   const std::string& column) const {
    uint64_t sum = 0;
    for (const Cells& row : Where(table, cells)) sum += row.Count(column);
    return sum;
  }

  vesica_simulator::Simulator simulator;
  const vesica_simulator::Plan& plan() const { return simulator.plan(); }
  const vesica_simulator::Realised& realised() const { return simulator.realised(); }

 private:
  std::map<std::string, std::vector<Cells>> tables_;
};

// One that all tests share.
inline const SimulatedStudy& TheStudy() {
  static const auto* study = [] {
    vesica_simulator::Plan plan;
    plan.seed = 20'240'101;
    plan.companies = 150;
    return new SimulatedStudy(plan);
  }();
  return *study;
}

}  // namespace vesica

#endif  // VESICA_TESTS_SIMULATOR_SIMULATED_STUDY_H_
