#ifndef VESICA_CONTEXT_H_
#define VESICA_CONTEXT_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"

namespace vesica {

class ContextState;

struct ContextOptions {
  uint32_t threads = 1;              // most threads of one call, the caller's included; 1..256
  uint64_t memory_budget_bytes = 0;  // most working memory; 0 means no limit
  // Called on the calling thread at least every 0.1 s of work with the fraction done, 0..1 and never
  // falling within a call. Returning false cancels the call.
  std::function<bool(double fraction)> progress = nullptr;
};

// What a call may use: threads, memory, and someone to tell about progress.
//
// Serves one call at a time. Keeps its working memory for the next call until Trim(). Copies share one state.
class Context {
 public:
  // Fails with InvalidArgument when threads is 0 or above 256.
  static absl::StatusOr<Context> Create(ContextOptions options);

  // Gives kept working memory back to the system.
  void Trim();

  uint64_t held_bytes() const;  // working memory held now, the builders' included
  uint64_t peak_bytes() const;  // most ever held at once

  ContextState& state() const { return *state_; }

 private:
  explicit Context(std::shared_ptr<ContextState> state) : state_(std::move(state)) {}
  std::shared_ptr<ContextState> state_;
};

}  // namespace vesica

#endif  // VESICA_CONTEXT_H_
