#ifndef VESICA_LIB_AUDIENCE_GROWING_MIN_HASH_H_
#define VESICA_LIB_AUDIENCE_GROWING_MIN_HASH_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "audience/floating_cell.h"
#include "audience/min_hash.h"
#include "base/memory.h"
#include "vesica/audience.h"

namespace vesica {

// A MinHash in the making that takes the memory of what it holds: for those who make thousands, most of them of small
// sets. SmallestHashes, which has room for two samples from the start, is the fast one. Of 64-bit hashes.
class GrowingMinHash {
 public:
  explicit GrowingMinHash(const MinHashSize& size) : size_(size), threshold_(EndCell(size.mantissa_bits)) {}

  // About 30 ns, 1 ns above the threshold.
  void Add(uint64_t hash) {
    if (hash > limit_) return;
    if (complete_) {
      hashes_.push_back(hash);
      if (hashes_.size() == hashes_.capacity()) CompactHashes();
    } else {
      cells_.push_back(CellOf(HashPosition(hash), size_.mantissa_bits));
      if (cells_.size() == cells_.capacity()) CompactCells();
    }
  }

  // What a builder of that size makes of the same keys: exact where their hashes fit its image, else a MinHash.
  absl::StatusOr<Audience::Keys> Keys(const std::shared_ptr<MemoryLedger>& ledger);

  uint64_t held_bytes() const { return hashes_.capacity() * sizeof(uint64_t) + cells_.capacity() * sizeof(uint32_t); }

 private:
  void CompactHashes();
  void CompactCells();

  MinHashSize size_;
  uint32_t threshold_;
  uint64_t limit_ = UINT64_MAX;  // the largest hash below the threshold
  bool complete_ = true;         // the hashes are kept, else their cells
  size_t sorted_ = 0;            // of either so many from the first are strictly increasing
  std::vector<uint64_t> hashes_;
  std::vector<uint32_t> cells_;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_GROWING_MIN_HASH_H_
