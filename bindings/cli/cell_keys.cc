#include "cell_keys.h"

#include <cstring>

namespace vesica_cli {
namespace {

constexpr size_t kBatchKeys = 4096;

bool Holds(std::string_view text, char byte) {
  return !text.empty() && std::memchr(text.data(), byte, text.size()) != nullptr;
}

std::string_view TrimSpaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

const char* BrokenText(Broken kind) {
  switch (kind) {
    case Broken::kTooFewFields:
      return "too few fields";
    case Broken::kOpenQuote:
      return "a quote that is not closed";
    case Broken::kTooLong:
      return "longer than 16 MiB";
    case Broken::kNul:
      return "NUL byte in the key";
  }
  return "";
}

uint64_t CellCounts::AllBroken() const {
  uint64_t sum = 0;
  for (const uint64_t count : broken) sum += count;
  return sum;
}

void CellCounts::AddBroken(Broken kind, uint64_t record) {
  const auto i = static_cast<size_t>(kind);
  ++broken[i];
  if (first_broken[i].size() < kFirstRecords) first_broken[i].push_back(record);
}

void CellCounts::Add(const CellCounts& later) {
  records += later.records;
  blank_lines += later.blank_lines;
  split_cells += later.split_cells;
  extra_keys += later.extra_keys;
  display_names += later.display_names;
  for (size_t i = 0; i < kBrokenKinds; ++i) {
    broken[i] += later.broken[i];
    for (const uint64_t record : later.first_broken[i]) {
      if (first_broken[i].size() < kFirstRecords) first_broken[i].push_back(record);
    }
  }
}

void CellKeyReader::Start(char* text, size_t size, const CsvRegion& region) {
  rows_.Start(text, size, region);
  text_ = text;
  check_nul_ = region.nul;
  check_brackets_ = region.brackets && (rules_.split != '\0' || rules_.display_names);
  record_ = region.begin.record;
  keys_.clear();
  keys_.reserve(kBatchKeys);
  pending_.clear();
  pending_next_ = 0;
  counts_ = CellCounts();
}

bool CellKeyReader::Next(KeyBatch* batch) {
  keys_.clear();
  if (pending_next_ < pending_.size()) {
    *batch = {&pending_[pending_next_++], 1, record_ - 1};
    return true;
  }
  pending_.clear();
  pending_next_ = 0;
  CsvRow row;
  uint64_t first = record_;
  // A batch is of consecutive records: it ends where one has no key, or more than one.
  while (keys_.size() < kBatchKeys && pending_.empty() && rows_.Next(&row)) {
    const bool added = Add(row);
    ++record_;
    if (added) continue;
    if (!keys_.empty()) break;
    first = record_;
  }
  if (keys_.empty()) return false;
  *batch = {keys_.data(), keys_.size(), first};
  return true;
}

// Whether the row had a key, be it blank; record_ is its number.
bool CellKeyReader::Add(const CsvRow& row) {
  switch (row.kind) {
    case RowKind::kCell:
      break;
    case RowKind::kBlankLine:
      ++counts_.blank_lines;
      return false;
    case RowKind::kTooFewFields:
      counts_.AddBroken(Broken::kTooFewFields, record_);
      return false;
    case RowKind::kOpenQuote:
      counts_.AddBroken(Broken::kOpenQuote, record_);
      return false;
    case RowKind::kTooLong:
      counts_.AddBroken(Broken::kTooLong, record_);
      return false;
  }
  std::string_view cell(text_ + row.begin, row.end - row.begin);
  if (quotes_ && !cell.empty() && cell[0] == '"') cell = UnquoteInPlace(text_ + row.begin, cell.size());
  if (check_nul_ && Holds(cell, '\0')) {
    counts_.AddBroken(Broken::kNul, record_);
    return false;
  }
  ++counts_.records;
  if (!check_brackets_) {
    keys_.push_back({cell.data(), cell.size()});
  } else if (rules_.split != '\0' && Holds(cell, rules_.split)) {
    AddParts(cell);
  } else {
    AddKey(cell);
  }
  return true;
}

// The keys of a cell that holds the splitting byte. Empty parts are nothing, but a cell of them alone is one blank.
void CellKeyReader::AddParts(std::string_view cell) {
  uint64_t parts = 0;
  for (size_t begin = 0; begin <= cell.size();) {
    const size_t end = std::min(cell.find(rules_.split, begin), cell.size());
    const std::string_view part = TrimSpaces(cell.substr(begin, end - begin));
    begin = end + 1;
    if (part.empty()) continue;
    AddKey(part);
    if (++parts == 1) continue;
    pending_.push_back(keys_.back());
    keys_.pop_back();
  }
  if (parts == 0) keys_.push_back({cell.data(), 0});
  if (parts > 1) {
    ++counts_.split_cells;
    counts_.extra_keys += parts - 1;
  }
}

void CellKeyReader::AddKey(std::string_view key) {
  if (rules_.display_names) key = WithoutName(key);
  keys_.push_back({key.data(), key.size()});
}

// Of "Name <a@b>" what is in the brackets; else the key as it is.
std::string_view CellKeyReader::WithoutName(std::string_view key) {
  const std::string_view trimmed = TrimSpaces(key);
  if (trimmed.empty() || trimmed.back() != '>') return key;
  const size_t open = trimmed.rfind('<');
  if (open == std::string_view::npos) return key;
  const std::string_view inner = trimmed.substr(open + 1, trimmed.size() - open - 2);
  if (!Holds(inner, '@') || Holds(inner, '>')) return key;
  ++counts_.display_names;
  return inner;
}

}  // namespace vesica_cli
