#include <algorithm>
#include <cmath>

#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 150, kRight = 470, kTop = 28, kRow = 44, kBar = 24;
constexpr size_t kMost = 16;

}  // namespace

MaybeFigure FunnelFigure(const StudyView& view) {
  StudyRows rows = view.Rows("funnel");
  rows = rows.Where([&](size_t i) { return rows.IsNull(i, "cohort"); });
  double largest = 0;
  for (size_t i = 0; i < rows.size(); ++i) largest = std::fmax(largest, rows.Number(i, "entered"));
  if (largest == 0) return std::nullopt;
  const size_t shown = std::min(rows.size(), kMost);
  Drawing to;
  std::string described;
  to.Text(kLeft, 14, "People who entered the stage", "v-small v-muted");
  to.Text(kRight + 178, 14, "of the stage before", "v-small v-muted", Anchor::kEnd);
  to.Text(kWidth - 4, 14, "days", "v-small v-muted", Anchor::kEnd);
  for (size_t i = 0; i < shown; ++i) {
    const double y = kTop + kRow * static_cast<double>(i), entered = rows.Number(i, "entered");
    const std::string stage = ShortLabel(rows.Text(i, "stage"));
    to.Text(kLeft - 10, y + 17, FitText(stage, kTextSize, kLeft - 14), "v-text", Anchor::kEnd);
    const bool hidden = std::isnan(entered);
    const double end = hidden ? kLeft : kLeft + (kRight - kLeft) * entered / largest;
    if (hidden) {
      to.Hatch(kLeft, y, 60, kBar, "v-hatch");
    } else {
      to.Rect(kLeft, y, entered == 0 ? 0 : std::max(1.5, end - kLeft), kBar, "v-s1");
    }
    to.Text(hidden ? kLeft + 68 : end + 8, y + 17, hidden ? "hidden" : CountText(entered), "v-text v-strong");
    const double conversion = rows.Number(i, "conversion"), days = rows.Number(i, "median_days");
    if (!std::isnan(conversion)) to.Text(kRight + 178, y + 17, PercentText(conversion), "v-text", Anchor::kEnd);
    if (!std::isnan(days)) to.Text(kWidth - 4, y + 17, NumberText(days, 1), "v-text", Anchor::kEnd);
    if (!hidden) described += Concat({" ", stage, ": ", CountText(entered), "."});
  }
  return DrawnFigure("funnel", "How far people get", "People who entered each stage, in order." + described, kWidth,
                     kTop + kRow * static_cast<double>(shown) - (kRow - kBar) + 12, std::move(to));
}

}  // namespace vesica
