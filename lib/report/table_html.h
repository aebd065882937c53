#ifndef VESICA_LIB_REPORT_TABLE_HTML_H_
#define VESICA_LIB_REPORT_TABLE_HTML_H_

#include <string>
#include <string_view>
#include <vector>

#include "report/study_view.h"

namespace vesica {

struct TableLook {
  std::vector<std::string_view> columns = {};  // to show, where the table has them; none: all that say something
  size_t most_rows = 200;                      // those beyond are left out, and it is said
  bool compact = false;                        // of thousands of rows, in few bytes
};

// The rows as an element <table class="sortable">: figures as people read them with the unrounded one in data-value,
// intervals beside what they are of, columns left out in which nothing differs from nothing, and the company's where it
// is always the same.
std::string TableMarkup(const StudyRows& rows, std::string_view caption, const TableLook& look = {});

// The same in a box that scrolls, with a sentence on what is left out; nothing at all without rows.
std::string ScrollingTable(const StudyRows& rows, std::string_view caption, const TableLook& look = {});

// The same to be unfolded: what is behind a figure.
std::string TableBehind(const StudyRows& rows, std::string_view caption, const TableLook& look = {});

// A cell as people read it: "16.0 %", "1,234", "–".
std::string CellText(const TableColumn& column, uint64_t row, std::string_view metric = {});

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_TABLE_HTML_H_
