#include <cmath>

#include "report/axis.h"
#include "report/column_names.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 104, kPlot = 204, kGap = 124, kTop = 54, kRow = 34, kBar = 18;

// Bars of one share of each team. `mark` is a share to compare with, or NaN.
void DrawPanel(const StudyRows& rows, std::string_view column, std::string_view heading, double mark, double left,
               Drawing* to) {
  const double bottom = kTop + kRow * static_cast<double>(rows.size());
  double largest = std::isnan(mark) ? 0 : mark;
  for (size_t i = 0; i < rows.size(); ++i) largest = std::fmax(largest, rows.Number(i, column));
  const Axis axis = ShareAxisFor(largest, left, left + kPlot, 3);
  double y = 16;
  for (const std::string& line : WrapText(heading, kSmallSize, kPlot - 10, 2)) {
    to->Text(left, y, line, "v-small v-strong"), y += 16;
  }
  DrawColumns(axis, kTop, bottom, ShareTick, to);
  for (size_t i = 0; i < rows.size(); ++i) {
    const double share = rows.Number(i, column), top = kTop + kRow * static_cast<double>(i) + (kRow - kBar) / 2;
    if (!std::isnan(share)) to->Rect(left, top, axis.At(share) - left, kBar, "v-s1");
    const std::string text = rows.Suppressed(i) ? "hidden" : PercentText(share);
    to->Text(std::isnan(share) ? left + 6 : axis.At(std::fmax(share, std::isnan(mark) ? 0 : mark)) + 8, top + kBar - 4,
             text, "v-small v-halo");
  }
  if (!std::isnan(mark)) to->Line(axis.At(mark), kTop - 4, axis.At(mark), bottom, "v-dash");
}

}  // namespace

MaybeFigure MarketFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("market");
  if (rows.empty() || !(rows.Number(0, "n_market") > 0)) return std::nullopt;
  const double known = rows.Number(0, "in_market_share");
  Drawing to;
  std::string described;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string team = ValueText("team", rows.Text(i, "team"));
    to.Text(kLeft - 10, kTop + kRow * (static_cast<double>(i) + 0.5) + 5, FitText(team, kTextSize, kLeft - 12),
            "v-text", Anchor::kEnd);
    described += Concat({" ", team, " reaches ", PercentText(rows.Number(i, "share_of_market_reached")),
                         " of the market; of those it reaches ",
                         PercentText(rows.Number(i, "share_of_reached_in_market")), " are in it."});
  }
  DrawPanel(rows, "share_of_market_reached", "Of the people in the market, reached", std::nan(""), kLeft, &to);
  DrawPanel(rows, "share_of_reached_in_market", "Of the people reached, in the market", known, kLeft + kPlot + kGap,
            &to);
  const double bottom = kTop + kRow * static_cast<double>(rows.size());
  if (!std::isnan(known)) {
    const double x = kLeft + kPlot + kGap;
    to.Line(x, bottom + 38, x + 24, bottom + 38, "v-dash");
    to.Text(x + 32, bottom + 42, Concat({"of all people known: ", PercentText(known)}), "v-small");
  }
  return DrawnFigure("market", "How each team reaches the people who are in the market",
                     Concat({CountText(rows.Number(0, "n_market")), " people are in the market.", described}), kWidth,
                     bottom + 56, std::move(to));
}

}  // namespace vesica
