#ifndef VESICA_LIB_ALIGNMENT_ENGINE_H_
#define VESICA_LIB_ALIGNMENT_ENGINE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "alignment/fold.h"
#include "alignment/packed_event.h"
#include "alignment/record_log.h"

namespace vesica {

// Rows of each company that belong to no timeline.
struct LeftOutRows {
  uint64_t duplicates = 0;  // all columns equal to those of another row, which is in it
  uint64_t future = 0;      // after as_of
};

// What the first fold counts besides.
struct PeopleCounts {
  std::vector<LeftOutRows> left_out;  // by company
  std::vector<uint64_t> valued;       // by dimension: people of a company who have a value there
};

// The first fold: reads the log partition by partition, sorts each into timelines and shows every one of them to the
// folds of the worker that has it; then merges the folds of all workers into the first of each. Progress ends at
// `progress_end`. `counts` has a place for every company and dimension.
absl::Status FoldPeople(const RecordLog<PackedEvent>& log, std::span<const FoldScope> workers, std::span<Folds> folds,
                        double progress_end, PeopleCounts* counts);

// Folds that emit records into one log, T::Log, which is for the second fold.
template <class T>
Folds MakeFoldsWithLog(std::span<const FoldScope> workers) {
  const StudyOptions& options = workers.front().data->options;
  auto log = std::make_shared<typename T::Log>(*workers.front().context, options.partitions, options.spill_directory);
  Folds folds;
  for (const FoldScope& worker : workers) folds.push_back(std::make_unique<T>(worker, log));
  return folds;
}

// A buffer for the records of a partition, one worker's, that grows with them.
class PartitionBuffer {
 public:
  template <class Record>
  absl::Status Reserve(MemoryLedger& ledger, uint64_t records, Record** out) {
    const size_t bytes = static_cast<size_t>(records) * sizeof(Record);
    if (bytes > block_.size()) {
      block_.Free();
      if (absl::Status status = PageBlock::Allocate(ledger, bytes + bytes / 8, &block_); !status.ok()) return status;
    }
    *out = reinterpret_cast<Record*>(block_.data());
    return absl::OkStatus();
  }

 private:
  PageBlock block_;
};

// A second fold: visit(worker, records) for the records of every partition of a log, in no order.
template <class Record, class VisitRecords>
absl::Status ForEachPartition(const RecordLog<Record>& log, ContextState& context, double progress_end,
                              const VisitRecords& visit) {
  std::vector<PartitionBuffer> buffers(context.threads());
  return context.ParallelFor(log.partitions(), progress_end, [&](uint32_t worker, uint64_t item) -> absl::Status {
    const auto partition = static_cast<uint32_t>(item);
    const uint64_t count = log.Count(partition);
    if (count == 0) return absl::OkStatus();
    Record* records = nullptr;
    if (absl::Status s = buffers[worker].Reserve(context.ledger(), count, &records); !s.ok()) return s;
    uint64_t at = 0;
    for (uint32_t shard = 0; shard < log.workers(); ++shard) {
      if (absl::Status s = log.Read(shard, partition, records + at); !s.ok()) return s;
      at += log.Count(shard, partition);
    }
    return visit(worker, std::span<Record>(records, count));
  });
}

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_ENGINE_H_
