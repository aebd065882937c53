#include "overlap/row_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/endian.h"
#include "base/error.h"
#include "hwy/cache_control.h"

namespace vesica {
namespace {

constexpr int kSizeBits = 12;
constexpr int kBeginBits = 28;
constexpr int kShardShift = kSizeBits + kBeginBits;
constexpr uint64_t kMaxShards = uint64_t{1} << (64 - kShardShift);
constexpr uint64_t kRowMask = (uint64_t{1} << kShardShift) - 1;
constexpr uint64_t kBeginMask = (uint64_t{1} << kBeginBits) - 1;
constexpr uint64_t kLongSize = (uint64_t{1} << kSizeBits) - 1;

// How many pairs ahead bytes are fetched, and what leads to them twice as far: both are cache misses as a rule.
constexpr size_t kPairsAhead = 16;

uint64_t OffsetAt(const KeyColumn& column, uint64_t row) {
  return column.layout == KeyLayout::kOffsets32 ? Load<uint32_t>(column.offsets, row)
                                                : Load<uint64_t>(column.offsets, row);
}

bool HasOffsets(const KeyColumn& column) {
  return column.layout == KeyLayout::kOffsets32 || column.layout == KeyLayout::kOffsets64;
}

// The text of a valid column that words can point into; else nullptr.
const char* TextOf(const KeyColumn& column) {
  if (!HasOffsets(column) || column.length == 0 || column.data == nullptr) return nullptr;
  const uint64_t first = OffsetAt(column, 0);
  if (OffsetAt(column, column.length) - first > kBeginMask) return nullptr;
  return static_cast<const char*>(column.data) + first;
}

// The row whose key begins at `begin` of the column's text and is not empty.
uint64_t RowAt(const KeyColumn& column, uint64_t begin) {
  const uint64_t offset = OffsetAt(column, 0) + begin;
  uint64_t row = 0, end = column.length;  // offsets: row's is at most `offset`, end's is above it
  while (end - row > 1) {
    const uint64_t middle = row + (end - row) / 2;
    (OffsetAt(column, middle) <= offset ? row : end) = middle;
  }
  return row;
}

// The bytes of a row as they lie in memory, where that takes no more than a look at the row; else an empty view.
std::string_view BytesOfRow(const KeyColumn& column, uint64_t row) {
  if (HasOffsets(column)) {
    const uint64_t begin = OffsetAt(column, row);
    return {static_cast<const char*>(column.data) + begin, static_cast<size_t>(OffsetAt(column, row + 1) - begin)};
  }
  if (column.layout == KeyLayout::kSpans) {
    const auto span = Load<KeySpan>(column.data, row);
    return {static_cast<const char*>(span.data), static_cast<size_t>(span.size)};
  }
  return {};
}

}  // namespace

absl::StatusOr<RowCheck> RowCheck::Create(std::span<const KeySource* const> sets) {
  RowCheck check;
  for (uint32_t set = 0; set < sets.size(); ++set) {
    const KeySource& source = *sets[set];
    const uint64_t first = check.shards_.size();
    check.first_shard_.push_back(first);
    if (source.shards() > kMaxShards - first) {
      return MakeError(ErrorInfo{.code = ErrorCode::kUnsupported, .index = set},
                       absl::StrCat("a byte-checked count takes at most ", kMaxShards, " shards"));
    }
    for (uint64_t shard = 0; shard < source.shards(); ++shard) {
      KeyColumn column;
      const auto more = source.Next(shard, 0, &column);
      if (!more.ok()) return AtIndex(more.status(), set);
      if (absl::Status status = column.Validate(); !status.ok()) return AtIndex(status, set);
      check.shards_.push_back({TextOf(column), column.encoding});
      check.columns_.push_back(std::move(column));
    }
  }
  return check;
}

void RowCheck::NameRows(uint32_t set, uint64_t shard, std::span<const uint32_t> rows, uint64_t* words) const {
  const uint64_t index = first_shard_[set] + shard;
  const uint64_t prefix = index << kShardShift;
  if (shards_[index].text == nullptr) {
    for (size_t i = 0; i < rows.size(); ++i) words[i] = prefix | rows[i];
    return;
  }
  const KeyColumn& column = columns_[index];
  const uint64_t first = OffsetAt(column, 0);
  for (size_t i = 0; i < rows.size(); ++i) {
    const uint64_t begin = OffsetAt(column, rows[i]);
    const uint64_t size = std::min(OffsetAt(column, rows[i] + uint64_t{1}) - begin, kLongSize);
    words[i] = prefix | (begin - first) << kSizeBits | size;
  }
}

uint64_t RowCheck::RowOf(uint64_t word) const {
  const uint64_t shard = word >> kShardShift;
  const uint64_t row = word & kRowMask;
  return shards_[shard].text == nullptr ? row : RowAt(columns_[shard], row >> kSizeBits);
}

inline std::string_view RowCheck::StoredBytes(uint64_t word) const {
  const uint64_t shard = word >> kShardShift;
  const uint64_t size = word & kLongSize;
  const char* text = shards_[shard].text;
  if (text != nullptr && size != kLongSize) [[likely]]
    return {text + (word >> kSizeBits & kBeginMask), size};
  return BytesOfRow(columns_[shard], RowOf(word));
}

inline void RowCheck::PrefetchRow(uint64_t word) const {
  const uint64_t shard = word >> kShardShift;
  if (shards_[shard].text != nullptr) return;
  const KeyColumn& column = columns_[shard];
  const uint64_t row = word & kRowMask;
  if (column.layout == KeyLayout::kOffsets32) hwy::Prefetch(static_cast<const int32_t*>(column.offsets) + row);
  if (column.layout == KeyLayout::kOffsets64) hwy::Prefetch(static_cast<const int64_t*>(column.offsets) + row);
  if (column.layout == KeyLayout::kSpans) hwy::Prefetch(static_cast<const KeySpan*>(column.data) + row);
}

// A key often crosses into the next line.
inline void RowCheck::PrefetchBytes(uint64_t word) const {
  const std::string_view bytes = StoredBytes(word);
  hwy::Prefetch(bytes.data());
  if (!bytes.empty()) hwy::Prefetch(bytes.data() + bytes.size() - 1);
}

inline bool RowCheck::SameKey(uint64_t a, uint64_t b, KeyHasher& hasher) const {
  const std::string_view stored_a = StoredBytes(a);
  const std::string_view stored_b = StoredBytes(b);
  const uint64_t shard_a = a >> kShardShift, shard_b = b >> kShardShift;
  // The same text in the same encoding has the same canonical form.
  if (!stored_a.empty() && stored_a == stored_b && shards_[shard_a].encoding == shards_[shard_b].encoding) return true;
  const std::string canonical(hasher.CanonicalBytes(columns_[shard_a], RowOf(a)));
  return canonical == hasher.CanonicalBytes(columns_[shard_b], RowOf(b));
}

bool RowCheck::AllSame(std::span<const RowPair> pairs, KeyHasher& hasher) const {
  const size_t size = pairs.size();
  for (size_t i = 0; i < size + 2 * kPairsAhead; ++i) {
    if (i < size) {
      PrefetchRow(pairs[i].stored);
      PrefetchRow(pairs[i].row);
    }
    if (const size_t next = i - kPairsAhead; next < size) {
      PrefetchBytes(pairs[next].stored);
      PrefetchBytes(pairs[next].row);
    }
    const size_t now = i - 2 * kPairsAhead;
    if (now < size && !SameKey(pairs[now].stored, pairs[now].row, hasher)) return false;
  }
  return true;
}

void RowCheck::Insert(uint64_t word, int set, KeyHasher& hasher, ByteSets* keys) const {
  const KeyColumn& column = columns_[word >> kShardShift];
  (*keys)[std::string(hasher.CanonicalBytes(column, RowOf(word)))] |= static_cast<uint8_t>(1u << set);
}

}  // namespace vesica
