#ifndef VESICA_LIB_REPORT_CIRCLES_FIGURE_H_
#define VESICA_LIB_REPORT_CIRCLES_FIGURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "report/figure.h"
#include "vesica/overlap.h"
#include "vesica/report.h"

namespace vesica {

// Sets to be drawn as circles.
struct CircleSets {
  struct Set {
    std::string name;
    Estimate size;
    uint32_t series = 1;  // of the classes v-s1 .. v-s5
  };
  std::vector<Set> sets;          // 1 to 3
  std::vector<Estimate> regions;  // [m] of exactly the members m, 2^sets of them
  std::string unit = "people";    // what is counted; may be empty
  bool below_resolution = false;  // the interval tells nothing: says so
  // How much of the smaller of two sets is in both, where that is known better than by the counts.
  std::optional<Estimate> share = std::nullopt;
};

// Two sets by their overlap, and the regions of one to three.
CircleSets CircleSetsOf(const Overlap& overlap, std::string a, std::string b);
CircleSets CircleSetsOf(const Regions& regions);

// Area-proportional circles with labels that collide with nothing, and the interval of what two sets share as a band.
// The title says what is drawn where none is given; a note in the picture says where it is not true to its areas.
absl::StatusOr<Figure> CirclesFigure(const CircleSets& sets, std::string title);

// What CirclesFigure() draws, as JSON: {"sets":[...],"regions":[...],...}; the keys are in capi/API.md.
absl::StatusOr<std::string> CirclesLayoutJson(const CircleSets& sets);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_CIRCLES_FIGURE_H_
