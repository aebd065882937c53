#ifndef VESICA_LIB_REPORT_UPSET_FIGURE_H_
#define VESICA_LIB_REPORT_UPSET_FIGURE_H_

#include <string>

#include "report/figure.h"
#include "vesica/overlap.h"

namespace vesica {

// The regions of any number of sets as rows, largest first: dots say which sets a region is of, a bar how many keys it
// has (Lex, Gehlenborg, Strobelt, Vuillemot, Pfister 2014: "UpSet: Visualization of Intersecting Sets").
Figure UpsetFigure(const Regions& regions, std::string title);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_UPSET_FIGURE_H_
