#ifndef VESICA_LIB_REPORT_SHARE_BAR_H_
#define VESICA_LIB_REPORT_SHARE_BAR_H_

#include "report/circles_figure.h"
#include "report/figure.h"

namespace vesica {

// The smaller of two sets as a bar of which the shared part is filled, with the interval as a whisker: lengths are read
// better than areas. Returns where it ends.
double DrawShareBar(const CircleSets& sets, double x, double y, double width, Drawing* to);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_SHARE_BAR_H_
