#ifndef VESICA_LIB_BASE_MEMORY_H_
#define VESICA_LIB_BASE_MEMORY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace vesica {

// Counts working memory against a budget. May be used from any thread.
class MemoryLedger {
 public:
  explicit MemoryLedger(uint64_t budget_bytes) : budget_(budget_bytes == 0 ? UINT64_MAX : budget_bytes) {}

  // OverBudget (naming what would be needed) if the budget does not hold `bytes` more.
  absl::Status Reserve(uint64_t bytes);
  void Release(uint64_t bytes) { held_.fetch_sub(bytes, std::memory_order_relaxed); }

  bool limited() const { return budget_ != UINT64_MAX; }
  uint64_t budget_bytes() const { return budget_; }
  uint64_t held_bytes() const { return held_.load(std::memory_order_relaxed); }
  uint64_t peak_bytes() const { return peak_.load(std::memory_order_relaxed); }

 private:
  const uint64_t budget_;
  std::atomic<uint64_t> held_{0};
  std::atomic<uint64_t> peak_{0};
};

// Memory that others allocate, but that counts all the same. The ledger must outlive it.
class Reservation {
 public:
  explicit Reservation(MemoryLedger& ledger) : ledger_(ledger) {}
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation() { ledger_.Release(bytes_); }

  absl::Status Add(uint64_t bytes) {
    absl::Status status = ledger_.Reserve(bytes);
    if (status.ok()) bytes_ += bytes;
    return status;
  }

 private:
  MemoryLedger& ledger_;
  uint64_t bytes_ = 0;
};

// A large zeroed block from the system, in huge pages where they can be had: first touch of fresh small pages costs
// more than the algorithms' own traffic (210 MB of them add 25 to 140 ms).
class PageBlock {
 public:
  PageBlock() = default;
  PageBlock(PageBlock&& other) noexcept { *this = std::move(other); }
  PageBlock& operator=(PageBlock&& other) noexcept;
  ~PageBlock() { Free(); }

  // At least `bytes`, aligned to 64 bytes and, from 2 MiB on, to 2 MiB. Counted in `ledger`, which must outlive it.
  static absl::Status Allocate(MemoryLedger& ledger, size_t bytes, PageBlock* out);

  // Gives back what lies beyond the first `bytes`, as far as the system takes parts of a block back.
  void Shrink(size_t bytes);

  void Free();
  char* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  MemoryLedger* ledger_ = nullptr;
  char* data_ = nullptr;
  size_t size_ = 0;
  void* mapping_ = nullptr;
  size_t mapping_size_ = 0;
};

// Bump allocation from blocks that are kept for the next use.
class Arena {
 public:
  explicit Arena(MemoryLedger& ledger) : ledger_(&ledger) {}

  // `bytes` aligned to `bytes` if that is a power of two, else to 64; at most kBlockBytes.
  absl::Status Take(size_t bytes, char** out);

  void Reset() { block_ = used_ = 0; }  // everything taken is given back, the blocks stay
  void Trim() { blocks_.clear(), Reset(); }
  uint64_t held_bytes() const { return blocks_.size() * uint64_t{kBlockBytes}; }

  static constexpr size_t kBlockBytes = size_t{2} << 20;

 private:
  MemoryLedger* ledger_;
  std::vector<PageBlock> blocks_;
  size_t block_ = 0;  // the one in use
  size_t used_ = 0;   // of it
};

}  // namespace vesica

#endif  // VESICA_LIB_BASE_MEMORY_H_
