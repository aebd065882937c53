// The two loops that see every byte of a file, and their scalar twins; chosen once by what the processor can.
//
// Plain structs and function pointers only: csv_kernels_avx2.cc must not emit any code of this header.
#ifndef VESICA_CLI_CSV_KERNELS_H_
#define VESICA_CLI_CSV_KERNELS_H_

#include <stddef.h>
#include <stdint.h>

namespace vesica_cli {

struct CsvFormat {
  char delimiter = ',';    // equal to the terminator where a record is one field
  char terminator = '\n';  // or '\r'
  bool quotes = true;      // false: quote marks are plain text
};

inline constexpr uint64_t kNowhere = ~uint64_t{0};

// What a chunk of a file adds up to, whatever comes before it.
struct ChunkCounts {
  uint64_t quotes = 0;
  uint64_t splits = 0;
  bool nul = false;
  bool less_than = false;
  // By the parity p of the quote marks before the terminator in this chunk:
  uint64_t by_parity[2] = {0, 0};
  uint64_t first[2] = {kNowhere, kNowhere};  // offset of the first such terminator
};

enum class RowKind : uint8_t {
  kCell,          // [begin, end) is the raw text of the field
  kBlankLine,     // nothing at all, in a file of several columns: no row
  kTooFewFields,  // broken: the record ends before the field
  kOpenQuote,     // broken: a quote is not closed before the file ends
  kTooLong        // broken: the record is longer than CsvLimits::record_bytes
};

struct CsvRow {
  RowKind kind = RowKind::kCell;
  size_t begin = 0, end = 0;
};

// A scan of text without quote marks. At least kPaddingBytes behind it are readable.
struct PlainScan {
  const char* text = nullptr;
  size_t size = 0;
  size_t pos = 0;  // where the next record starts
  CsvFormat format;
  uint32_t column = 0;
  uint64_t record_bytes = 0;  // longest record
};

struct CsvKernels {
  const char* name;
  // Adds the counts of `size` bytes to `*out`, which is fresh. At least kPaddingBytes behind them are readable.
  // `split` NUL: splits are not counted.
  void (*count_chunk)(const char* text, size_t size, const CsvFormat& format, char split, ChunkCounts* out);
  // Reads at most `most` rows and returns how many; 0 at the end of the text.
  size_t (*scan_plain_rows)(PlainScan* scan, CsvRow* rows, size_t most);
};

// Byte by byte.
extern const CsvKernels kScalarCsvKernels;
// What every machine of this architecture can do.
extern const CsvKernels kBaselineCsvKernels;
#if defined(VESICA_CLI_AVX2)
extern const CsvKernels kAvx2CsvKernels;
#endif

// The fastest that this machine can do.
const CsvKernels& BestCsvKernels();

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_KERNELS_H_
