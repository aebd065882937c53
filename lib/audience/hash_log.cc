#include "audience/hash_log.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace vesica {
namespace {

// Blocks double from 16 KiB, so that many small logs stay small, to one huge page.
constexpr uint64_t kFirstBlockBytes = uint64_t{16} << 10;
constexpr uint64_t kLargestBlockBytes = uint64_t{2} << 20;

void CopyHashes(const HashedBatch& batch, uint64_t begin, uint64_t count, uint64_t* out) {
  std::memcpy(out, batch.hi + begin, count * sizeof(uint64_t));
}

void CopyHashes(const HashedBatch& batch, uint64_t begin, uint64_t count, KeyHash* out) {
  for (uint64_t i = 0; i < count; ++i) out[i] = {batch.hi[begin + i], batch.lo[begin + i]};
}

}  // namespace

absl::Status HashLog::Append(const HashedBatch& batch) {
  return WithElementOf(width_, [&]<class T>(T) { return AppendAs<T>(batch); });
}

template <HashElement T>
absl::Status HashLog::AppendAs(const HashedBatch& batch) {
  for (uint64_t done = 0; done < batch.size;) {
    if (blocks_.empty() || blocks_.back().size == blocks_.back().capacity) VESICA_RETURN_IF_ERROR(AddBlock());
    Block& block = blocks_.back();
    const uint64_t count = std::min(batch.size - done, block.capacity - block.size);
    CopyHashes(batch, done, count, reinterpret_cast<T*>(block.memory.data()) + block.size);
    block.size += count;
    size_ += count;
    done += count;
  }
  return absl::OkStatus();
}

absl::Status HashLog::AddBlock() {
  const uint64_t size_bytes = blocks_.size() < 7 ? kFirstBlockBytes << blocks_.size() : kLargestBlockBytes;
  static_assert(kFirstBlockBytes << 7 == kLargestBlockBytes);
  PageBlock memory;
  VESICA_RETURN_IF_ERROR(PageBlock::Allocate(*ledger_, size_bytes, &memory));
  blocks_.push_back({std::move(memory), 0, size_bytes / HashBytes(width_)});
  return absl::OkStatus();
}

void HashLog::Truncate(uint64_t size) {
  while (size_ > size) {
    Block& block = blocks_.back();
    const uint64_t cut = std::min(size_ - size, block.size);
    block.size -= cut;
    size_ -= cut;
    if (block.size == 0) blocks_.pop_back();
  }
}

}  // namespace vesica
