#include "audience/hash_scatter.h"

#include <algorithm>
#include <cstring>

#include "audience/stream_line.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr size_t kLineWords = 8;
constexpr size_t kLineBytes = kLineWords * sizeof(uint64_t);
constexpr uint64_t kRowsPerPartition = 24000;
constexpr size_t kMinChunkBytes = 2048;
constexpr size_t kMaxChunkBytes = 32768;

// Chunks grow with the rows so that half-filled ones stay below an eighth of the memory.
size_t ChunkBytes(uint64_t rows, int words, int partition_bits) {
  size_t bytes = kMinChunkBytes;
  while (bytes < kMaxChunkBytes && (bytes << partition_bits) * 4 < rows * sizeof(uint64_t) * words) bytes *= 2;
  return bytes;
}

}  // namespace

int PartitionBits(uint64_t rows, int words) {
  int bits = HashScatter::kMinPartitionBits;
  while (bits < HashScatter::kMaxPartitionBits && ((rows * words) >> bits) > kRowsPerPartition) ++bits;
  return bits;
}

HashScatter::HashScatter(Arena& arena, int words, int partition_bits, uint64_t expected_rows)
    : arena_(&arena),
      words_(words),
      partition_bits_(partition_bits),
      chunk_bytes_(ChunkBytes(expected_rows, words, partition_bits)),
      cursor_(partitions(), 0),
      last_chunk_(partitions(), kNone) {}

uint64_t HashScatter::BytesFor(uint64_t rows, int words, int partition_bits, uint64_t scatters) {
  const uint64_t partitions = uint64_t{1} << partition_bits;
  const uint64_t chunk = ChunkBytes(rows / std::max<uint64_t>(scatters, 1), words, partition_bits);
  // Two chunks a partition and scatter can be partly used: the last, and the part of a line that is not full.
  const uint64_t slack = scatters * partitions * chunk;
  return rows * sizeof(uint64_t) * words + slack + scatters * partitions * kLineBytes;
}

absl::Status HashScatter::Start() {
  char* lines = nullptr;
  VESICA_RETURN_IF_ERROR(arena_->Take(partitions() * kLineBytes, &lines));
  lines_ = reinterpret_cast<uint64_t*>(lines);
  return absl::OkStatus();
}

absl::Status HashScatter::NewChunk(size_t partition, uintptr_t* cursor) {
  char* chunk = nullptr;
  VESICA_RETURN_IF_ERROR(arena_->Take(chunk_bytes_, &chunk));
  chunks_.push_back({reinterpret_cast<const uint64_t*>(chunk), last_chunk_[partition]});
  last_chunk_[partition] = static_cast<uint32_t>(chunks_.size() - 1);
  *cursor = reinterpret_cast<uintptr_t>(chunk);
  return absl::OkStatus();
}

template <int kWords>
absl::Status HashScatter::AddWords(const uint64_t* first, const uint64_t* second, size_t count) {
  const int shift = 64 - partition_bits_;
  const uintptr_t chunk_mask = chunk_bytes_ - 1;
  uintptr_t* const cursors = cursor_.data();
  uint64_t* const lines = lines_;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t word = first[i];
    const size_t partition = word >> shift;
    const uintptr_t cursor = cursors[partition];
    const size_t slot = (cursor / sizeof(uint64_t)) % kLineWords;
    uint64_t* const line = lines + partition * kLineWords;
    if (slot == kLineWords - kWords) [[unlikely]] {
      uintptr_t target = cursor - slot * sizeof(uint64_t);
      if ((target & chunk_mask) == 0) [[unlikely]]
        VESICA_RETURN_IF_ERROR(NewChunk(partition, &target));
      if constexpr (kWords == 1) {
        StreamLineWith(line, line[6], word, target);
      } else {
        StreamLineWith(line, word, second[i], target);
      }
      cursors[partition] = target + kLineBytes;
    } else {
      line[slot] = word;
      if constexpr (kWords == 2) line[slot + 1] = second[i];
      cursors[partition] = cursor + kWords * sizeof(uint64_t);
    }
  }
  return absl::OkStatus();
}

absl::Status HashScatter::Add(const uint64_t* first, const uint64_t* second, size_t count) {
  if (lines_ == nullptr) VESICA_RETURN_IF_ERROR(Start());
  return words_ == 1 ? AddWords<1>(first, second, count) : AddWords<2>(first, second, count);
}

absl::Status HashScatter::Finish() {
  for (size_t partition = 0; partition < partitions(); ++partition) {
    const size_t filled = cursor_[partition] % kLineBytes;
    if (filled == 0) continue;
    uintptr_t target = cursor_[partition] - filled;
    if ((target & (chunk_bytes_ - 1)) == 0) VESICA_RETURN_IF_ERROR(NewChunk(partition, &target));
    std::memcpy(reinterpret_cast<void*>(target), lines_ + partition * kLineWords, filled);
    cursor_[partition] = target + filled;
  }
  StreamFence();
  return absl::OkStatus();
}

size_t HashScatter::LastChunkCount(size_t partition) const {
  return (cursor_[partition] - reinterpret_cast<uintptr_t>(chunks_[last_chunk_[partition]].elements)) / element_bytes();
}

uint64_t HashScatter::count(size_t partition) const {
  uint64_t count = 0;
  for (uint32_t i = last_chunk_[partition]; i != kNone; i = chunks_[i].previous) {
    count += i == last_chunk_[partition] ? LastChunkCount(partition) : chunk_bytes_ / element_bytes();
  }
  return count;
}

}  // namespace vesica
