#include "report/circles_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.h"
#include "report/euler.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/labels.h"
#include "report/share_bar.h"
#include "table/figure_text.h"
#include "table/json_writer.h"

namespace vesica {
namespace {

constexpr double kWidth = 460, kEdge = 8;
constexpr double kDiagramWidth = 276, kDiagramHeight = 270;  // at most
constexpr double kColumn = 306;                              // of labels that do not fit inside
constexpr double kVisible = 1.5;                             // pixels of radius that can be seen
constexpr double kVisibleShare = 1e-4;                       // of everything
constexpr double kPi = 3.14159265358979323846;

struct Diagram {
  EulerLayout layout;
  std::vector<Ellipse> sets;  // in pixels
  double scale = 1;           // pixels of a unit of the layout
  double bottom = 0;
};

// Half of what an ellipse takes along x and y.
Point Reach(const Ellipse& set) {
  const auto along = [&](double cosine, double sine) {
    return std::sqrt(set.a * set.a * cosine * cosine + set.b * set.b * sine * sine);
  };
  return {along(set.cosine, set.sine), along(set.sine, set.cosine)};
}

// The layout in pixels, below y = kEdge.
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
    const double indent = kEdge + (kDiagramWidth - (right - left) * out.scale) / 2;
    for (Ellipse set : layout.sets) {
      set.x = indent + (set.x - left) * out.scale, set.y = kEdge + (set.y - top) * out.scale;
      set.a *= out.scale, set.b *= out.scale;
      out.sets.push_back(set);
    }
    out.bottom = kEdge + (bottom - top) * out.scale;
  } else {
    out.sets = layout.sets;
    out.bottom = kEdge;
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

std::string RegionName(const CircleSets& sets, uint32_t members, size_t most_letters = 14) {
  std::string name;
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    if ((members >> i & 1) == 0) continue;
    if (!name.empty()) name += " & ";
    name += FitText(sets.sets[i].name, 1, static_cast<double>(most_letters) * 0.66);
  }
  return name;
}

std::string WithUnit(const CircleSets& sets, double count) {
  return ShortCountText(count) + (sets.unit.empty() ? "" : " ") + sets.unit;
}

constexpr double kLabelWidth = kWidth - kColumn - 14, kInsideWidth = 130;

void AddLines(std::string_view text, double width, bool strong, std::vector<Label::Line>* lines) {
  for (const std::string& line : WrapText(text, kTextSize, strong ? width / kStrongWidth : width, 2)) {
    lines->push_back({line, strong});
  }
}

// The name and size of a set, in its own region if there is room, else pointing there.
Label SetLabel(const CircleSets& sets, const Diagram& diagram, uint32_t set) {
  const CircleSets::Set& about = sets.sets[set];
  const Ellipse& shape = diagram.sets[set];
  const uint32_t alone = 1u << set;
  const Point edge = {shape.x + Reach(shape).x, shape.y};
  Label label;
  label.dot = "v-s" + std::to_string(about.series);
  label.region = alone;
  label.anchor = RightmostPoint(diagram.sets, alone).value_or(edge);
  label.middle = InnermostPoint(diagram.sets, alone).value_or(edge);
  AddLines(about.name, kLabelWidth, true, &label.beside), AddLines(about.name, kInsideWidth, true, &label.inside);
  for (std::vector<Label::Line>* lines : {&label.beside, &label.inside}) {
    const double width = lines == &label.inside ? kInsideWidth : kLabelWidth;
    AddLines(WithUnit(sets, about.size.value), width, false, lines);
    if (sets.sets.size() == 3) AddLines(ShortCountText(sets.regions[alone].value) + " only here", width, false, lines);
  }
  return label;
}

// What several sets share: of two always beside, with the interval; of three a count, where it has room.
std::optional<Label> SharedLabel(const CircleSets& sets, const Diagram& diagram, uint32_t members) {
  const Estimate& size = sets.regions[members];
  const std::optional<Point> middle = InnermostPoint(diagram.sets, members);
  if (!(size.value > 0) || !middle.has_value()) return std::nullopt;
  Label label;
  label.middle = *middle;
  label.anchor = *RightmostPoint(diagram.sets, members);
  if (sets.sets.size() == 2) {
    label.dot = "v-both";
    label.beside = {{"In both", true}};
    AddLines(WithUnit(sets, size.value), kLabelWidth, false, &label.beside);
    if (size.lower != size.upper) {
      AddLines(ShortCountText(size.lower) + " to " + ShortCountText(size.upper), kLabelWidth, false, &label.beside);
    }
  } else {
    label.region = members;
    AddLines(RegionName(sets, members), kLabelWidth, false, &label.beside);
    label.beside.push_back({ShortCountText(size.value)});
    label.inside = {label.beside.back()};
  }
  return label;
}

std::vector<Label> LabelsOf(const CircleSets& sets, const Diagram& diagram) {
  std::vector<Label> labels;
  for (uint32_t i = 0; i < sets.sets.size(); ++i) {
    if (diagram.sets[i].a > 0) labels.push_back(SetLabel(sets, diagram, i));
  }
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    if ((m & (m - 1)) == 0) continue;
    if (std::optional<Label> label = SharedLabel(sets, diagram, m)) labels.push_back(*std::move(label));
  }
  return labels;
}

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

