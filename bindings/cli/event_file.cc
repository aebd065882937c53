#include "event_file.h"

#include <algorithm>
#include <utility>

#include "aliases.h"
#include "csv_footer.h"
#include "csv_record.h"
#include "csv_rows.h"

namespace vesica_cli {

Failure EventFile::Open(const std::string& path, std::span<const std::string_view> names,
                        std::unique_ptr<EventFile>* out) {
  std::unique_ptr<InputFile> input;
  if (Failure failure = InputFile::Open(path, &input)) return failure;
  std::unique_ptr<EventFile> file(new EventFile(std::move(input)));
  std::vector<std::string> squashed;
  for (std::string_view name : names) squashed.push_back(Squashed(name));
  const std::vector<std::string_view> aliases(squashed.begin(), squashed.end());
  HeadRequest request;
  request.aliases = aliases;
  request.is_key = [](std::string_view) { return false; };
  Failure failure = ReadHead(*file->file_, request, &file->head_);
  // A file without such a header is the caller's to tell of.
  if (failure && failure.exit_code != kExitData) return failure;
  *out = std::move(file);
  return {};
}

std::optional<uint32_t> EventFile::Find(std::string_view name) const {
  const std::string wanted = Squashed(name);
  for (size_t i = 0; i < head_.names.size(); ++i) {
    if (!wanted.empty() && Squashed(head_.names[i]) == wanted) return static_cast<uint32_t>(i);
  }
  return std::nullopt;
}

Failure EventFile::Choose(std::vector<uint32_t> columns) {
  columns_ = std::move(columns);
  places_.assign(head_.names.size(), 0);
  for (size_t i = 0; i < columns_.size(); ++i) places_[columns_[i]] = i + 1;
  const IndexOptions options{.format = head_.format, .limits = limits_};
  if (Failure failure = BuildExactIndex(*file_, head_.data, options, &index_)) return failure;
  return CutFooter(*file_, options, &index_, &footer_records_);
}

Failure EventFile::Next(CellBatch* out) {
  out->columns.resize(columns_.size());
  do {
    for (auto& column : out->columns) column.clear();
    out->records.clear();
    if (next_region_ == index_.regions.size()) return {};
    const CsvRegion& region = index_.regions[next_region_++];
    text_.resize(static_cast<size_t>(CsvRowReader::BytesNeeded(region, limits_)));
    if (Failure failure = file_->Read(region.begin.offset, text_.size(), text_.data())) return failure;
    uint64_t record = region.begin.record;
    for (size_t pos = 0; pos < text_.size(); ++record) ReadRecord(&pos, record, out);
    read_ = region.end;
  } while (out->rows() == 0);
  return {};
}

void EventFile::ReadRecord(size_t* pos, uint64_t record, CellBatch* out) {
  const size_t begin = *pos;
  uint32_t fields = 0;
  size_t last_end = begin;
  const size_t row = out->records.size();
  for (auto& column : out->columns) column.emplace_back();  // blank where the record is too short
  const RecordScan scan =
      ScanLimitedRecord(text_.data(), begin, text_.size(), head_.format, limits_.record_bytes,
                        [&](uint32_t field, size_t field_begin, size_t field_end) {
                          fields = field + 1;
                          last_end = field_end;
                          if (field >= places_.size() || places_[field] == 0) return;
                          out->columns[places_[field] - 1][row] = {text_.data() + field_begin, field_end - field_begin};
                        });
  *pos = scan.next;
  const bool blank = fields == 1 && last_end == begin;
  const bool broken = scan.end == RecordEnd::kOpenQuote || scan.end == RecordEnd::kTooLong;
  if (broken) counts_.AddBroken(scan.end == RecordEnd::kTooLong ? Broken::kTooLong : Broken::kOpenQuote, record);
  if (blank || broken) {
    for (auto& column : out->columns) column.pop_back();
    return;
  }
  out->records.push_back(record);
  for (auto& column : out->columns) {
    std::string_view& cell = column.back();
    if (cell.empty() || cell[0] != '"') continue;
    cell = UnquoteInPlace(text_.data() + (cell.data() - text_.data()), cell.size());
  }
}

}  // namespace vesica_cli
