#include "alignment/timeline.h"

#include <algorithm>
#include <array>

namespace vesica {
namespace {

// Keeps the best of the values offered: of the highest rank, then the latest, then the first in byte order.
struct Choice {
  int rank = -1;
  int64_t time = kNoTime;
  uint32_t value = kNoId;
  bool several = false;

  void Offer(int offered_rank, int64_t offered_time, uint32_t offered) {
    if (offered == kNoId) return;
    several = several || (value != kNoId && value != offered);
    const bool better = offered_rank != rank   ? offered_rank > rank
                        : offered_time != time ? offered_time > time
                                               : offered < value;
    if (better) *this = {offered_rank, offered_time, offered, several};
  }
};

}  // namespace

uint8_t CircleOf(const Event& event) {
  switch (event.kind) {
    case EventKind::kExposed:
      if (event.team == Team::kBrand) return kBrand;
      if (event.team == Team::kDemand) return kDemand;
      return event.team == Team::kMarketing ? kPlainMarketing : 0;
    case EventKind::kTargeted:
      return event.team == Team::kSales ? kTargetSales : kTargetMarketing;
    case EventKind::kContacted:
      return event.team == Team::kSales ? kSales : 0;
    case EventKind::kInMarket:
      return kMarket;
    default:
      return 0;
  }
}

void Resolve(const StudyData& data, Segments& segments, Timeline* timeline) {
  const Event& first = timeline->events.front();
  timeline->company = first.company;
  timeline->has_person = (first.flags & kNoPerson) == 0;
  bool same_segment = true, same_account = true;
  for (const Event& event : timeline->events) {
    timeline->circles |= CircleOf(event);
    same_segment = same_segment && event.segment == first.segment;
    same_account = same_account && event.account == first.account;
  }
  timeline->account = first.account;
  timeline->segment = first.segment;
  if (!same_account) {
    Choice account;
    for (const Event& event : timeline->events) {
      const int given = (event.flags & kAccountGiven) != 0 ? 2 : 0;
      account.Offer(given + (event.team == Team::kSales), event.time, event.account);
    }
    timeline->account = account.value;
  }
  if (!same_segment) {
    std::array<Choice, kMaxDimensions> choices;
    std::array<uint32_t, kMaxDimensions> tuple;
    const size_t size = data.dimensions.size();
    for (const Event& event : timeline->events) {
      const std::span<const uint32_t> values = data.Segment(event.segment);
      for (size_t k = 0; k < size; ++k) choices[k].Offer(event.team == Team::kSales, event.time, values[k]);
    }
    for (size_t k = 0; k < size; ++k) {
      tuple[k] = choices[k].value;
      timeline->conflicting_segment = timeline->conflicting_segment || choices[k].several;
    }
    timeline->segment = segments.Intern({tuple.data(), size});
  }
}

}  // namespace vesica
