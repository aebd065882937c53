#ifndef VESICA_LIB_AUDIENCE_COLLECTOR_H_
#define VESICA_LIB_AUDIENCE_COLLECTOR_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/context_state.h"
#include "hash/key_hasher.h"
#include "vesica/audience.h"

namespace vesica {

// What an audience of one representation is collected in. Each worker appends to a piece of its own, which counts only
// once it is committed, so that a failed call leaves no trace.
class Collector {
 public:
  virtual ~Collector() = default;

  // To be called before a worker's first Append of a call, by that worker.
  virtual absl::Status Begin(uint32_t worker) = 0;
  virtual absl::Status Append(uint32_t worker, const HashedBatch& batch) = 0;

  // Ends a call: what all workers have appended since they began is kept, or forgotten.
  virtual void Commit() = 0;
  virtual void Rollback() = 0;

  // Adds an audience of the same identity. Unsupported if its representation cannot become this one's.
  virtual absl::Status Merge(const Audience& audience) = 0;

  // What has been collected. Leaves the collector as it was.
  virtual absl::StatusOr<Audience::Keys> Build() = 0;
  virtual void Clear() = 0;
};

// For the workers of `context`, which must outlive it.
absl::StatusOr<std::unique_ptr<Collector>> MakeCollector(const BuilderOptions& options, HashWidth width,
                                                         ContextState& context);

std::unique_ptr<Collector> MakeExactCollector(HashWidth width, ContextState& context);
absl::StatusOr<std::unique_ptr<Collector>> MakeMinHashCollector(uint64_t bytes, HashWidth width, ContextState& context);
absl::StatusOr<std::unique_ptr<Collector>> MakeHyperLogLogCollector(uint64_t bytes, uint32_t mantissa_bits,
                                                                    ContextState& context);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_COLLECTOR_H_
