#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "audience/collector.h"
#include "base/context_state.h"
#include "base/error.h"
#include "hash/key_hasher.h"
#include "vesica/audience.h"

namespace vesica {
namespace {

constexpr uint32_t kCheckpointBatches = 64;  // 16k rows: at most a few milliseconds

// What one worker does in one Add: hashes rows and collects them.
class Adder {
 public:
  Adder(const Identity& identity, ContextState& context, uint32_t worker, Collector& collector)
      : hasher_(identity), context_(context), worker_(worker), collector_(collector) {}

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
      VESICA_RETURN_IF_ERROR(collector_.Append(worker_, hashed_));
      if (++batches_ % kCheckpointBatches == 0) VESICA_RETURN_IF_ERROR(context_.Checkpoint(worker_));
    }
    return absl::OkStatus();
  }

  KeyHasher hasher_;
  ContextState& context_;
  const uint32_t worker_;
  Collector& collector_;
  HashedBatch hashed_;
  Quality quality_;
  uint32_t batches_ = 0;
};

}  // namespace

struct AudienceBuilder::State {
  State(const Context& context, const Identity& identity, std::unique_ptr<Collector> collector)
      : context(context), identity(identity), collector(std::move(collector)) {}

  absl::Status Add(const KeySource& source);

  Context context;  // keeps what the collector uses
  Identity identity;
  std::unique_ptr<Collector> collector;
  Quality quality;
  bool derived = false;  // something derived was merged
};

absl::Status AudienceBuilder::State::Add(const KeySource& source) {
  ContextState& state = context.state();
  std::vector<std::unique_ptr<Adder>> adders(state.threads());
  state.BeginCall();
  const absl::Status status = state.ParallelFor(source.shards(), 1.0, [&](uint32_t worker, uint64_t shard) {
    std::unique_ptr<Adder>& adder = adders[worker];
    if (adder == nullptr) {
      VESICA_RETURN_IF_ERROR(collector->Begin(worker));
      adder = std::make_unique<Adder>(identity, state, worker, *collector);
    }
    return adder->AddShard(source, shard);
  });
  if (!status.ok()) {
    collector->Rollback();
    return status;
  }
  collector->Commit();
  for (const auto& adder : adders) {
    if (adder != nullptr) quality.Merge(adder->quality());
  }
  return absl::OkStatus();
}

AudienceBuilder::AudienceBuilder(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudienceBuilder::AudienceBuilder(const Context& context, const Identity& identity)
    : state_(std::make_unique<State>(context, identity, MakeExactCollector(identity.width(), context.state()))) {}
AudienceBuilder::~AudienceBuilder() = default;
AudienceBuilder::AudienceBuilder(AudienceBuilder&&) noexcept = default;
AudienceBuilder& AudienceBuilder::operator=(AudienceBuilder&&) noexcept = default;

absl::StatusOr<AudienceBuilder> AudienceBuilder::Create(const Context& context, const Identity& identity,
                                                        const BuilderOptions& options) {
  VESICA_ASSIGN_OR_RETURN(std::unique_ptr<Collector> collector,
                          MakeCollector(options, identity.width(), context.state()));
  return AudienceBuilder(std::make_unique<State>(context, identity, std::move(collector)));
}

absl::Status AudienceBuilder::Add(const KeyColumn& column) {
  VESICA_RETURN_IF_ERROR(column.Validate());
  KeyColumn numbered = column;
  if (numbered.first_row == 0) numbered.first_row = state_->quality.rows;
  return state_->Add(ColumnsSource({std::move(numbered)}));
}

absl::Status AudienceBuilder::Add(const KeySource& source) { return state_->Add(source); }

absl::Status AudienceBuilder::Merge(const Audience& audience) {
  VESICA_RETURN_IF_ERROR(CheckSameIdentity(state_->identity.stamp(), audience.stamp()));
  VESICA_RETURN_IF_ERROR(state_->collector->Merge(audience));
  state_->quality.Merge(audience.quality());
  state_->derived |= audience.derived();
  return absl::OkStatus();
}

absl::StatusOr<Audience> AudienceBuilder::Build() {
  state_->context.state().BeginCall();
  VESICA_ASSIGN_OR_RETURN(Audience::Keys keys, state_->collector->Build());
  const Quality quality = state_->derived ? Quality() : state_->quality;
  Audience audience(std::move(keys), state_->identity.stamp(), quality, state_->derived);
  state_->collector->Clear();
  state_->quality = Quality();
  state_->derived = false;
  return audience;
}

}  // namespace vesica
