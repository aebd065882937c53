#ifndef VESICA_LIB_ALIGNMENT_PACKED_EVENT_H_
#define VESICA_LIB_ALIGNMENT_PACKED_EVENT_H_

#include <cstdint>

#include "alignment/event.h"

namespace vesica {

// An event as the log of a study keeps it: memory for events is nearly all the memory of a study.
struct PackedEvent {
  uint64_t person;
  int64_t time;
  uint64_t labels;   // from the lowest bit: 27 of the company, 30 of the account, 4 of what it is, 3 of the team
  uint64_t details;  // 32 of the details, 30 of the segment, whether the time is a date and the account given
};
static_assert(sizeof(PackedEvent) == 32);

namespace packed {

inline constexpr uint32_t kCompanyBits = 27, kAccountBits = 30, kKindBits = 4, kSegmentBits = 30;
inline constexpr uint32_t kCompanyMask = (uint32_t{1} << kCompanyBits) - 1;  // also in place of kNoId
inline constexpr uint32_t kAccountMask = (uint32_t{1} << kAccountBits) - 1;
inline constexpr uint32_t kSegmentMask = (uint32_t{1} << kSegmentBits) - 1;

// Kinds beyond those of EventKind: what only deals and assets have besides a kind.
inline constexpr uint8_t kDealWon = 10, kDealLost = 11, kAssetWithoutPerson = 12;

inline uint8_t KindOf(const Event& event) {
  if (event.deal_state == DealState::kWon) return kDealWon;
  if (event.deal_state == DealState::kLost) return kDealLost;
  return (event.flags & kNoPerson) != 0 ? kAssetWithoutPerson : static_cast<uint8_t>(event.kind);
}

inline bool Fits(uint32_t id, uint32_t mask) { return id < mask || id == kNoId; }
inline uint32_t Widened(uint64_t id, uint32_t mask) {
  return (id & mask) == mask ? kNoId : static_cast<uint32_t>(id & mask);
}

}  // namespace packed

// Whether its ids are small enough to be packed: below 2^27 - 1 companies and 2^30 - 1 accounts and segments.
inline bool CanPack(const Event& event) {
  return packed::Fits(event.company, packed::kCompanyMask) && packed::Fits(event.account, packed::kAccountMask) &&
         packed::Fits(event.segment, packed::kSegmentMask);
}

inline PackedEvent Pack(const Event& event) {
  using namespace packed;  // NOLINT
  const uint64_t labels = (event.company & kCompanyMask) | uint64_t{event.account & kAccountMask} << kCompanyBits |
                          uint64_t{KindOf(event)} << (kCompanyBits + kAccountBits) |
                          static_cast<uint64_t>(event.team) << (kCompanyBits + kAccountBits + kKindBits);
  const uint64_t details = event.details | uint64_t{event.segment & kSegmentMask} << 32 |
                           static_cast<uint64_t>(event.flags & (kDateOnly | kAccountGiven)) << (32 + kSegmentBits);
  return {event.person, event.time, labels, details};
}

inline Event Unpack(const PackedEvent& from) {
  using namespace packed;  // NOLINT
  Event event;
  event.person = from.person;
  event.time = from.time;
  event.company = Widened(from.labels, kCompanyMask);
  event.account = Widened(from.labels >> kCompanyBits, kAccountMask);
  event.segment = Widened(from.details >> 32, kSegmentMask);
  event.details = static_cast<uint32_t>(from.details);
  event.flags = static_cast<uint8_t>(from.details >> (32 + kSegmentBits));
  event.team = static_cast<Team>(from.labels >> (kCompanyBits + kAccountBits + kKindBits));
  const auto kind = static_cast<uint8_t>(from.labels >> (kCompanyBits + kAccountBits) & ((1U << kKindBits) - 1));
  switch (kind) {
    case kDealWon:
      event.kind = EventKind::kDeal;
      event.deal_state = DealState::kWon;
      break;
    case kDealLost:
      event.kind = EventKind::kDeal;
      event.deal_state = DealState::kLost;
      break;
    case kAssetWithoutPerson:
      event.kind = EventKind::kAssetCreated;
      event.flags |= kNoPerson;
      break;
    default:
      event.kind = static_cast<EventKind>(kind);
      if (event.kind == EventKind::kDeal) event.deal_state = DealState::kOpen;
      break;
  }
  return event;
}

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_PACKED_EVENT_H_
