#include "arrow/stream.h"

#include <algorithm>
#include <string>
#include <vector>

#include "arrow/key_reader.h"
#include "arrow/owned.h"
#include "arrow/stream_arrays.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr uint64_t kBatchRows = uint64_t{1} << 16;

absl::Status Corrupt(std::string_view message) { return MakeError(ErrorCode::kCorrupt, message); }

// The place of the child named `name` in record batches of this schema.
absl::StatusOr<int64_t> FindColumn(const ArrowSchema& schema, std::string_view name) {
  if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr)) {
    return Corrupt("the Arrow schema has no children where it says so");
  }
  int64_t found = -1;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema* child = schema.children[i];
    if (child == nullptr) return Corrupt("the Arrow schema has a child that is NULL");
    if (child->name == nullptr || child->name != name) continue;
    if (found >= 0) return InvalidArgument("the record batches have several columns of that name");
    found = i;
  }
  if (found < 0) return InvalidArgument("the record batches have no column of that name");
  return found;
}

absl::Status CheckRecordBatch(const ArrowSchema& schema, const ArrowArray& batch) {
  if (batch.length < 0 || batch.offset < 0 || batch.offset > INT64_MAX - batch.length) {
    return Corrupt("the record batch's length or offset is out of range");
  }
  if (batch.n_children != schema.n_children || batch.children == nullptr) {
    return Corrupt("the record batch has not the columns of its schema");
  }
  if (batch.n_buffers != 1 || (batch.null_count > 0 && (batch.buffers == nullptr || batch.buffers[0] == nullptr))) {
    return Corrupt("the record batch counts nulls but has no validity bitmap");
  }
  return absl::OkStatus();
}

}  // namespace

struct ArrowStreamSource::State {
  explicit State(ArrowArrayStream& stream) : stream(stream) {}

  // Takes the next array that has rows from the stream into `column`; false at the end.
  absl::StatusOr<bool> NextArray();
  absl::StatusOr<KeyColumn> ColumnOfRecordBatch();
  // Makes rows blank whose record is null: the two bitmaps become one.
  void BlankNullRecords(const uint8_t* records, uint64_t records_offset, KeyColumn* keys);

  ArrowArrayStream& stream;
  KeyEncoding encoding = KeyEncoding::kPlain;
  int64_t child = -1;  // place of the column in record batches; -1: the stream is of plain columns
  Owned<ArrowSchema> schema;
  Owned<ArrowArray> array;
  KeyColumn column;            // the rows of `array` that are still to be given out
  std::vector<uint8_t> valid;  // bitmap of `column` where one had to be made
  uint64_t rows = 0;           // taken from the stream
  uint64_t next_batch = 0;
};

ArrowStreamSource::ArrowStreamSource(std::unique_ptr<State> state, uint64_t row_limit)
    : state_(std::move(state)), row_limit_(row_limit) {}
ArrowStreamSource::~ArrowStreamSource() = default;

absl::StatusOr<std::unique_ptr<ArrowStreamSource>> ArrowStreamSource::Open(ArrowArrayStream& stream,
                                                                           std::optional<std::string_view> column_name,
                                                                           KeyEncoding encoding, uint64_t row_limit) {
  if (stream.release == nullptr || stream.get_schema == nullptr || stream.get_next == nullptr) {
    return InvalidArgument("the Arrow stream has been released");
  }
  auto state = std::make_unique<State>(stream);
  state->encoding = encoding;
  if (const int error = stream.get_schema(&stream, state->schema.get()); error != 0) return StreamFailure(error);
  if (state->schema->release == nullptr || state->schema->format == nullptr) {
    return Corrupt("the Arrow stream gave no schema");
  }
  const bool records = std::string_view(state->schema->format) == "+s";
  if (records != column_name.has_value()) {
    return InvalidArgument(records ? "the Arrow stream is of record batches: name the column of keys"
                                   : "the Arrow stream is of plain columns, which have no names");
  }
  if (records) {
    VESICA_ASSIGN_OR_RETURN(state->child, FindColumn(*state->schema, *column_name));
  }
  return std::unique_ptr<ArrowStreamSource>(new ArrowStreamSource(std::move(state), row_limit));
}

absl::StatusOr<bool> ArrowStreamSource::Next(uint64_t shard, uint64_t batch, KeyColumn* out) const {
  State& state = *state_;
  if (shard != 0 || batch != state.next_batch) return InvalidArgument("an Arrow stream is read once, from its start");
  if (state.column.length == 0) {
    VESICA_ASSIGN_OR_RETURN(const bool more, state.NextArray());
    if (!more) return false;
  }
  const uint64_t rows = std::min(kBatchRows, state.column.length);
  *out = state.column.Slice(0, rows);
  state.column = state.column.Slice(rows, state.column.length - rows);
  ++state.next_batch;
  return true;
}

absl::StatusOr<bool> ArrowStreamSource::State::NextArray() {
  column = {};
  while (column.length == 0) {
    array.Release();
    if (const int error = stream.get_next(&stream, array.get()); error != 0) return StreamFailure(error);
    if (array->release == nullptr) return false;
    VESICA_ASSIGN_OR_RETURN(column, child < 0 ? ColumnFromArrow(*schema, *array) : ColumnOfRecordBatch());
  }
  column.encoding = encoding;
  column.first_row = rows;
  rows += column.length;
  return true;
}

absl::StatusOr<KeyColumn> ArrowStreamSource::State::ColumnOfRecordBatch() {
  VESICA_RETURN_IF_ERROR(CheckRecordBatch(*schema, *array));
  const ArrowArray* keys_array = array->children[child];
  if (keys_array == nullptr) return Corrupt("the record batch has a column that is NULL");
  VESICA_ASSIGN_OR_RETURN(KeyColumn keys, ColumnFromArrow(*schema->children[child], *keys_array));
  const auto begin = static_cast<uint64_t>(array->offset);
  const auto length = static_cast<uint64_t>(array->length);
  if (keys.length < begin || keys.length - begin < length) {
    return Corrupt("the record batch's column is shorter than the batch");
  }
  keys = keys.Slice(begin, length);
  if (array->null_count != 0 && array->buffers != nullptr && array->buffers[0] != nullptr) {
    BlankNullRecords(static_cast<const uint8_t*>(array->buffers[0]), begin, &keys);
  }
  return keys;
}

void ArrowStreamSource::State::BlankNullRecords(const uint8_t* records, uint64_t records_offset, KeyColumn* keys) {
  KeyColumn record;
  record.validity = records;
  record.validity_offset = records_offset;
  valid.assign((keys->length + 7) / 8, 0);
  for (uint64_t row = 0; row < keys->length; ++row) {
    const bool has_key = IsValidRow(record, row) && IsValidRow(*keys, row);
    valid[row / 8] = static_cast<uint8_t>(valid[row / 8] | (has_key ? 1u << row % 8 : 0u));
  }
  keys->validity = valid.data();
  keys->validity_offset = 0;
}

}  // namespace vesica
