#ifndef VESICA_LIB_BASE_CONTEXT_STATE_H_
#define VESICA_LIB_BASE_CONTEXT_STATE_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "base/memory.h"
#include "vesica/context.h"

namespace vesica {

// What stands behind Context: the ledger, an arena for each worker, and the loop that uses them.
class ContextState {
 public:
  explicit ContextState(ContextOptions options);

  uint32_t threads() const { return options_.threads; }
  MemoryLedger& ledger() { return *ledger_; }
  const MemoryLedger& ledger() const { return *ledger_; }
  const std::shared_ptr<MemoryLedger>& shared_ledger() const { return ledger_; }  // for what outlives the context
  Arena& arena(uint32_t worker) { return *arenas_[worker]; }
  void ResetArenas();  // what calls have taken is given back, the memory stays
  void Trim();

  // Starts a call: progress is at 0.
  void BeginCall();

  // Runs work(worker, item) for each item of 0..items-1 on up to threads() threads, worker 0 being the caller's.
  // Items are claimed in order; each should take milliseconds at most, as progress is told and cancelling noticed
  // between them. Progress moves from where it stands to `progress_end` of the call. A failure stops the loop; of
  // several failures the one of the smallest item is returned. Whatever `work` throws becomes a status.
  absl::Status ParallelFor(uint64_t items, double progress_end,
                           const std::function<absl::Status(uint32_t worker, uint64_t item)>& work);

  // For long items of a ParallelFor, to be called every few milliseconds: fails when the loop is to stop.
  absl::Status Checkpoint(uint32_t worker);

  double progress() const { return progress_; }  // as last told

  // For loops of one thread: tells progress (a fraction of the call) when due; Cancelled if asked to.
  absl::Status Progress(double fraction);

 private:
  const ContextOptions options_;
  const std::shared_ptr<MemoryLedger> ledger_;
  std::vector<std::unique_ptr<Arena>> arenas_;
  double progress_ = 0;
  std::atomic<bool> stop_{false};  // of the running ParallelFor
  std::chrono::steady_clock::time_point last_told_;
};

}  // namespace vesica

#endif  // VESICA_LIB_BASE_CONTEXT_STATE_H_
