#include "audience/select_below.h"

#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "audience/select_below.cc"
#include "hwy/foreach_target.h"
// foreach_target.h comes first.
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Which of the hashes from `hashes` on are to be selected.
template <class D>
HWY_INLINE hn::Mask<D> Below(D d, const uint64_t* hashes, int shift, hn::Vec<D> limit) {
  return hn::Not(hn::Lt(limit, hn::ShiftLeftSame(hn::LoadU(d, hashes), shift)));
}

// The lanes of `below` as bits. Not hn::Compress of the hashes, which looks its shuffles up in a table that GCC copies
// to the stack on every call.
template <class D>
HWY_INLINE uint32_t BitsOf(D d, hn::Mask<D> below) {
  uint8_t bytes[8] = {};
  hn::StoreMaskBits(d, below, bytes);
  return bytes[0];
}

// Four vectors at a time, as most often nothing in them is selected.
size_t Select(const uint64_t* hashes, size_t count, uint32_t shift, uint64_t limit, uint64_t* out) {
  const hn::CappedTag<uint64_t, 8> d;
  const size_t lanes = hn::Lanes(d);
  const auto most = hn::Set(d, limit);
  const int left = static_cast<int>(shift);
  size_t selected = 0;
  size_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    const uint64_t* const at = hashes + i;
    const auto below0 = Below(d, at, left, most);
    const auto below1 = Below(d, at + lanes, left, most);
    const auto below2 = Below(d, at + 2 * lanes, left, most);
    const auto below3 = Below(d, at + 3 * lanes, left, most);
    if (hn::AllFalse(d, hn::Or(hn::Or(below0, below1), hn::Or(below2, below3)))) continue;
    // One loop over the bits of all four, whose end is mispredicted once.
    uint32_t bits = BitsOf(d, below0) | BitsOf(d, below1) << lanes | BitsOf(d, below2) << (2 * lanes) |
                    BitsOf(d, below3) << (3 * lanes);
    for (; bits != 0; bits &= bits - 1) out[selected++] = at[std::countr_zero(bits)];
  }
  for (; i < count; ++i) {
    out[selected] = hashes[i];
    selected += (hashes[i] << shift) <= limit;
  }
  return selected;
}

}  // namespace HWY_NAMESPACE
}  // namespace vesica
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vesica {

HWY_EXPORT(Select);

size_t SelectBelow(const uint64_t* hashes, size_t count, uint32_t shift, uint64_t limit, uint64_t* out) {
  if (limit == UINT64_MAX) {
    if (out != hashes) std::memmove(out, hashes, count * sizeof(uint64_t));
    return count;
  }
  return HWY_DYNAMIC_DISPATCH(Select)(hashes, count, shift, limit, out);
}

}  // namespace vesica
#endif
