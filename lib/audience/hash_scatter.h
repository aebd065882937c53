#ifndef VESICA_LIB_AUDIENCE_HASH_SCATTER_H_
#define VESICA_LIB_AUDIENCE_HASH_SCATTER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "base/memory.h"

namespace vesica {

// How many leading bits to partition by, so that the table of one partition stays in the L2 cache: 24k rows take
// about 350 KB.
int PartitionBits(uint64_t rows, int words);

// Deals hashes out to 2^partition_bits partitions by their leading bits, in one pass and without knowing how many
// will come: each partition fills a cache line, full lines go to chunks of the arena with non-temporal stores
// (1.6 times faster than write-back, exact.md).
//
// An element is 1 word (a 64-bit hash) or 2 (a 128-bit hash, or a hash and what goes with it); the first word decides
// the partition. Used by one thread: Add any number of times, Finish once, then read. The arena must outlive it.
class HashScatter {
 public:
  static constexpr int kMinPartitionBits = 8;  // the table relies on it
  static constexpr int kMaxPartitionBits = 13;

  // `expected_rows` only sizes the chunks.
  HashScatter(Arena& arena, int words, int partition_bits, uint64_t expected_rows);

  // `second` is read only with 2 words. Fails when the arena does (OverBudget, OutOfMemory); what was added of this
  // call before the failure stays in.
  absl::Status Add(const uint64_t* first, const uint64_t* second, size_t count);

  // Writes out the lines that are not full. Fails as Add does.
  absl::Status Finish();

  int words() const { return words_; }
  int partition_bits() const { return partition_bits_; }
  size_t partitions() const { return size_t{1} << partition_bits_; }

  // Elements in a partition, after Finish().
  uint64_t count(size_t partition) const;

  // Calls visit(const uint64_t* elements, size_t count) on each chunk of a partition, after Finish(), in no
  // particular order. Stops at the first failure.
  template <class Visit>
  absl::Status ForEachChunk(size_t partition, Visit visit) const {
    for (uint32_t i = last_chunk_[partition]; i != kNone; i = chunks_[i].previous) {
      const bool last = i == last_chunk_[partition];
      const size_t count = last ? LastChunkCount(partition) : chunk_bytes_ / element_bytes();
      if (absl::Status status = visit(chunks_[i].elements, count); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  // Bytes that `rows` elements take at most, dealt by `scatters` of these; arenas round up to whole blocks.
  static uint64_t BytesFor(uint64_t rows, int words, int partition_bits, uint64_t scatters);

 private:
  struct Chunk {
    const uint64_t* elements;
    uint32_t previous;  // of the same partition
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  size_t element_bytes() const { return sizeof(uint64_t) * words_; }
  size_t LastChunkCount(size_t partition) const;
  absl::Status Start();
  absl::Status NewChunk(size_t partition, uintptr_t* cursor);
  template <int kWords>
  absl::Status AddWords(const uint64_t* first, const uint64_t* second, size_t count);

  Arena* arena_;
  int words_;
  int partition_bits_;
  size_t chunk_bytes_;
  // Write position of each partition. Its place in the line is where the line is filled; a position at a chunk border
  // (0 at first) has no chunk yet: one is taken when the line there is full.
  std::vector<uintptr_t> cursor_;
  uint64_t* lines_ = nullptr;  // one line of 8 words a partition
  std::vector<Chunk> chunks_;
  std::vector<uint32_t> last_chunk_;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_HASH_SCATTER_H_
