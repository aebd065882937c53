#include "audience/set_kernels.h"

#include <algorithm>
#include <cstddef>

#include "audience/find.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "audience/set_kernels.cc"
#include "hwy/foreach_target.h"
// foreach_target.h comes first.
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Which hashes of a block of a equal any hash of the block of b.
template <class D>
HWY_INLINE hn::Mask<D> InBlock(D d, const uint64_t* a, const uint64_t* b) {
  const auto hashes = hn::LoadU(d, a);
  auto equal = hn::Eq(hashes, hn::Set(d, b[0]));
  for (size_t i = 1; i < hn::MaxLanes(d); ++i) equal = hn::Or(equal, hn::Eq(hashes, hn::Set(d, b[i])));
  return equal;
}

template <class D>
HWY_INLINE hn::Mask<D> InBlock(D d, const KeyHash* a, const KeyHash* b) {
  hn::Vec<D> hi, lo;
  hn::LoadInterleaved2(d, &a->hi, hi, lo);
  const auto is = [&](const KeyHash& hash)
                      HWY_ATTR { return hn::And(hn::Eq(hi, hn::Set(d, hash.hi)), hn::Eq(lo, hn::Set(d, hash.lo))); };
  auto equal = is(b[0]);
  for (size_t i = 1; i < hn::MaxLanes(d); ++i) equal = hn::Or(equal, is(b[i]));
  return equal;
}

// Each step compares a block of a with a block of b and drops the block that ends first, or both: a block is dropped
// only when nothing equal to one of its hashes can follow in the other array, so each common hash is seen once.
template <HashElement T>
HWY_INLINE uint64_t CountBlocks(const T* a, size_t a_size, const T* b, size_t b_size) {
  const hn::CappedTag<uint64_t, 8> d;
  constexpr size_t kLanes = hn::MaxLanes(d);
  size_t i = 0;
  size_t j = 0;
  uint64_t common = 0;
  if (hn::Lanes(d) == kLanes && kLanes >= 4) {
    while (i + kLanes <= a_size && j + kLanes <= b_size) {
      common += hn::CountTrue(d, InBlock(d, a + i, b + j));
      const T a_last = a[i + kLanes - 1];
      const T b_last = b[j + kLanes - 1];
      i += IsLess(b_last, a_last) ? 0 : kLanes;
      j += IsLess(a_last, b_last) ? 0 : kLanes;
    }
  }
  return common + CountCommonByMerge(std::span(a + i, a_size - i), std::span(b + j, b_size - j));
}

uint64_t CountBlocks64(const uint64_t* a, size_t a_size, const uint64_t* b, size_t b_size) {
  return CountBlocks(a, a_size, b, b_size);
}

