#include "report/heat.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

// Fine where the shares of studies are (a published mean of 16 %), and the same in every report, so that two can be
// laid beside each other.
constexpr std::array<double, 6> kBounds = {0.05, 0.10, 0.15, 0.20, 0.30, 0.50};
constexpr std::array<const char*, 7> kNames = {"0 %", "5", "10", "15", "20", "30", "50 to 100 %"};

size_t StepOf(double share) {
  return static_cast<size_t>(std::upper_bound(kBounds.begin(), kBounds.end(), share) - kBounds.begin());
}

std::string ClassOf(const char* prefix, size_t step) { return prefix + std::to_string(step); }

}  // namespace

void DrawEmptyHeatCell(double x, double y, double width, double height, Drawing* to) {
  to->Rect(x, y, width, height, "v-none");
}

void DrawHeatCell(const StudyRows& rows, size_t i, double x, double y, double width, double height, Drawing* to) {
  const double share = rows.Number(i, "share_of_b"), people = rows.Number(i, "n_b");
  const double middle = x + width / 2;
  if (rows.Suppressed(i) && std::isnan(share)) {
    DrawEmptyHeatCell(x, y, width, height, to);
    to->Hatch(x, y, width, height, "v-hatch");
    return;
  }
  if (std::isnan(share)) return DrawEmptyHeatCell(x, y, width, height, to);
  const size_t step = StepOf(share);
  const std::string on = ClassOf("v-on", step);
  to->Rect(x, y, width, height, ClassOf("v-h", step));
  const std::string percent = NumberText(share * 100, share >= 0.0995 || share == 0 ? 0 : 1) + " %";
  to->Text(middle, y + height / 2 - 1, percent, "v-text v-strong " + on, Anchor::kMiddle);
  to->Text(middle, y + height / 2 + 13, FitText("of " + CountText(people), kSmallSize, width - 4), "v-small " + on,
           Anchor::kMiddle);
}

void DrawHeatKey(double x, double y, Drawing* to) {
  constexpr double kStep = 46, kHeight = 12;
  for (size_t step = 0; step < kNames.size(); ++step) {
    const double left = x + kStep * static_cast<double>(step);
    to->Rect(left, y, kStep, kHeight, ClassOf("v-h", step));
    to->Text(left, y + kHeight + 15, kNames[step], "v-small v-muted");
  }
  double left = x + kStep * static_cast<double>(kNames.size()) + 60;
  DrawEmptyHeatCell(left, y, 18, kHeight, to);
  to->Text(left + 26, y + kHeight - 1, "no people", "v-small v-muted");
  left += 110;
  DrawEmptyHeatCell(left, y, 18, kHeight, to);
  to->Hatch(left, y, 18, kHeight, "v-hatch");
  to->Text(left + 26, y + kHeight - 1, "hidden", "v-small v-muted");
}

}  // namespace vesica
