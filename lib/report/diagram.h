#ifndef VESICA_LIB_REPORT_DIAGRAM_H_
#define VESICA_LIB_REPORT_DIAGRAM_H_

#include <array>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "report/circles_figure.h"
#include "report/region_areas.h"
#include "vesica/report.h"

namespace vesica {

inline constexpr double kDiagramWidth = 276, kDiagramHeight = 270;  // pixels, at most
inline constexpr double kDiagramEdge = 8;                           // around it
inline constexpr double kVisibleRadius = 1.5;                       // pixels that can be seen

// Sets laid out, and where that is in a picture.
struct Diagram {
  EulerLayout layout;
  std::vector<Ellipse> sets;  // in pixels
  double scale = 1;           // pixels of a unit of the layout
  double bottom = 0;
};

absl::StatusOr<Diagram> DiagramOf(const CircleSets& sets);

// Half of what an ellipse takes along x and y.
Point Reach(const Ellipse& set);

// Where set 1 of two would be at the lower and the upper end of the interval of what it shares with set 0.
std::array<Ellipse, 2> BandOf(const CircleSets& sets, const Diagram& diagram);

// The names of some of the sets, joined; each cut to about so many letters.
std::string NamesOf(const CircleSets& sets, uint32_t members, size_t most_letters = 14);

// What a reader has to know to read the picture right, sentence by sentence.
std::vector<std::string> NotesOf(const CircleSets& sets, const Diagram& diagram);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_DIAGRAM_H_
