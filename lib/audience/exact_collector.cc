#include <memory>
#include <utility>
#include <vector>

#include "audience/collector.h"
#include "audience/hash_log.h"
#include "audience/sort_distinct.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"

namespace vesica {
namespace {

// Hashes are logged as they come, one log a worker, and all work of ordering is left to Build. So a failed call is
// undone by cutting the logs, and merged audiences are read where they are.
class ExactCollector final : public Collector {
 public:
  ExactCollector(HashWidth width, ContextState& context) : width_(width), context_(context) {
    for (uint32_t i = 0; i < context.threads(); ++i) logs_.push_back({HashLog(context.ledger(), width)});
  }

  absl::Status Begin(uint32_t) override { return absl::OkStatus(); }
  absl::Status Append(uint32_t worker, const HashedBatch& batch) override { return logs_[worker].log.Append(batch); }

  void Commit() override {
    for (Log& each : logs_) each.committed = each.log.size();
  }

  void Rollback() override {
    for (Log& each : logs_) each.log.Truncate(each.committed);
  }

  absl::Status Merge(const Audience& audience) override {
    if (audience.representation() != Representation::kExact) {
      return MakeError(ErrorCode::kUnsupported,
                       "a sketch cannot become exact; merge it into a builder of its own representation");
    }
    merged_.push_back(audience.shared_hashes());
    return absl::OkStatus();
  }

  absl::StatusOr<Audience::Keys> Build() override {
    return WithElementOf(width_, [this]<class T>(T) -> absl::StatusOr<Audience::Keys> {
      std::vector<std::span<const T>> pieces;
      for (const Log& each : logs_) each.log.AppendTo(&pieces);
      for (const auto& hashes : merged_) pieces.push_back(hashes->values<T>());
      return SortDistinct<T>(pieces, context_);
    });
  }

  void Clear() override {
    for (Log& each : logs_) each.log.Truncate(0);
    Commit();
    merged_.clear();
  }

 private:
  struct Log {
    HashLog log;
    uint64_t committed = 0;  // hashes of it
  };

  HashWidth width_;
  ContextState& context_;
  std::vector<Log> logs_;
  std::vector<std::shared_ptr<const SortedHashes>> merged_;
};

}  // namespace

std::unique_ptr<Collector> MakeExactCollector(HashWidth width, ContextState& context) {
  return std::make_unique<ExactCollector>(width, context);
}

}  // namespace vesica
