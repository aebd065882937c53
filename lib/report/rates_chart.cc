#include "report/rates_chart.h"

#include <algorithm>
#include <cmath>

#include "report/axis.h"
#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

constexpr double kWidth = 680, kLeft = 64, kRight = 664, kTop = 46, kBottom = 276, kLineHeight = 16;
constexpr double kWhisker = 7;
constexpr size_t kLabelLines = 2;

// Its figure stands beside the whisker, on the side of the point that the line to the next does not take.
void DrawPoint(const RatesChart::Group& group, double x, const Axis& axis, bool rises, Drawing* to) {
  const double y = axis.At(group.rate.value);
  const double low = axis.At(group.rate.lower), high = axis.At(group.rate.upper);
  if (group.rate.lower != group.rate.upper) {
    to->Line(x, low, x, high, "v-whisker");
    to->Line(x - kWhisker, low, x + kWhisker, low, "v-whisker");
    to->Line(x - kWhisker, high, x + kWhisker, high, "v-whisker");
  }
  to->Circle(x, y, 5, "v-s1");
  const double below = y + 15;
  to->Text(x + 10, rises && below < kBottom - 4 ? below : y - 5, PercentText(group.rate.value),
           "v-small v-strong v-halo");
}

void DrawBase(const RatesChart& chart, const Axis& axis, Drawing* to) {
  if (std::isnan(chart.base)) return;
  const double y = axis.At(chart.base);
  to->Line(kLeft, y, kRight, y, "v-dash");
  // In the strip above the plot, where nothing else is.
  to->Line(kLeft, 12, kLeft + 26, 12, "v-dash");
  to->Text(kLeft + 34, 16, FitText(chart.base_label, kSmallSize, kRight - kLeft - 40), "v-small");
}

}  // namespace

void DrawRates(const RatesChart& chart, Figure* figure) {
  double largest = std::isnan(chart.base) ? 0 : chart.base;
  for (const RatesChart::Group& group : chart.groups) {
    if (!std::isnan(group.rate.value)) largest = std::max(largest, group.rate.upper);
  }
  const Axis axis = ShareAxisFor(largest, kBottom, kTop);
  Drawing to;
  DrawRows(axis, kLeft, kRight, ShareTick, &to);
  DrawBase(chart, axis, &to);
  const double slot = (kRight - kLeft) / static_cast<double>(std::max<size_t>(1, chart.groups.size()));
  const auto at = [&](size_t i) { return kLeft + slot * (static_cast<double>(i) + 0.5); };
  for (size_t i = 1; chart.joined && i < chart.groups.size(); ++i) {
    const RatesChart::Group &from = chart.groups[i - 1], &group = chart.groups[i];
    if (group.apart || std::isnan(from.rate.value) || std::isnan(group.rate.value)) continue;
    to.Line(at(i - 1), axis.At(from.rate.value), at(i), axis.At(group.rate.value), "v-l1");
  }
  for (size_t i = 0; i < chart.groups.size(); ++i) {
    const RatesChart::Group& group = chart.groups[i];
    if (group.hidden) {
      to.Hatch(at(i) - slot * 0.3, kTop, slot * 0.6, kBottom - kTop, "v-hatch");
    } else if (!std::isnan(group.rate.value)) {
      const bool joined = chart.joined && i + 1 < chart.groups.size() && !chart.groups[i + 1].apart;
      DrawPoint(group, at(i), axis, joined && chart.groups[i + 1].rate.value > group.rate.value, &to);
    }
    double y = kBottom + 20;
    for (const std::string& line : WrapText(group.label, kSmallSize, slot - 8, kLabelLines)) {
      to.Text(at(i), y, line, "v-small", Anchor::kMiddle);
      y += kLineHeight;
    }
    const std::string count = group.hidden ? "hidden" : CountText(group.count);
    to.Text(at(i), kBottom + 20 + kLabelLines * kLineHeight, FitText(count, kSmallSize, slot - 4), "v-small v-muted",
            Anchor::kMiddle);
  }
  to.Text(kLeft, kBottom + 30 + (kLabelLines + 1) * kLineHeight, Concat({"Below each: how many ", chart.unit, "."}),
          "v-small v-muted");
  figure->width = kWidth;
  figure->height = kBottom + 42 + (kLabelLines + 1) * kLineHeight;
  figure->body = std::move(to).Finish();
}

}  // namespace vesica
