#ifndef VESICA_LIB_AUDIENCE_HASH_LOG_H_
#define VESICA_LIB_AUDIENCE_HASH_LOG_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "audience/hash_element.h"
#include "base/memory.h"
#include "hash/key_hasher.h"

namespace vesica {

// Hashes in the order they came. Only grows, but can be cut back to what it was, so that a failed call leaves no
// trace. Used by one thread at a time; the ledger must outlive it.
class HashLog {
 public:
  HashLog(MemoryLedger& ledger, HashWidth width) : ledger_(&ledger), width_(width) {}

  // On failure (OverBudget, OutOfMemory) part of the batch may have been appended.
  absl::Status Append(const HashedBatch& batch);

  uint64_t size() const { return size_; }

  // Forgets all but the first `size` hashes, which is at most size().
  void Truncate(uint64_t size);

  // Appends the log to `pieces`, as spans of the element type of its width; valid until the log changes.
  template <HashElement T>
  void AppendTo(std::vector<std::span<const T>>* pieces) const {
    for (const Block& block : blocks_) pieces->push_back({reinterpret_cast<const T*>(block.memory.data()), block.size});
  }

 private:
  struct Block {
    PageBlock memory;
    uint64_t size;      // hashes in it
    uint64_t capacity;  // hashes it has room for
  };
  template <HashElement T>
  absl::Status AppendAs(const HashedBatch& batch);
  absl::Status AddBlock();

  MemoryLedger* ledger_;
  HashWidth width_;
  std::vector<Block> blocks_;  // all but the last are full
  uint64_t size_ = 0;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_HASH_LOG_H_
