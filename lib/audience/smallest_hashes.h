#ifndef VESICA_LIB_AUDIENCE_SMALLEST_HASHES_H_
#define VESICA_LIB_AUDIENCE_SMALLEST_HASHES_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "audience/bucket_sort.h"
#include "audience/hash_element.h"
#include "audience/min_hash.h"
#include "base/memory.h"
#include "hash/key_hasher.h"

namespace vesica {

// The smallest hashes of a stream: what a MinHash is made from. Whole hashes are kept, so that a set too small to need
// a sketch stays exact.
//
// Invariants: all hashes kept are below the threshold; every cell below it that an appended hash fell into has a hash
// kept; while complete(), every hash appended is kept itself. Used by one thread at a time; the ledger must outlive it.
template <HashElement T>
class SmallestHashes {
 public:
  SmallestHashes(const MinHashSize& size, MemoryLedger& ledger);

  // Takes the memory that all else needs: to be called first, again for nothing.
  absl::Status Prepare();

  // Below 0.5 ns a hash once the threshold has dropped.
  void Append(const HashedBatch& batch);
  void Append(std::span<const T> hashes);
  void Append(const SmallestHashes& other);  // of the same size

  void Clear();

  // Starts over, to be appended to `into` later: hashes that it would turn down are turned down here.
  void RestartFor(const SmallestHashes& into);

  // Sorts, and drops what is not needed. hashes() are then strictly increasing, one a cell unless complete().
  void Compact();
  std::span<const T> hashes() const { return {data(), count_}; }
  uint32_t threshold() const { return threshold_; }

  // Whether no more distinct hashes were appended than fit the image whole.
  bool complete() const { return complete_; }

 private:
  T* data() const { return reinterpret_cast<T*>(memory_.data()); }
  void SetThreshold(uint32_t threshold);
  void MakeRoom(size_t count);

  MinHashSize size_;
  MemoryLedger* ledger_;
  PageBlock memory_;
  BucketSort<T> sort_;
  size_t room_;  // hashes
  size_t count_ = 0;
  uint32_t threshold_;
  uint64_t limit_ = UINT64_MAX;  // the largest hash below the threshold
  bool complete_ = true;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SMALLEST_HASHES_H_
