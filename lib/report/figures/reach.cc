#include <algorithm>
#include <cmath>

#include "report/axis.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 760, kLeft = 60, kRight = 440, kTop = 34, kBottom = 306, kList = 474, kRow = 24;
constexpr size_t kListed = 11;

}  // namespace

MaybeFigure ReachFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("reach");
  if (rows.empty() || !(rows.Number(0, "n_sales") > 0)) return std::nullopt;
  const double sales = rows.Number(0, "n_sales"), before = rows.Number(0, "coverage_before");
  const size_t last = rows.size() - 1;
  double added = 0, most = before;
  for (size_t i = 0; i < rows.size(); ++i) {
    added += std::fmax(0, rows.Number(i, "people_added"));
    most = std::fmax(most, rows.Number(i, "coverage_after"));
  }
  const Axis across = AxisFor(added, kLeft, kRight, 4);
  const Axis up = ShareAxisFor(most, kBottom, kTop, 5);
  Drawing to;
  DrawRows(up, kLeft, kRight, ShareTick, &to);
  for (const double tick : across.Ticks()) {
    to.Text(across.At(tick), kBottom + 18, CountTick(tick), "v-small v-muted", Anchor::kMiddle);
  }
  to.Text(kRight, kBottom + 36, "people marketing adds", "v-small v-muted", Anchor::kEnd);
  to.Text(kLeft, 14, "Share of sales' people reached", "v-small v-muted");
  double x = kLeft, y = up.At(std::isnan(before) ? 0 : before), chance = std::isnan(before) ? 0 : before;
  to.Circle(x, y, 4, "v-mark");
  double people = 0, chance_x = x, chance_y = y, label_free = kLeft + 12;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows.IsNull(i, "coverage_after") || rows.IsNull(i, "people_added")) break;  // hidden
    people += std::fmax(0, rows.Number(i, "people_added"));
    chance = std::fmin(1, chance + std::fmax(0, rows.Number(i, "chance_gain")) / sales);
    const double next_x = across.At(people), next_y = up.At(rows.Number(i, "coverage_after"));
    to.Line(chance_x, chance_y, next_x, up.At(chance), "v-dash");
    to.Line(x, y, next_x, next_y, "v-l1");
    to.Circle(next_x, next_y, 4.5, "v-s1");
    if (i < kListed && next_x >= label_free) {
      std::string step = CountText(uint64_t{i + 1});
      to.Text(next_x - 2, next_y - 9, step, "v-small v-strong v-halo", Anchor::kEnd);
      label_free = next_x + TextWidth(step, kSmallSize) + 4;
    }
    chance_x = next_x, chance_y = up.At(chance), x = next_x, y = next_y;
  }
  to.Text(kList, 14, "Add, in order, and people gained", "v-small v-muted");
  const size_t listed = std::min(rows.size(), kListed);
  for (size_t i = 0; i < listed; ++i) {
    const double line = kTop + 10 + kRow * static_cast<double>(i);
    to.Text(kList + 18, line, CountText(uint64_t{i + 1}), "v-small v-strong", Anchor::kEnd);
    to.Text(kList + 28, line, FitText(SegmentName(rows, i), kSmallSize, kWidth - kList - 100), "v-small");
    to.Text(kWidth - 6, line, "+" + CountText(rows.Number(i, "sales_gained")), "v-small", Anchor::kEnd);
  }
  to.Line(kLeft, kBottom + 34, kLeft + 24, kBottom + 34, "v-dash");
  to.Text(kLeft + 32, kBottom + 38, "as many by chance", "v-small");
  Figure figure = NewFigure(
      "reach", "What marketing should reach next",
      Concat({"Adding ", CountText(uint64_t{rows.size()}),
              " segments step by step raises the share of sales' people reached from ", PercentText(before), " to ",
              PercentText(rows.Number(last, "coverage_after")), ". First: ", SegmentName(rows, 0), "."}));
  figure.width = kWidth;
  figure.height = kBottom + 48;
  figure.body = std::move(to).Finish();
  return figure;
}

}  // namespace vesica
