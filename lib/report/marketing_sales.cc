#include "report/marketing_sales.h"

#include <cmath>

namespace vesica {

std::optional<MarketingSales> MarketingSalesOf(const StudyView& view) {
  StudyRows rows = view.Rows("circles");
  rows = rows.Where([&](size_t i) { return rows.Text(i, "a") == "marketing" && rows.Text(i, "b") == "sales"; });
  const bool from_circles = !rows.empty();
  if (!from_circles) {
    rows = view.Rows("companies");
    if (rows.size() != 1) return std::nullopt;  // several: no row is of all of them
  }
  MarketingSales circles;
  circles.marketing = rows.Interval(0, from_circles ? "n_a" : "n_marketing");
  circles.sales = rows.Interval(0, from_circles ? "n_b" : "n_sales");
  circles.both = rows.Interval(0, "n_both");
  circles.coverage = rows.Interval(0, from_circles ? "share_of_b" : "coverage");
  circles.size_ratio = rows.Interval(0, "size_ratio");
  circles.target_ratio = view.NumberSetting("target_ratio", circles.target_ratio);
  const bool hidden =
      std::isnan(circles.marketing.value) || std::isnan(circles.sales.value) || std::isnan(circles.both.value);
  circles.suppressed = rows.Suppressed(0) || hidden;
  circles.below_resolution = rows.Bool(0, "below_resolution");
  return circles;
}

}  // namespace vesica
