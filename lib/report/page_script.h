#ifndef VESICA_LIB_REPORT_PAGE_SCRIPT_H_
#define VESICA_LIB_REPORT_PAGE_SCRIPT_H_

#include <string_view>

namespace vesica {

// The one script of a page, which is complete without it: tabs of the sections, sorting of tables by their columns, and
// all of both shown for print. It makes no markup of text.
extern const std::string_view kPageScript;

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_PAGE_SCRIPT_H_