// Where set 1 would be at both ends of the interval of what it shares with set 0.
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
    if (set.a < kVisible) to->Circle(set.x, set.y, 4, "v-dash");
  }
  if (sets.sets.size() == 2) DrawShared(sets, diagram, to);
}

// What a reader has to know to read the picture right.
std::vector<std::string> NotesOf(const CircleSets& sets, const Diagram& diagram) {
  std::vector<std::string> notes;
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    const std::string name = FitText(sets.sets[i].name, kSmallSize, 200);
    if (diagram.sets[i].a <= 0) {
      notes.push_back(name + " is empty.");
    } else if (diagram.sets[i].a < kVisible) {
      notes.push_back(name + " is too small to be seen at this scale; the ring shows where it is.");
    }
  }
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    const double wanted = diagram.layout.wanted[m];
    if (wanted >= 0.5 && !(diagram.layout.drawn[m] > wanted / 2) && diagram.layout.diag_error > kVisibleShare) {
      notes.push_back("Not drawn to size: " + CountText(wanted) + " exactly in " + RegionName(sets, m) + ".");
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

std::string DescriptionOf(const CircleSets& sets, const std::vector<std::string>& notes) {
  std::string text = "Shapes with areas in proportion to sizes.";
  const auto name = [](const CircleSets::Set& set) { return FitText(set.name, 1, 80); };
  for (const CircleSets::Set& set : sets.sets)
    text += " " + name(set) + ": " + CountText(set.size) + (sets.unit.empty() ? "" : " ") + sets.unit + ".";
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    const bool one = (m & (m - 1)) == 0;
    if (one && sets.sets.size() < 3) continue;
    const std::string which = sets.sets.size() == 2 ? "In both" : "Exactly in " + RegionName(sets, m);
    text += " " + which + ": " + CountText(sets.regions[m]) + ".";
  }
  for (const std::string& note : notes) text += " " + note;
  return text;
}

absl::StatusOr<Diagram> DiagramOf(const CircleSets& sets) {
  VESICA_ASSIGN_OR_RETURN(EulerLayout layout, LayoutEuler(SizesOf(sets)));
  return Scaled(std::move(layout));
}

void WriteEstimate(const Estimate& estimate, JsonWriter* to) {
  const Estimate rounded = NineDigits(estimate);
  to->BeginObject();
  to->Key("estimate"), to->Number(rounded.value);
  to->Key("lower"), to->Number(rounded.lower);
  to->Key("upper"), to->Number(rounded.upper);
  to->EndObject();
}

