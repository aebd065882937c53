#include <algorithm>

#include "report/axis.h"
#include "report/column_names.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 232, kRight = 560, kTop = 8, kRow = 30, kBar = 16;
constexpr size_t kMost = 12;

}  // namespace

MaybeFigure GapsFigure(const StudyView& view) {
  const StudyRows rows =
      view.Rows("gaps").Where([rows = view.Rows("gaps")](size_t i) { return rows.Number(i, "n_missed") > 0; });
  if (rows.empty()) return std::nullopt;
  const size_t shown = std::min(rows.size(), kMost);
  double largest = 0;
  for (size_t i = 0; i < shown; ++i) largest = std::max(largest, rows.Number(i, "n_sales"));
  const double bottom = kTop + kRow * static_cast<double>(shown);
  const Axis axis = AxisFor(largest, kLeft, kRight);
  Drawing to;
  DrawColumns(axis, kTop, bottom, CountTick, &to);
  std::string described;
  for (size_t i = 0; i < shown; ++i) {
    const double y = kTop + kRow * static_cast<double>(i) + (kRow - kBar) / 2;
    const double missed = rows.Number(i, "n_missed"), all = rows.Number(i, "n_sales");
    const std::string name = SegmentName(rows, i);
    to.Text(kLeft - 10, y + kBar - 3, FitText(name, kTextSize, kLeft - 14), "v-text", Anchor::kEnd);
    to.Rect(kLeft, y, axis.At(all) - kLeft, kBar, "v-s2 v-soft");
    to.Rect(kLeft, y, axis.At(missed) - kLeft, kBar, "v-s2",
            Concat({name, ": ", CountText(missed), " of ", CountText(all), " missed"}));
    to.Text(axis.At(all) + 8, y + kBar - 3,
            Concat({CountText(missed), " of ", CountText(all), " · ", PercentText(missed / all)}), "v-small v-halo");
    if (i < 3) described += Concat({" ", name, ": ", CountText(missed), " of ", CountText(all), "."});
  }
  to.Rect(kLeft, bottom + 34, 14, 12, "v-s2");
  to.Text(kLeft + 20, bottom + 44, "missed by marketing", "v-small");
  to.Rect(kLeft + 164, bottom + 34, 14, 12, "v-s2 v-soft");
  to.Text(kLeft + 184, bottom + 44, "reached", "v-small");
  return DrawnFigure("gaps", "Where sales is and marketing is not",
                     "Segments by how many of sales' people marketing misses." + described, kWidth, bottom + 56,
                     std::move(to));
}

}  // namespace vesica
