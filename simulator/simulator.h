// Events with planted truth: made-up companies whose marketing and sales reach made-up people, and what a study of
// them has to find. Needs nothing but the C++ standard library and nlohmann-json; no part of libvesica.
#ifndef VESICA_SIMULATOR_SIMULATOR_H_
#define VESICA_SIMULATOR_SIMULATOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "batch.h"
#include "generator.h"
#include "plan.h"
#include "realised.h"

namespace vesica_simulator {

// All events of a plan, batch by batch, company by company. The rows are the same for batches of any size.
class Simulator {
 public:
  // The plan must have no fault.
  explicit Simulator(const Plan& plan, uint32_t batch_rows = 1u << 16);

  // The next rows, or nullptr behind the last. Valid until the next call.
  Batch* Next();

  // The same into a batch of the caller's; false where there are no more rows.
  bool Fill(Batch* batch);

  // Share of the companies whose events were begun.
  double progress() const { return static_cast<double>(companies_.size()) / plan_.companies; }

  // Of the companies so far; all of them once Next() said nullptr.
  const Plan& plan() const { return plan_; }
  const Realised& realised() const { return realised_; }
  const std::vector<CompanyCounts>& companies() const { return companies_; }

 private:
  const Plan plan_;
  Generator generator_;
  Batch batch_;
  Realised realised_;
  std::vector<CompanyCounts> companies_;
  std::vector<Event> events_;  // of the last company
  size_t taken_ = 0;           // of them
};

// What was planted and what was realised, as JSON.
std::string TruthJson(const Simulator& simulator);

// Rows of a batch as lines of CSV; the head is the names of its columns.
std::string CsvHead(const Batch& batch);
void AppendCsv(const Batch& batch, std::string* text);

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_SIMULATOR_H_
