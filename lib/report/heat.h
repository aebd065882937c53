#ifndef VESICA_LIB_REPORT_HEAT_H_
#define VESICA_LIB_REPORT_HEAT_H_

#include "report/figure.h"
#include "report/study_view.h"

namespace vesica {

// A cell of a heat map: a share as one of seven steps of colour with the share in words, and how many people it is of.
// Hatched where the figures are hidden, grey where there are no people.
void DrawHeatCell(const StudyRows& rows, size_t i, double x, double y, double width, double height, Drawing* to);
void DrawEmptyHeatCell(double x, double y, double width, double height, Drawing* to);

inline constexpr double kHeatKeyHeight = 44;

// What the steps stand for.
void DrawHeatKey(double x, double y, Drawing* to);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_HEAT_H_
