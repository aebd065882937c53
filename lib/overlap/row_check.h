#ifndef VESICA_LIB_OVERLAP_ROW_CHECK_H_
#define VESICA_LIB_OVERLAP_ROW_CHECK_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "audience/region_table.h"
#include "hash/key_hasher.h"
#include "vesica/hash.h"
#include "vesica/keys.h"

namespace vesica {

// Whether rows whose hashes agree hold the same key, by their canonical bytes. May be read from any thread.
//
// A row of a resident source is named by one word that leads to its bytes with one wait for memory: 24 bits of shard,
// counted through all sets; then, in a shard of text behind offsets, 28 bits of where the key begins and 12 of its size
// (all ones: to be looked up), else 40 bits of row. Reading the row's offsets instead would be a second wait.
class RowCheck {
 public:
  // Reads every shard's column once; each must be one batch.
  static absl::StatusOr<RowCheck> Create(std::span<const KeySource* const> sets);

  // words[i] = the name of row rows[i] of the shard, one that KeyHasher::Hash() found valid.
  void NameRows(uint32_t set, uint64_t shard, std::span<const uint32_t> rows, uint64_t* words) const;

  // `hasher` is the calling thread's, of the same identity.
  bool AllSame(std::span<const RowPair> pairs, KeyHasher& hasher) const;

  // Distinct canonical bytes, and the sets that hold them as bits.
  using ByteSets = std::unordered_map<std::string, uint8_t>;
  void Insert(uint64_t word, int set, KeyHasher& hasher, ByteSets* keys) const;

 private:
  struct Shard {
    const char* text = nullptr;  // where key positions count from; nullptr: words hold rows
    KeyEncoding encoding = KeyEncoding::kPlain;
  };

  uint64_t RowOf(uint64_t word) const;
  std::string_view StoredBytes(uint64_t word) const;
  void PrefetchRow(uint64_t word) const;
  void PrefetchBytes(uint64_t word) const;
  bool SameKey(uint64_t a, uint64_t b, KeyHasher& hasher) const;

  std::vector<uint64_t> first_shard_;  // by set
  std::vector<KeyColumn> columns_;     // by shard
  std::vector<Shard> shards_;
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_ROW_CHECK_H_
