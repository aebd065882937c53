#include <utility>

#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

constexpr std::pair<const char*, uint8_t> kTeams[] = {
    {"brand", kBrand}, {"demand", kDemand}, {"marketing", kMarketing}, {"sales", kSales}};

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  TableBuilder to("market",
                  {{"company", ColumnType::kText},
                   {"team", ColumnType::kText},
                   {"n_reached", ColumnType::kUint64},
                   {"n_market", ColumnType::kUint64},
                   {"n_reached_in_market", ColumnType::kUint64},
                   {"share_of_market_reached", ColumnType::kDouble},
                   {"share_of_reached_in_market", ColumnType::kDouble},
                   {"n_outside", ColumnType::kUint64},
                   {"outside_share", ColumnType::kDouble},
                   {"n_known", ColumnType::kUint64},
                   {"in_market_share", ColumnType::kDouble}},
                  MarketMetric().table.description);
  for (const auto& [company, counts] : cube.ByCompany()) {
    uint64_t known = 0;
    for (uint64_t people : counts) known += people;
    const uint64_t market = CountIn(counts, kMarket);
    for (const auto& [name, team] : kTeams) {
      const uint64_t reached = CountIn(counts, team);
      const uint64_t inside = CountInBoth(counts, team, kMarket);
      to.Row().Text(cube.data().CompanyName(company)).Text(name).Uint64(reached).Uint64(market).Uint64(inside);
      to.Ratio(inside, market).Ratio(inside, reached).Uint64(reached - inside).Ratio(reached - inside, reached);
      to.Uint64(known).Ratio(market, known);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric MarketMetric() {
  return {
      {"market", "How many of the people in the market each team reached, and how many of those it reached are not"},
      MakeFolds<Cube>,
      Finish,
      {{"company", "team"}, {{"company"}}}};
}

}  // namespace vesica
