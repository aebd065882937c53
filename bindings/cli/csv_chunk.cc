#include "csv_chunk.h"

#include <algorithm>

#include "csv_block.h"

namespace vesica_cli {
namespace {

uint64_t Count(uint64_t mask) { return static_cast<uint64_t>(__builtin_popcountll(mask)); }

void AddTerminators(uint64_t mask, uint64_t offset, int parity, ChunkCounts* out) {
  if (mask == 0) return;
  if (out->first[parity] == kNowhere) {
    out->first[parity] = offset + static_cast<uint64_t>(__builtin_ctzll(mask));
  }
  out->by_parity[parity] += Count(mask);
}

}  // namespace

ChunkCounts CountChunk(const char* text, size_t size, const CsvFormat& format, char split) {
  ChunkCounts out;
  uint64_t nul = 0, less_than = 0;
  int parity = 0;
  for (size_t i = 0; i < size; i += kBlockBytes) {
    const uint64_t valid = LowBits(size - i);
    const char* block = text + i;
    const uint64_t terminators = EqualMask(block, format.terminator) & valid;
    const uint64_t quotes = format.quotes ? EqualMask(block, '"') & valid : 0;
    nul |= EqualMask(block, '\0') & valid;
    less_than |= EqualMask(block, '<') & valid;
    if (split != '\0') out.splits += Count(EqualMask(block, split) & valid);
    if (quotes == 0) {
      AddTerminators(terminators, i, parity, &out);
      continue;
    }
    const uint64_t odd = PrefixXor(quotes) ^ (parity != 0 ? ~uint64_t{0} : 0);
    AddTerminators(terminators & ~odd, i, 0, &out);
    AddTerminators(terminators & odd, i, 1, &out);
    const uint64_t count = Count(quotes);
    out.quotes += count;
    parity ^= static_cast<int>(count & 1);
  }
  out.terminators = out.by_parity[0] + out.by_parity[1];
  out.nul = nul != 0;
  out.less_than = less_than != 0;
  return out;
}

ChunkCounts CountChunkScalar(const char* text, size_t size, const CsvFormat& format, char split) {
  ChunkCounts out;
  for (size_t i = 0; i < size; ++i) {
    const char c = text[i];
    if (c == '\0') out.nul = true;
    if (c == '<') out.less_than = true;
    if (split != '\0' && c == split) ++out.splits;
    if (format.quotes && c == '"') ++out.quotes;
    if (c == format.terminator) {
      const size_t parity = out.quotes & 1;
      ++out.terminators;
      ++out.by_parity[parity];
      out.first[parity] = std::min<uint64_t>(out.first[parity], i);
    }
  }
  return out;
}

}  // namespace vesica_cli
