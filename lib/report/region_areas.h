#ifndef VESICA_LIB_REPORT_REGION_AREAS_H_
#define VESICA_LIB_REPORT_REGION_AREAS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vesica/report.h"

// The areas of all regions of a few ellipses, and how they change as the ellipses move: exact, by Green's theorem on
// the arcs that bound them. Only sums, products, quotients and square roots, so every machine finds the same bits.
namespace vesica {

struct Point {
  double x = 0, y = 0;
};

// The point of the boundary whose eccentric anomaly has this cosine and sine.
Point BoundaryPoint(const Ellipse& ellipse, Point unit);

// Below 1 inside, above 1 outside, growing with the square of the distance from the center.
double LevelAt(const Ellipse& ellipse, Point point);

// How an ellipse may change: along x, along y, each half-axis, turning.
inline constexpr size_t kMoves = 5;

// The ellipse after so much of each; half-axes stay above 0.
Ellipse Moved(const Ellipse& ellipse, std::span<const double, kMoves> by);

struct RegionAreas {
  std::vector<double> areas;      // [m] in exactly the members m, 2^ellipses of them; [0] is 0
  std::vector<double> gradients;  // [(m * ellipses + i) * kMoves + move]
};

// Of at most 3 ellipses with half-axes above 0.
RegionAreas AreasOf(std::span<const Ellipse> ellipses);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_REGION_AREAS_H_
