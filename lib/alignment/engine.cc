#include "alignment/engine.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace vesica {
namespace {

constexpr uint64_t kEventsPerBucket = 8;

auto Fields(const Event& e) {
  return std::tie(e.person, e.time, e.kind, e.team, e.company, e.account, e.segment, e.details, e.flags, e.deal_state);
}

// The work of one worker on one partition after another.
class PartitionFold {
 public:
  PartitionFold(const RecordLog<PackedEvent>& log, const FoldScope& scope, std::vector<Fold*> folds)
      : log_(log), scope_(scope), folds_(std::move(folds)), held_(scope.context->ledger()) {
    counts_.left_out.resize(scope.data->companies.size());
    counts_.valued.resize(scope.data->dimensions.size());
  }

  absl::Status Run(uint32_t partition) {
    const uint64_t count = log_.Count(partition);
    if (count == 0) return absl::OkStatus();
    Event* events = nullptr;
    VESICA_RETURN_IF_ERROR(buffer_.Reserve(scope_.context->ledger(), count, &events));
    VESICA_RETURN_IF_ERROR(ReadSorted(partition, count, events));
    for (uint64_t begin = 0; begin < count;) {
      uint64_t end = begin + 1;
      while (end < count && events[end].person == events[begin].person) ++end;
      VESICA_RETURN_IF_ERROR(Visit({events + begin, events + end}));
      begin = end;
    }
    uint64_t held = scope_.segments->held_bytes();
    for (const Fold* fold : folds_) held += fold->held_bytes();
    if (held <= reserved_) return absl::OkStatus();
    VESICA_RETURN_IF_ERROR(held_.Add(held - reserved_));
    reserved_ = held;
    return absl::OkStatus();
  }

  const PeopleCounts& counts() const { return counts_; }

 private:
  // The events of a partition, sorted: scattered to buckets by the next bits of their hashes, which are uniform, so
  // that only a few have to be compared with each other.
  absl::Status ReadSorted(uint32_t partition, uint64_t count, Event* events) {
    PackedEvent* packed = nullptr;
    VESICA_RETURN_IF_ERROR(packed_.Reserve(scope_.context->ledger(), count, &packed));
    ends_.assign(count / kEventsPerBucket + 1, 0);
    const auto bucket_of = [this](const PackedEvent& event) {
      const uint64_t place = scope_.data->slice.Spread(event.person) * log_.partitions();  // within the partition
      return static_cast<size_t>(static_cast<unsigned __int128>(place) * ends_.size() >> 64);
    };
    uint64_t read = 0;
    for (uint32_t shard = 0; shard < log_.workers(); ++shard) {
      VESICA_RETURN_IF_ERROR(log_.Read(shard, partition, packed + read));
      const uint64_t end = read + log_.Count(shard, partition);
      for (; read < end; ++read) ++ends_[bucket_of(packed[read])];
    }
    uint64_t begin = 0;
    for (uint64_t& end : ends_) end = std::exchange(begin, begin + end);  // where the bucket begins, for now
    uint64_t at = 0;
    for (uint32_t shard = 0; shard < log_.workers(); ++shard) {
      const uint64_t end = at + log_.Count(shard, partition);
      for (; at < end; ++at) {
        Event& event = events[ends_[bucket_of(packed[at])]++];
        event = Unpack(packed[at]);
        scope_.data->Translate(shard, &event);
      }
    }
    begin = 0;
    for (const uint64_t end : ends_) {
      std::sort(events + begin, events + end, [](const Event& a, const Event& b) { return Fields(a) < Fields(b); });
      begin = end;
    }
    return absl::OkStatus();
  }

  // The events of one person and company, sorted.
  absl::Status Visit(std::span<Event> events) {
    LeftOutRows& left_out = counts_.left_out[events.front().company];
    size_t kept = 0;
    for (size_t i = 0; i < events.size(); ++i) {
      if (i > 0 && kept > 0 && events[i] == events[kept - 1]) {
        ++left_out.duplicates;
      } else if (events[i].time > scope_.data->as_of && events[i].has_time()) {
        ++left_out.future;
      } else {
        events[kept++] = events[i];
      }
    }
    if (kept == 0) return absl::OkStatus();
    Timeline timeline;
    timeline.events = events.first(kept);
    Resolve(*scope_.data, *scope_.segments, &timeline);
    const std::span<const uint32_t> values = (*scope_.segments)[timeline.segment];
    for (size_t k = 0; k < values.size(); ++k) counts_.valued[k] += values[k] != kNoId;
    for (Fold* fold : folds_) VESICA_RETURN_IF_ERROR(fold->Visit(timeline));
    return absl::OkStatus();
  }

  const RecordLog<PackedEvent>& log_;
  const FoldScope& scope_;
  const std::vector<Fold*> folds_;
  PartitionBuffer buffer_, packed_;
  std::vector<uint64_t> ends_;  // of the buckets
  Reservation held_;            // of the folds
  uint64_t reserved_ = 0;
  PeopleCounts counts_;
};

}  // namespace

absl::Status FoldPeople(const RecordLog<PackedEvent>& log, std::span<const FoldScope> workers, std::span<Folds> folds,
                        double progress_end, PeopleCounts* counts) {
  std::vector<std::unique_ptr<PartitionFold>> work;
  for (const FoldScope& worker : workers) {
    std::vector<Fold*> own;
    for (Folds& of_all : folds) own.push_back(of_all[worker.worker].get());
    work.push_back(std::make_unique<PartitionFold>(log, worker, std::move(own)));
  }
  ContextState& context = *workers.front().context;
  VESICA_RETURN_IF_ERROR(context.ParallelFor(log.partitions(), progress_end, [&](uint32_t worker, uint64_t partition) {
    return work[worker]->Run(static_cast<uint32_t>(partition));
  }));
  for (Folds& of_all : folds) {
    for (size_t worker = 1; worker < of_all.size(); ++worker) {
      VESICA_RETURN_IF_ERROR(of_all.front()->Merge(*of_all[worker]));
      of_all[worker].reset();
    }
  }
  for (const auto& worker : work) {
    const PeopleCounts& own = worker->counts();
    for (size_t company = 0; company < own.left_out.size(); ++company) {
      counts->left_out[company].duplicates += own.left_out[company].duplicates;
      counts->left_out[company].future += own.left_out[company].future;
    }
    for (size_t k = 0; k < own.valued.size(); ++k) counts->valued[k] += own.valued[k];
  }
  return absl::OkStatus();
}

}  // namespace vesica
