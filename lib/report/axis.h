#ifndef VESICA_LIB_REPORT_AXIS_H_
#define VESICA_LIB_REPORT_AXIS_H_

#include <string>
#include <vector>

#include "report/figure.h"

namespace vesica {

// A scale from 0 along a line of pixels, from `from` to `to` in either direction.
struct Axis {
  double most = 1;  // at `to`
  double step = 1;  // between ticks
  double from = 0, to = 0;

  double At(double value) const { return from + (to - from) * value / most; }
  std::vector<double> Ticks() const;
};

// Up to the least round number that holds `largest`, in about `ticks` steps of 1, 2 or 5 times a power of ten; of
// shares up to 1 at most. `largest` counts as 0 where it is not finite.
Axis AxisFor(double largest, double from, double to, int ticks = 4);
Axis ShareAxisFor(double largest, double from, double to, int ticks = 4);

std::string ShareTick(double share);  // "15 %", "2.5 %"
std::string CountTick(double count);  // "1,500", "1.5 m"

// Lines across a plot and their figures beside it: of a vertical axis at the left, of a horizontal one below.
void DrawRows(const Axis& axis, double left, double right, std::string (*text)(double), Drawing* to);
void DrawColumns(const Axis& axis, double top, double bottom, std::string (*text)(double), Drawing* to);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_AXIS_H_
