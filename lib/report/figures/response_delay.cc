#include <cmath>

#include "report/column_names.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/rates_chart.h"

namespace vesica {

MaybeFigure ResponseDelayFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("response_delay");
  RatesChart chart{.unit = "hand-offs", .base = std::nan(""), .joined = true};
  std::string described;
  double leads = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string label = BucketText(rows.Text(i, "bucket"));
    const Estimate rate = rows.Interval(i, "rate");
    chart.groups.push_back(
        {label, rate, rows.Number(i, "leads"), rows.Suppressed(i), rows.Text(i, "bucket") == "never"});
    if (rows.Number(i, "leads") > 0) leads += rows.Number(i, "leads");
    if (!std::isnan(rate.value)) described += Concat({" ", label, ": ", PercentText(rate), "."});
  }
  if (leads == 0) return std::nullopt;
  Figure figure =
      NewFigure("response_delay", "Does a quick first contact pay?",
                "Share of people handed to sales who responded, by the time until sales' first contact." + described);
  DrawRates(chart, &figure);
  return figure;
}

}  // namespace vesica
