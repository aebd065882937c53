#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

constexpr uint8_t kTeams = kBrand | kDemand | kSales;

// The regions in the order of the table: those of one circle, of two, of three.
constexpr uint8_t kRegions[] = {kBrand, kDemand, kSales, kBrand | kDemand, kBrand | kSales, kDemand | kSales, kTeams};

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  TableBuilder to("regions",
                  {{"company", ColumnType::kText},
                   {"brand", ColumnType::kBool},
                   {"demand", ColumnType::kBool},
                   {"sales", ColumnType::kBool},
                   {"people", ColumnType::kUint64},
                   {"n_union", ColumnType::kUint64},
                   {"share", ColumnType::kDouble}},
                  RegionsMetric().table.description);
  for (const auto& [company, counts] : cube.ByCompany()) {
    const uint64_t all = CountIn(counts, kTeams);
    for (const uint8_t region : kRegions) {
      uint64_t people = 0;
      for (size_t circles = 0; circles < kCircleSets; ++circles) {
        if ((circles & kTeams) == region) people += counts[circles];
      }
      to.Row().Text(cube.data().CompanyName(company));
      to.Bool((region & kBrand) != 0).Bool((region & kDemand) != 0).Bool((region & kSales) != 0);
      to.Uint64(people).Uint64(all).Ratio(people, all);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric RegionsMetric() {
  return {{"regions", "People in each of the seven regions of the circles of brand, demand and sales"},
          MakeFolds<Cube>,
          Finish,
          {{"company", "brand", "demand", "sales"}, {{"company"}, {"brand", "demand", "sales"}}}};
}

}  // namespace vesica
