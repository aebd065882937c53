#include <bit>

#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

constexpr uint8_t kTeams = kBrand | kDemand | kSales;

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  TableBuilder to("funnels",
                  {{"company", ColumnType::kText},
                   {"people", ColumnType::kUint64},
                   {"in_one", ColumnType::kUint64},
                   {"in_two", ColumnType::kUint64},
                   {"in_three", ColumnType::kUint64},
                   {"in_one_share", ColumnType::kDouble},
                   {"in_two_share", ColumnType::kDouble},
                   {"in_three_share", ColumnType::kDouble},
                   {"n_sales", ColumnType::kUint64},
                   {"sales_in_demand", ColumnType::kUint64},
                   {"sales_in_demand_share", ColumnType::kDouble},
                   {"sales_in_brand", ColumnType::kUint64},
                   {"sales_in_brand_share", ColumnType::kDouble},
                   {"sales_in_both", ColumnType::kUint64},
                   {"sales_in_both_share", ColumnType::kDouble},
                   {"n_demand", ColumnType::kUint64},
                   {"demand_in_brand", ColumnType::kUint64},
                   {"demand_in_brand_share", ColumnType::kDouble}},
                  FunnelsMetric().table.description);
  for (const auto& [company, counts] : cube.ByCompany()) {
    uint64_t in[4] = {};  // people in so many of the three
    uint64_t in_all = 0;
    for (size_t circles = 0; circles < kCircleSets; ++circles) {
      const auto teams = static_cast<uint8_t>(circles & kTeams);
      in[std::popcount(teams)] += counts[circles];
    }
    in_all = in[3];
    const uint64_t people = in[1] + in[2] + in[3];
    const uint64_t sales = CountIn(counts, kSales);
    const uint64_t sales_in_demand = CountInBoth(counts, kSales, kDemand);
    const uint64_t sales_in_brand = CountInBoth(counts, kSales, kBrand);
    const uint64_t demand = CountIn(counts, kDemand);
    const uint64_t demand_in_brand = CountInBoth(counts, kDemand, kBrand);
    to.Row().Text(cube.data().CompanyName(company)).Uint64(people).Uint64(in[1]).Uint64(in[2]).Uint64(in[3]);
    to.Ratio(in[1], people).Ratio(in[2], people).Ratio(in[3], people);
    to.Uint64(sales).Uint64(sales_in_demand).Ratio(sales_in_demand, sales);
    to.Uint64(sales_in_brand).Ratio(sales_in_brand, sales).Uint64(in_all).Ratio(in_all, sales);
    to.Uint64(demand).Uint64(demand_in_brand).Ratio(demand_in_brand, demand);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric FunnelsMetric() {
  return {
      {"funnels", "People in one, two or three of the circles of brand, demand and sales, and the chain between them"},
      MakeFolds<Cube>,
      Finish,
      {{"company"}, {{"company"}}}};
}

}  // namespace vesica
