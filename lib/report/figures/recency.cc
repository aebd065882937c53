#include <cmath>

#include "report/column_names.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/rates_chart.h"

namespace vesica {

MaybeFigure RecencyFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("recency");
  RatesChart chart{.unit = "contacts", .base = std::nan(""), .joined = true};
  std::string described;
  double responses = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool never = rows.Text(i, "bucket") == "never";
    const std::string label = BucketText(rows.Text(i, "bucket"));
    const Estimate rate = rows.Interval(i, "rate");
    if (never) chart.base = rate.value;
    chart.groups.push_back({label, rate, rows.Number(i, "contacts"), rows.Suppressed(i), never});
    responses += std::fmax(0, rows.Number(i, "responses"));
    if (!std::isnan(rate.value)) described += Concat({" ", label, ": ", PercentText(rate), "."});
  }
  if (responses == 0) return std::nullopt;  // of events without responses nothing can be told
  chart.base_label = "People whom marketing never reached: " + PercentText(chart.base);
  Figure figure = NewFigure(
      "recency", "Do people answer sales more often when marketing reached them lately?",
      "Share of sales' contacts that were answered, by the time since the person's last exposure." + described);
  DrawRates(chart, &figure);
  return figure;
}

}  // namespace vesica
