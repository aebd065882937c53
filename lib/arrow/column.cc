#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/endian.h"
#include "base/error.h"
#include "vesica/keys.h"

namespace vesica {
namespace {

// Keeps every byte position in a column far from overflowing 64 bits, whatever the layout.
constexpr uint64_t kMaxLength = uint64_t{1} << 56;

absl::Status Corrupt(std::string_view message) { return MakeError(ErrorCode::kCorrupt, message); }

const void* Advance(const void* array, uint64_t count, uint64_t element_bytes) {
  return array == nullptr ? nullptr : static_cast<const char*>(array) + count * element_bytes;
}

// Bytes of one row in `data`; 0 where rows are found through `offsets`.
uint64_t RowBytes(const KeyColumn& column) {
  switch (column.layout) {
    case KeyLayout::kOffsets32:
    case KeyLayout::kOffsets64:
      return 0;
    case KeyLayout::kSpans:
      return sizeof(KeySpan);
    case KeyLayout::kIntegers:
    case KeyLayout::kDictionary:
      return column.integer_width;
    case KeyLayout::kFixed32:
      return 32;
    case KeyLayout::kStringViews:
      return 16;
  }
  return 0;
}

uint64_t OffsetBytes(KeyLayout layout) {
  if (layout == KeyLayout::kOffsets32) return sizeof(int32_t);
  if (layout == KeyLayout::kOffsets64) return sizeof(int64_t);
  return 0;
}

template <class Offset>
absl::Status ValidateOffsets(const KeyColumn& column) {
  if (column.offsets == nullptr) return InvalidArgument("the column has no offsets");
  const Offset first = Load<Offset>(column.offsets);
  const Offset last = Load<Offset>(column.offsets, column.length);
  if (first < 0 || last < first) return Corrupt("the column's offsets run backwards");
  if (static_cast<uint64_t>(last) > column.data_size) return Corrupt("the column's offsets run out of its data");
  if (column.data == nullptr && last > first) return InvalidArgument("the column has no data");
  return absl::OkStatus();
}

absl::Status ValidateIntegerWidth(const KeyColumn& column) {
  const uint8_t width = column.integer_width;
  if (width != 1 && width != 2 && width != 4 && width != 8) {
    return InvalidArgument("the column's integers are not 1, 2, 4 or 8 bytes wide");
  }
  return absl::OkStatus();
}

absl::Status ValidateDictionary(const KeyColumn& column) {
  if (column.dictionary == nullptr) return InvalidArgument("the column has no dictionary");
  if (column.dictionary->layout == KeyLayout::kDictionary) {
    return InvalidArgument("the column's dictionary is itself dictionary-encoded");
  }
  return column.dictionary->Validate();
}

// A bound for every offset of the column: what lies between two of its rows must not reach beyond its end.
uint64_t DataSize(const KeyColumn& column) {
  const uint64_t offset_bytes = OffsetBytes(column.layout);
  if (offset_bytes == 0 || column.length == 0 || column.offsets == nullptr) return column.data_size;
  const int64_t last = offset_bytes == sizeof(int32_t) ? Load<int32_t>(column.offsets, column.length)
                                                       : Load<int64_t>(column.offsets, column.length);
  return std::min(column.data_size, static_cast<uint64_t>(std::max<int64_t>(last, 0)));
}

}  // namespace

KeyColumn KeyColumn::Slice(uint64_t begin, uint64_t count) const {
  KeyColumn slice = *this;
  if (count < length) slice.data_size = DataSize(*this);
  slice.length = count;
  slice.data = Advance(data, begin, RowBytes(*this));
  slice.offsets = Advance(offsets, begin, OffsetBytes(layout));
  slice.validity_offset += begin;
  slice.first_row += begin;
  return slice;
}

absl::Status KeyColumn::Validate() const {
  if (length > kMaxLength || validity_offset > kMaxLength) return InvalidArgument("the column is too long");
  if (first_row > kNoRow - length) return InvalidArgument("the column's row numbers overflow");
  switch (encoding) {
    case KeyEncoding::kPlain:
    case KeyEncoding::kHex:
    case KeyEncoding::kBase64:
      break;
    default:
      return InvalidArgument("the column's encoding is unknown");
  }
  switch (layout) {
    case KeyLayout::kOffsets32:
      return length == 0 ? absl::OkStatus() : ValidateOffsets<int32_t>(*this);
    case KeyLayout::kOffsets64:
      return length == 0 ? absl::OkStatus() : ValidateOffsets<int64_t>(*this);
    case KeyLayout::kSpans:
    case KeyLayout::kFixed32:
      break;
    case KeyLayout::kIntegers:
      VESICA_RETURN_IF_ERROR(ValidateIntegerWidth(*this));
      break;
    case KeyLayout::kStringViews:
      if (view_buffers.size() != view_buffer_sizes.size()) {
        return InvalidArgument("the column's view buffers and their sizes differ in number");
      }
      break;
    case KeyLayout::kDictionary:
      VESICA_RETURN_IF_ERROR(ValidateIntegerWidth(*this));
      VESICA_RETURN_IF_ERROR(ValidateDictionary(*this));
      break;
    default:
      return InvalidArgument("the column's layout is unknown");
  }
  if (length > 0 && data == nullptr) return InvalidArgument("the column has no data");
  return absl::OkStatus();
}

KeyColumn ColumnFromSpans(std::span<const KeySpan> keys) {
  KeyColumn column;
  column.layout = KeyLayout::kSpans;
  column.length = keys.size();
  column.data = keys.data();
  return column;
}

}  // namespace vesica
