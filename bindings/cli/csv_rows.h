// Reads the rows of a region of a CSV file: of each record only the one field that is asked for.
//
// Why a reader of our own: from file to answer has to be >= 4 times as fast as DuckDB, which leaves less than 1 s for
// two files of 620 MB on two threads. libcsv 3.0.3 reads 0.21 to 0.29 GB/s on one thread of the machine it was tried
// on (AMD EPYC 9004), by one callback per byte-scanned field and without a way to start in the middle of a file; this
// reader finds the records of a quote-free file at 7 GB/s and one of its columns at 3 GB/s, on every thread.
#ifndef VESICA_CLI_CSV_ROWS_H_
#define VESICA_CLI_CSV_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "csv_block.h"
#include "csv_index.h"
#include "csv_record.h"

namespace vesica_cli {

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

class CsvRowReader {
 public:
  CsvRowReader(const CsvFormat& format, const CsvLimits& limits, uint32_t column)
      : format_(format), record_bytes_(limits.record_bytes), column_(column) {}

  // Most bytes of a region that need to be in memory: all, or as many as show that its last record is too long.
  static uint64_t BytesNeeded(const CsvRegion& region, const CsvLimits& limits) {
    const uint64_t most = limits.chunk_bytes + limits.record_bytes + 1;
    return region.end - region.begin.offset < most ? region.end - region.begin.offset : most;
  }

  // Starts on the first `size` = BytesNeeded bytes of a region. 64 bytes more must be readable. The text must stay;
  // what lies before the next row may be changed.
  void Start(const char* text, size_t size, const CsvRegion& region);

  // The next row; false at the end of the region.
  bool Next(CsvRow* row) { return plain_ ? NextPlain(row) : NextQuoted(row); }

  // After the last row: whether the region is what BuildIndex took it for. Where not, its rows are not to be used,
  // and the file needs BuildExactIndex.
  bool consistent() const { return plain_ || (!surprised_ && rows_ == expected_rows_); }

 private:
  bool NextPlain(CsvRow* row);
  bool NextQuoted(CsvRow* row);
  bool LoadBlock();
  size_t NextSeparator();
  size_t NextTerminator(size_t from);
  size_t WithoutReturn(size_t begin, size_t end) const;
  void Classify(size_t begin, size_t record_end, uint32_t fields, CsvRow* row) const;

  CsvFormat format_;
  uint64_t record_bytes_;
  uint32_t column_;

  const char* text_ = nullptr;
  size_t size_ = 0;
  bool truncated_ = false;  // the region goes on after the text
  bool plain_ = false;      // no quotes
  bool surprised_ = false;
  uint64_t rows_ = 0, expected_rows_ = 0;
  size_t pos_ = 0;  // the next record
  // Of the 64 bytes at block_: terminators, and both kinds of separator that are not yet read.
  size_t block_ = 0;
  uint64_t terminators_ = 0, separators_ = 0;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_ROWS_H_
