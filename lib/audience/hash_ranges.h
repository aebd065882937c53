#ifndef VESICA_LIB_AUDIENCE_HASH_RANGES_H_
#define VESICA_LIB_AUDIENCE_HASH_RANGES_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "audience/find.h"
#include "audience/hash_element.h"

namespace vesica {

// Hashes that one item of parallel work goes through: below a millisecond.
inline constexpr uint64_t kRangeHashes = uint64_t{1} << 18;

// Cuts two sorted arrays at the same hashes, so that ranges can be worked on apart: equal shares of the larger array,
// and what lies between in the smaller. The cuts need no memory; finding one takes O(log) steps.
template <HashElement T>
class HashRanges {
 public:
  HashRanges(std::span<const T> a, std::span<const T> b)
      : a_(a), b_(b), count_(1 + std::max(a.size(), b.size()) / kRangeHashes) {}

  uint64_t count() const { return count_; }

  struct Range {
    std::span<const T> a, b;
  };
  Range range(uint64_t index) const {
    const auto [a_begin, b_begin] = Cut(index);
    const auto [a_end, b_end] = Cut(index + 1);
    return {a_.subspan(a_begin, a_end - a_begin), b_.subspan(b_begin, b_end - b_begin)};
  }

 private:
  std::pair<size_t, size_t> Cut(uint64_t index) const {
    if (index == 0) return {0, 0};
    if (index == count_) return {a_.size(), b_.size()};
    const bool a_is_larger = a_.size() >= b_.size();
    const std::span<const T> larger = a_is_larger ? a_ : b_;
    const std::span<const T> smaller = a_is_larger ? b_ : a_;
    const size_t at = index * (larger.size() / count_);
    const size_t other = LowerBound(smaller, larger[at]);
    return a_is_larger ? std::pair(at, other) : std::pair(other, at);
  }

  std::span<const T> a_, b_;
  uint64_t count_;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_HASH_RANGES_H_
