#include "audience/bucket_sort.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "base/error.h"

namespace vesica {
namespace {

constexpr size_t kRecent = 4096;  // hashes remembered by DropRecent
constexpr size_t kMinCapacity = kRecent;
constexpr size_t kMaxCapacity = size_t{1} << 30;  // ends are 32 bits
constexpr size_t kLargeBucket = 16;               // beyond it insertion sort is no longer the cheapest

struct Less {
  template <HashElement T>
  bool operator()(const T& a, const T& b) const {
    return IsLess(a, b);
  }
};

struct Same {
  template <HashElement T>
  bool operator()(const T& a, const T& b) const {
    return IsSame(a, b);
  }
};

template <HashElement T>
size_t SortByComparison(T* hashes, size_t count) {
  std::sort(hashes, hashes + count, Less());
  return static_cast<size_t>(std::unique(hashes, hashes + count, Same()) - hashes);
}

size_t BucketCount(size_t count) { return std::bit_ceil(std::max<size_t>(count, 2)); }

// hashes[-1] is at most any of them.
template <HashElement T>
void InsertionSort(T* hashes, size_t count) {
  for (size_t i = 1; i < count; ++i) {
    const T hash = hashes[i];
    size_t j = i;
    for (; IsLess(hash, hashes[static_cast<ptrdiff_t>(j) - 1]); --j) hashes[j] = hashes[j - 1];
    hashes[j] = hash;
  }
}

// Sorts the buckets that insertion sort would be slow for, and drops their duplicates. Most of them are one key over
// and over. Returns how many hashes are left.
template <HashElement T>
size_t TidyLargeBuckets(T* hashes, const uint32_t* ends, size_t buckets) {
  size_t kept = 0;
  size_t begin = 0;
  for (size_t i = 0; i < buckets; ++i) {
    T* const bucket = hashes + kept;
    size_t size = ends[i] - begin;
    std::copy_n(hashes + begin, size, bucket);
    begin = ends[i];
    if (size > kLargeBucket) size = static_cast<size_t>(std::unique(bucket, bucket + size, Same()) - bucket);
    if (size > kLargeBucket) size = SortByComparison(bucket, size);
    kept += size;
  }
  return kept;
}

}  // namespace

template <HashElement T>
absl::Status BucketSort<T>::Prepare(MemoryLedger& ledger, size_t capacity) {
  if (scratch_ != nullptr) return absl::OkStatus();
  capacity = std::clamp(capacity, kMinCapacity, kMaxCapacity);
  const size_t scratch_bytes = (capacity + 1) * sizeof(T);
  const size_t ends_bytes = BucketCount(capacity) * sizeof(uint32_t);
  VESICA_RETURN_IF_ERROR(PageBlock::Allocate(ledger, scratch_bytes + ends_bytes, &memory_));
  scratch_ = reinterpret_cast<T*>(memory_.data()) + 1;
  ends_ = reinterpret_cast<uint32_t*>(memory_.data() + scratch_bytes);
  capacity_ = capacity;
  return absl::OkStatus();
}

template <HashElement T>
size_t BucketSort<T>::SortDistinct(T* hashes, size_t count, int known_bits) {
  assert(known_bits >= 0 && known_bits <= 32);
  if (count > capacity_) count = DropRecent(hashes, count);
  if (count > capacity_) return SortByComparison(hashes, count);
  return count < 2 ? count : SortSpread(hashes, count, known_bits);
}

// Drops hashes that came shortly before: enough to bring a few keys in very many rows down to a few hashes.
template <HashElement T>
size_t BucketSort<T>::DropRecent(T* hashes, size_t count) {
  std::fill_n(scratch_, kRecent, hashes[0]);
  size_t kept = 1;
  for (size_t i = 1; i < count; ++i) {
    const T hash = hashes[i];
    T& recent = scratch_[LeadingWord(hash) % kRecent];
    hashes[kept] = hash;
    kept += !IsSame(recent, hash);
    recent = hash;
  }
  return kept;
}

template <HashElement T>
size_t BucketSort<T>::SortSpread(T* hashes, size_t count, int known_bits) {
  const size_t buckets = BucketCount(count);
  const int shift = 64 - std::countr_zero(buckets);
  const auto bucket_of = [=](const T& hash) { return (LeadingWord(hash) << known_bits) >> shift; };

  uint32_t* const ends = ends_;
  std::fill_n(ends, buckets, 0);
  for (size_t i = 0; i < count; ++i) ++ends[bucket_of(hashes[i])];
  uint32_t begin = 0;
  uint32_t largest = 0;
  for (size_t i = 0; i < buckets; ++i) {
    const uint32_t size = ends[i];
    ends[i] = begin;
    begin += size;
    largest = std::max(largest, size);
  }
  T* const scratch = scratch_;
  for (size_t i = 0; i < count; ++i) scratch[ends[bucket_of(hashes[i])]++] = hashes[i];

  if (largest > kLargeBucket) count = TidyLargeBuckets(scratch, ends, buckets);
  scratch[-1] = T{};
  InsertionSort(scratch, count);
  return static_cast<size_t>(std::unique_copy(scratch, scratch + count, hashes, Same()) - hashes);
}

template class BucketSort<uint64_t>;
template class BucketSort<KeyHash>;

}  // namespace vesica
