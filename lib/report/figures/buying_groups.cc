#include <array>
#include <cmath>

#include "report/axis.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 150, kRight = 600, kTop = 10, kHead = 20, kBar = 16, kStep = 21, kGap = 8;

struct Bar {
  const char* column;
  const char* label;
  const char* classes;
};
constexpr std::array<Bar, 4> kBars = {{{"marketing_accounts", "by marketing", "v-s1"},
                                       {"sales_accounts", "by sales", "v-s2"},
                                       {"shared_accounts", "by both", "v-both"},
                                       {"same_person_accounts", "the same people", "v-s5"}}};
constexpr double kGroup = kHead + kStep * static_cast<double>(kBars.size()) + kGap;

// The bars of one least number of people, from `y` on.
void DrawGroup(const StudyRows& rows, size_t i, const Axis& axis, double y, Drawing* to) {
  const double least = rows.Number(i, "at_least");
  to->Text(4, y + 13,
           Concat({"At least ", CountText(least), least == 1 ? " person" : " people", " of an account reached"}),
           "v-small v-strong");
  y += kHead;
  for (const Bar& bar : kBars) {
    const double count = rows.Number(i, bar.column);
    const bool hidden = std::isnan(count);
    to->Text(kLeft - 10, y + 12, bar.label, "v-small", Anchor::kEnd);
    if (!hidden) to->Rect(kLeft, y, axis.At(count) - kLeft, kBar, bar.classes);
    to->Text((hidden ? kLeft : axis.At(count)) + 8, y + 12, hidden ? "hidden" : CountText(count), "v-small");
    y += kStep;
  }
}

}  // namespace

MaybeFigure BuyingGroupsFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("buying_groups");
  double largest = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    for (const Bar& bar : kBars) largest = std::fmax(largest, rows.Number(i, bar.column));
  }
  if (largest == 0) return std::nullopt;
  const Axis axis = AxisFor(largest, kLeft, kRight);
  Drawing to;
  std::string described;
  for (size_t i = 0; i < rows.size(); ++i) {
    DrawGroup(rows, i, axis, kTop + kGroup * static_cast<double>(i), &to);
    described += Concat({" At least ", CountText(rows.Number(i, "at_least")), ": marketing ",
                         CountText(rows.Number(i, "marketing_accounts")), " accounts, sales ",
                         CountText(rows.Number(i, "sales_accounts")), ", both ",
                         CountText(rows.Number(i, "shared_accounts")), "."});
  }
  return DrawnFigure("buying_groups", "Accounts whose people each team reaches",
                     "Bars of accounts at which teams reach so many people." + described, kWidth,
                     kTop + kGroup * static_cast<double>(rows.size()), std::move(to));
}

}  // namespace vesica
