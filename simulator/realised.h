#ifndef VESICA_SIMULATOR_REALISED_H_
#define VESICA_SIMULATOR_REALISED_H_

#include <array>
#include <cstdint>
#include <vector>

#include "plan.h"
#include "population.h"

namespace vesica_simulator {

using CircleCounts = std::array<uint64_t, kCircleSets>;  // people by the circles they are in

// People of the circle of bits `a` (in any of them) or of none (0: all), who are also in `b` (0: all).
uint64_t PeopleIn(const CircleCounts& counts, uint8_t a, uint8_t b = 0);

struct Responses {
  uint64_t contacts = 0, responses = 0;
  double expected = 0;  // of responses
  double variance = 0;
};

// What was drawn, counted: exactly what the tables of a study of these events have to say, with its usual options, as
// of the last second.
struct Realised {
  explicit Realised(const Plan& plan);

  // Adds what is counted of an account's people, all at once.
  void Count(const Plan& plan, const Company& company, const Clock& clock, const Account& account);

  uint64_t rows = 0;  // events without those that are flawed
  CircleCounts circles = {};
  // By dimension (region, industry, size, title) and value.
  std::array<std::vector<CircleCounts>, 4> segments;
  std::vector<CircleCounts> pairs;  // by region * industries + industry

  // Of contacts whose response window is over: by bucket, mix, and delay of the first of a lead (kDelays: not such).
  std::array<std::array<std::array<Responses, kDelays + 1>, kMixes>, kRecencyBuckets> contacts = {};
  std::array<uint64_t, kRecencyBuckets> recency_people = {};
  std::array<uint64_t, kMixes> mix_people = {};
  uint64_t contacts_not_due = 0;

  struct Handoff {
    uint64_t handed_off = 0, not_due = 0, accepted = 0, disqualified_untouched = 0, contacted = 0, ignored = 0,
             within_sla = 0;
    std::array<uint64_t, kDelays + 1> leads = {}, responses = {};
  };
  std::vector<Handoff> handoffs;  // by source

  struct StageCounts {
    uint64_t entered = 0, from_previous = 0, returned = 0;
  };
  std::vector<std::array<StageCounts, kStages>> funnel;  // by month of the first stage

  // From the first touch (none, brand, demand, marketing) on, by stages, to the outcome (open, won, lost,
  // disqualified); nodes of flows are numbered in that order.
  static constexpr size_t kNodes = 4 + kStages + 4;
  std::array<std::array<uint64_t, kNodes>, kNodes> first_flows = {}, last_flows = {}, any_flows = {};

  struct Reason {
    uint64_t people = 0, recycled = 0;
  };
  std::vector<std::vector<Reason>> reasons;  // by source and reason

  struct Content {
    uint64_t made = 0, used = 0, used_by_sales = 0;
  };
  std::array<Content, 4> content = {};  // by team

  struct Revenue {
    uint64_t won = 0, lost = 0, won_amount = 0, primed_won = 0, primed_lost = 0, primed_amount = 0;
  };
  std::vector<Revenue> revenue;  // by currency

  struct Month {
    uint64_t marketing = 0, sales = 0, both = 0, exposures = 0;
  };
  std::vector<Month> months;

  static constexpr std::array<uint32_t, 4> kAtLeast = {1, 2, 3, 6};
  struct Groups {
    uint64_t marketing = 0, sales = 0, shared = 0, same_person = 0;
  };
  uint64_t accounts = 0, covered_accounts = 0, accounts_of_ten = 0;
  std::array<Groups, kAtLeast.size()> groups = {};  // by kAtLeast

  // Rows written beside those above.
  uint64_t blank_persons = 0, invalid_persons = 0, unknown_events = 0, naive_times = 0, duplicates = 0;

 private:
  void CountContacts(const Clock& clock, const Person& person);
  void CountHandoff(const Clock& clock, const Person& person);
  void CountStages(const Person& person);
  void CountFlows(const Account& account, const Person& person);
  void CountReasons(const Person& person);
  void CountMonths(const Person& person);
  void CountGroups(const Account& account);
  void CountDeals(const Plan& plan, const Company& company, const Account& account);
  void CountContent(const Account& account);

  size_t MonthOf(uint32_t time) const { return month_of_day_[time / kDay]; }
  std::vector<uint8_t> month_of_day_;
};

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_REALISED_H_
