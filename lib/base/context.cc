#include "vesica/context.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

#include "base/context_state.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr uint32_t kMaxThreads = 256;
constexpr std::chrono::milliseconds kProgressEvery{50};

}  // namespace

absl::StatusOr<Context> Context::Create(ContextOptions options) {
  if (options.threads < 1 || options.threads > kMaxThreads) return InvalidArgument("threads must be in 1..256");
  return Context(std::make_shared<ContextState>(std::move(options)));
}

void Context::Trim() { state_->Trim(); }
uint64_t Context::held_bytes() const { return state_->ledger().held_bytes(); }
uint64_t Context::peak_bytes() const { return state_->ledger().peak_bytes(); }

ContextState::ContextState(ContextOptions options)
    : options_(std::move(options)), ledger_(std::make_shared<MemoryLedger>(options_.memory_budget_bytes)) {
  for (uint32_t i = 0; i < options_.threads; ++i) arenas_.push_back(std::make_unique<Arena>(*ledger_));
}

void ContextState::ResetArenas() {
  for (auto& arena : arenas_) arena->Reset();
}

void ContextState::Trim() {
  for (auto& arena : arenas_) arena->Trim();
}

void ContextState::BeginCall() {
  progress_ = 0;
  last_told_ = {};  // the first Progress() of a call tells at once
}

absl::Status ContextState::Progress(double fraction) {
  if (!options_.progress) return absl::OkStatus();
  const auto now = std::chrono::steady_clock::now();
  if (now - last_told_ < kProgressEvery) return absl::OkStatus();
  last_told_ = now;
  progress_ = std::clamp(fraction, progress_, 1.0);
  if (options_.progress(progress_)) return absl::OkStatus();
  return MakeError(ErrorCode::kCancelled, "cancelled by the progress callback");
}

absl::Status ContextState::Checkpoint(uint32_t worker) {
  if (worker == 0) return Progress(progress_);
  if (!stop_.load(std::memory_order_relaxed)) return absl::OkStatus();
  return MakeError(ErrorCode::kCancelled, "stopped");
}

absl::Status ContextState::ParallelFor(uint64_t items, double progress_end,
                                       const std::function<absl::Status(uint32_t, uint64_t)>& work) {
  const double progress_begin = progress_;
  std::atomic<uint64_t> next{0};
  std::mutex mutex;  // guards what follows
  std::condition_variable idle;
  uint32_t running = 0;  // threads beside the caller's
  uint64_t failed_item = UINT64_MAX;
  absl::Status failure;
  stop_.store(false, std::memory_order_relaxed);

  auto fail = [&](uint64_t item, absl::Status status) {
    std::lock_guard<std::mutex> lock(mutex);
    const bool only_stopped = !failure.ok() && GetErrorInfo(status).code == ErrorCode::kCancelled;
    if (item < failed_item && !only_stopped) {
      failed_item = item;
      failure = std::move(status);
    }
    stop_.store(true, std::memory_order_relaxed);
  };
  auto run_item = [&](uint32_t worker, uint64_t item) -> absl::Status {
    try {
      VESICA_RETURN_IF_ERROR(work(worker, item));
      if (worker != 0) return absl::OkStatus();
      const double done = static_cast<double>(item + 1) / static_cast<double>(items);
      return Progress(progress_begin + (progress_end - progress_begin) * done);
    } catch (const std::bad_alloc&) {
      return MakeError(ErrorCode::kOutOfMemory, "the system gave no memory");
    } catch (...) {
      return MakeError(ErrorCode::kInternal, "unexpected failure in a worker");
    }
  };
  auto loop = [&](uint32_t worker) {
    while (!stop_.load(std::memory_order_relaxed)) {
      const uint64_t item = next.fetch_add(1, std::memory_order_relaxed);
      if (item >= items) return;
      if (absl::Status status = run_item(worker, item); !status.ok()) fail(item, std::move(status));
    }
  };
  auto thread_main = [&](uint32_t worker) {
    loop(worker);
    std::lock_guard<std::mutex> lock(mutex);
    --running;
    idle.notify_one();
  };

  std::vector<std::thread> threads;
  const uint64_t wanted = std::min<uint64_t>(options_.threads, items);
  if (wanted > 1) threads.reserve(wanted - 1);
  for (uint32_t worker = 1; worker < wanted; ++worker) {
    try {
      std::unique_lock<std::mutex> lock(mutex);
      threads.emplace_back(thread_main, worker);
      ++running;
    } catch (const std::system_error&) {
      break;  // the system gives no more threads: those there are do the work
    }
  }
  loop(0);
  // Others may be in a long item: go on telling progress, and hear when asked to stop.
  for (std::unique_lock<std::mutex> lock(mutex); !idle.wait_for(lock, kProgressEvery, [&] { return running == 0; });) {
    lock.unlock();
    if (absl::Status status = Progress(progress_); !status.ok()) fail(items, std::move(status));
    lock.lock();
  }
  for (std::thread& thread : threads) thread.join();
  if (!failure.ok()) return failure;
  VESICA_RETURN_IF_ERROR(Progress(progress_end));  // the caller may not have had an item of its own
  progress_ = std::max(progress_, progress_end);
  return absl::OkStatus();
}

}  // namespace vesica
