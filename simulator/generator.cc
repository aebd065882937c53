#include "generator.h"

#include <algorithm>

namespace vesica_simulator {

Generator::Generator(const Plan& plan) : plan_(plan), shares_(SharesOf(plan)), clock_(plan) {}

CompanyCounts Generator::Generate(uint32_t index, std::vector<Event>* events, Realised* realised) {
  Random random = Random::Stream(plan_.seed, 2 * uint64_t{index});
  CompanyCounts counts{.company = DrawCompany(plan_, index, random)};
  const Company& company = counts.company;
  const CompanyShares of_company = SharesOf(plan_, shares_, company.coverage);
  events->clear();
  CircleCounts circles = {};
  uint32_t deals = 0, assets = 0;
  for (uint32_t i = 0; i < company.accounts; ++i) {
    DrawAccount(plan_, shares_, of_company, clock_, random, company.Account(i), &account_);
    DrawLifecycles(plan_, of_company, clock_, random, &account_, &deals);
    for (const Person& person : account_.people) ++circles[person.circles];
    counts.people += account_.people.count;
    while (uint64_t{assets} * plan_.people_per_asset < counts.people) {
      account_.assets.push_back(DrawAsset(plan_, clock_, random, account_.people.count, ++assets));
    }
    if (i == 0) {  // so that the latest event says what the tables are as of
      account_.people[0].engaged = true;
      account_.people[0].engaged_time = clock_.last();
    }
    AppendEvents(plan_, company, account_, events);
    realised->Count(plan_, company, clock_, account_);
  }
  SortByTime(events, &scratch_);
  realised->rows += events->size();
  if (plan_.dirt > 0) Soil(index, events, realised);
  counts.rows = events->size();
  counts.marketing = PeopleIn(circles, kInMarketing);
  counts.sales = PeopleIn(circles, kInSales);
  counts.both = PeopleIn(circles, kInMarketing, kInSales);
  counts.brand = PeopleIn(circles, kInBrand);
  counts.demand = PeopleIn(circles, kInDemand);
  counts.brand_demand = PeopleIn(circles, kInBrand, kInDemand);
  return counts;
}

void Generator::Soil(uint32_t index, std::vector<Event>* events, Realised* realised) {
  Random random = Random::Stream(plan_.seed, 2 * uint64_t{index} + 1);
  scratch_.clear();
  auto copy = [&](const Event& event, uint64_t* count) -> Event& {
    ++*count;
    return scratch_.emplace_back(event);
  };
  for (const Event& event : *events) {
    scratch_.push_back(event);
    const bool has_person = event.kind != kAssetCreated;
    if (has_person && random.Chance(plan_.dirt)) copy(event, &realised->blank_persons).flaw = kBlankPerson;
    if (has_person && random.Chance(plan_.dirt)) copy(event, &realised->invalid_persons).flaw = kInvalidPerson;
    if (random.Chance(plan_.dirt)) copy(event, &realised->unknown_events).kind = kUnknownEvent;
    // Of one event a person at most, whose time no table needs: others would change tables or repeat each other.
    if (event.kind == kInMarketEvent && random.Chance(plan_.dirt))
      copy(event, &realised->naive_times).flaw = kNaiveTime;
    if (random.Chance(plan_.dirt)) copy(event, &realised->duplicates);
  }
  events->swap(scratch_);
}

}  // namespace vesica_simulator
