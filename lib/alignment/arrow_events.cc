#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "arrow/arrow_abi.h"
#include "arrow/key_reader.h"
#include "base/error.h"
#include "vesica/events.h"

namespace vesica {
namespace {

absl::Status Corrupt(std::string_view message) { return MakeError(ErrorCode::kCorrupt, message); }

// What a type of the Arrow C data interface, that is laid out as plain integers, means in a column of events.
struct UnitFormat {
  const char* integers;  // the format of integers laid out alike
  EventUnit unit;
  bool naive = false;
  int32_t scale = 0;
  uint8_t width = 0;  // where it is not that of `integers`
};

// "d:precision,scale" of 128 bits, or "d:precision,scale,bits".
std::optional<UnitFormat> ParseDecimal(std::string_view format) {
  const char* at = format.data() + 2;
  const char* const end = format.data() + format.size();
  int32_t numbers[3] = {0, 0, 128};
  for (int i = 0; i < 3; ++i) {
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc()) return std::nullopt;
    at = next;
    if (at == end && i > 0) break;
    if (at == end || *at++ != ',') return std::nullopt;
  }
  const auto [precision, scale, bits] = numbers;
  if (at != end || precision < 1 || precision > 38 || scale < -38 || scale > 38) return std::nullopt;
  if (bits != 32 && bits != 64 && bits != 128) return std::nullopt;
  return UnitFormat{
      .integers = "l", .unit = EventUnit::kDecimal, .scale = scale, .width = static_cast<uint8_t>(bits / 8)};
}

std::optional<UnitFormat> ParseUnit(std::string_view format) {
  if (format == "tdD") return UnitFormat{"i", EventUnit::kDays};
  if (format == "tdm") return UnitFormat{"l", EventUnit::kMilliseconds, true};
  if (format == "g") return UnitFormat{"l", EventUnit::kDouble};
  if (format == "f") return UnitFormat{"i", EventUnit::kFloat};
  if (format == "b") return UnitFormat{"c", EventUnit::kBool};
  if (format.starts_with("d:")) return ParseDecimal(format);
  if (format.size() < 4 || !format.starts_with("ts") || format[3] != ':') return std::nullopt;
  const bool naive = format.size() == 4;  // with a zone, the ticks are UTC
  switch (format[2]) {
    case 's':
      return UnitFormat{"l", EventUnit::kSeconds, naive};
    case 'm':
      return UnitFormat{"l", EventUnit::kMilliseconds, naive};
    case 'u':
      return UnitFormat{"l", EventUnit::kMicroseconds, naive};
    case 'n':
      return UnitFormat{"l", EventUnit::kNanoseconds, naive};
    default:
      return std::nullopt;
  }
}

absl::Status CheckRecords(const ArrowSchema& schema, const ArrowArray& array) {
  if (schema.release == nullptr || array.release == nullptr) {
    return InvalidArgument("the Arrow schema or array has been released");
  }
  if (schema.format == nullptr || std::string_view(schema.format) != "+s") {
    return MakeError(ErrorCode::kUnsupported, "events come as Arrow record batches");
  }
  if (array.length < 0 || array.offset < 0 || array.offset > INT64_MAX - array.length) {
    return Corrupt("the Arrow array's length or offset is out of range");
  }
  if (schema.n_children < 0 || schema.n_children != array.n_children) {
    return Corrupt("the Arrow schema and array differ in their number of columns");
  }
  if (schema.n_children > 0 && (schema.children == nullptr || array.children == nullptr)) {
    return Corrupt("the Arrow record batch has no columns");
  }
  if (array.null_count == 0 || array.n_buffers < 1 || array.buffers == nullptr) return absl::OkStatus();
  KeyColumn records;
  records.validity = static_cast<const uint8_t*>(array.buffers[0]);
  for (int64_t row = array.offset; row < array.offset + array.length; ++row) {
    if (!IsValidRow(records, static_cast<uint64_t>(row))) {
      return MakeError(ErrorCode::kUnsupported, "the Arrow record batch has null records");
    }
  }
  return absl::OkStatus();
}

// The values of an array whose type, but for its width, is that of integers.
absl::StatusOr<KeyColumn> ValuesOf(const ArrowSchema& schema, const ArrowArray& array, const UnitFormat& format) {
  ArrowSchema read_as = schema;
  read_as.format = format.integers;
  if (format.width == 0) return ColumnFromArrow(read_as, array);
  if (array.length < 0 || array.offset < 0 || array.offset > INT64_MAX - array.length) {
    return Corrupt("the Arrow array's length or offset is out of range");
  }
  ArrowArray from_first = array;
  from_first.offset = 0;
  from_first.length += array.offset;
  VESICA_ASSIGN_OR_RETURN(KeyColumn values, ColumnFromArrow(read_as, from_first));
  values.integer_width = format.width;
  return values.Slice(static_cast<uint64_t>(array.offset), static_cast<uint64_t>(array.length));
}

absl::StatusOr<EventColumn> ColumnOf(const ArrowSchema& schema, const ArrowArray& array) {
  if (schema.format == nullptr) return Corrupt("the Arrow schema has no format");
  EventColumn column;
  if (schema.name != nullptr) column.name = schema.name;
  if (std::string_view(schema.format) == "n") {
    column.unit = EventUnit::kNull;
    return column;
  }
  const std::optional<UnitFormat> format = schema.dictionary == nullptr ? ParseUnit(schema.format) : std::nullopt;
  absl::StatusOr<KeyColumn> values =
      format.has_value() ? ValuesOf(schema, array, *format) : ColumnFromArrow(schema, array);
  if (!values.ok()) {
    if (GetErrorInfo(values.status()).code != ErrorCode::kUnsupported) return values.status();
    column.unit = EventUnit::kUnreadable;
    return column;
  }
  column.values = *std::move(values);
  if (!format.has_value()) return column;
  column.unit = format->unit;
  column.naive = format->naive;
  column.scale = format->scale;
  if (column.unit == EventUnit::kBool && array.length > 0) column.bits = static_cast<const uint8_t*>(array.buffers[1]);
  return column;
}

}  // namespace

absl::StatusOr<EventBatch> EventsFromArrow(const ArrowSchema& schema, const ArrowArray& array) {
  VESICA_RETURN_IF_ERROR(CheckRecords(schema, array));
  EventBatch batch;
  batch.rows = static_cast<uint64_t>(array.length);
  const auto begin = static_cast<uint64_t>(array.offset);
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr || array.children[i] == nullptr) {
      return Corrupt("the Arrow record batch lacks a column");
    }
    VESICA_ASSIGN_OR_RETURN(EventColumn column, ColumnOf(*schema.children[i], *array.children[i]));
    if (column.unit != EventUnit::kNull && column.unit != EventUnit::kUnreadable) {
      if (column.values.length < begin || column.values.length - begin < batch.rows) {
        return Corrupt("a column of the Arrow record batch is too short");
      }
      column.values = column.values.Slice(begin, batch.rows);
      column.values.first_row = 0;
    }
    batch.columns.push_back(std::move(column));
  }
  return batch;
}

}  // namespace vesica
