#ifndef VESICA_LIB_REPORT_LABELS_H_
#define VESICA_LIB_REPORT_LABELS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/figure.h"
#include "report/region_areas.h"

// Labels of a diagram: in the region they belong to where they fit, else in a column beside the diagram with a leader
// line. No label meets another, and no leader line a label.
namespace vesica {

struct Label {
  struct Line {
    std::string text;
    bool strong = false;
  };
  Point anchor;                      // in what it labels, where the leader line ends
  Point middle;                      // of the label inside
  uint32_t region = 0;               // the region it may stand in; 0: none
  std::vector<Line> inside, beside;  // what stands in the region, and in the column
  std::string dot;                   // classes of a dot before the first line; empty: none

  // Set by PlaceLabels().
  bool is_inside = false;
  double y = 0;  // of the top in the column
};

inline constexpr double kLineHeight = 18;

// The point of region `members` that is farthest from every boundary, or, where the region has no area, nothing.
std::optional<Point> InnermostPoint(std::span<const Ellipse> sets, uint32_t members);

// The rightmost point of it that is not too near to a boundary: where a leader line from the right ends.
std::optional<Point> RightmostPoint(std::span<const Ellipse> sets, uint32_t members);

// Places labels: those in the column at x = `column`, from `top` on, around the height of their anchors. `sets` and
// anchors are in pixels. Returns where the column ends.
double PlaceLabels(std::span<const Ellipse> sets, double column, double top, std::vector<Label>* labels);

void DrawLabels(const std::vector<Label>& labels, double column, Drawing* to);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_LABELS_H_
