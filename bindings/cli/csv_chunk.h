// What a chunk of a file adds up to, whatever comes before it.
#ifndef VESICA_CLI_CSV_CHUNK_H_
#define VESICA_CLI_CSV_CHUNK_H_

#include <cstddef>
#include <cstdint>

#include "csv_record.h"

namespace vesica_cli {

inline constexpr uint64_t kNowhere = ~uint64_t{0};

struct ChunkCounts {
  uint64_t terminators = 0;
  uint64_t quotes = 0;
  uint64_t splits = 0;
  bool nul = false;
  bool less_than = false;
  // By the parity p of the quote marks before the terminator in this chunk:
  uint64_t by_parity[2] = {0, 0};
  uint64_t first[2] = {kNowhere, kNowhere};  // offset of the first such terminator
};

// Counts `size` bytes, of which at least 64 more than `size` are readable. `split` NUL: splits are not counted.
ChunkCounts CountChunk(const char* text, size_t size, const CsvFormat& format, char split);

// Its scalar twin; needs no bytes beyond `size`.
ChunkCounts CountChunkScalar(const char* text, size_t size, const CsvFormat& format, char split);

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_CHUNK_H_
