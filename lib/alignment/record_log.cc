#include "alignment/record_log.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace vesica {

RecordLogBase::RecordLogBase(ContextState& context, size_t record_bytes, uint32_t partitions,
                             std::string spill_directory)
    : context_(context),
      record_bytes_(record_bytes),
      records_per_block_(kBlockBytes / record_bytes),
      partitions_(partitions),
      directory_(std::move(spill_directory)) {
  for (uint32_t i = 0; i < context.threads(); ++i) {
    shards_.push_back(std::make_unique<Shard>());
    shards_.back()->lists.resize(partitions);
  }
}

uint64_t RecordLogBase::Count(uint32_t partition) const {
  uint64_t count = 0;
  for (uint32_t worker = 0; worker < workers(); ++worker) count += Count(worker, partition);
  return count;
}

bool RecordLogBase::spilled() const {
  return std::any_of(shards_.begin(), shards_.end(), [](const auto& shard) { return shard->file.is_open(); });
}

absl::Status RecordLogBase::Read(uint32_t worker, uint32_t partition, void* out) const {
  const Shard& shard = *shards_[worker];
  const List& list = shard.lists[partition];
  char* next = static_cast<char*>(out);
  for (const Extent& extent : list.extents) {
    const size_t bytes = static_cast<size_t>(extent.records) * record_bytes_;
    VESICA_RETURN_IF_ERROR(shard.file.Read(extent.offset, bytes, next));
    next += bytes;
  }
  for (const char* block : list.blocks) {
    const size_t bytes = (block == list.blocks.back() ? list.used : records_per_block_) * record_bytes_;
    std::memcpy(next, block, bytes);
    next += bytes;
  }
  return absl::OkStatus();
}

absl::Status RecordLogBase::AddBlock(Shard& shard, List& list) {
  if (shard.free.empty()) VESICA_RETURN_IF_ERROR(AddSlab(shard));
  list.blocks.push_back(shard.free.back());
  shard.free.pop_back();
  list.used = 0;
  return absl::OkStatus();
}

absl::Status RecordLogBase::AddSlab(Shard& shard) {
  MemoryLedger& ledger = context_.ledger();
  const size_t size = shard.slabs.size() < kSmallSlabs ? kSmallSlabBytes : kSlabBytes;
  const uint64_t enough = ledger.limited() ? ledger.budget_bytes() / 2 : UINT64_MAX;
  const bool over = ledger.held_bytes() >= enough || enough - ledger.held_bytes() < size;
  // With less than a block for each partition it would mostly write blocks that are nearly empty.
  if (over && !directory_.empty() && shard.held_bytes >= partitions_ * uint64_t{kBlockBytes}) return Spill(shard);
  PageBlock slab;
  VESICA_RETURN_IF_ERROR(PageBlock::Allocate(ledger, size, &slab));
  for (size_t at = size; at > 0; at -= kBlockBytes) shard.free.push_back(slab.data() + at - kBlockBytes);
  shard.slabs.push_back(std::move(slab));
  shard.held_bytes += size;
  return absl::OkStatus();
}

absl::Status RecordLogBase::Spill(Shard& shard) {
  if (!shard.file.is_open()) {
    VESICA_ASSIGN_OR_RETURN(shard.file, SpillFile::Create(directory_));
  }
  for (List& list : shard.lists) {
    for (char* block : list.blocks) {
      const size_t records = block == list.blocks.back() ? list.used : records_per_block_;
      Extent extent{0, records};
      VESICA_RETURN_IF_ERROR(shard.file.Append(block, records * record_bytes_, &extent.offset));
      const bool joins = !list.extents.empty() &&
                         list.extents.back().offset + list.extents.back().records * record_bytes_ == extent.offset;
      if (joins) {
        list.extents.back().records += records;
      } else {
        list.extents.push_back(extent);
      }
      shard.free.push_back(block);
    }
    list.blocks.clear();
    list.used = 0;
  }
  return absl::OkStatus();
}

}  // namespace vesica
