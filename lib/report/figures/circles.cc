#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "report/circles_figure.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/marketing_sales.h"

namespace vesica {
namespace {

enum Series : uint32_t { kMarketing = 1, kSales = 2, kBrand = 3, kDemand = 4 };

// What is in one set and not in the other: the size of both is known, but not how their errors go together.
Estimate Without(const Estimate& all, const Estimate& both) {
  return {std::max(0.0, all.value - both.value), std::max(0.0, all.lower - both.upper),
          std::max(0.0, all.upper - both.lower)};
}

MaybeFigure Named(absl::StatusOr<Figure> figure, std::string_view name, std::string_view added) {
  if (!figure.ok()) return std::move(figure).status();
  figure->name = name;
  figure->description.append(added);
  return std::optional<Figure>(*std::move(figure));
}

}  // namespace

MaybeFigure CirclesOfStudy(const StudyView& view) {
  const std::optional<MarketingSales> circles = MarketingSalesOf(view);
  if (!circles.has_value() || circles->suppressed || !(circles->marketing.value + circles->sales.value > 0)) {
    return std::nullopt;
  }
  CircleSets sets;
  sets.sets = {{"Marketing", circles->marketing, kMarketing}, {"Sales", circles->sales, kSales}};
  sets.regions = {Estimate::Exact(0), Without(circles->marketing, circles->both),
                  Without(circles->sales, circles->both), circles->both};
  sets.below_resolution = circles->below_resolution;
  if (circles->marketing.value >= circles->sales.value) sets.share = circles->coverage;  // pooled sketches: no quotient
  return Named(CirclesFigure(sets, "Marketing and sales today"), "circles", "");
}

MaybeFigure IdealCircles(const StudyView& view) {
  const std::optional<MarketingSales> circles = MarketingSalesOf(view);
  if (!circles.has_value() || circles->suppressed || !(circles->sales.value > 0)) return std::nullopt;
  const double sales = circles->sales.value, marketing = std::ceil(circles->target_ratio * sales);
  if (marketing < sales) return std::nullopt;  // a target that cannot hold sales' circle has no picture
  CircleSets sets;
  sets.sets = {{"Marketing", Estimate::Exact(marketing), kMarketing}, {"Sales", Estimate::Exact(sales), kSales}};
  sets.regions = {Estimate::Exact(0), Estimate::Exact(marketing - sales), Estimate::Exact(0), Estimate::Exact(sales)};
  return Named(CirclesFigure(sets, Concat({"The ideal: ", SettingText(circles->target_ratio),
                                           " to 1, with all of sales inside"})),
               "ideal", " This is the target, not what was measured.");
}

MaybeFigure RegionsFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("regions");
  if (rows.empty()) return std::nullopt;
  CircleSets sets;
  sets.regions.assign(8, Estimate::Exact(0));
  std::array<double, 3> sizes = {};
  double people = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows.IsNull(i, "people")) return std::nullopt;  // hidden
    const double count = rows.Number(i, "people");
    const std::array<bool, 3> in = {rows.Bool(i, "brand"), rows.Bool(i, "demand"), rows.Bool(i, "sales")};
    sets.regions[in[0] * 1u + in[1] * 2u + in[2] * 4u] = Estimate::Exact(count);
    for (size_t k = 0; k < in.size(); ++k) sizes[k] += in[k] ? count : 0;
    people += count;
  }
  if (people == 0 || std::count_if(sizes.begin(), sizes.end(), [](double size) { return size > 0; }) < 2) {
    return std::nullopt;
  }
  sets.sets = {{"Brand", Estimate::Exact(sizes[0]), kBrand},
               {"Demand", Estimate::Exact(sizes[1]), kDemand},
               {"Sales", Estimate::Exact(sizes[2]), kSales}};
  return Named(CirclesFigure(sets, "The three circles: brand, demand and sales"), "regions", "");
}

}  // namespace vesica
