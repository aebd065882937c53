#include "audience/growing_min_hash.h"

#include <algorithm>

#include "audience/sorted_hashes.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr size_t kLeastRoom = 16;

// Sorts what follows the first `sorted` values in between them, each once.
template <class T>
void SortDistinct(size_t sorted, std::vector<T>* values) {
  const auto middle = values->begin() + static_cast<ptrdiff_t>(sorted);
  std::sort(middle, values->end());
  std::inplace_merge(values->begin(), middle, values->end());
  values->erase(std::unique(values->begin(), values->end()), values->end());
}

// Leaves room for half as many more: as much is sorted before all is merged again.
template <class T>
void MakeRoom(std::vector<T>* values) {
  const size_t room = std::max(kLeastRoom, values->size() / 2);
  if (values->capacity() - values->size() >= room) return;
  std::vector<T> roomy;
  roomy.reserve(values->size() + room);
  roomy.assign(values->begin(), values->end());
  *values = std::move(roomy);
}

}  // namespace

void GrowingMinHash::CompactHashes() {
  SortDistinct(sorted_, &hashes_);
  sorted_ = hashes_.size();
  if (hashes_.size() <= size_.ExactCapacity(HashWidth::k64)) return MakeRoom(&hashes_);
  complete_ = false;
  for (const uint64_t hash : hashes_) cells_.push_back(CellOf(HashPosition(hash), size_.mantissa_bits));
  hashes_ = {};
  sorted_ = cells_.size();  // as codes keep the order
  CompactCells();
}

void GrowingMinHash::CompactCells() {
  SortDistinct(sorted_, &cells_);
  if (cells_.size() > size_.capacity) {
    threshold_ = cells_[size_.capacity];
    limit_ = (CellEdge(threshold_, size_.mantissa_bits) << (64 - kPositionBits)) - 1;
    cells_.resize(size_.capacity);
  }
  sorted_ = cells_.size();
  MakeRoom(&cells_);
}

absl::StatusOr<Audience::Keys> GrowingMinHash::Keys(const std::shared_ptr<MemoryLedger>& ledger) {
  if (complete_) CompactHashes();
  if (complete_) {
    VESICA_ASSIGN_OR_RETURN(std::shared_ptr<const SortedHashes> exact,
                            SortedHashes::Copy(std::span<const uint64_t>(hashes_), ledger));
    return exact;
  }
  CompactCells();
  return std::make_shared<const MinHash>(size_, threshold_, cells_);
}

}  // namespace vesica
