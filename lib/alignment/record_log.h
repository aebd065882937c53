#ifndef VESICA_LIB_ALIGNMENT_RECORD_LOG_H_
#define VESICA_LIB_ALIGNMENT_RECORD_LOG_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "alignment/spill_file.h"
#include "base/context_state.h"
#include "base/memory.h"

namespace vesica {

// Records of one size by partition: appended by workers in any order, each to its own shard, then read back partition
// by partition. Over budget (more than half of it, as who reads needs memory too) a shard writes what it holds to a
// spill file in the directory; where there is none, it fails with OverBudget.
class RecordLogBase {
 public:
  RecordLogBase(ContextState& context, size_t record_bytes, uint32_t partitions, std::string spill_directory);

  uint32_t partitions() const { return partitions_; }

  // The partition of a hash: ranges of hash space, in order.
  uint32_t PartitionOf(uint64_t hash) const {
    return static_cast<uint32_t>(static_cast<unsigned __int128>(hash) * partitions_ >> 64);
  }

  // Records that a shard has of a partition, and in all.
  uint64_t Count(uint32_t worker, uint32_t partition) const { return shards_[worker]->lists[partition].records; }
  uint64_t Count(uint32_t partition) const;
  uint32_t workers() const { return static_cast<uint32_t>(shards_.size()); }
  bool spilled() const;

  // Copies them to `out`, in the order of appending. From any thread once nobody appends.
  absl::Status Read(uint32_t worker, uint32_t partition, void* out) const;

 protected:
  // The place of one more record.
  absl::Status Extend(uint32_t worker, uint32_t partition, char** place) {
    Shard& shard = *shards_[worker];
    List& list = shard.lists[partition];
    if (list.used == records_per_block_ || list.blocks.empty()) {
      if (absl::Status status = AddBlock(shard, list); !status.ok()) return status;
    }
    *place = list.blocks.back() + list.used * record_bytes_;
    ++list.used;
    ++list.records;
    return absl::OkStatus();
  }

 private:
  static constexpr size_t kBlockBytes = size_t{1} << 13;
  // Memory comes in slabs: a few small ones, as many logs are small, then ones of a huge page.
  static constexpr size_t kSmallSlabs = 8;
  static constexpr size_t kSmallSlabBytes = size_t{1} << 18;
  static constexpr size_t kSlabBytes = size_t{2} << 20;

  struct Extent {
    uint64_t offset;
    uint64_t records;
  };
  struct List {
    std::vector<Extent> extents;  // in the spill file, before those in memory
    std::vector<char*> blocks;    // all full but the last
    size_t used = 0;              // records in the last
    uint64_t records = 0;
  };
  struct Shard {
    std::vector<List> lists;
    std::vector<PageBlock> slabs;
    uint64_t held_bytes = 0;  // of the slabs
    std::vector<char*> free;  // blocks
    SpillFile file;
  };

  absl::Status AddBlock(Shard& shard, List& list);
  absl::Status AddSlab(Shard& shard);
  absl::Status Spill(Shard& shard);

  ContextState& context_;
  const size_t record_bytes_;
  const size_t records_per_block_;
  const uint32_t partitions_;
  const std::string directory_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

template <class Record>
class RecordLog : public RecordLogBase {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  RecordLog(ContextState& context, uint32_t partitions, std::string spill_directory)
      : RecordLogBase(context, sizeof(Record), partitions, std::move(spill_directory)) {}

  absl::Status Append(uint32_t worker, uint64_t hash, const Record& record) {
    char* place = nullptr;
    if (absl::Status status = Extend(worker, PartitionOf(hash), &place); !status.ok()) return status;
    std::memcpy(place, &record, sizeof(Record));
    return absl::OkStatus();
  }
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_RECORD_LOG_H_
