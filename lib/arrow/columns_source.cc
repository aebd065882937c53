#include <algorithm>

#include "base/error.h"
#include "vesica/keys.h"

namespace vesica {
namespace {

// A shard takes about a millisecond: small enough to share out and to cancel between, large enough to hide its cost.
constexpr uint64_t kShardRows = uint64_t{1} << 16;

}  // namespace

ColumnsSource::ColumnsSource(std::vector<KeyColumn> columns) : columns_(std::move(columns)) {
  first_shard_.push_back(0);
  for (KeyColumn& column : columns_) {
    if (column.first_row == 0) column.first_row = rows_;
    const uint64_t shards = column.length / kShardRows + (column.length % kShardRows != 0);
    first_shard_.push_back(first_shard_.back() + shards);
    rows_ += column.length;
  }
}

absl::StatusOr<bool> ColumnsSource::Next(uint64_t shard, uint64_t batch, KeyColumn* out) const {
  if (shard >= shards()) return InvalidArgument("the source has no such shard");
  if (batch > 0) return false;
  const auto next = std::upper_bound(first_shard_.begin(), first_shard_.end(), shard);
  const size_t index = static_cast<size_t>(next - first_shard_.begin()) - 1;
  const KeyColumn& column = columns_[index];
  const uint64_t begin = (shard - first_shard_[index]) * kShardRows;
  *out = column.Slice(begin, std::min(kShardRows, column.length - begin));
  return true;
}

}  // namespace vesica
