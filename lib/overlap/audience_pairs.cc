#include "overlap/audience_pairs.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "audience/hash_ranges.h"
#include "audience/set_kernels.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"
#include "overlap/sketch_overlap.h"

namespace vesica {
namespace {

constexpr uint64_t kPairWork = 256;  // of a pair beside its hashes, in hashes

// How many keys audience `a` shares with each audience after it. A large pair is cut into ranges, each an item of
// parallel work; small pairs come many to an item.
template <HashElement T>
absl::StatusOr<std::vector<uint64_t>> CountRow(std::span<const Audience* const> audiences, uint32_t a,
                                               double progress_end, ContextState& context) {
  struct Item {
    uint32_t first, last;  // audiences to compare `a` with
    uint64_t range;
  };
  const auto ranges_with = [&](uint32_t b) {
    return HashRanges<T>(audiences[a]->hashes().values<T>(), audiences[b]->hashes().values<T>());
  };
  std::vector<Item> items;
  uint64_t work = kRangeHashes;  // of the last item
  for (uint32_t b = a + 1; b < audiences.size(); ++b) {
    const uint64_t ranges = ranges_with(b).count();
    const uint64_t pair_work = ranges > 1 ? kRangeHashes : audiences[a]->count() + audiences[b]->count() + kPairWork;
    if (work + pair_work <= kRangeHashes) {
      items.back().last = b;
      work += pair_work;
    } else {
      for (uint64_t range = 0; range < ranges; ++range) items.push_back({b, b, range});
      work = pair_work;
    }
  }
  std::vector<std::atomic<uint64_t>> shared(audiences.size());
  VESICA_RETURN_IF_ERROR(context.ParallelFor(items.size(), progress_end, [&](uint32_t, uint64_t i) {
    for (uint32_t b = items[i].first; b <= items[i].last; ++b) {
      const auto range = ranges_with(b).range(items[i].range);
      shared[b].fetch_add(CountCommon(range.a, range.b), std::memory_order_relaxed);
    }
    return absl::OkStatus();
  }));
  return std::vector<uint64_t>(shared.begin() + a + 1, shared.end());
}

template <HashElement T>
absl::StatusOr<std::vector<Overlap>> CountPairs(std::span<const Audience* const> audiences, ContextState& context) {
  const Method method = ExactMethod(audiences[0]->stamp());
  const uint64_t pair_count = audiences.size() * (audiences.size() - 1) / 2;
  std::vector<Overlap> pairs;
  pairs.reserve(pair_count);
  for (uint32_t a = 0; a + 1 < audiences.size(); ++a) {
    const double row_end = static_cast<double>(pairs.size() + audiences.size() - 1 - a);
    VESICA_ASSIGN_OR_RETURN(const std::vector<uint64_t> shared,
                            CountRow<T>(audiences, a, row_end / static_cast<double>(pair_count), context));
    for (uint32_t b = a + 1; b < audiences.size(); ++b) {
      const uint64_t both = shared[b - a - 1];
      pairs.push_back(Overlap::FromCounts(audiences[a]->count() - both, audiences[b]->count() - both, both, method));
    }
  }
  return pairs;
}

// Pairs with sketches among them cost much the same each; one pair is an item of parallel work.
template <HashElement T>
absl::StatusOr<std::vector<Overlap>> EstimatePairs(std::span<const Audience* const> audiences, ContextState& context) {
  const Method exact = ExactMethod(audiences[0]->stamp());
  std::vector<std::pair<const Audience*, const Audience*>> both;
  for (size_t a = 0; a < audiences.size(); ++a) {
    for (size_t b = a + 1; b < audiences.size(); ++b) both.push_back({audiences[a], audiences[b]});
  }
  std::vector<Overlap> pairs(both.size());
  VESICA_RETURN_IF_ERROR(context.ParallelFor(both.size(), 1.0, [&](uint32_t, uint64_t i) {
    const auto& [a, b] = both[i];
    if (IsSketch(*a) || IsSketch(*b)) {
      pairs[i] = OverlapOfSketches(*a, *b);
    } else {
      const uint64_t shared = CountCommon(a->hashes().values<T>(), b->hashes().values<T>());
      pairs[i] = Overlap::FromCounts(a->count() - shared, b->count() - shared, shared, exact);
    }
    return absl::OkStatus();
  }));
  return pairs;
}

}  // namespace

absl::StatusOr<std::vector<Overlap>> PairsOf(std::span<const Audience* const> audiences, ContextState& context) {
  Reservation reservation(context.ledger());
  VESICA_RETURN_IF_ERROR(reservation.Add(audiences.size() * (audiences.size() - 1) / 2 * sizeof(Overlap)));
  const bool estimated =
      std::any_of(audiences.begin(), audiences.end(), [](const Audience* a) { return IsSketch(*a); });
  return WithElementOf(audiences[0]->stamp().width, [&]<class T>(T) {
    return estimated ? EstimatePairs<T>(audiences, context) : CountPairs<T>(audiences, context);
  });
}

}  // namespace vesica
