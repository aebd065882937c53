#include "report/labels.h"

#include <algorithm>
#include <cmath>

#include "report/label.h"

namespace vesica {
namespace {

constexpr double kGap = 8;        // between labels of the column
constexpr double kMargin = 3;     // between a label and the boundary of its region
constexpr double kLeaderEnd = 8;  // before the column

struct Box {
  double left, top, right, bottom;
};

uint32_t MembersAt(std::span<const Ellipse> sets, Point point) {
  uint32_t members = 0;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (sets[i].a > 0 && LevelAt(sets[i], point) < 1) members |= 1u << i;
  }
  return members;
}

// How far the nearest boundary is at least: exact for circles.
double Clearance(std::span<const Ellipse> sets, Point point) {
  double least = 1e300;
  for (const Ellipse& set : sets) {
    if (set.a > 0) least = std::min(least, std::abs(std::sqrt(LevelAt(set, point)) - 1) * std::min(set.a, set.b));
  }
  return least;
}

Box Around(std::span<const Ellipse> sets) {
  Box box{1e300, 1e300, -1e300, -1e300};
  for (const Ellipse& set : sets) {
    if (set.a <= 0) continue;
    const double reach = std::max(set.a, set.b);
    box = {std::min(box.left, set.x - reach), std::min(box.top, set.y - reach), std::max(box.right, set.x + reach),
           std::max(box.bottom, set.y + reach)};
  }
  return box;
}

// The point of a region on a grid over `box` of which `value(point, clearance)` is largest, and above 0.
template <class Value>
std::optional<Point> BestOnGrid(std::span<const Ellipse> sets, uint32_t members, const Box& box, const Value& value) {
  constexpr int kSteps = 40;
  std::optional<Point> best;
  double most = 0;
  for (int row = 0; row <= kSteps; ++row) {
    for (int column = 0; column <= kSteps; ++column) {
      const Point point = {box.left + (box.right - box.left) * column / kSteps,
                           box.top + (box.bottom - box.top) * row / kSteps};
      if (MembersAt(sets, point) != members) continue;
      const double found = value(point, Clearance(sets, point));
      if (found > most * (1 + 1e-9)) most = found, best = point;
    }
  }
  return best;
}

// Where all members are.
Box Shared(std::span<const Ellipse> sets, uint32_t members) {
  Box box{-1e300, -1e300, 1e300, 1e300};
  for (size_t i = 0; i < sets.size(); ++i) {
    if ((members >> i & 1) == 0) continue;
    const Box one = Around(sets.subspan(i, 1));
    box = {std::max(box.left, one.left), std::max(box.top, one.top), std::min(box.right, one.right),
           std::min(box.bottom, one.bottom)};
  }
  return box;
}

double WidthOf(const std::vector<Label::Line>& lines) {
  double width = 0;
  for (const Label::Line& line : lines) {
    width = std::max(width, TextWidth(line.text, kTextSize) * (line.strong ? kStrongWidth : 1));
  }
  return width;
}

Box BoxOf(const Label& label, double column) {
  const std::vector<Label::Line>& lines = label.is_inside ? label.inside : label.beside;
  const double width = WidthOf(lines), height = static_cast<double>(lines.size()) * kLineHeight;
  if (!label.is_inside) return {column, label.y, column + width, label.y + height};
  const Point& middle = label.middle;
  return {middle.x - width / 2, middle.y - height / 2, middle.x + width / 2, middle.y + height / 2};
}

bool FitsInside(std::span<const Ellipse> sets, const Label& label) {
  const Box box = BoxOf(label, 0);
  constexpr int kAcross = 16, kDown = 6;
  for (int row = 0; row <= kDown; ++row) {
    for (int column = 0; column <= kAcross; ++column) {
      const Point point = {box.left - kMargin + (box.right - box.left + 2 * kMargin) * column / kAcross,
                           box.top + (box.bottom - box.top) * row / kDown};
      if (MembersAt(sets, point) != label.region) return false;
    }
  }
  return true;
}

Point LeaderEnd(const Label& label, double column) { return {column - kLeaderEnd, label.y + kLineHeight / 2}; }

bool Crosses(Point a, Point b, Point c, Point d) {
  const auto side = [](Point p, Point q, Point r) { return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x); };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

bool Meets(Point from, Point to, const Box& box) {
  const Point corners[] = {{box.left, box.top}, {box.right, box.top}, {box.right, box.bottom}, {box.left, box.bottom}};
  for (size_t i = 0; i < 4; ++i) {
    if (Crosses(from, to, corners[i], corners[(i + 1) % 4])) return true;
  }
  return from.x > box.left && from.x < box.right && from.y > box.top && from.y < box.bottom;
}

// Stacks the labels of the column in the order of `stack`, as near to the heights of their anchors as the others let
// them: the least sum of squares under an order, by pooling adjacent violators. Returns where the column ends.
double Stack(double top, const std::vector<Label*>& stack) {
  struct Block {
    double wanted = 0, count = 0;  // sum over its labels of the top that the first should have
  };
  std::vector<Block> blocks;
  std::vector<double> offsets;  // of labels from the first, if nothing were between them
  double offset = 0;
  for (const Label* label : stack) {
    offsets.push_back(offset);
    blocks.push_back({label->anchor.y - kLineHeight / 2 - offset, 1});
    while (blocks.size() > 1) {
      const Block last = blocks.back();
      Block& before = blocks[blocks.size() - 2];
      if (before.wanted * last.count <= last.wanted * before.count) break;
      before.wanted += last.wanted, before.count += last.count;
      blocks.pop_back();
    }
    offset += static_cast<double>(label->beside.size()) * kLineHeight + kGap;
  }
  size_t at = 0;
  double end = top;
  for (const Block& block : blocks) {
    for (size_t i = 0; i < static_cast<size_t>(block.count); ++i, ++at) {
      stack[at]->y = std::max(top, block.wanted / block.count) + offsets[at];
      end = stack[at]->y + static_cast<double>(stack[at]->beside.size()) * kLineHeight;
    }
  }
  return end;
}

// One order of the column whose leader lines do not cross.
void Uncross(double column, double top, std::vector<Label*>* stack) {
  for (size_t round = 0; round < stack->size(); ++round) {
    bool swapped = false;
    Stack(top, *stack);
    for (size_t i = 0; i + 1 < stack->size(); ++i) {
      Label *upper = (*stack)[i], *lower = (*stack)[i + 1];
      if (!Crosses(upper->anchor, LeaderEnd(*upper, column), lower->anchor, LeaderEnd(*lower, column))) continue;
      std::swap((*stack)[i], (*stack)[i + 1]);
      Stack(top, *stack);
      swapped = true;
    }
    if (!swapped) return;
  }
}

}  // namespace

