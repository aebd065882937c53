#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow/stream.h"
#include "column.h"
#include "guard.h"
#include "structs.h"

namespace vesica::capi {
namespace {

// Batches from the caller's callback. Holds no state: what a batch points to is the caller's.
class CallbackSource : public KeySource {
 public:
  explicit CallbackSource(const vesica_source& from)
      : next_(from.next),
        user_(from.next_user),
        shards_(from.shards),
        row_limit_(from.row_limit),
        rewindable_((from.flags & VESICA_SOURCE_READ_ONCE) == 0) {}

  uint64_t shards() const override { return shards_; }
  bool rewindable() const override { return rewindable_; }
  uint64_t row_limit() const override { return row_limit_; }

  absl::StatusOr<bool> Next(uint64_t shard, uint64_t batch, KeyColumn* out) const override {
    union {
      vesica_column column;
      char room[VESICA_COLUMN_ROOM];
    } answer{.room = {}};
    answer.column.struct_size = sizeof(vesica_column);
    const int32_t result = next_(user_, shard, batch, &answer.column);
    if (result == 0) return false;
    if (result != 1) return MakeError(ErrorCode::kIo, "the source's callback reported a failure");
    if (answer.column.struct_size > VESICA_COLUMN_ROOM) return InvalidArgument("column.struct_size is not set");
    VESICA_ASSIGN_OR_RETURN(const vesica_column column, ReadStruct(&answer.column, "column"));
    VESICA_ASSIGN_OR_RETURN(*out, ToKeyColumn(column));
    return true;
  }

 private:
  const vesica_next_fn next_;
  void* const user_;
  const uint64_t shards_;
  const uint64_t row_limit_;
  const bool rewindable_;
};

absl::StatusOr<std::unique_ptr<KeySource>> FromColumns(const vesica_source& from) {
  if (from.columns == nullptr && from.column_count != 0) return InvalidArgument("columns must not be NULL");
  std::vector<KeyColumn> columns;
  for (uint64_t i = 0; i < from.column_count; ++i) {
    VESICA_ASSIGN_OR_RETURN(const vesica_column column, ReadElement(from.columns, i, "columns"));
    VESICA_ASSIGN_OR_RETURN(KeyColumn keys, ToKeyColumn(column));
    columns.push_back(std::move(keys));
  }
  return std::make_unique<ColumnsSource>(std::move(columns));
}

absl::StatusOr<std::unique_ptr<KeySource>> FromCallback(const vesica_source& from) {
  if (from.shards == 0) return InvalidArgument("shards must be at least 1");
  return std::make_unique<CallbackSource>(from);
}

absl::StatusOr<std::unique_ptr<KeySource>> FromStream(const vesica_source& from) {
  std::optional<std::string_view> column_name;
  if (from.stream_column != nullptr) column_name = from.stream_column;
  VESICA_ASSIGN_OR_RETURN(const KeyEncoding encoding, ToKeyEncoding(from.stream_encoding));
  return ArrowStreamSource::Open(*from.stream, column_name, encoding, from.row_limit);
}

}  // namespace

absl::StatusOr<std::unique_ptr<KeySource>> ToKeySource(const vesica_source& from) {
  if ((from.flags & ~VESICA_SOURCE_READ_ONCE) != 0) return Unsupported("source.flags has an unknown flag");
  if (from.reserved != 0) return Unsupported("source.reserved must be 0");
  if ((from.columns != nullptr) + (from.next != nullptr) + (from.stream != nullptr) > 1) {
    return InvalidArgument("give one of columns, next and stream");
  }
  if (from.next != nullptr) return FromCallback(from);
  if (from.stream != nullptr) return FromStream(from);
  return FromColumns(from);
}

}  // namespace vesica::capi
