#include "arrow/key_reader.h"

#include <cstdint>
#include <string>
#include <type_traits>

#include "base/endian.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr std::string_view kBadOffsets = "the column's offsets run backwards or out of the column";
constexpr std::string_view kBadView = "a string view of the column points outside its buffers";

// The largest offset that any row of the column may end at.
template <class Offset>
Offset OffsetLimit(const KeyColumn& column) {
  const auto last = Load<Offset>(column.offsets, column.length);
  return last > 0 && static_cast<uint64_t>(last) > column.data_size ? static_cast<Offset>(column.data_size) : last;
}

// The rows of a list lie anywhere: asks for all of their memory at once. Without it a key of a dictionary that is
// larger than the caches costs several waits for memory.
template <class Offset>
void PrefetchOffsets(const KeyColumn& column, const RowSet& rows) {
  if (rows.list == nullptr) return;
  const char* offsets = static_cast<const char*>(column.offsets);
  for (uint32_t i = 0; i < rows.count; ++i) __builtin_prefetch(offsets + rows.list[i] * sizeof(Offset));
}
void PrefetchKeys(const RowSet& rows, const std::string_view* keys) {
  for (uint32_t i = 0; i < rows.count; ++i) __builtin_prefetch(keys[i].data());
}

template <class Offset>
absl::Status ReadOffsets(const KeyColumn& column, const RowSet& rows, std::string_view* keys) {
  const char* bytes = static_cast<const char*>(column.data);
  const Offset first = Load<Offset>(column.offsets);
  const Offset limit = OffsetLimit<Offset>(column);
  PrefetchOffsets<Offset>(column, rows);
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint64_t row = rows[i];
    const Offset begin = Load<Offset>(column.offsets, row);
    const Offset end = Load<Offset>(column.offsets, row + 1);
    if (begin < first || end < begin || limit < end || begin < 0 || (bytes == nullptr && end > begin)) [[unlikely]] {
      return CorruptRow(column, row, kBadOffsets);
    }
    keys[i] = IsValidRow(column, row) && end > begin ? std::string_view(bytes + begin, static_cast<size_t>(end - begin))
                                                     : std::string_view();
  }
  if (rows.list != nullptr) PrefetchKeys(rows, keys);
  return absl::OkStatus();
}

void ReadSpans(const KeyColumn& column, const RowSet& rows, std::string_view* keys) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint64_t row = rows[i];
    const auto span = Load<KeySpan>(column.data, row);
    keys[i] = span.data != nullptr && IsValidRow(column, row)
                  ? std::string_view(static_cast<const char*>(span.data), static_cast<size_t>(span.size))
                  : std::string_view();
  }
  PrefetchKeys(rows, keys);
}

void ReadFixed32(const KeyColumn& column, const RowSet& rows, std::string_view* keys) {
  const char* digests = static_cast<const char*>(column.data);
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint64_t row = rows[i];
    keys[i] = IsValidRow(column, row) ? std::string_view(digests + row * 32, 32) : std::string_view();
  }
}

// The key of a 16-byte view: its size, then either up to 12 bytes, or a prefix of 4, a buffer and an offset in it
// (Arrow columnar format, "Variable-size Binary View Layout"). False if it points outside its buffer.
bool ReadView(const KeyColumn& column, const char* view, std::string_view* key) {
  const auto size = Load<int32_t>(view, 0);
  if (size < 0) return false;
  if (size <= 12) {
    *key = size == 0 ? std::string_view() : std::string_view(view + 4, static_cast<size_t>(size));
    return true;
  }
  const auto buffer = Load<int32_t>(view, 2);
  const auto offset = Load<int32_t>(view, 3);
  if (buffer < 0 || static_cast<size_t>(buffer) >= column.view_buffers.size() || offset < 0) return false;
  const auto* bytes = static_cast<const char*>(column.view_buffers[static_cast<size_t>(buffer)]);
  const int64_t bytes_size = column.view_buffer_sizes[static_cast<size_t>(buffer)];
  if (bytes == nullptr || int64_t{offset} + size > bytes_size) return false;
  *key = std::string_view(bytes + offset, static_cast<size_t>(size));
  return true;
}

absl::Status ReadViews(const KeyColumn& column, const RowSet& rows, std::string_view* keys) {
  const char* views = static_cast<const char*>(column.data);
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint64_t row = rows[i];
    keys[i] = {};
    if (IsValidRow(column, row) && !ReadView(column, views + row * 16, &keys[i])) [[unlikely]] {
      return CorruptRow(column, row, kBadView);
    }
  }
  return absl::OkStatus();
}

