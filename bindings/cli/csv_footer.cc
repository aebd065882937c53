#include "csv_footer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace vesica_cli {
namespace {

constexpr size_t kLastRecords = 24;             // a footer has no more
constexpr size_t kMostBytes = size_t{1} << 16;  // nor is it longer

struct Record {
  CsvPosition at;
  size_t fields = 0;
  size_t filled = 0;  // fields that are not empty
  bool signature = false;
};

bool IsSignature(std::string_view field) {
  return (field.starts_with("Grand Totals (") && field.ends_with(" records)")) ||
         field == "Confidential Information - Do Not Distribute" ||
         (field.starts_with("Copyright ") && field.find("salesforce.com") != std::string_view::npos);
}

// The last records of the file, that begin in its last kMostBytes and in its last two regions.
Failure LastRecords(const InputFile& file, const IndexOptions& options, const CsvIndex& index,
                    std::vector<Record>* out) {
  const size_t first = index.regions.size() - std::min<size_t>(index.regions.size(), 2);
  for (size_t i = first; i < index.regions.size(); ++i) {
    const CsvRegion& region = index.regions[i];
    if (region.end - region.begin.offset > 2 * options.limits.chunk_bytes) continue;
    std::string text(region.end - region.begin.offset, '\0');
    if (Failure failure = file.Read(region.begin.offset, text.size(), text.data())) return failure;
    CsvPosition at = region.begin;
    for (size_t pos = 0; pos < text.size(); ++at.record) {
      Record record{.at = at};
      record.at.offset = region.begin.offset + pos;
      RecordScan scan;
      if (file.size() - record.at.offset > kMostBytes) {  // too early to be a footer's
        scan = ScanRecord(text.data(), pos, text.size(), options.format, [](uint32_t, size_t, size_t) {});
      } else {
        for (const std::string& field : ReadFields(text, pos, options.format, &scan)) {
          ++record.fields;
          record.filled += !field.empty();
          record.signature |= IsSignature(field);
        }
        record.signature &= record.filled == 1;
        out->push_back(record);
      }
      at.line +=
          static_cast<uint64_t>(std::count(text.begin() + static_cast<long>(pos),
                                           text.begin() + static_cast<long>(scan.next), options.format.terminator));
      pos = scan.next;
    }
  }
  if (out->size() > kLastRecords) out->erase(out->begin(), out->end() - kLastRecords);
  return {};
}

}  // namespace

Failure CutFooter(const InputFile& file, const IndexOptions& options, CsvIndex* index, uint64_t* records) {
  *records = 0;
  if (index->regions.empty()) return {};
  std::string tail(static_cast<size_t>(std::min<uint64_t>(kMostBytes, file.size())), '\0');
  if (Failure failure = file.Read(file.size() - tail.size(), tail.size(), tail.data())) return failure;
  if (tail.find("salesforce.com") == std::string::npos && tail.find("Grand Totals (") == std::string::npos &&
      tail.find("Confidential Information - ") == std::string::npos) {
    return {};
  }
  std::vector<Record> last;
  if (Failure failure = LastRecords(file, options, *index, &last)) return failure;
  auto begin = std::find_if(last.begin(), last.end(), [](const Record& record) { return record.signature; });
  if (begin == last.end()) return {};
  if (std::any_of(begin, last.end(), [](const Record& record) { return record.filled > 1; })) return {};
  // The report's title may stand between the blank lines and the first signature.
  auto from = begin;
  while (from != last.begin() && begin - from < 4 && (from - 1)->filled == 1 && (from - 1)->fields == 1) --from;
  if (options.format.delimiter != options.format.terminator && from != last.begin() && (from - 1)->filled == 0)
    begin = from;
  while (begin != last.begin() && (begin - 1)->filled == 0) --begin;
  *records =
      static_cast<uint64_t>(std::count_if(begin, last.end(), [](const Record& record) { return record.filled > 0; }));
  Truncate(begin->at, index);
  return {};
}

}  // namespace vesica_cli
