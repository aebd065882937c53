#include <algorithm>

#include "report/axis.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/marketing_sales.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 20, kRight = 692, kTop = 30, kBar = 44, kIdealTop = 118, kIdealBar = 14;

}  // namespace

// One bar: lengths are read truly where areas are not (Cleveland and McGill, Graphical Perception, JASA 79, 1984).
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
  if (share.lower < share.upper) {
    const double low = axis.At(std::clamp(share.lower, 0.0, 1.0)), high = axis.At(std::clamp(share.upper, 0.0, 1.0));
    to.Rect(low, kTop, high - low, kBar, "v-band");
    to.Line(low, kTop + kBar / 2, high, kTop + kBar / 2, "v-whisker");
    to.Line(low, kTop + kBar / 2 - 6, low, kTop + kBar / 2 + 6, "v-whisker");
    to.Line(high, kTop + kBar / 2 - 6, high, kTop + kBar / 2 + 6, "v-whisker");
  }
  to.Line(split, kTop - 4, split, kTop + kBar + 4, "v-whisker");
  to.Text(kLeft, kTop - 12, reached, "v-text v-strong");
  to.Text(kRight, kTop - 12, missed, "v-text", Anchor::kEnd);
  DrawColumns(axis, kTop + kBar, kTop + kBar + 4, ShareTick, &to);
  to.Rect(kLeft, kIdealTop, kRight - kLeft, kIdealBar, "v-both v-soft");
  to.Text(kLeft, kIdealTop + kIdealBar + 16, "The ideal: all of sales' people are reached", "v-small v-muted");
  Figure figure = NewFigure(
      "reached", "Sales' people, reached by marketing and missed",
      Concat({"A bar of the ", CountText(circles->sales.value), " people of sales. ", reached, ". ", missed, "."}));
  figure.width = kWidth;
  figure.height = kIdealTop + kIdealBar + 26;
  figure.body = std::move(to).Finish();
  return figure;
}

}  // namespace vesica
