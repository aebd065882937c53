#ifndef VESICA_LIB_ARROW_STREAM_H_
#define VESICA_LIB_ARROW_STREAM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "arrow/arrow_abi.h"
#include "vesica/keys.h"

namespace vesica {

// An Arrow stream as a source of keys: of plain key columns, or of record batches of which it reads one column. Can
// be read once, as one shard. A null record is a blank row.
//
// Failures of the stream are Io and tell its errno only: the text of a foreign producer may hold keys.
class ArrowStreamSource : public KeySource {
 public:
  // Asks the stream for its schema. `column_name` names the column of record batches; without it the stream must be of
  // plain columns. `stream` must outlive the source, which takes arrays from it and never releases it. Fails with
  // InvalidArgument when there is no such column or several, and as ColumnFromArrow() does.
  static absl::StatusOr<std::unique_ptr<ArrowStreamSource>> Open(ArrowArrayStream& stream,
                                                                 std::optional<std::string_view> column_name,
                                                                 KeyEncoding encoding, uint64_t row_limit = 0);
  ~ArrowStreamSource() override;

  uint64_t shards() const override { return 1; }
  bool rewindable() const override { return false; }
  uint64_t row_limit() const override { return row_limit_; }  // as told to Open()

  // Batches are of 1 to 2^16 rows, however long the stream's arrays are.
  absl::StatusOr<bool> Next(uint64_t shard, uint64_t batch, KeyColumn* out) const override;

 private:
  struct State;
  ArrowStreamSource(std::unique_ptr<State> state, uint64_t row_limit);
  std::unique_ptr<State> state_;  // moves on as Next() is called
  uint64_t row_limit_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ARROW_STREAM_H_
