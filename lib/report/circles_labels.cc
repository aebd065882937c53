#include "report/circles_labels.h"

#include <optional>
#include <string>
#include <utility>

#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

std::string WithUnit(const CircleSets& sets, double count) {
  const std::string text = ShortCountText(count);
  if (sets.unit.empty()) return text;
  return text + " " + (text == "1" && sets.unit == "people" ? "person" : sets.unit);
}

constexpr double kInsideWidth = 130;

void AddLines(std::string_view text, double width, bool strong, std::vector<Label::Line>* lines) {
  for (const std::string& line : WrapText(text, kTextSize, strong ? width / kStrongWidth : width, 2)) {
    lines->push_back({line, strong});
  }
}

// The name and size of a set, in its own region if there is room, else pointing there.
Label SetLabel(const CircleSets& sets, const Diagram& diagram, uint32_t set, double beside) {
  const CircleSets::Set& about = sets.sets[set];
  const Ellipse& shape = diagram.sets[set];
  const uint32_t alone = 1u << set;
  const Point edge = {shape.x + Reach(shape).x, shape.y};
  Label label;
  label.dot = "v-s" + std::to_string(about.series);
  label.region = alone;
  label.anchor = RightmostPoint(diagram.sets, alone).value_or(edge);
  label.middle = InnermostPoint(diagram.sets, alone).value_or(edge);
  AddLines(about.name, beside, true, &label.beside), AddLines(about.name, kInsideWidth, true, &label.inside);
  for (std::vector<Label::Line>* lines : {&label.beside, &label.inside}) {
    const double width = lines == &label.inside ? kInsideWidth : beside;
    AddLines(WithUnit(sets, about.size.value), width, false, lines);
    if (sets.sets.size() == 3) AddLines(ShortCountText(sets.regions[alone].value) + " only here", width, false, lines);
  }
  return label;
}

// What several sets share: of two always beside, with the interval; of three a count, where it has room.
std::optional<Label> SharedLabel(const CircleSets& sets, const Diagram& diagram, uint32_t members, double beside) {
  const Estimate& size = sets.regions[members];
  const std::optional<Point> middle = InnermostPoint(diagram.sets, members);
  if (!(size.value > 0) || !middle.has_value()) return std::nullopt;
  Label label;
  label.middle = *middle;
  label.anchor = *RightmostPoint(diagram.sets, members);
  if (sets.sets.size() == 2) {
    label.dot = "v-both";
    label.beside = {{"In both", true}};
    AddLines(WithUnit(sets, size.value), beside, false, &label.beside);
    if (size.lower != size.upper) {
      AddLines(ShortCountText(size.lower) + " to " + ShortCountText(size.upper), beside, false, &label.beside);
    }
  } else {
    label.region = members;
    AddLines(NamesOf(sets, members), beside, false, &label.beside);
    label.beside.push_back({ShortCountText(size.value)});
    label.inside = {label.beside.back()};
  }
  return label;
}

}  // namespace

std::vector<Label> LabelsOf(const CircleSets& sets, const Diagram& diagram, double width) {
  std::vector<Label> labels;
  for (uint32_t i = 0; i < sets.sets.size(); ++i) {
    if (diagram.sets[i].a > 0) labels.push_back(SetLabel(sets, diagram, i, width));
  }
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    if ((m & (m - 1)) == 0) continue;
    if (std::optional<Label> label = SharedLabel(sets, diagram, m, width)) labels.push_back(*std::move(label));
  }
  return labels;
}

}  // namespace vesica
