#include <optional>
#include <string>
#include <string_view>

#include "arrow/arrow_abi.h"
#include "base/error.h"
#include "vesica/keys.h"

namespace vesica {
namespace {

absl::Status Corrupt(std::string_view message) { return MakeError(ErrorCode::kCorrupt, message); }

// What a format string of the Arrow C data interface means to us.
struct Format {
  KeyLayout layout;
  uint8_t integer_width = 8;
  bool integer_signed = true;
  int64_t buffers = 2;  // kStringViews: at least so many
};

std::optional<Format> ParseFormat(std::string_view format) {
  if (format == "u" || format == "z") return Format{.layout = KeyLayout::kOffsets32, .buffers = 3};
  if (format == "U" || format == "Z") return Format{.layout = KeyLayout::kOffsets64, .buffers = 3};
  if (format == "vu" || format == "vz") return Format{.layout = KeyLayout::kStringViews, .buffers = 3};
  if (format == "w:32") return Format{.layout = KeyLayout::kFixed32};
  if (format.size() != 1) return std::nullopt;
  constexpr std::string_view kIntegers = "cCsSiIlL";  // int8, uint8, ..., int64, uint64
  const size_t kind = kIntegers.find(format[0]);
  if (kind == std::string_view::npos) return std::nullopt;
  return Format{.layout = KeyLayout::kIntegers,
                .integer_width = static_cast<uint8_t>(1u << kind / 2),
                .integer_signed = kind % 2 == 0};
}

absl::Status UnsupportedFormat(std::string_view format) {
  constexpr size_t kShown = 16;
  std::string text = "Arrow type '";
  for (char c : format.substr(0, kShown)) text += c >= ' ' && c <= '~' ? c : '?';
  if (format.size() > kShown) text += "...";
  return MakeError(ErrorCode::kUnsupported, text + "' holds no keys: text, binary, integers and w:32 do");
}

absl::Status CheckStructure(const ArrowSchema& schema, const ArrowArray& array, const Format& format) {
  if (array.length < 0 || array.offset < 0) return Corrupt("the Arrow array has a negative length or offset");
  if (array.offset > INT64_MAX - array.length) return Corrupt("the Arrow array's offset and length overflow");
  if (array.null_count < -1 || array.null_count > array.length) {
    return Corrupt("the Arrow array's null count is out of range");
  }
  if ((schema.dictionary == nullptr) != (array.dictionary == nullptr)) {
    return Corrupt("one of the Arrow schema and array has a dictionary, the other has none");
  }
  if (schema.n_children != 0 || array.n_children != 0) return Corrupt("the Arrow array of keys has children");
  const bool views = format.layout == KeyLayout::kStringViews;
  if (views ? array.n_buffers < format.buffers : array.n_buffers != format.buffers) {
    return Corrupt("the Arrow array has the wrong number of buffers for its type");
  }
  if (array.buffers == nullptr) return Corrupt("the Arrow array has no buffers");
  if (array.null_count > 0 && array.buffers[0] == nullptr) {
    return Corrupt("the Arrow array counts nulls but has no validity bitmap");
  }
  return absl::OkStatus();
}

// Points `column` at the buffers; rows before the array's offset are still in it.
absl::Status SetBuffers(const ArrowArray& array, KeyColumn* column) {
  if (array.null_count != 0) column->validity = static_cast<const uint8_t*>(array.buffers[0]);
  switch (column->layout) {
    case KeyLayout::kOffsets32:
    case KeyLayout::kOffsets64:
      column->offsets = array.buffers[1];
      column->data = array.buffers[2];
      if (column->offsets == nullptr) return Corrupt("the Arrow array has no offsets");
      return absl::OkStatus();
    case KeyLayout::kStringViews: {
      const size_t data_buffers = static_cast<size_t>(array.n_buffers) - 3;
      if (data_buffers > INT32_MAX) return Corrupt("the Arrow array has more data buffers than views can name");
      const auto* sizes = static_cast<const int64_t*>(array.buffers[array.n_buffers - 1]);
      if (data_buffers > 0 && sizes == nullptr) return Corrupt("the Arrow array has no sizes of its data buffers");
      column->view_buffers = {array.buffers + 2, data_buffers};
      column->view_buffer_sizes = {sizes, data_buffers};
      break;
    }
    default:
      break;
  }
  column->data = array.buffers[1];
  if (column->data == nullptr) return Corrupt("the Arrow array has no data");
  return absl::OkStatus();
}

absl::StatusOr<KeyColumn> PlainColumn(const ArrowSchema& schema, const ArrowArray& array) {
  if (schema.release == nullptr || array.release == nullptr) {
    return InvalidArgument("the Arrow schema or array has been released");
  }
  if (schema.format == nullptr) return Corrupt("the Arrow schema has no format");
  const std::optional<Format> format = ParseFormat(schema.format);
  if (!format.has_value()) return UnsupportedFormat(schema.format);
  VESICA_RETURN_IF_ERROR(CheckStructure(schema, array, *format));

  KeyColumn column;
  column.layout = format->layout;
  column.integer_width = format->integer_width;
  column.integer_signed = format->integer_signed;
  column.length = static_cast<uint64_t>(array.length) + static_cast<uint64_t>(array.offset);
  if (array.length == 0) {  // its buffers may be missing
    column.length = 0;
    return column;
  }
  VESICA_RETURN_IF_ERROR(SetBuffers(array, &column));
  if (const absl::Status valid = column.Validate(); !valid.ok()) return Corrupt(std::string(valid.message()));
  return column.Slice(static_cast<uint64_t>(array.offset), static_cast<uint64_t>(array.length));
}

}  // namespace

absl::StatusOr<KeyColumn> ColumnFromArrow(const ArrowSchema& schema, const ArrowArray& array) {
  VESICA_ASSIGN_OR_RETURN(KeyColumn column, PlainColumn(schema, array));
  column.first_row = 0;
  if (schema.dictionary == nullptr) return column;

  if (column.layout != KeyLayout::kIntegers) return Corrupt("the Arrow dictionary's indices are not integers");
  if (schema.dictionary->dictionary != nullptr) {
    return MakeError(ErrorCode::kUnsupported, "the Arrow dictionary is itself dictionary-encoded");
  }
  VESICA_ASSIGN_OR_RETURN(KeyColumn values, PlainColumn(*schema.dictionary, *array.dictionary));
  values.first_row = 0;
  column.layout = KeyLayout::kDictionary;
  column.dictionary = std::make_shared<const KeyColumn>(std::move(values));
  return column;
}

}  // namespace vesica
