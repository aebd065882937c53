#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "audience/collector.h"
#include "audience/hyper_log_log.h"
#include "audience/select_below.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"
#include "base/memory.h"

namespace vesica {
namespace {

constexpr size_t kCheckpointHashes = size_t{1} << 20;  // about 2 ms

// Registers that hashes are added to. Once every register holds a key, a hash whose fraction is above all of them can
// change none, and most are turned down by one comparison.
class Registers {
 public:
  explicit Registers(const HyperLogLogShape& shape) : shape_(shape), codes_(shape.registers()) {}

  void Append(const HashedBatch& batch) {
    uint64_t selected[kHashBatch + 1];
    const size_t count = SelectBelow(batch.hi, batch.size, shape_.register_bits, limit_, selected);
    for (size_t i = 0; i < count; ++i) Add(selected[i]);
    since_limit_ += count;
    if (since_limit_ >= codes_.size() / 4) FindLimit();
  }

  void Add(uint64_t hash) {
    uint8_t& kept = codes_[shape_.RegisterOf(hash)];
    kept = std::max(kept, shape_.CodeOf(hash));
  }

  // Of the same shape.
  void Merge(const Registers& other) {
    for (size_t i = 0; i < codes_.size(); ++i) codes_[i] = std::max(codes_[i], other.codes_[i]);
    limit_ = std::min(limit_, other.limit_);
  }

  const std::vector<uint8_t>& codes() const { return codes_; }

 private:
  void FindLimit() {
    since_limit_ = 0;
    uint8_t least = UINT8_MAX;
    for (const uint8_t code : codes_) least = std::min(least, code);  // becomes a vector minimum
    limit_ = shape_.LargestFractionAbove(least);
  }

  HyperLogLogShape shape_;
  std::vector<uint8_t> codes_;
  uint64_t limit_ = UINT64_MAX;  // the largest fraction that can change a register
  uint64_t since_limit_ = 0;     // hashes added since it was found
};

class HyperLogLogCollector final : public Collector {
 public:
  HyperLogLogCollector(const HyperLogLogShape& shape, ContextState& context)
      : context_(context), shape_(shape), reserved_(context.ledger()), kept_(shape), pieces_(context.threads()) {}

  // Counts the registers of all workers. To be called first.
  absl::Status Reserve() { return reserved_.Add((1 + pieces_.size()) * shape_.registers()); }

  absl::Status Begin(uint32_t worker) override {
    pieces_[worker] = kept_;
    return absl::OkStatus();
  }

  absl::Status Append(uint32_t worker, const HashedBatch& batch) override {
    pieces_[worker]->Append(batch);
    return absl::OkStatus();
  }

  void Commit() override {
    for (auto& piece : pieces_) {
      if (piece.has_value()) kept_.Merge(*std::exchange(piece, std::nullopt));
    }
  }

  void Rollback() override {
    for (auto& piece : pieces_) piece.reset();
  }

  absl::Status Merge(const Audience& audience) override {
    switch (audience.representation()) {
      case Representation::kExact:
        return WithElementOf(audience.stamp().width,
                             [&]<class T>(T) { return MergeExact(audience.hashes().values<T>()); });
      case Representation::kHyperLogLog:
        merged_ =
            merged_.has_value() ? HyperLogLog::Merge(*merged_, audience.hyper_log_log()) : audience.hyper_log_log();
        return absl::OkStatus();
      case Representation::kMinHash:
        break;
    }
    return MakeError(ErrorCode::kUnsupported,
                     "a MinHash cannot become a HyperLogLog; build both as one of them, or one of them exact");
  }

  absl::StatusOr<Audience::Keys> Build() override {
    HyperLogLog sketch(shape_, kept_.codes());
    if (merged_.has_value()) sketch = HyperLogLog::Merge(sketch, *merged_);
    return std::make_shared<const HyperLogLog>(std::move(sketch));
  }

  void Clear() override {
    kept_ = Registers(shape_);
    merged_.reset();
  }

 private:
  // About 2 ns a hash.
  template <HashElement T>
  absl::Status MergeExact(std::span<const T> hashes) {
    Registers registers = kept_;
    for (size_t i = 0; i < hashes.size(); ++i) {
      registers.Add(LeadingWord(hashes[i]));
      if (i % kCheckpointHashes == 0) {
        VESICA_RETURN_IF_ERROR(context_.Progress(static_cast<double>(i) / static_cast<double>(hashes.size())));
      }
    }
    kept_ = std::move(registers);
    return absl::OkStatus();
  }

  ContextState& context_;
  HyperLogLogShape shape_;
  Reservation reserved_;
  Registers kept_;
  std::vector<std::optional<Registers>> pieces_;  // of the workers that have begun
  std::optional<HyperLogLog> merged_;             // of sketches
};

}  // namespace

absl::StatusOr<std::unique_ptr<Collector>> MakeHyperLogLogCollector(uint64_t bytes, uint32_t mantissa_bits,
                                                                    ContextState& context) {
  VESICA_ASSIGN_OR_RETURN(const HyperLogLogShape shape, HyperLogLogShape::Of(bytes, mantissa_bits));
  auto collector = std::make_unique<HyperLogLogCollector>(shape, context);
  VESICA_RETURN_IF_ERROR(collector->Reserve());
  return collector;
}

}  // namespace vesica
