#include "realised.h"

#include <algorithm>

#include "calendar.h"

namespace vesica_simulator {
namespace {

constexpr size_t kFirstStageNode = 4, kFirstOutcomeNode = kFirstStageNode + kStages;
enum Outcome : uint8_t { kOpen, kWon, kLost, kDropped };

bool Involves(const Deal& deal, uint8_t seat) {
  return deal.seats[0] == seat || (deal.seat_count == 2 && deal.seats[1] == seat);
}

uint32_t FirstEntry(const Person& person, uint8_t stage) {
  uint32_t first = UINT32_MAX;
  for (const StageEntry& entry : person.stages) {
    if (entry.stage == stage) first = std::min(first, entry.time);
  }
  return first;
}

// The first event of the person's way: a stage or a deal; UINT32_MAX if there is none.
uint32_t StartOf(const Account& account, const Person& person) {
  uint32_t start = UINT32_MAX;
  for (const StageEntry& entry : person.stages) start = std::min(start, entry.time);
  for (const Deal& deal : account.deals) {
    if (Involves(deal, person.seat)) start = std::min(start, deal.opened);
  }
  return start;
}

// What was said last of how it ends.
Outcome OutcomeOf(const Account& account, const Person& person) {
  uint32_t last = 0;
  Outcome outcome = kOpen;
  auto see = [&](uint32_t time, Outcome found) {
    if (time < last) return;
    last = time;
    outcome = found;
  };
  for (const StageEntry& entry : person.stages) {
    if (entry.stage == kWonStage) see(entry.time, kWon);
    if (entry.stage == kDisqualified) see(entry.time, kDropped);
  }
  for (const Deal& deal : account.deals) {
    if (!Involves(deal, person.seat)) continue;
    see(deal.opened, kOpen);
    if (deal.has_closed) see(deal.closed, deal.won ? kWon : kLost);
  }
  return outcome;
}

}  // namespace

uint64_t PeopleIn(const CircleCounts& counts, uint8_t a, uint8_t b) {
  uint64_t people = 0;
  for (size_t set = 0; set < counts.size(); ++set) {
    if ((a == 0 || (set & a) != 0) && (b == 0 || (set & b) != 0)) people += counts[set];
  }
  return people;
}

Realised::Realised(const Plan& plan)
    : segments{std::vector<CircleCounts>(plan.regions.size()), std::vector<CircleCounts>(plan.industries.size()),
               std::vector<CircleCounts>(plan.sizes.size()), std::vector<CircleCounts>(plan.titles.size())},
      pairs(plan.regions.size() * plan.industries.size()),
      handoffs(plan.sources.size()),
      reasons(plan.sources.size(), std::vector<Reason>(plan.reasons.size())),
      revenue(plan.currencies.size()) {
  for (uint32_t day = 0; day < plan.days; ++day) {
    month_of_day_.push_back(static_cast<uint8_t>(vesica_simulator::MonthOf(DateOf(day))));
  }
  months.resize(month_of_day_.back() + size_t{1});
  funnel.resize(months.size());
}

void Realised::Count(const Plan& plan, const Company& company, const Clock& clock, const Account& account) {
  for (const Person& person : account.people) {
    ++circles[person.circles];
    ++segments[0][account.region][person.circles];
    ++segments[1][account.industry][person.circles];
    ++segments[2][account.size][person.circles];
    ++segments[3][person.title][person.circles];
    ++pairs[account.region * plan.industries.size() + account.industry][person.circles];
    if (person.contacts.count > 0) CountContacts(clock, person);
    if (person.contacts.count > 0 || person.exposures.count > 0) CountMonths(person);
    if (person.stages.count > 0) {
      CountHandoff(clock, person);
      CountStages(person);
      CountReasons(person);
    }
    if (person.stages.count > 0 || !account.deals.empty()) CountFlows(account, person);
  }
  CountGroups(account);
  CountDeals(plan, company, account);
  CountContent(account);
}

void Realised::CountContacts(const Clock& clock, const Person& person) {
  uint32_t buckets = 0, mixes = 0;
  for (const Contact& contact : person.contacts) {
    if (contact.time + kResponseWindow > clock.last()) {
      ++contacts_not_due;
      continue;
    }
    const size_t delay = contact.delay == kNoDelay ? kDelays : contact.delay;
    Responses& cell = contacts[contact.bucket][contact.mix][delay];
    ++cell.contacts;
    cell.responses += contact.responded;
    cell.expected += contact.probability;
    cell.variance += contact.probability * (1 - contact.probability);
    buckets |= 1u << contact.bucket;
    mixes |= 1u << contact.mix;
  }
  for (size_t bucket = 0; bucket < kRecencyBuckets; ++bucket) recency_people[bucket] += buckets >> bucket & 1;
  for (size_t mix = 0; mix < kMixes; ++mix) mix_people[mix] += mixes >> mix & 1;
}

void Realised::CountHandoff(const Clock& clock, const Person& person) {
  const uint32_t handed_off = FirstEntry(person, kMql);
  if (handed_off == UINT32_MAX) return;
  Handoff& counts = handoffs[person.source];
  ++counts.handed_off;
  if (handed_off + kIgnoreAfter > clock.last()) {
    ++counts.not_due;
    return;
  }
  counts.accepted += FirstEntry(person, kSal) != UINT32_MAX || FirstEntry(person, kSql) != UINT32_MAX;
  auto responded = [&](uint32_t from) {
    if (person.responds_unasked && person.unasked_time - from < kResponseWindow) return true;
    return std::any_of(person.contacts.begin(), person.contacts.end(), [&](const Contact& contact) {
      return contact.responded && contact.response_time >= from && contact.response_time - from < kResponseWindow;
    });
  };
  if (person.contacts.count > 0) {
    const Contact& touch = person.contacts[0];
    ++counts.contacted;
    counts.within_sla += touch.time - handed_off <= kSla;
    ++counts.leads[touch.delay];
    counts.responses[touch.delay] += responded(touch.time);
    return;
  }
  const uint32_t dropped = FirstEntry(person, kDisqualified);
  (dropped == UINT32_MAX ? counts.ignored : counts.disqualified_untouched) += 1;
  ++counts.leads[kDelays];
  counts.responses[kDelays] += responded(handed_off);
}

void Realised::CountStages(const Person& person) {
  std::array<StageCounts, kStages>& of_month = funnel[MonthOf(FirstEntry(person, kSubscriber))];
  for (uint8_t stage = 0; stage < kStages; ++stage) {
    const uint32_t first = FirstEntry(person, stage);
    if (first == UINT32_MAX) continue;
    ++of_month[stage].entered;
    of_month[stage].from_previous += stage > 0 && FirstEntry(person, stage - 1) <= first;
    const auto entries = std::count_if(person.stages.begin(), person.stages.end(),
                                       [&](const StageEntry& entry) { return entry.stage == stage; });
    of_month[stage].returned += entries > 1;
  }
}

void Realised::CountFlows(const Account& account, const Person& person) {
  const uint32_t start = StartOf(account, person);
  if (start == UINT32_MAX) return;
  size_t first = 0, last = 0;
  std::array<bool, 4> any = {};
  for (const Exposure& exposure : person.exposures) {
    if (exposure.time > start) continue;
    last = exposure.team + size_t{1};
    if (first == 0) first = last;
    any[last] = true;
  }
  any[0] = first == 0;
  // Nobody enters a stage for the first time after a later one. Won is an outcome here.
  std::array<size_t, kStages> path;
  size_t steps = 0;
  for (uint8_t stage = 0; stage < kWonStage; ++stage) {
    if (FirstEntry(person, stage) != UINT32_MAX) path[steps++] = kFirstStageNode + stage;
  }
  const size_t outcome = kFirstOutcomeNode + OutcomeOf(account, person);
  const size_t entrance = steps == 0 ? outcome : path[0];
  ++first_flows[first][entrance];
  ++last_flows[last][entrance];
  for (size_t team = 0; team < any.size(); ++team) any_flows[team][entrance] += any[team];
  for (size_t i = 0; i < steps; ++i) {
    const size_t to = i + 1 < steps ? path[i + 1] : outcome;
    for (auto* flows : {&first_flows, &last_flows, &any_flows}) ++(*flows)[path[i]][to];
  }
}

void Realised::CountReasons(const Person& person) {
  for (const StageEntry& entry : person.stages) {
    if (entry.stage != kDisqualified) continue;
    const bool back = std::any_of(person.stages.begin(), person.stages.end(), [&](const StageEntry& other) {
      return other.stage != kDisqualified && other.time > entry.time;
    });
    Reason& reason = reasons[person.source][entry.reason];
    ++reason.people;
    reason.recycled += back;
  }
}

void Realised::CountMonths(const Person& person) {
  uint64_t marketing = 0, sales = 0;
  for (const Exposure& exposure : person.exposures) {
    const size_t month = MonthOf(exposure.time);
    ++months[month].exposures;
    marketing |= uint64_t{1} << month;
  }
  for (const Contact& contact : person.contacts) sales |= uint64_t{1} << MonthOf(contact.time);
  for (uint64_t any = marketing | sales; any != 0; any &= any - 1) {
    const auto month = static_cast<size_t>(__builtin_ctzll(any));
    months[month].marketing += marketing >> month & 1;
    months[month].sales += sales >> month & 1;
    months[month].both += marketing >> month & sales >> month & 1;
  }
}

void Realised::CountGroups(const Account& account) {
  uint32_t marketing = 0, sales = 0, both = 0;
  bool sized = false;
  for (const Person& person : account.people) {
    const bool in_marketing = (person.circles & kInMarketing) != 0, in_sales = (person.circles & kInSales) != 0;
    marketing += in_marketing;
    sales += in_sales;
    both += in_marketing && in_sales;
    sized |= (person.circles & (kInMarketingTargets | kInSalesTargets)) != 0;
  }
  const uint32_t expected = sized ? account.people.count : static_cast<uint32_t>(kFewestMembers);
  ++accounts;
  accounts_of_ten += account.people.count == kMostMembers;
  covered_accounts += marketing >= expected && sales >= expected;
  for (size_t i = 0; i < kAtLeast.size(); ++i) {
    groups[i].marketing += marketing >= kAtLeast[i];
    groups[i].sales += sales >= kAtLeast[i];
    groups[i].shared += marketing >= kAtLeast[i] && sales >= kAtLeast[i];
    groups[i].same_person += both >= kAtLeast[i];
  }
}

void Realised::CountDeals(const Plan& plan, const Company& company, const Account& account) {
  for (const Deal& deal : account.deals) {
    if (!deal.has_closed) continue;
    Revenue& of = revenue[plan.currency_of_region[company.region]];
    ++(deal.won ? of.won : of.lost);
    if (deal.primed) ++(deal.won ? of.primed_won : of.primed_lost);
    if (!deal.won) continue;
    of.won_amount += deal.amount;
    if (deal.primed) of.primed_amount += deal.amount;
  }
}

void Realised::CountContent(const Account& account) {
  for (const Asset& asset : account.assets) {
    Content& of = content[asset.team];
    ++of.made;
    of.used += asset.uses.count > 0;
    of.used_by_sales +=
        std::any_of(asset.uses.begin(), asset.uses.end(), [](const AssetUse& use) { return use.team == kSales; });
  }
}

}  // namespace vesica_simulator
