#ifndef VESICA_LIB_AUDIENCE_BUCKET_SORT_H_
#define VESICA_LIB_AUDIENCE_BUCKET_SORT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "audience/hash_element.h"
#include "base/memory.h"

namespace vesica {

// Sorts hashes that share their leading bits and drops duplicates, in cache: one counting pass over the next bits
// leaves buckets of about one hash, which an insertion sort puts in order. About 6 ns a hash. Hashes that do not
// spread, as those of crafted keys, are sorted by comparison.
//
// One per thread.
template <HashElement T>
class BucketSort {
 public:
  // To be called before the first use, again for nothing. Up to `capacity` hashes are sorted the fast way. The ledger
  // must outlive the object.
  absl::Status Prepare(MemoryLedger& ledger, size_t capacity);

  // Sorts hashes whose first `known_bits` (0..32) are equal, in place. Returns how many distinct ones there are; they
  // come first, in order.
  size_t SortDistinct(T* hashes, size_t count, int known_bits);

 private:
  size_t DropRecent(T* hashes, size_t count);
  size_t SortSpread(T* hashes, size_t count, int known_bits);

  PageBlock memory_;
  size_t capacity_ = 0;
  T* scratch_ = nullptr;      // capacity_ hashes, and before them a sentinel
  uint32_t* ends_ = nullptr;  // of the buckets
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_BUCKET_SORT_H_
