#include "csv_rows.h"

namespace vesica_cli {

void CsvRowReader::Start(const char* text, size_t size, const CsvRegion& region) {
  text_ = text;
  size_ = size;
  truncated_ = size < region.end - region.begin.offset;
  plain_ = !format_.quotes || !region.quotes;
  surprised_ = false;
  rows_ = 0;
  expected_rows_ = region.records;
  pos_ = 0;
  block_ = ~size_t{kBlockBytes} + 1;  // one block before the first
  terminators_ = separators_ = 0;
}

inline bool CsvRowReader::LoadBlock() {
  block_ += kBlockBytes;
  if (block_ >= size_) {
    block_ = size_;
    terminators_ = separators_ = 0;
    return false;
  }
  const uint64_t valid = LowBits(size_ - block_);
  terminators_ = EqualMask(text_ + block_, format_.terminator) & valid;
  separators_ = terminators_ | (EqualMask(text_ + block_, format_.delimiter) & valid);
  return true;
}

// The next delimiter or terminator that is not yet read, or size_.
inline size_t CsvRowReader::NextSeparator() {
  while (separators_ == 0) {
    if (!LoadBlock()) return size_;
  }
  const auto bit = static_cast<size_t>(__builtin_ctzll(separators_));
  separators_ &= separators_ - 1;
  return block_ + bit;
}

// The first terminator at or after `from`, which is in or right after the current block; or size_.
inline size_t CsvRowReader::NextTerminator(size_t from) {
  uint64_t left = terminators_ & ~LowBits(from - block_);
  while (left == 0) {
    if (!LoadBlock()) return size_;
    left = terminators_;
  }
  const auto bit = static_cast<size_t>(__builtin_ctzll(left));
  separators_ &= ~LowBits(bit + 1);
  return block_ + bit;
}

// The end of the text [begin, end) of a record's last field, less the CR of CRLF.
inline size_t CsvRowReader::WithoutReturn(size_t begin, size_t end) const {
  return format_.terminator == '\n' && end > begin && text_[end - 1] == '\r' ? end - 1 : end;
}

// `begin` of the record, `record_end` of its text with the terminator left out.
inline void CsvRowReader::Classify(size_t begin, size_t record_end, uint32_t fields, CsvRow* row) const {
  if (record_end - begin > record_bytes_) {
    row->kind = RowKind::kTooLong;
  } else if (fields == 1 && format_.delimiter != format_.terminator && WithoutReturn(begin, record_end) == begin) {
    row->kind = RowKind::kBlankLine;
  } else {
    row->kind = fields > column_ ? RowKind::kCell : RowKind::kTooFewFields;
  }
}

bool CsvRowReader::NextPlain(CsvRow* row) {
  const size_t begin = pos_;
  if (begin >= size_) return false;
  row->begin = begin;
  uint32_t fields = 1;
  size_t separator = NextSeparator();
  while (separator != size_ && text_[separator] != format_.terminator) {
    if (fields > column_) break;
    ++fields;
    row->begin = separator + 1;
    separator = NextSeparator();
  }
  const bool last = separator == size_ || text_[separator] == format_.terminator;
  row->end = last ? WithoutReturn(row->begin, separator) : separator;
  const size_t record_end = last ? separator : NextTerminator(separator + 1);
  Classify(begin, record_end, last ? fields : fields + 1, row);
  pos_ = record_end + 1;
  return true;
}

bool CsvRowReader::NextQuoted(CsvRow* row) {
  const size_t begin = pos_;
  if (begin >= size_) return false;
  uint32_t fields = 0;
  const RecordScan scan = ScanLimitedRecord(text_, begin, size_, format_, record_bytes_,
                                            [&](uint32_t field, size_t field_begin, size_t field_end) {
                                              fields = field + 1;
                                              if (field != column_) return;
                                              row->begin = field_begin;
                                              row->end = field_end;
                                            });
  ++rows_;
  pos_ = scan.next;
  if (scan.end == RecordEnd::kTooLong || (truncated_ && !scan.terminated)) {
    row->kind = RowKind::kTooLong;
    surprised_ = true;
  } else if (scan.end == RecordEnd::kOpenQuote) {
    row->kind = RowKind::kOpenQuote;
    surprised_ = true;
  } else {
    Classify(begin, scan.next - (scan.terminated ? 1 : 0), fields, row);
  }
  return true;
}

}  // namespace vesica_cli