void WritePoint(Point point, JsonWriter* to) {
  to->BeginArray(), to->Number(NineDigits(point.x)), to->Number(NineDigits(point.y)), to->EndArray();
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
  std::vector<Label> labels = LabelsOf(sets, diagram);
  double bottom = std::max(diagram.bottom, PlaceLabels(diagram.sets, kColumn, kEdge, &labels));
  DrawLabels(labels, kColumn, &drawing);
  if (sets.sets.size() == 2) bottom = DrawShareBar(sets, kEdge, bottom + 14, kWidth - 2 * kEdge, &drawing);
  const std::vector<std::string> notes = NotesOf(sets, diagram);
  for (const std::string& note : notes) {
    for (const std::string& line : WrapText(note, kSmallSize, kWidth - 2 * kEdge, 3)) {
      drawing.Text(kEdge, bottom += 18, line, "v-small v-muted");
    }
  }
  if (title.empty()) {
    constexpr size_t kMostLetters = 60;
    const std::string names = RegionName(sets, (1u << sets.sets.size()) - 1, kMostLetters);
    title = sets.sets.size() == 1 ? "The size of " + names : "How far " + names + " overlap";
  }
  return Figure{"circles", std::move(title), DescriptionOf(sets, notes),
                kWidth,    bottom + kEdge,   std::move(drawing).Finish()};
}

absl::StatusOr<std::string> CirclesLayoutJson(const CircleSets& sets) {
  VESICA_ASSIGN_OR_RETURN(const Diagram diagram, DiagramOf(sets));
  const EulerLayout& layout = diagram.layout;
  JsonWriter to;
  to.BeginObject();
  to.Key("sets"), to.BeginArray();
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    const Ellipse& shape = layout.sets[i];
    to.BeginObject();
    to.Key("name"), to.Text(sets.sets[i].name);
    to.Key("size"), WriteEstimate(sets.sets[i].size, &to);
    to.Key("x"), to.Number(NineDigits(shape.x)), to.Key("y"), to.Number(NineDigits(shape.y));
    to.Key("a"), to.Number(NineDigits(shape.a)), to.Key("b"), to.Number(NineDigits(shape.b));
    to.Key("cosine"), to.Number(NineDigits(shape.cosine)), to.Key("sine"), to.Number(NineDigits(shape.sine));
    to.EndObject();
  }
  to.EndArray();
  to.Key("regions"), to.BeginArray();
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    to.BeginObject();
    to.Key("members"), to.Integer(m);
    to.Key("size"), WriteEstimate(sets.regions[m], &to);
    to.Key("wanted"), to.Number(NineDigits(layout.wanted[m])), to.Key("drawn"), to.Number(NineDigits(layout.drawn[m]));
    to.Key("label");
    const std::optional<Point> point = InnermostPoint(layout.sets, m);
    point.has_value() ? WritePoint(*point, &to) : to.Null();
    to.EndObject();
  }
  to.EndArray();
  if (sets.sets.size() == 2 && sets.regions[3].lower < sets.regions[3].upper) {
    const Diagram unscaled{layout, layout.sets};
    const std::array<Ellipse, 2> ends = BandOf(sets, unscaled);
    to.Key("band"), to.BeginObject();
    to.Key("lower"), WritePoint({ends[0].x, ends[0].y}, &to), to.Key("upper"), WritePoint({ends[1].x, ends[1].y}, &to);
    to.EndObject();
  }
  to.Key("circles"), to.Boolean(layout.circles);
  to.Key("stress"), to.Number(NineDigits(layout.stress));
  to.Key("diag_error"), to.Number(NineDigits(layout.diag_error));
  to.Key("notes"), to.BeginArray();
  for (const std::string& note : NotesOf(sets, diagram)) to.Text(note);
  to.EndArray();
  to.EndObject();
  return std::move(to).Finish();
}

}  // namespace vesica
