#include <algorithm>
#include <optional>

#include "alignment/metrics/company_figures.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const std::vector<CompanyFigures> all = FiguresOfCompanies(cube);
  std::vector<Fraction> ranked;  // coverages, the smallest first
  for (const CompanyFigures& company : all) {
    if (company.coverage().defined()) ranked.push_back(company.coverage());
  }
  std::sort(ranked.begin(), ranked.end(), Less);
  std::vector<Fraction> distinct = ranked;
  distinct.erase(
      std::unique(distinct.begin(), distinct.end(), [](const Fraction& a, const Fraction& b) { return !Less(a, b); }),
      distinct.end());

  TableBuilder to("companies",
                  {{"company", ColumnType::kText},
                   {"n_marketing", ColumnType::kUint64},
                   {"n_sales", ColumnType::kUint64},
                   {"n_both", ColumnType::kUint64},
                   {"coverage", ColumnType::kDouble},
                   {"size_ratio", ColumnType::kDouble},
                   {"n_brand", ColumnType::kUint64},
                   {"n_demand", ColumnType::kUint64},
                   {"n_brand_demand", ColumnType::kUint64},
                   {"brand_demand_coefficient", ColumnType::kDouble},
                   {"rank", ColumnType::kInt64},
                   {"percentile", ColumnType::kDouble}},
                  CompaniesMetric().table.description);
  for (const CompanyFigures& c : all) {
    const Fraction coefficient = c.brand_demand_coefficient();
    to.Row().Text(cube.data().CompanyName(c.company)).Uint64(c.marketing).Uint64(c.sales).Uint64(c.both);
    to.Ratio(c.both, c.sales).Ratio(c.marketing, c.sales).Uint64(c.brand).Uint64(c.demand).Uint64(c.brand_demand);
    to.Ratio(coefficient.part, coefficient.whole);
    if (!c.coverage().defined()) {
      to.Null().Null();
      continue;
    }
    const auto below = std::lower_bound(ranked.begin(), ranked.end(), c.coverage(), Less) - ranked.begin();
    const auto place = std::lower_bound(distinct.begin(), distinct.end(), c.coverage(), Less);
    to.Int64(distinct.end() - place).Ratio(static_cast<uint64_t>(below), uint64_t{ranked.size()});
  }
  return std::move(to).Finish();
}

}  // namespace

Metric CompaniesMetric() {
  return {
      {"companies", "Each company's share of sales people whom marketing reached, and its place among the companies"},
      MakeFolds<Cube>,
      Finish,
      {{"company"}, {}}};
}

}  // namespace vesica
