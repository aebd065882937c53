#include "report/circles_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "report/circles_labels.h"
#include "report/diagram.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/labels.h"
#include "report/share_bar.h"
#include "table/figure_text.h"

namespace vesica {
namespace {

constexpr double kWidth = 460;
constexpr double kColumn = 306;  // of labels that do not fit inside

// Where an ellipse around the origin goes: a matrix, as an angle would be one of libm's.
std::string Placed(const Ellipse& set) {
  std::string matrix = "matrix(";
  for (const double value : {set.cosine, set.sine, -set.sine, set.cosine}) {
    AppendNumber(NineDigits(value), &matrix), matrix += ' ';
  }
  AppendLength(set.x, &matrix), matrix += ' ', AppendLength(set.y, &matrix);
  return matrix + ")";
}

void DrawSet(const Ellipse& set, uint32_t series, Drawing* to) {
  const std::string number = std::to_string(series);
  for (const std::string& classes : {"v-soft v-s" + number, "v-l" + number}) {
    if (set.a == set.b) {
      to->Circle(set.x, set.y, set.a, classes);
      continue;
    }
    Markup& markup = to->markup();
    markup.Leaf("ellipse").Attribute("class", classes).Attribute("rx", set.a).Attribute("ry", set.b);
    markup.Attribute("transform", Placed(set));
  }
}

// Diagonal lines in what two circles share, so that it is told apart without colour.
void HatchShared(const Ellipse& a, const Ellipse& b, Drawing* to) {
  constexpr double kStep = 6, kHalfRoot = 0.70710678118654752;
  const Ellipse& small = a.a < b.a ? a : b;
  // Along (1, -1) the coordinate is u, across it v.
  const auto chord = [&](const Ellipse& circle, double v, double* low, double* high) {
    const double center_u = (circle.x - circle.y) * kHalfRoot, center_v = (circle.x + circle.y) * kHalfRoot;
    const double square = circle.a * circle.a - (v - center_v) * (v - center_v);
    if (square <= 0) return false;
    *low = std::max(*low, center_u - std::sqrt(square)), *high = std::min(*high, center_u + std::sqrt(square));
    return *low < *high;
  };
  std::string data;
  const double center = (small.x + small.y) * kHalfRoot;
  for (double v = center - small.a + kStep / 2; v < center + small.a; v += kStep) {
    double low = -1e300, high = 1e300;
    if (!chord(a, v, &low, &high) || !chord(b, v, &low, &high)) continue;
    for (const auto& [u, mark] : {std::pair(low, 'M'), std::pair(high, 'L')}) {
      data += mark;
      AppendLength((u + v) * kHalfRoot, &data), data += ',', AppendLength((v - u) * kHalfRoot, &data);
    }
  }
  if (!data.empty()) to->Path(data, "v-hatch");
}

std::string CirclePath(const Ellipse& circle) {
  std::string data = "M", radius;
  AppendLength(circle.a, &radius);
  const auto point = [&](double x) { AppendLength(x, &data), data += ',', AppendLength(circle.y, &data); };
  const std::string arc = Concat({"A", radius, ",", radius, ",0,1,1,"});
  point(circle.x - circle.a), data += arc, point(circle.x + circle.a), data += arc, point(circle.x - circle.a);
  return data + "Z";
}

// What two sets share, and the interval of it as a band: the edge of set 1 lies somewhere in there.
void DrawShared(const CircleSets& sets, const Diagram& diagram, Drawing* to) {
  const Ellipse &first = diagram.sets[0], &second = diagram.sets[1];
  if (first.a <= 0 || second.a <= 0) return;
  const std::string clip = Concat({kIdMark, "first"});
  Markup& markup = to->markup();
  markup.Open("clipPath").Attribute("id", clip);
  to->Circle(first.x, first.y, first.a, "v-clip");
  markup.Close();
  markup.Open("g").Attribute("clip-path", Concat({"url(#", clip, ")"}));
  to->Circle(second.x, second.y, second.a, "v-both v-soft");
  const Estimate& both = sets.regions[3];
  if (both.lower < both.upper) {
    const std::array<Ellipse, 2> ends = BandOf(sets, diagram);
    markup.Leaf("path").Attribute("class", "v-band").Attribute("fill-rule", "evenodd");
    markup.Attribute("d", CirclePath(ends[0]) + CirclePath(ends[1]));
    for (const Ellipse& end : ends) to->Circle(end.x, end.y, end.a, "v-dash");
  }
  markup.Close();
  HatchShared(first, second, to);
}

void DrawSets(const CircleSets& sets, const Diagram& diagram, Drawing* to) {
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    const Ellipse& set = diagram.sets[i];
    if (set.a <= 0) continue;
    DrawSet(set, sets.sets[i].series, to);
    if (set.a < kVisibleRadius) to->Circle(set.x, set.y, 4, "v-dash");
  }
  if (sets.sets.size() == 2) DrawShared(sets, diagram, to);
}

std::string DescriptionOf(const CircleSets& sets, const std::vector<std::string>& notes) {
  std::string text = "Shapes with areas in proportion to sizes.";
  const auto name = [](const CircleSets::Set& set) { return FitText(set.name, 1, 80); };
  for (const CircleSets::Set& set : sets.sets)
    text += " " + name(set) + ": " + CountText(set.size) + (sets.unit.empty() ? "" : " ") + sets.unit + ".";
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    const bool one = (m & (m - 1)) == 0;
    if (one && sets.sets.size() < 3) continue;
    const std::string which = sets.sets.size() == 2 ? "In both" : "Exactly in " + NamesOf(sets, m);
    text += " " + which + ": " + CountText(sets.regions[m]) + ".";
  }
  for (const std::string& note : notes) text += " " + note;
  return text;
}

}  // namespace

