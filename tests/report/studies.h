#ifndef VESICA_TESTS_REPORT_STUDIES_H_
#define VESICA_TESTS_REPORT_STUDIES_H_

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "simulator/simulator.h"
#include "tests/model/study_runner.h"
#include "vesica/report.h"
#include "vesica/study.h"

namespace vesica {

inline StudyAnswer AnswerOfRows(const std::vector<EventRow>& rows, const StudyOptions& options,
                                const std::vector<std::string>& tables = {}) {
  const Context context = Context::Create({.threads = 1, .memory_budget_bytes = 0, .progress = nullptr}).value();
  Study study = Study::Create(context, EmailIdentity(), options).value();
  const EventRows batch(rows);
  EXPECT_TRUE(study.Add(batch.batch()).ok());
  return AnswerOf(study, tables).value();
}

inline StudyOptions FullOptions() {
  StudyOptions options;
  options.by = {"region", "industry", "title"};
  options.by_pairs = {{"region", "industry"}};
  options.role = "title";
  return options;
}

inline StudyAnswer AnswerOfSimulation(uint32_t companies, uint32_t people, const StudyOptions& options,
                                      const std::vector<std::string>& tables = {}, uint32_t threads = 2) {
  vesica_simulator::Plan plan;
  plan.companies = companies;
  plan.people = people;
  vesica_simulator::Simulator simulator(plan, 1u << 14);
  const Context context = Context::Create({.threads = threads, .memory_budget_bytes = 0, .progress = nullptr}).value();
  Study study = Study::Create(context, EmailIdentity(), options).value();
  while (vesica_simulator::Batch* batch = simulator.Next()) {
    EXPECT_TRUE(study.Add(EventsFromArrow(batch->schema(), batch->array()).value()).ok());
  }
  return AnswerOf(study, tables).value();
}

// A study that all tests share: 40 companies, every table.
inline const StudyAnswer& SharedAnswer() {
  static const auto* answer = new StudyAnswer(AnswerOfSimulation(40, 800, FullOptions()));
  return *answer;
}

inline absl::StatusOr<std::string> ReportOf(const StudyAnswer& answer, const ReportOptions& options = {}) {
  std::string text;
  const absl::Status status = WriteReport(answer, options, [&](std::string_view piece) {
    text += piece;
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return text;
}

inline bool HasFigure(const std::string& page, const std::string& name) {
  return page.find("<figure id=\"figure-" + name + "\"") != std::string::npos;
}

}  // namespace vesica

#endif  // VESICA_TESTS_REPORT_STUDIES_H_
