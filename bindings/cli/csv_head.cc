#include "csv_head.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "aliases.h"
#include "escape.h"

namespace vesica_cli {
namespace {

constexpr size_t kHeadBytes = size_t{1} << 20;
constexpr size_t kHeadRecords = 50;
constexpr std::string_view kDelimiters = ",;\t|";
constexpr size_t kNone = ~size_t{0};

struct HeadRecord {
  CsvPosition after;
  std::vector<std::string> fields;
};

// The head read under one format.
struct Reading {
  CsvFormat format;
  std::vector<HeadRecord> records;
  size_t header = kNone;      // first record that has the asked column or an alias
  size_t common_fields = 1;   // the most frequent number of fields; the greatest of equally frequent ones
  size_t common_records = 0;  // how many have it

  size_t HeaderFields() const { return header == kNone ? 0 : records[header].fields.size(); }
};

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// How well a column's name fits: its place among the aliases, 0 for the one asked for; nothing if it does not.
std::optional<size_t> Rank(const HeadRequest& request, const std::string& name) {
  const std::string squashed = Squashed(name);
  if (!request.column.empty()) {
    const std::string asked = Squashed(request.column);
    const bool equal = asked.empty() ? Trimmed(name) == Trimmed(request.column) : squashed == asked;
    return equal ? std::optional<size_t>(0) : std::nullopt;
  }
  const auto alias = std::find(request.aliases.begin(), request.aliases.end(), squashed);
  if (alias == request.aliases.end()) return std::nullopt;
  return static_cast<size_t>(alias - request.aliases.begin());
}

Reading ReadAs(const std::string& head, bool whole, const CsvFormat& format, const HeadRequest& request) {
  Reading out;
  out.format = format;
  std::map<size_t, size_t> frequency;
  CsvPosition at;
  while (at.offset < head.size() && out.records.size() < kHeadRecords) {
    RecordScan scan;
    HeadRecord record;
    record.fields = ReadFields(head, at.offset, format, &scan);
    if (scan.end != RecordEnd::kTerminator && !whole) break;
    const auto from = head.begin() + static_cast<long>(at.offset);
    const auto to = head.begin() + static_cast<long>(scan.next);
    at = {scan.next, at.record + 1, at.line + static_cast<uint64_t>(std::count(from, to, format.terminator))};
    record.after = at;
    const bool blank = record.fields.size() == 1 && record.fields[0].empty();
    if (!blank) ++frequency[record.fields.size()];
    if (out.header == kNone && std::any_of(record.fields.begin(), record.fields.end(),
                                           [&](const std::string& name) { return Rank(request, name).has_value(); })) {
      out.header = out.records.size();
    }
    out.records.push_back(std::move(record));
  }
  for (const auto& [fields, count] : frequency) {
    if (count >= out.common_records) {
      out.common_records = count;
      out.common_fields = fields;
    }
  }
  return out;
}

// Of the readings under each delimiter the one to believe: that under which a header of several columns is found, then
// that under which most records have the same number, above one, of fields. Else the file has one column.
Reading BestReading(const std::string& head, bool whole, char terminator, const HeadRequest& request) {
  const auto read = [&](char delimiter) {
    return ReadAs(head, whole, CsvFormat{delimiter, terminator, request.quotes}, request);
  };
  if (request.one_column) return read(terminator);
  if (request.delimiter != '\0') return read(request.delimiter);
  Reading best = read(terminator);
  if (best.header != kNone) {
    const bool split = best.records[best.header].fields[0].find_first_of(kDelimiters) != std::string::npos;
    if (!split) return best;  // the column's name is a whole line
    best.header = kNone;      // "Company,Website" is not companywebsite
  }
  const auto worth = [](const Reading& reading) {
    const size_t regular = reading.common_fields > 1 ? reading.common_records : 0;
    return std::tuple(reading.HeaderFields() > 1, regular, regular > 0 ? reading.common_fields : 0);
  };
  for (const char delimiter : kDelimiters) {
    Reading reading = read(delimiter);
    if (worth(reading) > worth(best)) best = std::move(reading);
  }
  return best;
}

std::string NameList(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size() && i < 40; ++i) {
    out += (i == 0 ? "\"" : ", \"") + Escaped(names[i]) + "\"";
  }
  return names.size() > 40 ? out + ", ..." : out;
}

// Whether exports call a column of keys so.
bool NamesColumn(const std::string& field) {
  const std::string squashed = Squashed(field);
  for (const KeyKind kind : {KeyKind::kEmail, KeyKind::kPhone, KeyKind::kDomain, KeyKind::kAccount,
                             KeyKind::kCompanyName, KeyKind::kDigest, KeyKind::kId}) {
    const auto names = AliasesOf(kind);
    if (std::find(names.begin(), names.end(), squashed) != names.end()) return true;
  }
  return false;
}

Failure NoColumn(const InputFile& file, const HeadRequest& request, const Reading& reading) {
  const std::string what =
      request.column.empty() ? "no column with such keys found" : "no column \"" + Escaped(request.column) + "\" found";
  const auto likely = std::find_if(reading.records.begin(), reading.records.end(), [&](const HeadRecord& record) {
    return record.fields.size() == reading.common_fields;
  });
  const std::string title = file.Title() + ": ";
  if (likely == reading.records.end()) return {kExitData, title + what + ": its first line is longer than 1 MiB"};
  const bool data = std::any_of(likely->fields.begin(), likely->fields.end(), [&](const std::string& field) {
    return request.is_key(field) || field.find('@') != std::string::npos;
  });
  if (data) return {kExitData, title + what + "; it seems to have no header: say --no-header and --column NUMBER"};
  // Names are shown only where one is known to name a column: else the line may be a person's.
  const bool header = std::any_of(likely->fields.begin(), likely->fields.end(),
                                  [&](const std::string& field) { return NamesColumn(field); });
  if (header) return {kExitData, title + what + "; say --column NAME, one of " + NameList(likely->fields)};
  return {kExitData,
          title + what + "; say --column with a name or a number, 1 to " + std::to_string(likely->fields.size())};
}

void TakeHeader(const HeadRequest& request, const Reading& reading, CsvHead* out) {
  const HeadRecord& header = reading.records[reading.header];
  std::vector<std::pair<size_t, uint32_t>> found;
  for (uint32_t i = 0; i < header.fields.size(); ++i) {
    if (const std::optional<size_t> rank = Rank(request, header.fields[i])) found.emplace_back(*rank, i);
  }
  std::stable_sort(found.begin(), found.end());
  out->has_header = true;
  out->data = header.after;
  out->preamble = reading.header;
  out->names = header.fields;
  out->column = {found[0].second, header.fields[found[0].second]};
  for (size_t i = 1; i < found.size(); ++i) {
    out->others.push_back({found[i].second, header.fields[found[i].second]});
  }
}

// Column `number` of a file whose columns are not asked for by name.
void TakeNumber(const HeadRequest& request, const Reading& reading, uint32_t number, bool header_by_default,
                CsvHead* out) {
  out->column.number = number;
  if (request.no_header) return;
  for (size_t i = 0; i < reading.records.size(); ++i) {
    const HeadRecord& record = reading.records[i];
    if (record.fields.size() <= number || (record.fields.size() != reading.common_fields)) continue;
    if (record.fields.size() == 1 && record.fields[0].empty()) continue;
    if (!header_by_default || request.is_key(record.fields[number])) return;
    out->has_header = true;
    out->preamble = i;
    out->data = record.after;
    out->column.name = record.fields[number];
    return;
  }
}

bool ParseNumber(const std::string& text, uint32_t* out) {
  if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos) return false;
  *out = static_cast<uint32_t>(std::stoul(text));
  return *out > 0;
}

}  // namespace

Failure ReadHead(const InputFile& file, const HeadRequest& request, CsvHead* out) {
  std::string head(static_cast<size_t>(std::min<uint64_t>(kHeadBytes, file.size())), '\0');
  if (Failure failure = file.Read(0, head.size(), head.data())) return failure;
  const bool whole = head.size() == file.size();
  const char terminator = head.find('\n') == std::string::npos && head.find('\r') != std::string::npos ? '\r' : '\n';
  const Reading reading = BestReading(head, whole, terminator, request);
  *out = CsvHead();
  out->format = reading.format;

  uint32_t number = 0;
  if (!request.no_header && reading.header != kNone) {
    TakeHeader(request, reading, out);
  } else if (ParseNumber(request.column, &number) && number <= reading.common_fields) {
    TakeNumber(request, reading, number - 1, true, out);
  } else if (request.column.empty() && reading.common_fields == 1 && !reading.records.empty()) {
    TakeNumber(request, reading, 0, !request.any_text, out);
    out->guessed_header = out->has_header;
  } else {
    return NoColumn(file, request, reading);
  }
  return {};
}

void ChooseColumn(size_t other, CsvHead* head) { std::swap(head->column, head->others[other]); }

}  // namespace vesica_cli