CircleSets CircleSetsOf(const Overlap& overlap, std::string a, std::string b) {
  CircleSets out;
  out.unit.clear();
  out.sets = {{std::move(a), overlap.a, 1}, {std::move(b), overlap.b, 2}};
  // What an interval of a sketch leaves for one set alone may not contradict its size.
  const double most = std::min(overlap.a.value, overlap.b.value);
  const auto within = [&](double value) { return std::clamp(value, 0.0, std::max(0.0, most)); };
  const Estimate& both = overlap.intersection;
  const Estimate shared = {within(both.value), within(both.lower), within(both.upper)};
  const auto alone = [&](const Estimate& set) { return Estimate::Exact(std::max(0.0, set.value - shared.value)); };
  out.regions = {Estimate::Exact(0), alone(overlap.a), alone(overlap.b), shared};
  out.below_resolution = overlap.below_resolution;
  const Estimate& share = overlap.overlap_coefficient;
  if (share.lower >= 0 && share.lower <= share.value && share.value <= share.upper && share.upper <= 1) {
    out.share = share;
  }
  return out;
}

CircleSets CircleSetsOf(const Regions& regions) {
  if (regions.sets.size() == 2) return CircleSetsOf(regions.Pair(0, 1), regions.sets[0].name, regions.sets[1].name);
  CircleSets out;
  out.unit.clear();
  uint32_t series = 0;
  for (const Regions::Set& set : regions.sets) out.sets.push_back({set.name, set.size(), ++series});
  out.regions = {Estimate::Exact(0)};
  for (uint32_t m = 1; m < 1u << regions.sets.size(); ++m) out.regions.push_back(regions.Region(m));
  for (const Overlap& pair : regions.pairs) out.below_resolution |= pair.below_resolution;
  return out;
}

absl::StatusOr<Figure> CirclesFigure(const CircleSets& sets, std::string title) {
  VESICA_ASSIGN_OR_RETURN(const Diagram diagram, DiagramOf(sets));
  Drawing drawing;
  DrawSets(sets, diagram, &drawing);
  std::vector<Label> labels = LabelsOf(sets, diagram, kWidth - kColumn - 14);
  double bottom = std::max(diagram.bottom, PlaceLabels(diagram.sets, kColumn, kDiagramEdge, &labels));
  DrawLabels(labels, kColumn, &drawing);
  if (sets.sets.size() == 2)
    bottom = DrawShareBar(sets, kDiagramEdge, bottom + 14, kWidth - 2 * kDiagramEdge, &drawing);
  const std::vector<std::string> notes = NotesOf(sets, diagram);
  for (const std::string& note : notes) {
    for (const std::string& line : WrapText(note, kSmallSize, kWidth - 2 * kDiagramEdge, 3)) {
      drawing.Text(kDiagramEdge, bottom += 18, line, "v-small v-muted");
    }
  }
  if (title.empty()) {
    constexpr size_t kMostLetters = 60;
    const std::string names = NamesOf(sets, (1u << sets.sets.size()) - 1, kMostLetters);
    title = sets.sets.size() == 1 ? "The size of " + names : "How far " + names + " overlap";
  }
  return Figure{"circles", std::move(title),      DescriptionOf(sets, notes),
                kWidth,    bottom + kDiagramEdge, std::move(drawing).Finish()};
}

}  // namespace vesica
