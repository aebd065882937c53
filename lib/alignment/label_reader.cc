#include "alignment/label_reader.h"

#include <algorithm>
#include <charconv>

#include "arrow/key_reader.h"
#include "base/error.h"
#include "identity/ascii.h"

namespace vesica {
namespace {

constexpr uint32_t kUnread = UINT32_MAX - 1;
constexpr uint64_t kMaxKnown = uint64_t{1} << 16;

// The rows of the dictionary that a batch of rows points to, in `values`; where a row has none its text is left empty.
absl::Status ReadIndices(const KeyColumn& column, uint64_t begin, uint32_t count, int64_t* values,
                         IntegerState* states) {
  ReadIntegers(column, RowSet::Range(begin, count), values, states);
  for (uint32_t i = 0; i < count; ++i) {
    if (states[i] == IntegerState::kNull) continue;
    if (static_cast<uint64_t>(values[i]) >= column.dictionary->length || states[i] == IntegerState::kTooLarge) {
      return CorruptRow(column, begin + i, "no such value in the dictionary");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TextReader::Read(const KeyColumn& column, uint64_t begin, uint32_t count, std::string_view* texts) {
  if (column.layout == KeyLayout::kIntegers) {
    WriteIntegers(column, begin, count, 0, texts);
    return absl::OkStatus();
  }
  if (column.layout != KeyLayout::kDictionary) {
    VESICA_RETURN_IF_ERROR(ReadBytes(column, RowSet::Range(begin, count), texts));
  } else {
    std::array<int64_t, kRowBatch> values;
    std::array<IntegerState, kRowBatch> states;
    VESICA_RETURN_IF_ERROR(ReadIndices(column, begin, count, values.data(), states.data()));
    for (uint32_t i = 0; i < count; ++i) {
      texts[i] = {};
      if (states[i] == IntegerState::kNull) continue;
      const auto row = static_cast<uint64_t>(values[i]);
      if (column.dictionary->layout == KeyLayout::kIntegers) {
        WriteIntegers(*column.dictionary, row, 1, i, &texts[i]);
        continue;
      }
      VESICA_RETURN_IF_ERROR(ReadBytes(*column.dictionary, RowSet::Range(row, 1), &texts[i]));
    }
  }
  for (uint32_t i = 0; i < count; ++i) texts[i] = TrimSpace(texts[i]);
  return absl::OkStatus();
}

void TextReader::WriteIntegers(const KeyColumn& column, uint64_t begin, uint32_t count, uint32_t slot,
                               std::string_view* texts) {
  std::array<int64_t, kRowBatch> values;
  std::array<IntegerState, kRowBatch> states;
  ReadIntegers(column, RowSet::Range(begin, count), values.data(), states.data());
  for (uint32_t i = 0; i < count; ++i) {
    char* first = numbers_[slot + i].data();
    char* last = first;
    if (states[i] == IntegerState::kValid) {
      last = std::to_chars(first, first + numbers_[slot + i].size(), values[i]).ptr;
    } else if (states[i] == IntegerState::kTooLarge) {
      last = std::to_chars(first, first + numbers_[slot + i].size(), static_cast<uint64_t>(values[i])).ptr;
    }
    texts[i] = {first, static_cast<size_t>(last - first)};
  }
}

absl::Status LabelReader::Read(const EventColumn& given, uint64_t begin, uint32_t count, Interner* labels,
                               uint32_t* ids) {
  if (given.unit == EventUnit::kBool) return ReadBools(given, begin, count, labels, ids);
  const KeyColumn& column = given.values;
  if (column.layout == KeyLayout::kDictionary && column.dictionary->length <= kMaxKnown) {
    return ReadDictionary(column, begin, count, labels, ids);
  }
  std::array<std::string_view, kRowBatch> texts;
  VESICA_RETURN_IF_ERROR(texts_.Read(column, begin, count, texts.data()));
  labels->InternAll(std::span(texts).first(count), ids);
  return absl::OkStatus();
}

absl::Status LabelReader::ReadBools(const EventColumn& column, uint64_t begin, uint32_t count, Interner* labels,
                                    uint32_t* ids) {
  uint32_t known[2] = {kUnread, kUnread};
  for (uint32_t i = 0; i < count; ++i) {
    ids[i] = kNoId;
    if (!IsValidRow(column.values, begin + i)) continue;
    const uint64_t bit = column.values.validity_offset + begin + i;
    const bool value = (column.bits[bit / 8] >> bit % 8 & 1) != 0;
    if (known[value] == kUnread) known[value] = labels->Intern(value ? "true" : "false");
    ids[i] = known[value];
  }
  return absl::OkStatus();
}

absl::Status LabelReader::ReadDictionary(const KeyColumn& column, uint64_t begin, uint32_t count, Interner* labels,
                                         uint32_t* ids) {
  if (dictionary_ != column.dictionary) {
    dictionary_ = column.dictionary;
    known_.assign(dictionary_->length, kUnread);
  }
  std::array<int64_t, kRowBatch> values;
  std::array<IntegerState, kRowBatch> states;
  VESICA_RETURN_IF_ERROR(ReadIndices(column, begin, count, values.data(), states.data()));
  for (uint32_t i = 0; i < count; ++i) {
    ids[i] = kNoId;
    if (states[i] == IntegerState::kNull) continue;
    uint32_t& id = known_[static_cast<size_t>(values[i])];
    if (id == kUnread) {
      std::string_view text;
      VESICA_RETURN_IF_ERROR(texts_.Read(*dictionary_, static_cast<uint64_t>(values[i]), 1, &text));
      id = text.empty() ? kNoId : labels->Intern(text);
    }
    ids[i] = id;
  }
  return absl::OkStatus();
}

}  // namespace vesica
