#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "audience/collector.h"
#include "audience/min_hash.h"
#include "audience/smallest_hashes.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"

namespace vesica {
namespace {

template <HashElement T>
class MinHashCollector final : public Collector {
 public:
  MinHashCollector(const MinHashSize& size, ContextState& context)
      : size_(size), context_(context), kept_(size, context.ledger()) {
    for (uint32_t i = 0; i < context.threads(); ++i) pieces_.emplace_back(size, context.ledger());
  }

  absl::Status Begin(uint32_t worker) override {
    // All the memory there is to take, so that Commit cannot fail.
    VESICA_RETURN_IF_ERROR(pieces_[worker].hashes.Prepare());
    pieces_[worker].hashes.RestartFor(kept_);
    pieces_[worker].begun = true;
    return absl::OkStatus();
  }

  absl::Status Append(uint32_t worker, const HashedBatch& batch) override {
    pieces_[worker].hashes.Append(batch);
    return absl::OkStatus();
  }

  void Commit() override {
    for (Piece& piece : pieces_) {
      if (std::exchange(piece.begun, false)) kept_.Append(piece.hashes);
    }
  }

  void Rollback() override {
    for (Piece& piece : pieces_) piece.begun = false;
  }

  absl::Status Prepare() { return kept_.Prepare(); }

  absl::Status Merge(const Audience& audience) override {
    switch (audience.representation()) {
      case Representation::kExact:
        kept_.Append(audience.hashes().values<T>());
        return absl::OkStatus();
      case Representation::kMinHash:
        merged_ = merged_.has_value() ? MinHash::Merge(*merged_, audience.min_hash()) : audience.min_hash();
        return absl::OkStatus();
      case Representation::kHyperLogLog:
        break;
    }
    return MakeError(ErrorCode::kUnsupported,
                     "a HyperLogLog cannot become a MinHash; build both as one of them, or one of them exact");
  }

  absl::StatusOr<Audience::Keys> Build() override {
    kept_.Compact();
    if (!merged_.has_value() && kept_.complete()) {
      VESICA_ASSIGN_OR_RETURN(std::shared_ptr<const SortedHashes> exact,
                              SortedHashes::Copy(kept_.hashes(), context_.shared_ledger()));
      return exact;
    }
    MinHash sample = MinHash::OfSorted(kept_.hashes(), size_, kept_.threshold());
    if (merged_.has_value()) sample = MinHash::Merge(sample, *merged_);
    return std::make_shared<const MinHash>(std::move(sample));
  }

  void Clear() override {
    kept_.Clear();
    merged_.reset();
  }

 private:
  struct Piece {
    Piece(const MinHashSize& size, MemoryLedger& ledger) : hashes(size, ledger) {}
    SmallestHashes<T> hashes;
    bool begun = false;
  };

  MinHashSize size_;
  ContextState& context_;
  SmallestHashes<T> kept_;
  std::vector<Piece> pieces_;
  std::optional<MinHash> merged_;  // of sketches
};

}  // namespace

absl::StatusOr<std::unique_ptr<Collector>> MakeMinHashCollector(uint64_t bytes, HashWidth width,
                                                                ContextState& context) {
  VESICA_ASSIGN_OR_RETURN(const MinHashSize size, MinHashSize::Of(bytes));
  return WithElementOf(width, [&]<class T>(T) -> absl::StatusOr<std::unique_ptr<Collector>> {
    auto collector = std::make_unique<MinHashCollector<T>>(size, context);
    VESICA_RETURN_IF_ERROR(collector->Prepare());
    return collector;
  });
}

}  // namespace vesica
