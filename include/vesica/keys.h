#ifndef VESICA_KEYS_H_
#define VESICA_KEYS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct ArrowArray;
struct ArrowSchema;

namespace vesica {

// How the keys of a column lie in memory.
enum class KeyLayout : uint32_t {
  kOffsets32 = 1,    // bytes; int32_t offsets[length + 1]
  kOffsets64 = 2,    // bytes; int64_t offsets[length + 1]
  kSpans = 3,        // KeySpan[length]
  kIntegers = 4,     // integers of integer_width bytes in the machine's byte order
  kFixed32 = 5,      // uint8_t[length][32]
  kStringViews = 6,  // Arrow's 16-byte views and their variadic buffers
  kDictionary = 7,   // integers that index `dictionary`
};

// How text keys are written. Digests in text are SHA-256; see the digest profiles.
enum class KeyEncoding : uint32_t { kPlain = 0, kHex = 1, kBase64 = 2 };

struct KeySpan {
  const void* data;  // nullptr: no key in this row
  uint64_t size;
};

// One column of keys in the caller's memory, borrowed for the length of a call; one key a row.
// Offsets are those of row 0 of this column (a slice moves the pointers, not the rows).
struct KeyColumn {
  KeyLayout layout = KeyLayout::kOffsets32;
  KeyEncoding encoding = KeyEncoding::kPlain;
  uint64_t length = 0;
  const void* data = nullptr;         // bytes, spans, integers, digests, views or dictionary indices
  const void* offsets = nullptr;      // kOffsets32, kOffsets64
  const uint8_t* validity = nullptr;  // bit i%8 of byte i/8; nullptr: every row has a key
  uint64_t validity_offset = 0;       // bit of row 0
  uint8_t integer_width = 8;          // 1, 2, 4 or 8 bytes, of integers and indices
  bool integer_signed = true;
  std::span<const void* const> view_buffers;    // kStringViews
  std::span<const int64_t> view_buffer_sizes;   // kStringViews
  std::shared_ptr<const KeyColumn> dictionary;  // kDictionary; itself not one
  uint64_t first_row = 0;                       // number of row 0 in reports
  // kOffsets32, kOffsets64: bytes of data that offsets may point into; where unknown, the last offset is trusted. A
  // slice knows it of the column it is cut from.
  uint64_t data_size = UINT64_MAX;

  // Rows [begin, begin + count).
  KeyColumn Slice(uint64_t begin, uint64_t count) const;

  // Checks what can be checked in O(1); offsets are checked as they are read.
  absl::Status Validate() const;
};

// Views an Arrow array as a column, without copying: u U vu z Z vz, integers, w:32, and dictionary-encoded of
// these. The array must outlive the column. Fails with Unsupported for other types, Corrupt where the two structs
// contradict each other.
absl::StatusOr<KeyColumn> ColumnFromArrow(const ArrowSchema& schema, const ArrowArray& array);

// One set's keys, read in shards. Shards may be read at once from different threads, each by one at a time.
class KeySource {
 public:
  virtual ~KeySource() = default;

  virtual uint64_t shards() const = 0;

  // Fills `out` with batch 0, 1, ... of a shard; false at its end. Batch 0 again starts the shard again, which a
  // source that is not rewindable refuses. `out` is valid until the next call for the shard.
  virtual absl::StatusOr<bool> Next(uint64_t shard, uint64_t batch, KeyColumn* out) const = 0;

  virtual bool rewindable() const { return true; }
  virtual bool resident() const { return false; }   // every batch stays valid as long as the source
  virtual uint64_t row_limit() const { return 0; }  // at most so many rows; 0: not known

  std::string name;  // label for reports; may be empty
};

// Columns in memory as a source: cut into shards of at most 2^16 rows, one batch each.
// A column whose first_row is 0 is numbered on from the rows of the columns before it.
class ColumnsSource : public KeySource {
 public:
  explicit ColumnsSource(std::vector<KeyColumn> columns);
  uint64_t shards() const override { return first_shard_.back(); }
  absl::StatusOr<bool> Next(uint64_t shard, uint64_t batch, KeyColumn* out) const override;
  bool resident() const override { return true; }
  uint64_t row_limit() const override { return rows_; }

 private:
  std::vector<KeyColumn> columns_;
  std::vector<uint64_t> first_shard_;  // of each column, and the number of shards
  uint64_t rows_ = 0;
};

// Columns of text in memory, for callers and tests that have plain strings.
KeyColumn ColumnFromSpans(std::span<const KeySpan> keys);

}  // namespace vesica

#endif  // VESICA_KEYS_H_
