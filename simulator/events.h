#ifndef VESICA_SIMULATOR_EVENTS_H_
#define VESICA_SIMULATOR_EVENTS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "population.h"

namespace vesica_simulator {

enum EventKind : uint8_t {
  kTargeted,
  kExposed,
  kEngaged,
  kContacted,
  kResponded,
  kInMarketEvent,
  kStageEvent,
  kDealEvent,
  kAssetCreated,
  kAssetUsed,
  kUnknownEvent,  // of no study: a flaw
};
inline constexpr std::array<const char*, 11> kEventNames = {"targeted",      "exposed",    "engaged", "contacted",
                                                            "responded",     "in_market",  "stage",   "deal",
                                                            "asset_created", "asset_used", "mystery"};

// What is wrong with a row, and planted to be found.
enum Flaw : uint8_t { kNoFlaw, kBlankPerson, kInvalidPerson, kNaiveTime };

// One row. Of what a row need not have, 0 is none and i + 1 stands for value i of the plan.
struct Event {
  uint32_t time;     // seconds
  uint32_t account;  // with `seat`: the person
  uint32_t number;   // of the deal or asset
  uint32_t amount;   // whole units
  uint8_t kind, seat;
  uint8_t team, stage, reason, source, currency, account_size;
  uint8_t region, industry, size, title;
  uint8_t flaw;
};

// Stages beyond those of the lifecycle, as `stage` has them: what deals say.
inline constexpr uint8_t kDealOpen = kDisqualified + 2, kDealWon = kDealOpen + 1, kDealLost = kDealOpen + 2;

// Appends all events of an account's people and assets, in no order of time.
void AppendEvents(const Plan& plan, const Company& company, const Account& account, std::vector<Event>* events);

// Sorts by time; events of one time stay in their order.
void SortByTime(std::vector<Event>* events, std::vector<Event>* scratch);

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_EVENTS_H_
