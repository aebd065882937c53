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
  double contacts = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string_view mix = rows.Text(i, "mix");
    if (mix == "interaction") continue;
    const Estimate rate = rows.Interval(i, "rate");
    const std::string label = ValueText("mix", mix);
    if (mix == "none") chart.base = rate.value;
    chart.groups.push_back({label, rate, rows.Number(i, "contacts"), rows.Suppressed(i), false});
    if (rows.Number(i, "contacts") > 0) contacts += rows.Number(i, "contacts");
    if (!std::isnan(rate.value)) described += Concat({" ", label, ": ", PercentText(rate), "."});
  }
  if (contacts == 0) return std::nullopt;
  chart.base_label = "People whom marketing showed nothing: " + PercentText(chart.base);
  Figure figure =
      NewFigure("mix", "Which exposures go before an answer?",
                "Share of sales' contacts that were answered, by what marketing showed the person before." + described);
  DrawRates(chart, &figure);
  return figure;
}

}  // namespace vesica
