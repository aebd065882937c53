#include "audience/smallest_hashes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "audience/select_below.h"
#include "base/error.h"

namespace vesica {
namespace {

size_t Select(const HashedBatch& batch, uint64_t limit, uint64_t* out) {
  return SelectBelow(batch.hi, batch.size, 0, limit, out);
}

size_t Select(const HashedBatch& batch, uint64_t limit, KeyHash* out) {
  size_t selected = 0;
  for (uint32_t i = 0; i < batch.size; ++i) {
    out[selected] = {batch.hi[i], batch.lo[i]};
    selected += batch.hi[i] <= limit;
  }
  return selected;
}

size_t Select(std::span<const uint64_t> hashes, uint64_t limit, uint64_t* out) {
  return SelectBelow(hashes.data(), hashes.size(), 0, limit, out);
}

size_t Select(std::span<const KeyHash> hashes, uint64_t limit, KeyHash* out) {
  size_t selected = 0;
  for (const KeyHash& hash : hashes) {
    out[selected] = hash;
    selected += hash.hi <= limit;
  }
  return selected;
}

}  // namespace

// Compacting costs a sort of all that is kept; with room for twice the capacity it is due whenever the set has doubled.
template <HashElement T>
SmallestHashes<T>::SmallestHashes(const MinHashSize& size, MemoryLedger& ledger)
    : size_(size),
      ledger_(&ledger),
      room_(2 * size_t{size.capacity} + kHashBatch),
      threshold_(EndCell(size.mantissa_bits)) {}

template <HashElement T>
absl::Status SmallestHashes<T>::Prepare() {
  if (memory_.data() != nullptr) return absl::OkStatus();
  VESICA_RETURN_IF_ERROR(sort_.Prepare(*ledger_, room_));
  return PageBlock::Allocate(*ledger_, (room_ + 1) * sizeof(T), &memory_);
}

template <HashElement T>
void SmallestHashes<T>::Append(const HashedBatch& batch) {
  MakeRoom(batch.size);
  count_ += Select(batch, limit_, data() + count_);
}

template <HashElement T>
void SmallestHashes<T>::Append(std::span<const T> hashes) {
  for (size_t begin = 0; begin < hashes.size(); begin += kHashBatch) {
    const std::span<const T> piece = hashes.subspan(begin, std::min<size_t>(kHashBatch, hashes.size() - begin));
    MakeRoom(piece.size());
    count_ += Select(piece, limit_, data() + count_);
  }
}

template <HashElement T>
void SmallestHashes<T>::Append(const SmallestHashes& other) {
  complete_ &= other.complete_;
  if (other.threshold_ < threshold_) {
    SetThreshold(other.threshold_);
    count_ = Select(hashes(), limit_, data());
  }
  Append(other.hashes());
}

template <HashElement T>
void SmallestHashes<T>::Clear() {
  count_ = 0;
  complete_ = true;
  SetThreshold(EndCell(size_.mantissa_bits));
}

template <HashElement T>
void SmallestHashes<T>::RestartFor(const SmallestHashes& into) {
  Clear();
  SetThreshold(into.threshold_);
}

template <HashElement T>
void SmallestHashes<T>::MakeRoom(size_t count) {
  if (count_ + count > room_) Compact();
}

template <HashElement T>
void SmallestHashes<T>::SetThreshold(uint32_t threshold) {
  threshold_ = threshold;
  const uint64_t edge = CellEdge(threshold, size_.mantissa_bits);
  limit_ = (edge << (64 - kPositionBits)) - 1;  // 2^60 wraps around to all ones
}

template <HashElement T>
void SmallestHashes<T>::Compact() {
  count_ = sort_.SortDistinct(data(), count_, std::min(std::countl_zero(limit_), 32));
  if (complete_ && count_ <= size_.ExactCapacity(kHashWidthOf<T>)) return;
  complete_ = false;
  T* const hashes = data();
  size_t kept = 0;
  uint32_t last = 0;
  for (size_t i = 0; i < count_; ++i) {
    const uint32_t cell = CellOf(HashPosition(LeadingWord(hashes[i])), size_.mantissa_bits);
    if (kept != 0 && cell == last) continue;
    if (cell >= threshold_ || kept == size_.capacity) {
      SetThreshold(std::min(cell, threshold_));
      break;
    }
    hashes[kept++] = hashes[i];
    last = cell;
  }
  count_ = kept;
}

template class SmallestHashes<uint64_t>;
template class SmallestHashes<KeyHash>;

}  // namespace vesica
