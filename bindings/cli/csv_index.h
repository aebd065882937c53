// Where the records of a file lie: regions of whole records, with the numbers of their records and lines, so that
// regions can be read apart from each other, in any order, on several threads.
#ifndef VESICA_CLI_CSV_INDEX_H_
#define VESICA_CLI_CSV_INDEX_H_

#include <cstdint>
#include <vector>

#include "csv_record.h"
#include "failure.h"
#include "input_file.h"

namespace vesica_cli {

// A place between two records: all numbers from 0, a line being what ends in a terminator, quoted or not.
struct CsvPosition {
  uint64_t offset = 0;
  uint64_t record = 0;
  uint64_t line = 0;
};

struct CsvRegion {
  CsvPosition begin;
  uint64_t end = 0;       // offset
  uint64_t records = 0;   // that start in [begin, end)
  bool quotes = false;    // there may be quote marks
  bool nul = false;       // there may be NUL bytes
  bool brackets = false;  // there may be '<', or the splitting byte
};

struct CsvIndex {
  std::vector<CsvRegion> regions;  // not empty, adjoining, ascending
  uint64_t records = 0;
  uint64_t splits = 0;  // splitting bytes; at most so many cells hold one more key
  bool exact = false;   // by BuildExactIndex
};

struct IndexOptions {
  CsvFormat format;
  CsvLimits limits;
  char split = '\0';  // byte between the keys of one cell; NUL: none
  uint32_t threads = 1;
};

// Indexes the file from `from`, the start of a record, at memory bandwidth: chunks are counted apart from each other,
// and a terminator ends a record where an even number of quote marks lie before it. That holds for every file that
// follows RFC 4180, and is checked when a region is read (CsvRowReader::consistent); a file with stray quote marks
// needs BuildExactIndex.
Failure BuildIndex(const InputFile& file, const CsvPosition& from, const IndexOptions& options, CsvIndex* out);

// The same by reading every record, on one thread.
Failure BuildExactIndex(const InputFile& file, const CsvPosition& from, const IndexOptions& options, CsvIndex* out);

// Cuts off what starts at `from` (a record's start, in the region that holds it) and later.
void Truncate(const CsvPosition& from, CsvIndex* index);

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_INDEX_H_
