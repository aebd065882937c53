#ifndef VESICA_SIMULATOR_GENERATOR_H_
#define VESICA_SIMULATOR_GENERATOR_H_

#include <cstdint>
#include <vector>

#include "events.h"
#include "plan.h"
#include "population.h"
#include "realised.h"

namespace vesica_simulator {

// What is kept of a company.
struct CompanyCounts {
  Company company;
  uint64_t rows = 0;  // with those that are flawed
  uint64_t people = 0, marketing = 0, sales = 0, both = 0, brand = 0, demand = 0, brand_demand = 0;
};

// A plan to events, company by company. A company's events depend on the plan and its index alone: not on how many
// companies there are, nor on what was generated before.
class Generator {
 public:
  // The plan must have no fault, and outlive the generator.
  explicit Generator(const Plan& plan);

  // The events of company `index`, by time; the last has the last second. Adds to what was realised of all companies.
  CompanyCounts Generate(uint32_t index, std::vector<Event>* events, Realised* realised);

 private:
  // Appends flawed rows beside the events.
  void Soil(uint32_t index, std::vector<Event>* events, Realised* realised);

  const Plan& plan_;
  const PlanShares shares_;
  const Clock clock_;
  Account account_;
  std::vector<Event> scratch_;
};

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_GENERATOR_H_
