// The first records of a file: how it is written, where its header is and which column holds the keys.
#ifndef VESICA_CLI_CSV_HEAD_H_
#define VESICA_CLI_CSV_HEAD_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv_index.h"
#include "failure.h"
#include "input_file.h"

namespace vesica_cli {

struct HeadRequest {
  std::string column;       // name, or number from 1; empty: found by `aliases`
  char delimiter = '\0';    // NUL: found among , ; tab |
  bool one_column = false;  // no delimiter at all
  bool no_header = false;
  bool quotes = true;
  std::span<const std::string_view> aliases;     // squashed, the likeliest first
  bool any_text = false;                         // any text could be a key: a plain list then has no header
  std::function<bool(std::string_view)> is_key;  // whether a cell is certainly a key, not a column's name
};

struct HeadColumn {
  uint32_t number = 0;  // from 0
  std::string name;     // empty without a header
};

struct CsvHead {
  CsvFormat format;
  bool has_header = false;
  bool guessed_header = false;     // the first line of a plain list, for want of being a key
  CsvPosition data;                // after the header
  uint64_t preamble = 0;           // records before the header
  std::vector<std::string> names;  // of the header, where it was found by a name
  HeadColumn column;
  std::vector<HeadColumn> others;  // that could have been meant too
};

// Reads the head of a file. The header is the first of the first 50 records that has the asked column or an alias. A
// file of one column without either is a plain list: its first line is a header unless it is certainly a key. Fails
// with kExitData when there is no column to take.
Failure ReadHead(const InputFile& file, const HeadRequest& request, CsvHead* out);

// Takes the column others[other] instead.
void ChooseColumn(size_t other, CsvHead* head);

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_HEAD_H_
