#ifndef VESICA_LIB_AUDIENCE_REGION_TABLE_H_
#define VESICA_LIB_AUDIENCE_REGION_TABLE_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "base/memory.h"

namespace vesica {

// What makes two elements the same key.
enum class ElementKind : uint8_t {
  kHash64,     // 1 word: the hash
  kHash128,    // 2 words: the hash
  kHash64Row,  // 2 words: the hash, and a row it came from, which does not count
};
inline int ElementWords(ElementKind kind) { return kind == ElementKind::kHash64 ? 1 : 2; }

// Two rows whose hashes agree: the first one seen, and a later one.
struct RowPair {
  uint64_t stored;
  uint64_t row;
};

// The distinct hashes of one partition, each with the sets it is in.
//
// Open addressing in buckets of one cache line: 8 slots of `hash << 8 | sets`. The partition makes the leading 8 bits
// of the hash redundant, which leaves a byte for the sets, and 0 for "empty". A second word, if any, lies in the line
// that follows. An insert is one probe of a line, compared whole by SIMD.
class RegionTable {
 public:
  RegionTable(MemoryLedger& ledger, ElementKind kind, int partition_bits)
      : ledger_(&ledger), kind_(kind), partition_bits_(partition_bits) {}

  // Empties the table for a partition of `rows` elements.
  absl::Status Begin(uint64_t rows);

  // Inserts elements of `set` (0..7) that are in this partition. With kHash64Row, `*pairs` (room for `count`) gets a
  // pair for each element whose hash was there already, and `*pair_count` how many.
  absl::Status Insert(const uint64_t* elements, size_t count, int set, RowPair* pairs = nullptr,
                      size_t* pair_count = nullptr);

  // counts[m] += distinct hashes in exactly the sets of m, for m in 1 .. 2^sets - 1.
  void Count(int sets, uint64_t* counts) const;

  // Most bytes the table takes for a partition of `rows`.
  static uint64_t BytesFor(uint64_t rows, ElementKind kind);

 private:
  absl::Status Reallocate(size_t buckets);
  absl::Status Grow(size_t entries);

  MemoryLedger* ledger_;
  ElementKind kind_;
  int partition_bits_;
  PageBlock block_;
  size_t buckets_ = 0;
  size_t used_ = 0;
  size_t capacity_ = 0;  // entries the buckets are meant for
};

// The kernels, for tests: each SIMD level of the machine must do what the scalar twin does.
struct RegionTableView {
  uint64_t* words;
  size_t buckets;
  int partition_bits;
};
// Returns how many elements were new.
size_t InsertScalar(const RegionTableView& table, ElementKind kind, const uint64_t* elements, size_t count,
                    uint64_t set_bit, RowPair* pairs, size_t* pair_count);
size_t InsertSimd(const RegionTableView& table, ElementKind kind, const uint64_t* elements, size_t count,
                  uint64_t set_bit, RowPair* pairs, size_t* pair_count);
void CountScalar(const RegionTableView& table, ElementKind kind, int sets, uint64_t* counts);
void CountSimd(const RegionTableView& table, ElementKind kind, int sets, uint64_t* counts);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_REGION_TABLE_H_
