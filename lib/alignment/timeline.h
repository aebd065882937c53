#ifndef VESICA_LIB_ALIGNMENT_TIMELINE_H_
#define VESICA_LIB_ALIGNMENT_TIMELINE_H_

#include <cstdint>
#include <span>

#include "alignment/event.h"
#include "alignment/segments.h"
#include "alignment/study_data.h"

namespace vesica {

// The circles a person is in, as bits.
enum Circle : uint8_t {
  kBrand = 1,  // exposed by that team
  kDemand = 2,
  kPlainMarketing = 4,  // exposed by the team `marketing`
  kSales = 8,           // contacted by sales
  kTargetMarketing = 16,
  kTargetSales = 32,
  kMarket = 64,  // in_market
};
inline constexpr uint8_t kMarketing = kBrand | kDemand | kPlainMarketing;
inline constexpr size_t kCircleSets = 128;

// The circle that an event puts its person in; 0: none.
uint8_t CircleOf(const Event& event);

// Everything of one person within one company.
struct Timeline {
  std::span<const Event> events;  // by time, those without first; no duplicates, none after as_of
  uint32_t company = kNoId;
  uint32_t account = kNoId;
  uint32_t segment = kNoId;  // of the worker's Segments
  uint8_t circles = 0;
  bool has_person = true;  // else the events are of an asset nobody used
  bool conflicting_segment = false;
  uint32_t duplicates = 0;  // rows left out
  uint32_t future = 0;
};

// Whether an event reaches its person: an exposure by any team of marketing.
inline bool IsMarketingExposure(const Event& event) {
  return event.kind == EventKind::kExposed && event.team >= Team::kBrand && event.team <= Team::kMarketing;
}
inline bool IsSalesContact(const Event& event) {
  return event.kind == EventKind::kContacted && event.team == Team::kSales;
}

// Fills in what follows from the events: circles, account, segment. Of several accounts or values of a dimension it
// takes those of the sales team's events, else the latest, else the first in byte order; an account that a row names
// goes before one taken from the person's e-mail address.
void Resolve(const StudyData& data, Segments& segments, Timeline* timeline);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_TIMELINE_H_
