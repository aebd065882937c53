#ifndef VESICA_LIB_ALIGNMENT_LABEL_READER_H_
#define VESICA_LIB_ALIGNMENT_LABEL_READER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "alignment/interner.h"
#include "vesica/events.h"

namespace vesica {

inline constexpr uint32_t kRowBatch = 256;  // rows decoded at a time, so that all of it stays in L1

// The texts of up to kRowBatch rows, trimmed; empty where there is none. Integers are written out.
class TextReader {
 public:
  // `texts` are valid until the next call. Fails with Corrupt where the column's buffers contradict each other.
  absl::Status Read(const KeyColumn& column, uint64_t begin, uint32_t count, std::string_view* texts);

 private:
  // The texts are written to numbers_ from `slot` on.
  void WriteIntegers(const KeyColumn& column, uint64_t begin, uint32_t count, uint32_t slot, std::string_view* texts);

  std::array<std::array<char, 20>, kRowBatch> numbers_;
};

// The labels of a column as ids of an interner; kNoId where there is none.
class LabelReader {
 public:
  absl::Status Read(const EventColumn& column, uint64_t begin, uint32_t count, Interner* labels, uint32_t* ids);

 private:
  absl::Status ReadBools(const EventColumn& column, uint64_t begin, uint32_t count, Interner* labels, uint32_t* ids);
  absl::Status ReadDictionary(const KeyColumn& column, uint64_t begin, uint32_t count, Interner* labels, uint32_t* ids);

  TextReader texts_;
  std::shared_ptr<const KeyColumn> dictionary_;  // kept alive: no other can have its address meanwhile
  std::vector<uint32_t> known_;                  // of its values; kUnread
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_LABEL_READER_H_
