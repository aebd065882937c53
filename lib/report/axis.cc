#include "report/axis.h"

#include <algorithm>
#include <cmath>

#include "report/figures_text.h"

namespace vesica {
namespace {

// The least of 1, 2 and 5 times a power of ten that is not below `value`.
double RoundUp(double value) {
  double power = 1;
  while (power > value) power /= 10;
  while (power * 10 <= value) power *= 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= value * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

constexpr double kSmallest = 1e-9, kLargest = 1e15;

}  // namespace

std::vector<double> Axis::Ticks() const {
  std::vector<double> ticks;
  for (int i = 0; i * step <= most * (1 + 1e-9); ++i) ticks.push_back(i * step);
  return ticks;
}

Axis AxisFor(double largest, double from, double to, int ticks) {
  const double reach = std::isfinite(largest) ? std::clamp(largest, kSmallest, kLargest) : 1;
  const double step = RoundUp(reach / ticks);
  return {step * std::max(1.0, std::ceil(reach / step - 1e-9)), step, from, to};
}

Axis ShareAxisFor(double largest, double from, double to, int ticks) {
  const Axis axis = AxisFor(std::isfinite(largest) && largest > 0.001 ? largest : 1, from, to, ticks);
  return axis.most <= 1 ? axis : Axis{1, 0.2, from, to};
}

std::string ShareTick(double share) {
  const double percent = share * 100;
  const bool whole = std::abs(percent - std::round(percent)) < 1e-6;
  const bool tenths = std::abs(percent * 10 - std::round(percent * 10)) < 1e-6;
  return NumberText(percent, whole ? 0 : tenths ? 1 : 2) + " %";
}

std::string CountTick(double count) {
  if (count >= 1e6) return NumberText(count / 1e6, std::fmod(count, 1e6) == 0 ? 0 : 1) + " m";
  return count == std::floor(count) ? CountText(count) : NumberText(count, count < 0.1 ? 2 : 1);
}

void DrawRows(const Axis& axis, double left, double right, std::string (*text)(double), Drawing* to) {
  for (const double tick : axis.Ticks()) {
    const double y = axis.At(tick);
    to->Line(left, y, right, y, tick == 0 ? "v-axis" : "v-grid");
    to->Text(left - 8, y + 4, text(tick), "v-small v-muted", Anchor::kEnd);
  }
}

void DrawColumns(const Axis& axis, double top, double bottom, std::string (*text)(double), Drawing* to) {
  for (const double tick : axis.Ticks()) {
    const double x = axis.At(tick);
    to->Line(x, top, x, bottom, tick == 0 ? "v-axis" : "v-grid");
    to->Text(x, bottom + 16, text(tick), "v-small v-muted", Anchor::kMiddle);
  }
}

}  // namespace vesica
