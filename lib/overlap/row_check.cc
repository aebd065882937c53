#include "overlap/row_check.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/error.h"
#include "hwy/cache_control.h"

namespace vesica {
namespace {

constexpr uint64_t kMaxShardRows = uint64_t{1} << 16;
constexpr uint64_t kMaxShards = uint64_t{1} << 45;
constexpr uint64_t kRowMask = kMaxShardRows - 1;
// How far ahead the offsets, and then the bytes they lead to, are fetched: both are cache misses as a rule.
constexpr size_t kOffsetsAhead = 32;
constexpr size_t kBytesAhead = 16;

template <class Offset>
std::string_view BytesAt(const KeyColumn& column, uint64_t row) {
  const Offset* offsets = static_cast<const Offset*>(column.offsets) + row;
  return {static_cast<const char*>(column.data) + offsets[0], static_cast<size_t>(offsets[1] - offsets[0])};
}

// The bytes of a row as they lie in memory, where that takes no more than an offset; else an empty view.
std::string_view StoredBytes(const KeyColumn& column, uint64_t row) {
  if (column.layout == KeyLayout::kOffsets32) return BytesAt<int32_t>(column, row);
  if (column.layout == KeyLayout::kOffsets64) return BytesAt<int64_t>(column, row);
  if (column.layout == KeyLayout::kSpans) {
    const KeySpan& span = static_cast<const KeySpan*>(column.data)[row];
    return {static_cast<const char*>(span.data), static_cast<size_t>(span.size)};
  }
  return {};
}

void PrefetchOffsets(const KeyColumn& column, uint64_t row) {
  if (column.layout == KeyLayout::kOffsets32) hwy::Prefetch(static_cast<const int32_t*>(column.offsets) + row);
  if (column.layout == KeyLayout::kOffsets64) hwy::Prefetch(static_cast<const int64_t*>(column.offsets) + row);
  if (column.layout == KeyLayout::kSpans) hwy::Prefetch(static_cast<const KeySpan*>(column.data) + row);
}

bool SameKey(const KeyColumn& a, uint64_t row_a, const KeyColumn& b, uint64_t row_b, KeyHasher& hasher) {
  const std::string_view stored_a = StoredBytes(a, row_a);
  const std::string_view stored_b = StoredBytes(b, row_b);
  // The same text in the same encoding has the same canonical form.
  if (!stored_a.empty() && stored_a == stored_b && a.encoding == b.encoding) return true;
  const std::string canonical(hasher.CanonicalBytes(a, row_a));
  return canonical == hasher.CanonicalBytes(b, row_b);
}

}  // namespace

absl::StatusOr<RowCheck> RowCheck::Create(std::span<const KeySource* const> sets) {
  RowCheck check;
  for (uint32_t set = 0; set < sets.size(); ++set) {
    const KeySource& source = *sets[set];
    std::vector<KeyColumn>& columns = check.columns_.emplace_back(source.shards());
    for (uint64_t shard = 0; shard < source.shards(); ++shard) {
      const auto more = source.Next(shard, 0, &columns[shard]);
      if (!more.ok()) return AtIndex(more.status(), set);
      if (columns[shard].length > kMaxShardRows || shard >= kMaxShards) {
        return MakeError(ErrorInfo{.code = ErrorCode::kUnsupported, .index = set},
                         "a byte-checked count takes shards of at most 65,536 rows");
      }
    }
  }
  return check;
}

bool RowCheck::AllSame(std::span<const RowPair> pairs, KeyHasher& hasher) const {
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (i + kOffsetsAhead < pairs.size()) {
      const RowPair& next = pairs[i + kOffsetsAhead];
      PrefetchOffsets(ColumnOf(next.stored), next.stored & kRowMask);
      PrefetchOffsets(ColumnOf(next.row), next.row & kRowMask);
    }
    if (i + kBytesAhead < pairs.size()) {
      const RowPair& next = pairs[i + kBytesAhead];
      hwy::Prefetch(StoredBytes(ColumnOf(next.stored), next.stored & kRowMask).data());
      hwy::Prefetch(StoredBytes(ColumnOf(next.row), next.row & kRowMask).data());
    }
    const RowPair& pair = pairs[i];
    if (!SameKey(ColumnOf(pair.stored), pair.stored & kRowMask, ColumnOf(pair.row), pair.row & kRowMask, hasher)) {
      return false;
    }
  }
  return true;
}

void RowCheck::Insert(uint64_t row, int set, KeyHasher& hasher, ByteSets* keys) const {
  (*keys)[std::string(hasher.CanonicalBytes(ColumnOf(row), row & kRowMask))] |= static_cast<uint8_t>(1u << set);
}

}  // namespace vesica
