#ifndef VESICA_LIB_ALIGNMENT_EVENT_H_
#define VESICA_LIB_ALIGNMENT_EVENT_H_

#include <cstdint>

#include "alignment/interner.h"

namespace vesica {

enum class EventKind : uint8_t {
  kTargeted,
  kExposed,
  kEngaged,
  kContacted,
  kResponded,
  kInMarket,
  kStage,
  kDeal,
  kAssetCreated,
  kAssetUsed,
};

enum class Team : uint8_t { kNone, kBrand, kDemand, kMarketing, kSales };

enum class DealState : uint8_t { kNone, kOpen, kWon, kLost };

inline constexpr int64_t kNoTime = INT64_MIN;

enum EventFlag : uint8_t {
  kDateOnly = 1,      // `time` is the first microsecond of the day, or the last of a contact or response
  kAccountGiven = 2,  // not taken from the person's e-mail
  kNoPerson = 4,      // `person` is of an asset
};

// One row, as small as it goes. Equal rows are equal structs: padding is explicit.
struct Event {
  uint64_t person = 0;  // hash of company and person: partitions and sorts
  int64_t time = kNoTime;
  uint32_t company = kNoId;
  uint32_t account = kNoId;
  uint32_t segment = kNoId;  // the tuple of its dimensions' labels; kNoId where all are missing
  uint32_t details = kNoId;  // kNoId: it has none
  EventKind kind = EventKind::kTargeted;
  Team team = Team::kNone;
  uint8_t flags = 0;
  DealState deal_state = DealState::kNone;
  uint32_t zeros = 0;

  bool date_only() const { return (flags & kDateOnly) != 0; }
  bool has_time() const { return time != kNoTime; }
  friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 40);

// What few events carry, interned. Also comparable byte by byte.
struct EventDetails {
  uint32_t stage = kNoId;
  uint32_t reason = kNoId;
  uint32_t source = kNoId;
  uint32_t currency = kNoId;
  uint64_t asset = 0;  // hashes; 0: none
  uint64_t deal = 0;
  int64_t amount = 0;  // in 1e-4
  uint32_t has_amount = 0;
  uint32_t account_size = 0;  // 0: not said

  friend bool operator==(const EventDetails&, const EventDetails&) = default;
};
static_assert(sizeof(EventDetails) == 48);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_EVENT_H_
