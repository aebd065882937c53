#include <cmath>

#include "report/column_names.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/rates_chart.h"

namespace vesica {

MaybeFigure MixFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("mix");
  RatesChart chart{.unit = "contacts", .base = std::nan("")};
  std::string described;
  double responses = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string_view mix = rows.Text(i, "mix");
    if (mix == "interaction") continue;
    const Estimate rate = rows.Interval(i, "rate");
    const std::string label = ValueText("mix", mix);
    if (mix == "none") chart.base = rate.value;
    chart.groups.push_back({label, rate, rows.Number(i, "contacts"), rows.Suppressed(i), false});
    responses += std::fmax(0, rows.Number(i, "responses"));
    if (!std::isnan(rate.value)) described += Concat({" ", label, ": ", PercentText(rate), "."});
  }
  if (responses == 0) return std::nullopt;  // of events without responses nothing can be told
  chart.base_label = "People whom marketing showed nothing: " + PercentText(chart.base);
  Figure figure =
      NewFigure("mix", "Which exposures go before an answer?",
                "Share of sales' contacts that were answered, by what marketing showed the person before." + described);
  DrawRates(chart, &figure);
  return figure;
}

}  // namespace vesica
