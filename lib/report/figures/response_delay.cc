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
  double responses = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string label = BucketText(rows.Text(i, "bucket"));
    const Estimate rate = rows.Interval(i, "rate");
    chart.groups.push_back(
        {label, rate, rows.Number(i, "leads"), rows.Suppressed(i), rows.Text(i, "bucket") == "never"});
    responses += std::fmax(0, rows.Number(i, "responses"));
    if (!std::isnan(rate.value)) described += Concat({" ", label, ": ", PercentText(rate), "."});
  }
  if (responses == 0) return std::nullopt;  // of events without responses nothing can be told
  Figure figure =
      NewFigure("response_delay", "Does a quick first contact pay?",
                "Share of people handed to sales who responded, by the time until sales' first contact." + described);
  DrawRates(chart, &figure);
  return figure;
}

}  // namespace vesica
