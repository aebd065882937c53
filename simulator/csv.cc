#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

#include "calendar.h"
#include "simulator.h"

namespace vesica_simulator {
namespace {

constexpr size_t kMostDigits = 20;
constexpr std::string_view kTime = "0000-00-00T00:00:00Z";

// As RFC 4180 has it.
std::string Quoted(std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(cell);
  std::string text = "\"";
  for (char c : cell) text.append(c == '"' ? 2 : 1, c);
  return text + "\"";
}

char* Put(std::string_view cell, char* to) {
  std::memcpy(to, cell.data(), cell.size());
  return to + cell.size();
}

// Writes rows of one batch. No cell of text needs quotes: keys, times and ids have no comma.
class CsvRows {
 public:
  explicit CsvRows(const Batch& batch) : batch_(batch) {
    for (const Column& column : batch.columns()) {
      std::vector<std::string>& cells = cells_.emplace_back();
      size_t widest = std::max(kMostDigits, kTime.size());
      for (const std::string& label : column.labels) {
        cells.push_back(Quoted(label));
        widest = std::max(widest, cells.back().size());
      }
      widths_ += widest + 1;
    }
  }

  void Append(size_t begin, size_t end, std::string* text) {
    size_t room = (end - begin) * widths_;
    for (const Column& column : batch_.columns()) {
      if (column.type == Column::Type::kText) room += static_cast<size_t>(column.offsets[end] - column.offsets[begin]);
    }
    const size_t size = text->size();
    text->resize(size + room);
    char* to = text->data() + size;
    for (size_t row = begin; row < end; ++row) to = PutRow(row, to);
    text->resize(static_cast<size_t>(to - text->data()));
  }

 private:
  char* PutRow(size_t row, char* to) {
    for (size_t i = 0; i < cells_.size(); ++i) {
      const Column& column = batch_.columns()[i];
      if (!column.IsNull(row)) to = PutCell(column, cells_[i], row, to);
      *to++ = ',';
    }
    to[-1] = '\n';
    return to;
  }

  char* PutCell(const Column& column, const std::vector<std::string>& cells, size_t row, char* to) {
    switch (column.type) {
      case Column::Type::kText:
        return Put(column.Text(row), to);
      case Column::Type::kLabels:
        return Put(cells[static_cast<size_t>(column.codes[row])], to);
      case Column::Type::kCompanies:
        return Put(cells[static_cast<size_t>(column.indices[row])], to);
      case Column::Type::kTime:
        return PutTime(static_cast<uint32_t>(column.times[row] - kFirstSecond), to);
      case Column::Type::kAmount:
        return std::to_chars(to, to + kMostDigits, static_cast<uint64_t>(column.amounts[row])).ptr;
      case Column::Type::kSize:
        return std::to_chars(to, to + kMostDigits, column.sizes[row]).ptr;
    }
    return to;
  }

  char* PutTime(uint32_t second, char* to) {
    if (second / kDay != day_) {
      day_ = second / kDay;
      Put(DateText(day_), time_.data());
    }
    const uint32_t in_day = second % kDay;
    const uint32_t parts[] = {in_day / kHour, in_day / 60 % 60, in_day % 60};
    char* at = time_.data() + kTime.find('T') + 1;
    for (uint32_t part : parts) {
      at[0] = static_cast<char>('0' + part / 10);
      at[1] = static_cast<char>('0' + part % 10);
      at += 3;
    }
    return Put({time_.data(), kTime.size()}, to);
  }

  const Batch& batch_;
  std::vector<std::vector<std::string>> cells_;  // labels, by column
  size_t widths_ = 0;                            // most bytes of a row, but for text
  uint32_t day_ = UINT32_MAX;                    // the day that time_ has
  std::array<char, kTime.size()> time_ = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0',
                                          'T', '0', '0', ':', '0', '0', ':', '0', '0', 'Z'};
};

}  // namespace

std::string CsvHead(const Batch& batch) {
  std::string text;
  for (const Column& column : batch.columns()) text += (text.empty() ? "" : ",") + column.name;
  return text + "\n";
}

void AppendCsv(const Batch& batch, std::string* text) {
  constexpr size_t kRows = 1024;  // at a time: text is grown by what they need at most
  CsvRows rows(batch);
  for (size_t begin = 0; begin < batch.rows(); begin += kRows) {
    rows.Append(begin, std::min<size_t>(begin + kRows, batch.rows()), text);
  }
}

}  // namespace vesica_simulator
