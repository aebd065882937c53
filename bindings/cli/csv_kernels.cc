#include "csv_kernels.h"

#include "csv_block.h"

namespace vesica_cli {

#include "csv_kernels.inc"

namespace {

void CountChunkScalar(const char* text, size_t size, const CsvFormat& format, char split, ChunkCounts* out) {
  for (size_t i = 0; i < size; ++i) {
    const char c = text[i];
    if (c == '\0') out->nul = true;
    if (c == '<') out->less_than = true;
    if (split != '\0' && c == split) ++out->splits;
    if (format.quotes && c == '"') ++out->quotes;
    if (c == format.terminator) {
      const size_t parity = out->quotes & 1;
      ++out->by_parity[parity];
      if (out->first[parity] == kNowhere) out->first[parity] = i;
    }
  }
}

size_t ScanPlainRowsScalar(PlainScan* scan, CsvRow* rows, size_t most) {
  size_t count = 0;
  for (; count < most && scan->pos < scan->size; ++count) ScanAnyRow(scan, &rows[count]);
  return count;
}

}  // namespace

const CsvKernels kScalarCsvKernels = {"scalar", CountChunkScalar, ScanPlainRowsScalar};
const CsvKernels kBaselineCsvKernels = {"baseline", CountChunk, ScanPlainRows};

const CsvKernels& BestCsvKernels() {
#if defined(VESICA_CLI_AVX2)
  static const bool has_avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
  if (has_avx2) return kAvx2CsvKernels;
#endif
  return kBaselineCsvKernels;
}

}  // namespace vesica_cli
