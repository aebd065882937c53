#ifndef VESICA_LIB_REPORT_PAGE_STYLE_H_
#define VESICA_LIB_REPORT_PAGE_STYLE_H_

#include <string>

#include "vesica/report.h"

namespace vesica {

// The one style sheet of a page, with the classes of figures. Pages print light whatever their theme.
std::string PageStyle(Theme theme);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_PAGE_STYLE_H_
