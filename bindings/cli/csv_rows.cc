#include "csv_rows.h"

namespace vesica_cli {

void CsvRowReader::Start(const char* text, size_t size, const CsvRegion& region) {
  scan_.text = text;
  scan_.size = size;
  scan_.pos = 0;
  truncated_ = size < region.end - region.begin.offset;
  plain_ = !scan_.format.quotes || !region.quotes;
  surprised_ = false;
  given_ = 0;
  expected_ = region.records;
  next_ = filled_ = 0;
}

bool CsvRowReader::NextQuoted(CsvRow* row) {
  const CsvFormat& format = scan_.format;
  const size_t begin = scan_.pos;
  if (begin >= scan_.size) return false;
  uint32_t fields = 0;
  size_t last_end = begin;
  const RecordScan scan = ScanLimitedRecord(scan_.text, begin, scan_.size, format, scan_.record_bytes,
                                            [&](uint32_t field, size_t field_begin, size_t field_end) {
                                              fields = field + 1;
                                              last_end = field_end;
                                              if (field != scan_.column) return;
                                              row->begin = field_begin;
                                              row->end = field_end;
                                            });
  ++given_;
  scan_.pos = scan.next;
  const bool too_long = scan.end == RecordEnd::kTooLong || (truncated_ && !scan.terminated);
  const bool open_quote = scan.end == RecordEnd::kOpenQuote;
  const bool blank = fields == 1 && last_end == begin && format.delimiter != format.terminator;
  surprised_ |= too_long || open_quote;
  row->kind = too_long                 ? RowKind::kTooLong
              : open_quote             ? RowKind::kOpenQuote
              : blank                  ? RowKind::kBlankLine
              : fields <= scan_.column ? RowKind::kTooFewFields
                                       : RowKind::kCell;
  return true;
}

}  // namespace vesica_cli
