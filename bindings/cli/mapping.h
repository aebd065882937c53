// How the rows of exports become events: declared in a small JSON file, described in docs/mapping.md.
#ifndef VESICA_CLI_MAPPING_H_
#define VESICA_CLI_MAPPING_H_

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "failure.h"

namespace vesica_cli {

// A condition on the cell of a column: one of these values (squashed), or any that is not blank.
struct CellCondition {
  std::string column;
  bool any = false;
  std::set<std::string> values;
};

// An event that a row gives.
struct EventRule {
  std::map<std::string, std::string> set;                            // columns of events, and their text
  std::map<std::string, std::string> from;                           // columns of events, and the export's column
  std::map<std::string, std::map<std::string, std::string>> values;  // texts of columns of events, by squashed cells
  std::vector<CellCondition> where, except;                          // all of these, and none of those
};

// One kind of file. Its columns have names of the mapping's own, each standing for the names that files may have.
struct Export {
  std::string name;
  std::map<std::string, std::vector<std::string>> columns;
  std::vector<std::string> needs;                 // columns that a file must have to be of this kind
  std::map<std::string, std::string> dimensions;  // names that --by may have, and the export's column
  std::vector<EventRule> events;
};

struct Mapping {
  std::vector<Export> exports;
};

// The columns of events that the library knows, but for company_*.
std::span<const std::string_view> EventColumnNames();

// Reads the preset of that name, or else the file. Its exports are added to `*out`.
Failure ReadMapping(const std::string& preset_or_path, Mapping* out);

// Reads the text of a mapping; `title` is what messages call it.
Failure ParseMapping(std::string_view text, const std::string& title, Mapping* out);

// "hubspot, linkedin, marketo, salesforce".
std::string PresetNames();

}  // namespace vesica_cli

#endif  // VESICA_CLI_MAPPING_H_
