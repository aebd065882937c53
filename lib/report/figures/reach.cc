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

double OrZero(double value) { return std::isnan(value) ? 0 : value; }

// The steps that are not hidden: from the first hidden one on nothing is known of their sum.
size_t Steps(const StudyRows& rows) {
  size_t i = 0;
  while (i < rows.size() && !rows.IsNull(i, "coverage_after") && !rows.IsNull(i, "people_added")) ++i;
  return i;
}

// Each step where it ends, with its number where there is room before the next.
void DrawCurve(const StudyRows& rows, const Axis& across, const Axis& up, Drawing* to) {
  double people = 0, x = kLeft, y = up.At(OrZero(rows.Number(0, "coverage_before"))), free = kLeft + 12;
  to->Circle(x, y, 4, "v-mark");
  for (size_t i = 0; i < Steps(rows); ++i) {
    people += rows.Number(i, "people_added");
    const double next_x = across.At(people), next_y = up.At(rows.Number(i, "coverage_after"));
    to->Line(x, y, next_x, next_y, "v-l1");
    to->Circle(next_x, next_y, 4.5, "v-s1");
    if (i < kListed && next_x >= free) {
      const std::string number = CountText(uint64_t{i + 1});
      to->Text(next_x - 2, next_y - 9, number, "v-small v-strong v-halo", Anchor::kEnd);
      free = next_x + TextWidth(number, kSmallSize) + 4;
    }
    x = next_x, y = next_y;
  }
}

// What as many people by chance would gain, where the study can tell.
void DrawChance(const StudyRows& rows, const Axis& across, const Axis& up, Drawing* to) {
  const size_t steps = Steps(rows);
  for (size_t i = 0; i < steps; ++i) {
    if (rows.IsNull(i, "chance_gain")) return;
  }
  double people = 0, share = OrZero(rows.Number(0, "coverage_before")), x = kLeft, y = up.At(share);
  for (size_t i = 0; i < steps; ++i) {
    people += rows.Number(i, "people_added");
    share = std::min(1.0, share + rows.Number(i, "chance_gain") / rows.Number(i, "n_sales"));
    to->Line(x, y, across.At(people), up.At(std::min(share, up.most)), "v-dash");
    x = across.At(people), y = up.At(std::min(share, up.most));
  }
  to->Line(kLeft, kBottom + 34, kLeft + 24, kBottom + 34, "v-dash");
  to->Text(kLeft + 32, kBottom + 38, "as many by chance", "v-small");
}

void DrawList(const StudyRows& rows, Drawing* to) {
  to->Text(kList, 14, "Add, in order, and people gained", "v-small v-muted");
  for (size_t i = 0; i < std::min(rows.size(), kListed); ++i) {
    const double y = kTop + 10 + kRow * static_cast<double>(i), gained = rows.Number(i, "sales_gained");
    to->Text(kList + 18, y, CountText(uint64_t{i + 1}), "v-small v-strong", Anchor::kEnd);
    to->Text(kList + 28, y, FitText(SegmentName(rows, i), kSmallSize, kWidth - kList - 100), "v-small");
    to->Text(kWidth - 6, y, std::isnan(gained) ? "hidden" : "+" + CountText(gained), "v-small", Anchor::kEnd);
  }
}

}  // namespace

MaybeFigure ReachFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("reach");
  if (rows.empty() || !(rows.Number(0, "n_sales") > 0)) return std::nullopt;
  const size_t steps = Steps(rows);
  double added = 0, most = OrZero(rows.Number(0, "coverage_before"));
  for (size_t i = 0; i < steps; ++i) {
    added += rows.Number(i, "people_added");
    most = std::max(most, rows.Number(i, "coverage_after"));
  }
  const Axis across = AxisFor(std::max(added, 1.0), kLeft, kRight, 4), up = ShareAxisFor(most, kBottom, kTop, 5);
  Drawing to;
  DrawRows(up, kLeft, kRight, ShareTick, &to);
  for (const double tick : across.Ticks()) {
    to.Text(across.At(tick), kBottom + 18, CountTick(tick), "v-small v-muted", Anchor::kMiddle);
  }
  to.Text(kRight, kBottom + 38, "people marketing adds", "v-small v-muted", Anchor::kEnd);
  to.Text(kLeft, 14, "Share of sales' people reached", "v-small v-muted");
  DrawChance(rows, across, up, &to);
  DrawCurve(rows, across, up, &to);
  DrawList(rows, &to);
  return DrawnFigure("reach", "What marketing should reach next",
                     Concat({"Adding ", CountText(uint64_t{steps}), rows.size() == 1 ? " segment" : " segments",
                             " step by step raises the share of sales' people reached from ",
                             PercentText(rows.Number(0, "coverage_before")), " to ", PercentText(most),
                             ". First: ", SegmentName(rows, 0), "."}),
                     kWidth, kBottom + 48, std::move(to));
}

}  // namespace vesica
