#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "audience/hash_log.h"
#include "audience/sort_distinct.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "base/error.h"
#include "hash/key_hasher.h"
#include "vesica/audience.h"

namespace vesica {
namespace {

constexpr uint32_t kCheckpointBatches = 64;  // 16k rows: at most a few milliseconds

// What one worker does in one Add: hashes rows and appends them to its log.
class Adder {
 public:
  Adder(const Identity& identity, ContextState& context, uint32_t worker, HashLog& log)
      : hasher_(identity), context_(context), worker_(worker), log_(log) {}

  absl::Status AddShard(const KeySource& source, uint64_t shard) {
    KeyColumn column;
    for (uint64_t batch = 0;; ++batch) {
      VESICA_ASSIGN_OR_RETURN(const bool more, source.Next(shard, batch, &column));
      if (!more) return absl::OkStatus();
      VESICA_RETURN_IF_ERROR(AddColumn(column));
    }
  }

  const Quality& quality() const { return quality_; }

 private:
  absl::Status AddColumn(const KeyColumn& column) {
    VESICA_RETURN_IF_ERROR(column.Validate());
    VESICA_RETURN_IF_ERROR(hasher_.Check(column));
    for (uint64_t begin = 0; begin < column.length; begin += kHashBatch) {
      const uint32_t count = static_cast<uint32_t>(std::min<uint64_t>(kHashBatch, column.length - begin));
      VESICA_RETURN_IF_ERROR(hasher_.Hash(column, begin, count, /*with_rows=*/false, &hashed_, &quality_));
      VESICA_RETURN_IF_ERROR(log_.Append(hashed_));
      if (++batches_ % kCheckpointBatches == 0) VESICA_RETURN_IF_ERROR(context_.Checkpoint(worker_));
    }
    return absl::OkStatus();
  }

  KeyHasher hasher_;
  ContextState& context_;
  const uint32_t worker_;
  HashLog& log_;
  HashedBatch hashed_;
  Quality quality_;
  uint32_t batches_ = 0;
};

}  // namespace

// Hashes are logged as they come, one log a worker, and all work of ordering is left to Build. So a failed Add is
// undone by cutting the logs, and merged audiences are read where they are.
struct AudienceBuilder::State {
  State(const Context& context, const Identity& identity) : context(context), identity(identity) {
    for (uint32_t i = 0; i < context.state().threads(); ++i) {
      logs.emplace_back(context.state().ledger(), identity.width());
    }
  }

  absl::Status Add(const KeySource& source);
  absl::StatusOr<std::shared_ptr<const SortedHashes>> Sort() const;
  void Clear();

  Context context;  // keeps the ledger of the logs
  Identity identity;
  std::vector<HashLog> logs;
  std::vector<std::shared_ptr<const SortedHashes>> merged;
  Quality quality;
  bool derived = false;  // something derived was merged
};

absl::Status AudienceBuilder::State::Add(const KeySource& source) {
  ContextState& state = context.state();
  std::vector<uint64_t> marks;
  for (const HashLog& log : logs) marks.push_back(log.size());
  std::vector<std::unique_ptr<Adder>> adders(logs.size());
  state.BeginCall();
  const absl::Status status = state.ParallelFor(source.shards(), 1.0, [&](uint32_t worker, uint64_t shard) {
    std::unique_ptr<Adder>& adder = adders[worker];
    if (adder == nullptr) adder = std::make_unique<Adder>(identity, state, worker, logs[worker]);
    return adder->AddShard(source, shard);
  });
  if (!status.ok()) {
    for (size_t i = 0; i < logs.size(); ++i) logs[i].Truncate(marks[i]);
    return status;
  }
  for (const auto& adder : adders) {
    if (adder != nullptr) quality.Merge(adder->quality());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const SortedHashes>> AudienceBuilder::State::Sort() const {
  return WithElementOf(identity.width(), [this]<class T>(T) {
    std::vector<std::span<const T>> pieces;
    for (const HashLog& log : logs) log.AppendTo(&pieces);
    for (const auto& hashes : merged) pieces.push_back(hashes->values<T>());
    return SortDistinct<T>(pieces, context.state());
  });
}

void AudienceBuilder::State::Clear() {
  for (HashLog& log : logs) log.Truncate(0);
  merged.clear();
  quality = Quality();
  derived = false;
}

AudienceBuilder::AudienceBuilder(const Context& context, const Identity& identity)
    : state_(std::make_unique<State>(context, identity)) {}
AudienceBuilder::~AudienceBuilder() = default;
AudienceBuilder::AudienceBuilder(AudienceBuilder&&) noexcept = default;
AudienceBuilder& AudienceBuilder::operator=(AudienceBuilder&&) noexcept = default;

absl::Status AudienceBuilder::Add(const KeyColumn& column) {
  VESICA_RETURN_IF_ERROR(column.Validate());
  KeyColumn numbered = column;
  if (numbered.first_row == 0) numbered.first_row = state_->quality.rows;
  return state_->Add(ColumnsSource({std::move(numbered)}));
}

absl::Status AudienceBuilder::Add(const KeySource& source) { return state_->Add(source); }

absl::Status AudienceBuilder::Merge(const Audience& audience) {
  VESICA_RETURN_IF_ERROR(CheckSameIdentity(state_->identity.stamp(), audience.stamp()));
  state_->merged.push_back(audience.shared_hashes());
  state_->quality.Merge(audience.quality());
  state_->derived |= audience.derived();
  return absl::OkStatus();
}

absl::StatusOr<Audience> AudienceBuilder::Build() {
  state_->context.state().BeginCall();
  VESICA_ASSIGN_OR_RETURN(std::shared_ptr<const SortedHashes> hashes, state_->Sort());
  const Quality quality = state_->derived ? Quality() : state_->quality;
  Audience audience(std::move(hashes), state_->identity.stamp(), quality, state_->derived);
  state_->Clear();
  return audience;
}

}  // namespace vesica