uint64_t CountBlocks128(const KeyHash* a, size_t a_size, const KeyHash* b, size_t b_size) {
  return CountBlocks(a, a_size, b, b_size);
}

}  // namespace HWY_NAMESPACE
}  // namespace vesica
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vesica {
namespace {

// From this size ratio on, looking up beats reading all of the larger side (bench/audience_bench.cc).
constexpr uint64_t kSearchRatio = 128;

// A merge of a and b that does not branch on their hashes.
template <HashElement T>
class Merge {
 public:
  Merge(std::span<const T> a, std::span<const T> b) : a_(a), b_(b) {}

  bool both_remain() const { return i_ < a_.size() && j_ < b_.size(); }
  std::span<const T> rest_of_a() const { return a_.subspan(i_); }
  std::span<const T> rest_of_b() const { return b_.subspan(j_); }

  struct Step {
    T smaller;
    bool in_a, in_b;
  };
  // The smallest hash that remains, which is stepped over. Needs both_remain().
  Step Next() {
    const T x = a_[i_];
    const T y = b_[j_];
    const bool in_a = !IsLess(y, x);
    const bool in_b = !IsLess(x, y);
    i_ += in_a;
    j_ += in_b;
    return {in_a ? x : y, in_a, in_b};
  }

 private:
  const std::span<const T> a_, b_;
  size_t i_ = 0;
  size_t j_ = 0;
};

}  // namespace

HWY_EXPORT(CountBlocks64);
HWY_EXPORT(CountBlocks128);

template <HashElement T>
uint64_t CountCommonByBlocks(std::span<const T> a, std::span<const T> b) {
  if constexpr (std::same_as<T, uint64_t>) {
    return HWY_DYNAMIC_DISPATCH(CountBlocks64)(a.data(), a.size(), b.data(), b.size());
  } else {
    return HWY_DYNAMIC_DISPATCH(CountBlocks128)(a.data(), a.size(), b.data(), b.size());
  }
}

template <HashElement T>
uint64_t CountCommonByMerge(std::span<const T> a, std::span<const T> b) {
  Merge<T> merge(a, b);
  uint64_t common = 0;
  while (merge.both_remain()) {
    const auto step = merge.Next();
    common += step.in_a & step.in_b;
  }
  return common;
}

template <HashElement T>
uint64_t CountCommonBySearch(std::span<const T> small, std::span<const T> large) {
  uint64_t common = 0;
  uint8_t found[kFindBatch];
  while (!small.empty()) {
    const size_t count = std::min(small.size(), kFindBatch);
    FindBatch(large, small.first(count), found);
    common += static_cast<uint64_t>(std::count(found, found + count, 1));
    small = small.subspan(count);
  }
  return common;
}

template <HashElement T>
uint64_t CountCommon(std::span<const T> a, std::span<const T> b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return 0;
  if (b.size() / a.size() >= kSearchRatio) return CountCommonBySearch(a, b);
  return CountCommonByBlocks(a, b);
}

template <HashElement T>
void WriteUnion(std::span<const T> a, std::span<const T> b, std::span<T> out) {
  Merge<T> merge(a, b);
  T* to = out.data();
  while (merge.both_remain()) *to++ = merge.Next().smaller;
  to = std::copy(merge.rest_of_a().begin(), merge.rest_of_a().end(), to);
  std::copy(merge.rest_of_b().begin(), merge.rest_of_b().end(), to);
}

// These two write every hash and keep some, so they stop when `out` is full: what follows it may be another's.

template <HashElement T>
void WriteIntersection(std::span<const T> a, std::span<const T> b, std::span<T> out) {
  Merge<T> merge(a, b);
  for (T* to = out.data(); to != out.data() + out.size() && merge.both_remain();) {
    const auto step = merge.Next();
    *to = step.smaller;
    to += step.in_a & step.in_b;
  }
}

template <HashElement T>
void WriteDifference(std::span<const T> a, std::span<const T> b, std::span<T> out) {
  Merge<T> merge(a, b);
  T* to = out.data();
  T* const end = to + out.size();
  while (to != end && merge.both_remain()) {
    const auto step = merge.Next();
    *to = step.smaller;
    to += step.in_a & !step.in_b;
  }
  std::copy_n(merge.rest_of_a().begin(), end - to, to);
}

#define VESICA_INSTANTIATE_(T)                                                           \
  template uint64_t CountCommon(std::span<const T>, std::span<const T>);                 \
  template uint64_t CountCommonByBlocks(std::span<const T>, std::span<const T>);         \
  template uint64_t CountCommonByMerge(std::span<const T>, std::span<const T>);          \
  template uint64_t CountCommonBySearch(std::span<const T>, std::span<const T>);         \
  template void WriteUnion(std::span<const T>, std::span<const T>, std::span<T>);        \
  template void WriteIntersection(std::span<const T>, std::span<const T>, std::span<T>); \
  template void WriteDifference(std::span<const T>, std::span<const T>, std::span<T>)
VESICA_INSTANTIATE_(uint64_t);
VESICA_INSTANTIATE_(KeyHash);
#undef VESICA_INSTANTIATE_

}  // namespace vesica
#endif  // HWY_ONCE
