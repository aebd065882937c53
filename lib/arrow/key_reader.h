#ifndef VESICA_LIB_ARROW_KEY_READER_H_
#define VESICA_LIB_ARROW_KEY_READER_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "vesica/keys.h"

namespace vesica {

// Rows of a column: `count` of them from `begin`, or those of a list. All are below the column's length.
struct RowSet {
  uint64_t begin = 0;
  const uint64_t* list = nullptr;
  uint32_t count = 0;

  static RowSet Range(uint64_t begin, uint32_t count) { return {begin, nullptr, count}; }
  static RowSet List(const uint64_t* rows, uint32_t count) { return {0, rows, count}; }
  uint64_t operator[](uint32_t i) const { return list == nullptr ? begin + i : list[i]; }
};

// Whether a row of the column has a key, as its validity bitmap says.
inline bool IsValidRow(const KeyColumn& column, uint64_t row) {
  if (column.validity == nullptr) return true;
  const uint64_t bit = column.validity_offset + row;
  return (column.validity[bit / 8] >> bit % 8 & 1) != 0;
}

// The readers below take columns that Validate() allows.

// keys[i] = the bytes of row rows[i], empty where there is no key. The column holds text, views, spans or digests.
// Fails with Corrupt, naming the row, where offsets or views run backwards or out of their buffer; nothing outside the
// buffers is read before that is known.
absl::Status ReadBytes(const KeyColumn& column, const RowSet& rows, std::string_view* keys);

// Corrupt, naming the first of the rows whose offsets run backwards or out of the column; at about 0.1 ns a row. After
// it the rows' bytes may be taken from the offsets as they are. For kOffsets32 and kOffsets64.
absl::Status CheckOffsets(const KeyColumn& column, uint64_t begin, uint32_t count);

enum class IntegerState : uint8_t { kValid, kNull, kTooLarge };  // kTooLarge: above INT64_MAX

// values[i] and states[i] = the integer of row rows[i], of a column of integers or of dictionary indices.
void ReadIntegers(const KeyColumn& column, const RowSet& rows, int64_t* values, IntegerState* states);

// Corrupt at a row of the column, numbered as in reports.
absl::Status CorruptRow(const KeyColumn& column, uint64_t row, std::string_view message);

}  // namespace vesica

#endif  // VESICA_LIB_ARROW_KEY_READER_H_