std::optional<Point> InnermostPoint(std::span<const Ellipse> sets, uint32_t members) {
  const auto clearance = [](Point, double clear) { return clear; };
  const Box box = Shared(sets, members);
  const std::optional<Point> best = BestOnGrid(sets, members, box, clearance);
  if (!best.has_value()) return best;
  const double x = (box.right - box.left) / 20, y = (box.bottom - box.top) / 20;
  const Box near = {best->x - x, best->y - y, best->x + x, best->y + y};
  const std::optional<Point> finer = BestOnGrid(sets, members, near, clearance);
  return finer.has_value() ? finer : best;
}

std::optional<Point> RightmostPoint(std::span<const Ellipse> sets, uint32_t members) {
  const std::optional<Point> inside = InnermostPoint(sets, members);
  if (!inside.has_value()) return inside;
  constexpr double kClear = 8;
  const double enough = std::min(kClear, Clearance(sets, *inside) / 2);
  const Box box = Shared(sets, members);
  const auto rightness = [&](Point point, double clear) { return clear < enough ? 0 : point.x - box.left; };
  const std::optional<Point> right = BestOnGrid(sets, members, box, rightness);
  return right.has_value() ? right : inside;
}

double PlaceLabels(std::span<const Ellipse> sets, double column, double top, std::vector<Label>* labels) {
  for (Label& label : *labels) {
    label.is_inside = true;  // for its box
    label.is_inside = label.region != 0 && !label.inside.empty() && FitsInside(sets, label);
  }
  while (true) {
    std::vector<Label*> stack;
    for (Label& label : *labels) {
      if (!label.is_inside) stack.push_back(&label);
    }
    std::stable_sort(stack.begin(), stack.end(),
                     [](const Label* a, const Label* b) { return a->anchor.y < b->anchor.y; });
    Uncross(column, top, &stack);
    const double end = Stack(top, stack);
    bool met = false;
    for (Label& label : *labels) {
      if (!label.is_inside) continue;
      const Box box = BoxOf(label, column);
      const bool meets = std::any_of(stack.begin(), stack.end(), [&](const Label* one) {
        return Meets(one->anchor, LeaderEnd(*one, column), box);
      });
      if (meets) label.is_inside = false, met = true;
    }
    if (!met) return end;
  }
}

void DrawLabels(const std::vector<Label>& labels, double column, Drawing* to) {
  constexpr double kBaseline = 13;  // of a line, below its top
  constexpr double kDot = 4;
  for (const Label& label : labels) {
    if (label.is_inside) continue;
    const Point end = LeaderEnd(label, column);
    to->Line(label.anchor.x, label.anchor.y, end.x, end.y, "v-leader");
    to->Circle(label.anchor.x, label.anchor.y, 2, "v-mark");
  }
  for (const Label& label : labels) {
    const Box box = BoxOf(label, column);
    double y = box.top + kBaseline;
    if (!label.is_inside && !label.dot.empty()) {
      to->Circle(column + kDot, y - kDot, kDot, label.dot);
    }
    bool first = true;
    for (const Label::Line& line : label.is_inside ? label.inside : label.beside) {
      const char* classes = line.strong ? "v-text v-strong" : "v-text";
      if (label.is_inside) {
        to->Text(label.middle.x, y, line.text, classes, Anchor::kMiddle);
      } else {
        to->Text(column + (first && !label.dot.empty() ? 3 * kDot : 0), y, line.text, classes);
      }
      first = false;
      y += kLineHeight;
    }
  }
}

}  // namespace vesica
