// The grammar of CSV, and the one function that reads a record by it.
//
//   file     = record { terminator record } [ terminator ]
//   record   = field { delimiter field }
//   field    = [ '"' { any but '"' | '""' } '"' ] { any but delimiter and terminator }
//
// The terminator is LF, a CR right before it being part of it; in a file without LF it is CR. A quote mark means
// something only as the first byte of a field (RFC 4180); what follows a closing one is literal text, as in Python's
// csv module. A record of more than CsvLimits::record_bytes, or whose quote is not closed by then, is broken and ends
// at the first terminator past that length, quoted or not.
#ifndef VESICA_CLI_CSV_RECORD_H_
#define VESICA_CLI_CSV_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "csv_block.h"
#include "csv_kernels.h"

namespace vesica_cli {

struct CsvLimits {
  uint64_t chunk_bytes = uint64_t{1} << 19;   // what one thread reads at once: half an L2 cache
  uint64_t record_bytes = uint64_t{1} << 24;  // longest record
};

enum class RecordEnd : uint8_t {
  kTerminator,
  kEndOfText,  // the text ended first
  kOpenQuote,  // it ended within quotes
  kTooLong     // longer than the limit
};

struct RecordScan {
  size_t next = 0;  // where the next record starts
  RecordEnd end = RecordEnd::kTerminator;
  bool terminated = true;  // `next` is right after a terminator, and not only where the text ends
};

// Past the closing quote of the field that opens at `pos`; `size` + 1 if it is not closed.
inline size_t SkipQuoted(const char* text, size_t pos, size_t size) {
  for (++pos; pos < size; ++pos) {
    const void* quote = std::memchr(text + pos, '"', size - pos);
    if (quote == nullptr) break;
    pos = static_cast<size_t>(static_cast<const char*>(quote) - text) + 1;
    if (pos == size || text[pos] != '"') return pos;
  }
  return size + 1;
}

// Reads the record that starts at `begin` < `size`, calling on_field(number, begin, end) with the raw text of each
// field: quote marks included, the terminator and its CR not.
template <class OnField>
RecordScan ScanRecord(const char* text, size_t begin, size_t size, const CsvFormat& format, OnField&& on_field) {
  size_t pos = begin;
  for (uint32_t field = 0;; ++field) {
    const size_t field_begin = pos;
    if (format.quotes && pos < size && text[pos] == '"') {
      pos = SkipQuoted(text, pos, size);
      if (pos > size) {
        on_field(field, field_begin, size);
        return {size, RecordEnd::kOpenQuote, false};
      }
    }
    pos = FindEither(text, pos, size, format.delimiter, format.terminator);
    const bool last = pos == size || text[pos] == format.terminator;
    size_t field_end = pos;
    if (last && format.terminator == '\n' && field_end > field_begin && text[field_end - 1] == '\r') --field_end;
    on_field(field, field_begin, field_end);
    if (pos == size) return {size, RecordEnd::kEndOfText, false};
    if (last) return {pos + 1, RecordEnd::kTerminator, true};
    ++pos;
  }
}

// As ScanRecord, but a record of more than `limit` bytes ends, as kTooLong, at the first terminator past them; its
// fields mean nothing.
template <class OnField>
RecordScan ScanLimitedRecord(const char* text, size_t begin, size_t size, const CsvFormat& format, uint64_t limit,
                             OnField&& on_field) {
  const size_t window = size - begin > limit ? begin + static_cast<size_t>(limit) + 1 : size;
  const RecordScan scan = ScanRecord(text, begin, window, format, on_field);
  if (scan.end == RecordEnd::kTerminator || window - begin <= limit) return scan;
  const void* terminator = window == size ? nullptr : std::memchr(text + window, format.terminator, size - window);
  if (terminator == nullptr) return {size, RecordEnd::kTooLong, false};
  return {static_cast<size_t>(static_cast<const char*>(terminator) - text) + 1, RecordEnd::kTooLong, true};
}

// The value of a raw field, written over it where quotes are to be undone (`raw` must then be writable); at most as
// long as the raw text.
std::string_view UnquoteInPlace(char* raw, size_t size);

// The values of the record at `begin`; the scan in `*scan`.
std::vector<std::string> ReadFields(std::string_view text, size_t begin, const CsvFormat& format, RecordScan* scan);

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_RECORD_H_
