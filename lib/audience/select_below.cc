#include "audience/select_below.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "audience/select_below.cc"
#include "hwy/foreach_target.h"
// foreach_target.h comes first.
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

size_t Select(const uint64_t* hashes, size_t count, uint32_t shift, uint64_t limit, uint64_t* out) {
  const hn::CappedTag<uint64_t, kSelectPadding> d;
  const size_t lanes = hn::Lanes(d);
  const auto most = hn::Set(d, limit);
  size_t selected = 0;
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto hash = hn::LoadU(d, hashes + i);
    const auto below = hn::Not(hn::Lt(most, hn::ShiftLeftSame(hash, static_cast<int>(shift))));
    selected += hn::CompressStore(hash, below, d, out + selected);
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
  return HWY_DYNAMIC_DISPATCH(Select)(hashes, count, shift, limit, out);
}

}  // namespace vesica
#endif
