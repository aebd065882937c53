// Reads a text by bindings/cli's reader, in small chunks, and by the naive one, and says where they differ. For the
// property test and the fuzz target.
#ifndef VESICA_TESTS_MODEL_CSV_CHECK_H_
#define VESICA_TESTS_MODEL_CSV_CHECK_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bindings/cli/cell_keys.h"
#include "bindings/cli/csv_index.h"
#include "bindings/cli/input_file.h"
#include "tests/model/naive_csv.h"

namespace vesica_model {

struct CsvCase {
  vesica_cli::CsvFormat format;
  vesica_cli::CsvLimits limits;
  uint32_t column = 0;
  char split = '\0';
  uint32_t threads = 1;
};

// What a reading comes to.
struct CsvKeys {
  std::vector<std::pair<uint64_t, std::string>> keys;  // with the number of their record
  uint64_t blank_lines = 0;
  std::vector<std::pair<uint64_t, int>> broken;      // record and kind
  std::vector<std::pair<uint64_t, uint64_t>> lines;  // record and line that regions begin with
};

inline void AddNaiveParts(uint64_t record, const std::string& cell, char split, CsvKeys* out) {
  if (split == '\0' || cell.find(split) == std::string::npos) {
    out->keys.emplace_back(record, cell);
    return;
  }
  bool any = false;
  std::string part;
  for (const char c : cell + split) {
    if (c != split) {
      part += c;
      continue;
    }
    while (!part.empty() && (part.front() == ' ' || part.front() == '\t')) part.erase(0, 1);
    while (!part.empty() && (part.back() == ' ' || part.back() == '\t')) part.pop_back();
    if (!part.empty()) out->keys.emplace_back(record, part);
    any |= !part.empty();
    part.clear();
  }
  if (!any) out->keys.emplace_back(record, "");
}

inline CsvKeys NaiveKeys(const std::string& text, const CsvCase& test, const std::vector<NaiveRecord>& records) {
  using vesica_cli::Broken;
  CsvKeys out;
  for (uint64_t i = 0; i < records.size(); ++i) {
    const NaiveRecord& record = records[i];
    const bool many = test.format.delimiter != test.format.terminator;
    if (record.too_long) {
      out.broken.emplace_back(i, static_cast<int>(Broken::kTooLong));
    } else if (record.open_quote) {
      out.broken.emplace_back(i, static_cast<int>(Broken::kOpenQuote));
    } else if (record.blank && many) {
      ++out.blank_lines;
    } else if (record.fields.size() <= test.column) {
      out.broken.emplace_back(i, static_cast<int>(Broken::kTooFewFields));
    } else if (record.fields[test.column].find('\0') != std::string::npos) {
      out.broken.emplace_back(i, static_cast<int>(Broken::kNul));
    } else {
      AddNaiveParts(i, record.fields[test.column], test.split, &out);
    }
  }
  (void)text;
  return out;
}

// Reads by an index; false if the file was misread and needs the exact one.
inline bool ReadByIndex(const vesica_cli::InputFile& file, const CsvCase& test, const vesica_cli::CsvIndex& index,
                        CsvKeys* out, std::string* fault) {
  vesica_cli::CellRules rules;
  rules.split = test.split;
  vesica_cli::CellKeyReader reader(test.format, test.limits, test.column, rules);
  uint64_t at = 0;
  for (const vesica_cli::CsvRegion& region : index.regions) {
    if (region.begin.offset != at || region.end <= at) *fault = "regions do not adjoin";
    at = region.end;
    out->lines.emplace_back(region.begin.record, region.begin.line);
    const auto size = static_cast<size_t>(vesica_cli::CsvRowReader::BytesNeeded(region, test.limits));
    std::string text(size + vesica_cli::kPaddingBytes, '\0');
    if (file.Read(region.begin.offset, size, text.data())) *fault = "read failed";
    reader.Start(text.data(), size, region);
    vesica_cli::KeyBatch batch;
    while (reader.Next(&batch)) {
      for (size_t i = 0; i < batch.count; ++i) {
        out->keys.emplace_back(batch.first_record + i,
                               std::string(static_cast<const char*>(batch.keys[i].data), batch.keys[i].size));
      }
    }
    if (!index.exact && !reader.consistent()) return false;
    out->blank_lines += reader.counts().blank_lines;
    for (size_t kind = 0; kind < vesica_cli::kBrokenKinds; ++kind) {
      for (const uint64_t record : reader.counts().first_broken[kind]) {
        out->broken.emplace_back(record, static_cast<int>(kind));
      }
    }
  }
  if (at != file.size()) *fault = "the regions do not reach the end";
  return true;
}

inline std::string CompareKeys(const CsvKeys& got, const CsvKeys& want, const std::vector<NaiveRecord>& records) {
  if (got.keys != want.keys) return "keys differ";
  if (got.blank_lines != want.blank_lines) return "blank lines differ";
  // Only the first of each kind are told in each region.
  for (const auto& entry : got.broken) {
    if (std::find(want.broken.begin(), want.broken.end(), entry) == want.broken.end()) return "broken records differ";
  }
  if (got.broken.empty() != want.broken.empty()) return "broken records are missing";
  for (const auto& [record, line] : got.lines) {
    if (record >= records.size() || records[record].line != line) return "line numbers differ";
  }
  return "";
}

// Empty if both readers agree on `text`, which has no byte order mark.
inline std::string CsvDisagreement(const std::string& text, const CsvCase& test) {
  std::unique_ptr<vesica_cli::InputFile> file;
  if (vesica_cli::InputFile::FromBytes(text, &file)) return "";  // empty, or certainly not text
  if (file->encoding() != vesica_cli::InputFile::Encoding::kUtf8) return "";
  const std::vector<NaiveRecord> records =
      NaiveCsv(text, test.format.delimiter, test.format.terminator, test.format.quotes, test.limits.record_bytes);
  const CsvKeys want = NaiveKeys(text, test, records);
  vesica_cli::IndexOptions options;
  options.format = test.format;
  options.limits = test.limits;
  options.split = test.split;
  options.threads = test.threads;
  std::string fault;
  for (const bool exactly : {false, true}) {
    vesica_cli::CsvIndex index;
    const auto build = exactly ? vesica_cli::BuildExactIndex : vesica_cli::BuildIndex;
    if (build(*file, vesica_cli::CsvPosition(), options, &index)) return "indexing failed";
    CsvKeys got;
    if (!ReadByIndex(*file, test, index, &got, &fault)) continue;  // and the exact index must do
    if (!fault.empty()) return fault;
    if (index.records != records.size()) return "the number of records differs";
    const std::string difference = CompareKeys(got, want, records);
    if (!difference.empty()) return (exactly ? "exact: " : "fast: ") + difference;
  }
  return "";
}

}  // namespace vesica_model

#endif  // VESICA_TESTS_MODEL_CSV_CHECK_H_
