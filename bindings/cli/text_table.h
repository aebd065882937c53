// Numbers as people read them, and tables of text.
#ifndef VESICA_CLI_TEXT_TABLE_H_
#define VESICA_CLI_TEXT_TABLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vesica.h"

namespace vesica_cli {

std::string CountText(uint64_t count);                      // "1,234,567"
std::string CountText(const vesica_estimate& estimate);     // the same, or "undefined"
std::string IntervalText(const vesica_estimate& estimate);  // "1,234 (1,100 to 1,400)", or a count if it is exact
std::string PercentText(const vesica_estimate& estimate);   // "16.0 %", "0.76 %", or "undefined"
std::string PercentIntervalText(const vesica_estimate& estimate);  // "16.0 % (14.2 % to 17.9 %)"
std::string RatioText(double ratio);                               // "20.0"
std::string NumberText(double value);                              // four significant digits: "0.0001234"

// Characters that a terminal shows for UTF-8 text, taking one for each code point.
size_t TextWidth(std::string_view text);

// Rows of cells; the first column is aligned left, the others right.
class TextTable {
 public:
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  // Every row on a line of its own, after `indent` spaces.
  std::string ToText(size_t indent) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_TEXT_TABLE_H_
