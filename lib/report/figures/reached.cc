#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "report/axis.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/marketing_sales.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 20, kRight = 692, kTop = 30, kBar = 40, kZoomTop = 130, kZoomBar = 24;

// Sales' people by which of marketing's teams reached them: parts of those reached.
struct Part {
  const char* label;
  const char* classes;
  double people = 0;
};
using Parts = std::array<Part, 4>;

// Nothing where `regions` does not have all of it, or where what both tables leave is a count that is hidden.
std::optional<Parts> PartsOf(const StudyView& view, const MarketingSales& circles) {
  const StudyRows rows = view.Rows("regions");
  if (rows.empty() || !circles.exact()) return std::nullopt;
  Parts parts = {
      {{"Brand alone", "v-s3"}, {"Brand and demand", "v-both"}, {"Demand alone", "v-s4"}, {"Other marketing", "v-s5"}}};
  double others = circles.both.value;
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool brand = rows.Bool(i, "brand"), demand = rows.Bool(i, "demand");
    if (!rows.Bool(i, "sales") || (!brand && !demand)) continue;
    if (rows.IsNull(i, "people")) return std::nullopt;  // hidden
    parts[brand && demand ? 1 : brand ? 0 : 2].people = rows.Number(i, "people");
    others -= rows.Number(i, "people");
  }
  parts[3].people = others;
  if (others < 0 || others == circles.both.value) return std::nullopt;  // no team is told from another
  if (others > 0 && others < view.NumberSetting("min_cell", 0)) return std::nullopt;
  return parts;
}

void DrawInterval(const Estimate& share, const Axis& axis, Drawing* to) {
  const double low = axis.At(std::clamp(share.lower, 0.0, 1.0)), high = axis.At(std::clamp(share.upper, 0.0, 1.0));
  const double middle = kTop + kBar / 2;
  to->Rect(low, kTop, high - low, kBar, "v-band");
  to->Line(low, middle, high, middle, "v-whisker");
  to->Line(low, middle - 6, low, middle + 6, "v-whisker");
  to->Line(high, middle - 6, high, middle + 6, "v-whisker");
}

// The part reached once more, as wide as all of it; returns where it ends.
double DrawZoom(const Parts& parts, double reached, double split, Drawing* to) {
  to->Line(kLeft, kTop + kBar + 24, kLeft, kZoomTop, "v-leader");
  to->Line(split, kTop + kBar + 24, kRight, kZoomTop, "v-leader");
  double x = kLeft;
  double legend = kLeft;
  const double y = kZoomTop + kZoomBar + 22;
  for (const Part& part : parts) {
    const double width = (kRight - kLeft) * part.people / reached;
    const std::string words = Concat({part.label, ": ", CountText(part.people)});
    if (width > 0) to->Rect(x, kZoomTop, std::max(0.5, width - 1), kZoomBar, part.classes, words);
    x += width;
    to->Rect(legend, y - 10, 12, 12, part.classes);
    to->Text(legend + 18, y, words, "v-small");
    legend += 18 + TextWidth(words, kSmallSize) + 10;
  }
  return y;
}

}  // namespace

// Lengths are read truly where areas are not (Cleveland and McGill, Graphical Perception, JASA 79, 1984).
MaybeFigure ReachedFigure(const StudyView& view) {
  const std::optional<MarketingSales> circles = MarketingSalesOf(view);
  if (!circles.has_value() || circles->suppressed || !(circles->sales.value > 0)) return std::nullopt;
  const Estimate& share = circles->coverage;
  const Axis axis{1, 0.2, kLeft, kRight};
  const double split = axis.At(std::clamp(share.value, 0.0, 1.0));
  Drawing to;
  const std::string reached = Concat({"Reached: ", CountText(circles->both.value), " · ", PercentText(share.value)});
  const std::string missed = Concat({"Missed: ", CountText(std::max(0.0, circles->sales.value - circles->both.value)),
                                     " · ", PercentText(1 - share.value)});
  to.Rect(kLeft, kTop, kRight - kLeft, kBar, "v-s2 v-soft");
  to.Rect(kLeft, kTop, split - kLeft, kBar, "v-both");
  if (share.lower < share.upper) DrawInterval(share, axis, &to);
  to.Line(split, kTop - 4, split, kTop + kBar + 4, "v-whisker");
  to.Text(kLeft, kTop - 12, reached, "v-text v-strong");
  to.Text(kRight, kTop - 12, missed, "v-text", Anchor::kEnd);
  DrawColumns(axis, kTop + kBar, kTop + kBar + 4, ShareTick, &to);
  double bottom = kTop + kBar + 20;
  std::string described =
      Concat({"A bar of the ", CountText(circles->sales.value), " people of sales. ", reached, ". ", missed, "."});
  if (const std::optional<Parts> parts = PartsOf(view, *circles); parts.has_value()) {
    bottom = DrawZoom(*parts, circles->both.value, split, &to);
    described += " Those reached, by team:";
    for (const Part& part : *parts) described += Concat({" ", part.label, ": ", CountText(part.people), "."});
  }
  return DrawnFigure("reached", "Sales' people, reached by marketing and missed", std::move(described), kWidth,
                     bottom + 12, std::move(to));
}

}  // namespace vesica