// A batch is in order if no offset is negative, none is smaller than the one before it, and the ends are within the
// column's: all of it is the sign bit of one OR.
template <class Offset>
bool OffsetsInOrder(const KeyColumn& column, uint64_t begin, uint32_t count) {
  using Unsigned = std::make_unsigned_t<Offset>;
  const char* offsets = static_cast<const char*>(column.offsets) + begin * sizeof(Offset);
  const auto first = Load<Unsigned>(column.offsets);
  const auto limit = static_cast<Unsigned>(OffsetLimit<Offset>(column));
  const auto end = Load<Unsigned>(offsets, count);
  Unsigned signs = first | limit | end;
  for (uint32_t i = 0; i < count; ++i) {
    const auto offset = Load<Unsigned>(offsets, i);
    signs |= offset | (Load<Unsigned>(offsets, i + 1) - offset);
  }
  signs |= (Load<Unsigned>(offsets) - first) | (limit - end);
  return static_cast<Offset>(signs) >= 0 && (column.data != nullptr || Load<Unsigned>(offsets) == end);
}

template <class Integer>
void ReadIntegersOf(const KeyColumn& column, const RowSet& rows, int64_t* values, IntegerState* states) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint64_t row = rows[i];
    const auto value = Load<Integer>(column.data, row);
    values[i] = static_cast<int64_t>(value);
    states[i] = IsValidRow(column, row) ? IntegerState::kValid : IntegerState::kNull;
    if constexpr (std::is_same_v<Integer, uint64_t>) {
      if (values[i] < 0 && states[i] == IntegerState::kValid) states[i] = IntegerState::kTooLarge;
    }
  }
}

}  // namespace

absl::Status CorruptRow(const KeyColumn& column, uint64_t row, std::string_view message) {
  const uint64_t number = column.first_row + row;
  return MakeError(ErrorInfo{.code = ErrorCode::kCorrupt, .row = number},
                   std::string(message) + " at row " + std::to_string(number));
}

absl::Status ReadBytes(const KeyColumn& column, const RowSet& rows, std::string_view* keys) {
  switch (column.layout) {
    case KeyLayout::kOffsets32:
      return ReadOffsets<int32_t>(column, rows, keys);
    case KeyLayout::kOffsets64:
      return ReadOffsets<int64_t>(column, rows, keys);
    case KeyLayout::kStringViews:
      return ReadViews(column, rows, keys);
    case KeyLayout::kSpans:
      ReadSpans(column, rows, keys);
      return absl::OkStatus();
    case KeyLayout::kFixed32:
      ReadFixed32(column, rows, keys);
      return absl::OkStatus();
    case KeyLayout::kIntegers:
    case KeyLayout::kDictionary:
      break;
  }
  return MakeError(ErrorCode::kInternal, "the column holds no bytes");
}

absl::Status CheckOffsets(const KeyColumn& column, uint64_t begin, uint32_t count) {
  if (count == 0) return absl::OkStatus();
  const bool small = column.layout == KeyLayout::kOffsets32;
  if (small ? OffsetsInOrder<int32_t>(column, begin, count) : OffsetsInOrder<int64_t>(column, begin, count)) {
    return absl::OkStatus();
  }
  for (uint32_t i = 0; i < count; ++i) {  // which row is it
    std::string_view key;
    VESICA_RETURN_IF_ERROR(ReadBytes(column, RowSet::Range(begin + i, 1), &key));
  }
  return MakeError(ErrorCode::kCorrupt, kBadOffsets);
}

void ReadIntegers(const KeyColumn& column, const RowSet& rows, int64_t* values, IntegerState* states) {
  switch (column.integer_width) {
    case 1:
      return column.integer_signed ? ReadIntegersOf<int8_t>(column, rows, values, states)
                                   : ReadIntegersOf<uint8_t>(column, rows, values, states);
    case 2:
      return column.integer_signed ? ReadIntegersOf<int16_t>(column, rows, values, states)
                                   : ReadIntegersOf<uint16_t>(column, rows, values, states);
    case 4:
      return column.integer_signed ? ReadIntegersOf<int32_t>(column, rows, values, states)
                                   : ReadIntegersOf<uint32_t>(column, rows, values, states);
    default:
      return column.integer_signed ? ReadIntegersOf<int64_t>(column, rows, values, states)
                                   : ReadIntegersOf<uint64_t>(column, rows, values, states);
  }
}

}  // namespace vesica
