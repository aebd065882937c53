// Work cut into numbered parts and done by several threads.
#ifndef VESICA_CLI_PARALLEL_H_
#define VESICA_CLI_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "failure.h"

namespace vesica_cli {

// Calls work(worker, part) for every part below `parts`, on at most `threads` threads, until one fails. Returns a
// failure of those that failed.
template <class Work>
Failure ForEachPart(uint64_t parts, uint32_t threads, Work&& work) {
  std::atomic<uint64_t> next{0};
  std::mutex mutex;
  Failure first;
  const auto run = [&](uint32_t worker) {
    for (uint64_t part = next++; part < parts; part = next++) {
      if (Failure failure = work(worker, part)) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!first) first = std::move(failure);
        next = parts;
      }
    }
  };
  std::vector<std::thread> helpers;
  const auto wanted = static_cast<uint32_t>(std::min<uint64_t>(std::max(threads, 1u), parts));
  for (uint32_t i = 1; i < wanted; ++i) helpers.emplace_back(run, i);
  run(0);
  for (std::thread& helper : helpers) helper.join();
  return first;
}

}  // namespace vesica_cli

#endif  // VESICA_CLI_PARALLEL_H_
