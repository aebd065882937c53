#include "vesica/context.h"

#include <atomic>
#include <chrono>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/context_state.h"
#include "base/error.h"
#include "gtest/gtest.h"

namespace vesica {
namespace {

Context Make(ContextOptions options) { return Context::Create(std::move(options)).value(); }

TEST(Context, RefusesNoThreadsAndTooMany) {
  EXPECT_EQ(GetErrorInfo(Context::Create({.threads = 0}).status()).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(GetErrorInfo(Context::Create({.threads = 257}).status()).code, ErrorCode::kInvalidArgument);
  EXPECT_TRUE(Context::Create({.threads = 256}).ok());
}

TEST(ParallelFor, RunsEveryItemOnce) {
  for (const uint32_t threads : {1u, 2u, 7u}) {
    Context context = Make({.threads = threads});
    std::vector<std::atomic<int>> runs(1000);
    context.state().BeginCall();
    ASSERT_TRUE(context.state()
                    .ParallelFor(runs.size(), 1,
                                 [&](uint32_t worker, uint64_t item) {
                                   EXPECT_LT(worker, threads);
                                   ++runs[item];
                                   return absl::OkStatus();
                                 })
                    .ok());
    for (const auto& count : runs) EXPECT_EQ(count, 1);
  }
}

TEST(ParallelFor, ThrowingWorkBecomesAStatus) {
  for (const uint32_t threads : {1u, 3u}) {
    Context context = Make({.threads = threads});
    auto run = [&](auto thrower) {
      return GetErrorInfo(context.state().ParallelFor(8, 1,
                                                      [&](uint32_t, uint64_t) -> absl::Status {
                                                        thrower();
                                                        return absl::OkStatus();
                                                      }))
          .code;
    };
    EXPECT_EQ(run([] { throw std::bad_alloc(); }), ErrorCode::kOutOfMemory);
    EXPECT_EQ(run([] { throw std::logic_error("no"); }), ErrorCode::kInternal);
    EXPECT_EQ(run([] { throw 1; }), ErrorCode::kInternal);
    EXPECT_EQ(run([] {}), ErrorCode::kOk);
  }
}

TEST(ParallelFor, TheRealFailureIsNotHiddenByWorkersThatStopForIt) {
  Context context = Make({.threads = 4});
  std::atomic<bool> failed{false};
  const absl::Status status = context.state().ParallelFor(4, 1, [&](uint32_t worker, uint64_t item) -> absl::Status {
    if (item == 3) {
      failed = true;
      return MakeError(ErrorCode::kCorrupt, "the real failure");
    }
    while (!failed) std::this_thread::yield();
    for (int i = 0; i < 1000; ++i) {
      VESICA_RETURN_IF_ERROR(context.state().Checkpoint(worker));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (worker == 0) return absl::OkStatus();
    }
    return absl::OkStatus();
  });
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kCorrupt);
}

// The caller's thread has nothing left to do while another is in a long item: it must still hear "cancel".
TEST(ParallelFor, CancelIsHeardWhileOnlyOthersWork) {
  std::atomic<bool> other_is_busy{false};
  Context context = Make({.threads = 2, .progress = [&](double) { return !other_is_busy; }});
  context.state().BeginCall();
  const auto start = std::chrono::steady_clock::now();
  const absl::Status status = context.state().ParallelFor(2, 1, [&](uint32_t worker, uint64_t) -> absl::Status {
    if (worker == 0) {
      while (!other_is_busy) std::this_thread::yield();
      return absl::OkStatus();
    }
    other_is_busy = true;
    while (true) {
      VESICA_RETURN_IF_ERROR(context.state().Checkpoint(worker));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(MemoryLedger, CountsAndRefuses) {
  MemoryLedger ledger(1 << 20);
  PageBlock block;
  ASSERT_TRUE(PageBlock::Allocate(ledger, 600000, &block).ok());
  EXPECT_GE(ledger.held_bytes(), 600000u);
  PageBlock second;
  const absl::Status status = PageBlock::Allocate(ledger, 600000, &second);
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kOverBudget);
  EXPECT_GE(GetErrorInfo(status).needed_bytes, 1200000u);
  EXPECT_EQ(second.data(), nullptr);
  block.Free();
  EXPECT_EQ(ledger.held_bytes(), 0u);
  EXPECT_GE(ledger.peak_bytes(), 600000u);
}

TEST(Arena, TakesAlignedPiecesAndKeepsItsBlocks) {
  MemoryLedger ledger(0);
  Arena arena(ledger);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3000; ++i) {
      char* piece = nullptr;
      ASSERT_TRUE(arena.Take(2048, &piece).ok());
      EXPECT_EQ(reinterpret_cast<uintptr_t>(piece) % 2048, 0u);
      piece[0] = piece[2047] = 1;
    }
    EXPECT_EQ(ledger.held_bytes(), 3 * Arena::kBlockBytes);
    arena.Reset();
  }
  arena.Trim();
  EXPECT_EQ(ledger.held_bytes(), 0u);
}

}  // namespace
}  // namespace vesica
