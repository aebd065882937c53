// From the cells of a column to the keys in them: quotes undone, cells with several keys split, display names taken
// off; what is not a row left out and counted.
#ifndef VESICA_CLI_CELL_KEYS_H_
#define VESICA_CLI_CELL_KEYS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "csv_index.h"
#include "csv_rows.h"
#include "vesica.h"

namespace vesica_cli {

struct CellRules {
  char split = '\0';           // byte between the keys of one cell; NUL: a cell is one key
  bool display_names = false;  // "Name <a@b>" stands for a@b
};

// Why a record is no row.
enum class Broken : uint8_t { kTooFewFields, kOpenQuote, kTooLong, kNul };
inline constexpr size_t kBrokenKinds = 4;
const char* BrokenText(Broken kind);

inline constexpr size_t kFirstRecords = 8;

// What was met in a region or a file, beyond what the library counts.
struct CellCounts {
  uint64_t records = 0;  // that hold a cell
  uint64_t blank_lines = 0;
  std::array<uint64_t, kBrokenKinds> broken = {};
  std::array<std::vector<uint64_t>, kBrokenKinds> first_broken;  // smallest record numbers, at most kFirstRecords
  uint64_t split_cells = 0;                                      // with more than one key
  uint64_t extra_keys = 0;                                       // keys of these after their first
  uint64_t display_names = 0;

  uint64_t AllBroken() const;
  void AddBroken(Broken kind, uint64_t record);
  // Adds the counts of a later region.
  void Add(const CellCounts& later);
};

// Keys of consecutive records.
struct KeyBatch {
  const vesica_span* keys = nullptr;
  size_t count = 0;
  uint64_t first_record = 0;
};

class CellKeyReader {
 public:
  CellKeyReader(const CsvFormat& format, const CsvLimits& limits, uint32_t column, const CellRules& rules)
      : rows_(format, limits, column), quotes_(format.quotes), rules_(rules) {}

  // Starts on a region, of which `text` holds CsvRowReader::BytesNeeded bytes and kPaddingBytes more that are readable.
  // Cells are unquoted in place. The text must stay.
  void Start(char* text, size_t size, const CsvRegion& region);

  // The next keys, valid until the next call; false at the end of the region.
  bool Next(KeyBatch* batch);

  // Of the region so far.
  const CellCounts& counts() const { return counts_; }
  bool consistent() const { return rows_.consistent(); }

 private:
  bool Add(const CsvRow& row);
  void AddParts(std::string_view cell);
  void AddKey(std::string_view key);
  std::string_view WithoutName(std::string_view key);

  CsvRowReader rows_;
  bool quotes_;
  CellRules rules_;
  char* text_ = nullptr;
  bool check_nul_ = false, check_brackets_ = false;
  uint64_t record_ = 0;  // of the next row
  std::vector<vesica_span> keys_;
  std::vector<vesica_span> pending_;  // further keys of the record before record_
  size_t pending_next_ = 0;
  CellCounts counts_;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_CELL_KEYS_H_
