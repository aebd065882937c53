#include "audience/region_table.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace vesica {
namespace {

constexpr size_t kSlots = 8;
constexpr double kLoad = 0.55;
// A partition may be one key repeated: start at this many entries and grow when they are really there (costs 3 %,
// measured).
constexpr uint64_t kFirstEntries = 40000;

size_t BucketsFor(uint64_t entries) {
  return std::max<size_t>(4, static_cast<size_t>(static_cast<double>(entries) / (kLoad * kSlots)) + 1);
}

size_t BytesOf(size_t buckets, ElementKind kind) { return buckets * kSlots * ElementWords(kind) * sizeof(uint64_t); }

// Moves every entry to a table that is empty.
void Rehash(const RegionTableView& from, const RegionTableView& to, ElementKind kind) {
  const size_t words = ElementWords(kind);
  const size_t bucket_words = kSlots * words;
  for (size_t bucket = 0; bucket < from.buckets; ++bucket) {
    for (size_t i = 0; i < kSlots; ++i) {
      const uint64_t* slot = from.words + bucket * bucket_words + i;
      if (*slot == 0) continue;
      // The leading byte of the hash is gone; the table never looks at it.
      const uint64_t element[2] = {*slot >> 8, words == 2 ? slot[kSlots] : 0};
      RowPair unused;
      size_t unused_count;
      InsertScalar(to, kind, element, 1, *slot & 0xFF, &unused, &unused_count);
    }
  }
}

}  // namespace

uint64_t RegionTable::BytesFor(uint64_t rows, ElementKind kind) { return BytesOf(BucketsFor(rows), kind) + 4096; }

absl::Status RegionTable::Reallocate(size_t buckets) {
  if (BytesOf(buckets, kind_) > block_.size()) {
    block_.Free();
    // A little more, so that partitions of nearly equal size share one block.
    VESICA_RETURN_IF_ERROR(PageBlock::Allocate(*ledger_, BytesOf(buckets + buckets / 8, kind_), &block_));
  } else {
    std::memset(block_.data(), 0, BytesOf(buckets, kind_));
  }
  buckets_ = buckets;
  return absl::OkStatus();
}

absl::Status RegionTable::Begin(uint64_t rows) {
  capacity_ = std::min(rows, kFirstEntries);
  used_ = 0;
  return Reallocate(BucketsFor(capacity_));
}

absl::Status RegionTable::Grow(size_t entries) {
  const size_t capacity = std::max(capacity_ * 2, entries);
  const RegionTableView old{reinterpret_cast<uint64_t*>(block_.data()), buckets_, partition_bits_};
  PageBlock old_block = std::move(block_);
  block_ = PageBlock();
  VESICA_RETURN_IF_ERROR(Reallocate(BucketsFor(capacity)));
  Rehash(old, {reinterpret_cast<uint64_t*>(block_.data()), buckets_, partition_bits_}, kind_);
  capacity_ = capacity;
  return absl::OkStatus();
}

absl::Status RegionTable::Insert(const uint64_t* elements, size_t count, int set, RowPair* pairs, size_t* pair_count) {
  if (used_ + count > capacity_) VESICA_RETURN_IF_ERROR(Grow(used_ + count));
  const RegionTableView table{reinterpret_cast<uint64_t*>(block_.data()), buckets_, partition_bits_};
  used_ += InsertSimd(table, kind_, elements, count, uint64_t{1} << set, pairs, pair_count);
  return absl::OkStatus();
}

void RegionTable::Count(int sets, uint64_t* counts) const {
  CountSimd({reinterpret_cast<uint64_t*>(block_.data()), buckets_, partition_bits_}, kind_, sets, counts);
}

}  // namespace vesica
