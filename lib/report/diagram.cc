#include "report/diagram.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "report/euler.h"
#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

constexpr double kVisibleShare = 1e-4;  // of everything
constexpr double kPi = 3.14159265358979323846;

// The layout in pixels, below y = kDiagramEdge.
Diagram Scaled(EulerLayout layout) {
  double left = 1e300, right = -1e300, top = 1e300, bottom = -1e300;
  for (const Ellipse& set : layout.sets) {
    if (set.a <= 0) continue;
    const Point reach = Reach(set);
    left = std::min(left, set.x - reach.x), right = std::max(right, set.x + reach.x);
    top = std::min(top, set.y - reach.y), bottom = std::max(bottom, set.y + reach.y);
  }
  Diagram out;
  if (left < right) {
    out.scale = std::min(kDiagramWidth / (right - left), kDiagramHeight / (bottom - top));
    const double indent = kDiagramEdge + (kDiagramWidth - (right - left) * out.scale) / 2;
    for (Ellipse set : layout.sets) {
      set.x = indent + (set.x - left) * out.scale, set.y = kDiagramEdge + (set.y - top) * out.scale;
      set.a *= out.scale, set.b *= out.scale;
      out.sets.push_back(set);
    }
    out.bottom = kDiagramEdge + (bottom - top) * out.scale;
  } else {
    out.sets = layout.sets;
    out.bottom = kDiagramEdge;
  }
  out.layout = std::move(layout);
  return out;
}

// Sizes as a layout takes them: what is undefined or below 0 is nothing.
std::vector<double> SizesOf(const CircleSets& sets) {
  std::vector<double> sizes(sets.regions.size());
  for (size_t m = 1; m < sizes.size(); ++m) {
    const double size = sets.regions[m].value;
    sizes[m] = size > 0 ? size : 0;
  }
  return sizes;
}

}  // namespace

absl::StatusOr<Diagram> DiagramOf(const CircleSets& sets) {
  VESICA_ASSIGN_OR_RETURN(EulerLayout layout, LayoutEuler(SizesOf(sets)));
  return Scaled(std::move(layout));
}

Point Reach(const Ellipse& set) {
  const auto along = [&](double cosine, double sine) {
    return std::sqrt(set.a * set.a * cosine * cosine + set.b * set.b * sine * sine);
  };
  return {along(set.cosine, set.sine), along(set.sine, set.cosine)};
}

std::array<Ellipse, 2> BandOf(const CircleSets& sets, const Diagram& diagram) {
  std::array<Ellipse, 2> ends = {diagram.sets[1], diagram.sets[1]};
  const double scale = diagram.scale * diagram.scale;
  const auto area = [&](size_t set) { return kPi * diagram.sets[set].a * diagram.sets[set].a; };
  const double unit = (diagram.layout.wanted[1] + diagram.layout.wanted[2] + diagram.layout.wanted[3]) / scale;
  const std::array<double, 2> shared = {sets.regions[3].lower, sets.regions[3].upper};
  for (size_t i = 0; i < ends.size(); ++i) {
    ends[i].x = diagram.sets[0].x + CircleDistance(area(0), area(1), shared[i] / unit);
  }
  return ends;
}

std::string NamesOf(const CircleSets& sets, uint32_t members, size_t most_letters) {
  std::string name;
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    if ((members >> i & 1) == 0) continue;
    if (!name.empty()) name += " & ";
    name += FitText(sets.sets[i].name, 1, static_cast<double>(most_letters) * 0.66);
  }
  return name;
}

std::vector<std::string> NotesOf(const CircleSets& sets, const Diagram& diagram) {
  std::vector<std::string> notes;
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    const std::string name = FitText(sets.sets[i].name, kSmallSize, 200);
    if (diagram.sets[i].a <= 0) {
      notes.push_back(name + " is empty.");
    } else if (diagram.sets[i].a < kVisibleRadius) {
      notes.push_back(name + " is too small to be seen at this scale; the ring shows where it is.");
    }
  }
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    const double wanted = diagram.layout.wanted[m];
    if (wanted >= 0.5 && !(diagram.layout.drawn[m] > wanted / 2) && diagram.layout.diag_error > kVisibleShare) {
      notes.push_back("Not drawn to size: " + CountText(wanted) + " exactly in " + NamesOf(sets, m) + ".");
    }
  }
  if (!diagram.layout.IsTrue()) {
    notes.push_back("Not true to area: no circles or ellipses have these sizes. Off by up to " +
                    PercentText(diagram.layout.diag_error) + " of all.");
  }
  if (sets.below_resolution) notes.emplace_back("The interval is too wide to tell a small overlap from a large one.");
  const Estimate& both = sets.regions.back();
  if (sets.sets.size() == 2 && both.lower < both.upper) {
    notes.emplace_back("The shaded band is the 95 % interval of what is in both.");
  }
  return notes;
}

}  // namespace vesica
