#include "audience/find.h"

#include <algorithm>
#include <cassert>

namespace vesica {
namespace {

// Of n evenly spread hashes, one lies within about sqrt(n) places of where it is expected, and each further
// interpolation takes the root of the distance again: after two, 10 million hashes leave a few places.
constexpr int kInterpolations = 2;
constexpr size_t kWindow = 16;  // what is looked through at the end: two cache lines of 64-bit hashes

// Where hashes are expected between the first and the last of a sorted array. Only a guess: rounding does not matter.
template <HashElement T>
class Interpolation {
 public:
  explicit Interpolation(std::span<const T> sorted)  // not empty
      : first_(LeadingWord(sorted.front())), last_position_(sorted.size() - 1) {
    const uint64_t width = LeadingWord(sorted.back()) - first_;
    positions_per_hash_ = width == 0 ? 0 : static_cast<double>(last_position_) / static_cast<double>(width);
  }

  size_t Position(const T& hash) const {
    const uint64_t word = LeadingWord(hash);
    return word <= first_ ? 0 : std::min(Positions(word - first_), last_position_);
  }

  // `at` moved by what separates `here`, which lies there, from `hash`.
  size_t Closer(size_t at, const T& here, const T& hash) const {
    const uint64_t from = LeadingWord(here);
    const uint64_t to = LeadingWord(hash);
    if (from < to) return std::min(at + Positions(to - from), last_position_);
    return at - std::min(at, Positions(from - to));
  }

 private:
  // Cut off at the array's length: `width` may be that of a hash far beyond the last.
  size_t Positions(uint64_t width) const {
    const double positions = static_cast<double>(width) * positions_per_hash_;
    return positions >= static_cast<double>(last_position_) ? last_position_ : static_cast<size_t>(positions);
  }

  uint64_t first_;
  size_t last_position_;
  double positions_per_hash_;
};

inline void Prefetch(const void* address) { __builtin_prefetch(address); }

// Whether `hash` is in `sorted`, probably near `near`.
template <HashElement T>
bool IsIn(std::span<const T> sorted, const T& hash, size_t near) {
  const size_t begin = near - std::min(near, kWindow / 2);
  if (sorted.size() - begin >= kWindow) {
    const T* const window = sorted.data() + begin;
    bool same = false;
    for (size_t i = 0; i < kWindow; ++i) same |= IsSame(window[i], hash);
    const bool enclosed = !IsLess(hash, window[0]) && !IsLess(window[kWindow - 1], hash);
    if (same || enclosed) return same;
  }
  const size_t at = LowerBoundNear(sorted, hash, near);
  return at < sorted.size() && IsSame(sorted[at], hash);
}

}  // namespace

template <HashElement T>
size_t LowerBound(std::span<const T> sorted, const T& hash) {
  return sorted.empty() ? 0 : LowerBoundNear(sorted, hash, Interpolation<T>(sorted).Position(hash));
}

template <HashElement T>
size_t LowerBoundNear(std::span<const T> sorted, const T& hash, size_t near) {
  // Invariant: everything before `low` is less, nothing from `high` on is.
  size_t low = 0;
  size_t high = sorted.size();
  size_t at = near;
  for (size_t step = 1; at >= low && at < high; step *= 2) {
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
  const auto found =
      std::lower_bound(begin + static_cast<ptrdiff_t>(low), begin + static_cast<ptrdiff_t>(high), hash, is_less);
  return static_cast<size_t>(found - begin);
}

template <HashElement T>
void FindBatch(std::span<const T> sorted, std::span<const T> keys, uint8_t* found) {
  assert(keys.size() <= kFindBatch);
  if (sorted.empty()) {
    std::fill_n(found, keys.size(), 0);
    return;
  }
  const Interpolation<T> interpolation(sorted);
  size_t positions[kFindBatch];
  for (size_t i = 0; i < keys.size(); ++i) {
    positions[i] = interpolation.Position(keys[i]);
    Prefetch(&sorted[positions[i]]);
  }
  for (int round = 0; round < kInterpolations; ++round) {
    for (size_t i = 0; i < keys.size(); ++i) {
      positions[i] = interpolation.Closer(positions[i], sorted[positions[i]], keys[i]);
      Prefetch(&sorted[positions[i]]);
    }
  }
  for (size_t i = 0; i < keys.size(); ++i) found[i] = IsIn(sorted, keys[i], positions[i]);
}

template size_t LowerBound(std::span<const uint64_t>, const uint64_t&);
template size_t LowerBound(std::span<const KeyHash>, const KeyHash&);
template size_t LowerBoundNear(std::span<const uint64_t>, const uint64_t&, size_t);
template size_t LowerBoundNear(std::span<const KeyHash>, const KeyHash&, size_t);
template void FindBatch(std::span<const uint64_t>, std::span<const uint64_t>, uint8_t*);
template void FindBatch(std::span<const KeyHash>, std::span<const KeyHash>, uint8_t*);

}  // namespace vesica
