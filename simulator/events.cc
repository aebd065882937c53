#include "events.h"

#include <algorithm>
#include <utility>

namespace vesica_simulator {
namespace {

class Writer {
 public:
  Writer(const Plan& plan, const Company& company, const Account& account, std::vector<Event>* events)
      : account_(account), events_(*events) {
    currency_ = static_cast<uint8_t>(plan.currency_of_region[company.region] + 1);
  }

  void Write(const Person& person) {
    if ((person.circles & kInMarketingTargets) != 0) WriteTarget(person, person.target_time, kMarketing);
    if ((person.circles & kInSalesTargets) != 0) WriteTarget(person, person.sales_target_time, kSales);
    if ((person.circles & kInMarket) != 0) Add(person, person.market_time, kInMarketEvent);
    if (person.engaged) Add(person, person.engaged_time, kEngaged);
    for (const Exposure& exposure : person.exposures) AddOf(person, exposure.time, kExposed, exposure.team);
    for (const Contact& contact : person.contacts) {
      AddOf(person, contact.time, kContacted, kSales);
      if (contact.responded) Add(person, contact.response_time, kResponded);
    }
    if (person.responds_unasked) Add(person, person.unasked_time, kResponded);
    for (const StageEntry& entry : person.stages) WriteStage(person, entry);
  }

  void Write(const Deal& deal) {
    for (uint8_t i = 0; i < deal.seat_count; ++i) {
      const Person& person = account_.people[deal.seats[i]];
      WriteDeal(person, deal.opened, kDealOpen, deal);
      if (deal.has_closed) WriteDeal(person, deal.closed, deal.won ? kDealWon : kDealLost, deal);
    }
  }

  void Write(const Asset& asset) {
    Event& made = events_.emplace_back(Event{});
    made.time = asset.created;
    made.account = account_.number;
    made.kind = kAssetCreated;
    made.team = static_cast<uint8_t>(asset.team + 1);
    made.number = asset.number;
    for (const AssetUse& use : asset.uses) {
      AddOf(account_.people[use.seat], use.time, kAssetUsed, use.team).number = asset.number;
    }
  }

 private:
  Event& Add(const Person& person, uint32_t time, EventKind kind) {
    return events_.emplace_back(Event{.time = time,
                                      .account = account_.number,
                                      .number = 0,
                                      .amount = 0,
                                      .kind = kind,
                                      .seat = person.seat,
                                      .team = 0,
                                      .stage = 0,
                                      .reason = 0,
                                      .source = 0,
                                      .currency = 0,
                                      .account_size = 0,
                                      .region = static_cast<uint8_t>(account_.region + 1),
                                      .industry = static_cast<uint8_t>(account_.industry + 1),
                                      .size = static_cast<uint8_t>(account_.size + 1),
                                      .title = static_cast<uint8_t>(person.title + 1),
                                      .flaw = kNoFlaw});
  }

  Event& AddOf(const Person& person, uint32_t time, EventKind kind, Team team) {
    Event& event = Add(person, time, kind);
    event.team = static_cast<uint8_t>(team + 1);
    return event;
  }

  void WriteTarget(const Person& person, uint32_t time, Team team) {
    AddOf(person, time, kTargeted, team).account_size = static_cast<uint8_t>(account_.people.count);
  }

  void WriteStage(const Person& person, const StageEntry& entry) {
    Event& event = Add(person, entry.time, kStageEvent);
    event.stage = static_cast<uint8_t>(entry.stage + 1);
    event.source = static_cast<uint8_t>(person.source + 1);
    if (entry.stage == kDisqualified) event.reason = static_cast<uint8_t>(entry.reason + 1);
  }

  void WriteDeal(const Person& person, uint32_t time, uint8_t stage, const Deal& deal) {
    Event& event = Add(person, time, kDealEvent);
    event.stage = stage;
    event.number = deal.number;
    event.amount = deal.amount;
    event.currency = currency_;
  }

  const Account& account_;
  std::vector<Event>& events_;
  uint8_t currency_ = 0;
};

}  // namespace

void AppendEvents(const Plan& plan, const Company& company, const Account& account, std::vector<Event>* events) {
  Writer writer(plan, company, account, events);
  for (const Person& person : account.people) writer.Write(person);
  for (const Deal& deal : account.deals) writer.Write(deal);
  for (const Asset& asset : account.assets) writer.Write(asset);
}

// By digits of 2^14: two passes reach over 8 years of seconds.
void SortByTime(std::vector<Event>* events, std::vector<Event>* scratch) {
  constexpr uint32_t kBits = 14, kDigits = uint32_t{1} << kBits;
  scratch->resize(events->size());
  std::vector<uint32_t> starts(kDigits);
  for (uint32_t shift : {0u, kBits}) {
    std::fill(starts.begin(), starts.end(), 0u);
    for (const Event& event : *events) ++starts[event.time >> shift & (kDigits - 1)];
    uint32_t sum = 0;
    for (uint32_t& start : starts) sum += std::exchange(start, sum);
    for (const Event& event : *events) (*scratch)[starts[event.time >> shift & (kDigits - 1)]++] = event;
    events->swap(*scratch);
  }
}

}  // namespace vesica_simulator
