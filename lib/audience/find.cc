#include "audience/find.h"

#include <algorithm>
#include <cassert>

namespace vesica {
namespace {

// Of evenly spread hashes the n-th lies within about sqrt(n) places of where it is expected, and each further
// interpolation takes the root of the distance again: after two, 10 million hashes leave a few places.
constexpr int kInterpolations = 2;

inline void Prefetch(const void* address) { __builtin_prefetch(address); }

}  // namespace

template <HashElement T>
size_t LowerBound(std::span<const T> sorted, const T& hash, size_t hint) {
  // Invariant: everything before `low` is less, nothing from `high` on is.
  size_t low = 0;
  size_t high = sorted.size();
  size_t at = hint;
  for (size_t step = 1; low < high && at < high && at >= low; step *= 2) {
    if (IsLess(sorted[at], hash)) {
      low = at + 1;
      at = step < high - at ? at + step : high;
    } else {
      high = at;
      at = step <= at - low ? at - step : high;
    }
  }
  const auto begin = sorted.begin();
  const auto is_less = [](const T& a, const T& b) { return IsLess(a, b); };
  return static_cast<size_t>(std::lower_bound(begin + low, begin + high, hash, is_less) - begin);
}

template <HashElement T>
void FindBatch(std::span<const T> sorted, std::span<const T> keys, uint8_t* found) {
  assert(keys.size() <= kFindBatch);
  if (sorted.empty()) {
    std::fill_n(found, keys.size(), 0);
    return;
  }
  size_t positions[kFindBatch];
  for (size_t i = 0; i < keys.size(); ++i) {
    positions[i] = EvenPosition(LeadingWord(keys[i]), sorted.size());
    Prefetch(&sorted[positions[i]]);
  }
  for (int round = 0; round < kInterpolations; ++round) {
    for (size_t i = 0; i < keys.size(); ++i) {
      const uint64_t here = LeadingWord(sorted[positions[i]]);
      const uint64_t wanted = LeadingWord(keys[i]);
      const bool ahead = here < wanted;
      const size_t distance = EvenPosition(ahead ? wanted - here : here - wanted, sorted.size());
      const size_t back = positions[i] - std::min(distance, positions[i]);
      positions[i] = ahead ? std::min(positions[i] + distance, sorted.size() - 1) : back;
      Prefetch(&sorted[positions[i]]);
    }
  }
  for (size_t i = 0; i < keys.size(); ++i) {
    const size_t at = LowerBound(sorted, keys[i], positions[i]);
    found[i] = at < sorted.size() && IsSame(sorted[at], keys[i]);
  }
}

template size_t LowerBound(std::span<const uint64_t>, const uint64_t&, size_t);
template size_t LowerBound(std::span<const KeyHash>, const KeyHash&, size_t);
template void FindBatch(std::span<const uint64_t>, std::span<const uint64_t>, uint8_t*);
template void FindBatch(std::span<const KeyHash>, std::span<const KeyHash>, uint8_t*);

}  // namespace vesica
