#include <algorithm>
#include <array>
#include <cmath>

#include "report/axis.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 64, kRight = 700, kPanel = 116, kGap = 44, kTop = 26;
constexpr size_t kMost = 60;  // periods: the last ones

struct Panel {
  const char* column;
  const char* heading;
  bool share;
  const char *fill, *line;
};
constexpr std::array<Panel, 3> kPanels = {
    {{"coverage", "Share of sales' people whom marketing reached", true, "v-s1", "v-l1"},
     {"n_sales", "People contacted by sales", false, "v-s2", "v-l2"},
     {"n_marketing", "People reached by marketing", false, "v-s1", "v-l1"}}};

void DrawPanel(const StudyRows& rows, const Panel& panel, double top, double slot, Drawing* to) {
  double largest = 0;
  for (size_t i = 0; i < rows.size(); ++i) largest = std::fmax(largest, rows.Number(i, panel.column));
  const double bottom = top + kPanel;
  const Axis axis = panel.share ? ShareAxisFor(largest, bottom, top, 3) : AxisFor(largest, bottom, top, 3);
  to->Text(kLeft, top - 10, panel.heading, "v-small v-strong");
  DrawRows(axis, kLeft, kRight, panel.share ? ShareTick : CountTick, to);
  const auto at = [&](size_t i) { return kLeft + slot * (static_cast<double>(i) + 0.5); };
  for (size_t i = 0; i < rows.size(); ++i) {
    const double value = rows.Number(i, panel.column);
    if (rows.Suppressed(i) && std::isnan(value)) {
      to->Hatch(at(i) - slot * 0.3, top, slot * 0.6, kPanel, "v-hatch");
    } else if (!std::isnan(value) && !panel.share) {
      to->Rect(at(i) - slot * 0.36, axis.At(value), slot * 0.72, bottom - axis.At(value), panel.fill,
               Concat({rows.Text(i, "period"), ": ", CountText(value)}));
    }
  }
  for (size_t i = 0; panel.share && i < rows.size(); ++i) {
    const double value = rows.Number(i, panel.column),
                 before = i == 0 ? std::nan("") : rows.Number(i - 1, panel.column);
    if (std::isnan(value)) continue;
    if (!std::isnan(before)) to->Line(at(i - 1), axis.At(before), at(i), axis.At(value), panel.line);
    to->Circle(at(i), axis.At(value), 3.5, panel.fill);
  }
}

}  // namespace

MaybeFigure TrendFigure(const StudyView& view) {
  StudyRows rows = view.Rows("trend");
  if (rows.size() > kMost) {
    rows = rows.Where([from = rows.size() - kMost](size_t i) { return i >= from; });
  }
  if (rows.size() < 2) return std::nullopt;  // one period is no trend
  const double slot = (kRight - kLeft) / static_cast<double>(rows.size());
  Drawing to;
  for (size_t i = 0; i < kPanels.size(); ++i) {
    DrawPanel(rows, kPanels[i], kTop + static_cast<double>(i) * (kPanel + kGap), slot, &to);
  }
  const double bottom = kTop + static_cast<double>(kPanels.size()) * (kPanel + kGap) - kGap;
  const auto every = static_cast<size_t>(std::ceil(TextWidth("2024-W00 ", kSmallSize) / slot));
  for (size_t i = 0; i < rows.size(); i += every) {
    const double x = kLeft + slot * (static_cast<double>(i) + 0.5);
    to.Text(x, bottom + 18, rows.Text(i, "period"), "v-small v-muted", Anchor::kMiddle);
  }
  const size_t last = rows.size() - 1;
  return DrawnFigure("trend", "Period by period",
                     Concat({CountText(uint64_t{rows.size()}), " periods, from ", rows.Text(0, "period"), " (",
                             PercentText(rows.Number(0, "coverage")), " of sales' people reached) to ",
                             rows.Text(last, "period"), " (", PercentText(rows.Number(last, "coverage")), ")."}),
                     kWidth, bottom + 30, std::move(to));
}

}  // namespace vesica
