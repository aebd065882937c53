#ifndef VESICA_LIB_OVERLAP_ROW_CHECK_H_
#define VESICA_LIB_OVERLAP_ROW_CHECK_H_

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "audience/region_table.h"
#include "hash/key_hasher.h"
#include "vesica/hash.h"
#include "vesica/keys.h"

namespace vesica {

// Whether rows whose hashes agree hold the same key, by their canonical bytes. Rows of resident sources are named by
// one word: 3 bits of set, 45 of shard, 16 of row. May be read from any thread.
class RowCheck {
 public:
  // Reads every shard's column once; each must be one batch of at most 2^16 rows.
  static absl::StatusOr<RowCheck> Create(std::span<const KeySource* const> sets);

  static uint64_t Row(uint32_t set, uint64_t shard, uint32_t row) { return uint64_t{set} << 61 | shard << 16 | row; }

  // `hasher` is the calling thread's, of the same identity.
  bool AllSame(std::span<const RowPair> pairs, KeyHasher& hasher) const;

  // Distinct canonical bytes, and the sets that hold them as bits.
  using ByteSets = std::unordered_map<std::string, uint8_t>;
  void Insert(uint64_t row, int set, KeyHasher& hasher, ByteSets* keys) const;

 private:
  const KeyColumn& ColumnOf(uint64_t row) const { return columns_[row >> 61][row << 3 >> 19]; }
  std::vector<std::vector<KeyColumn>> columns_;  // by set and shard
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_ROW_CHECK_H_
