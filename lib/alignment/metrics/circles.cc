#include "alignment/metrics/circle_columns.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const auto rows = cube.ByCompany();
  std::vector<ColumnSpec> columns = {{"company", ColumnType::kText}};
  for (ColumnSpec& column : PairColumns()) columns.push_back(std::move(column));
  TableBuilder to("circles", std::move(columns), CirclesMetric().table.description);
  for (const auto& [company, counts] : rows) {
    for (const CirclePair& pair : CirclePairs()) {
      // Pairs of which the study has nobody in one circle are left out, all but the first.
      const CircleCounts& all = rows.front().second;
      const bool empty = CountIn(all, pair.in_a) == 0 || CountIn(all, pair.in_b) == 0;
      if (empty && &pair != &CirclePairs().front()) continue;
      to.Row().Text(cube.data().CompanyName(company));
      AppendPair(pair, CountPair(pair, counts), cube.data().options.target_ratio, &to);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric CirclesMetric() {
  return {{"circles", "Sizes of the circles of each team, and what every two of them share"},
          MakeFolds<Cube>,
          Finish,
          {{"company", "a", "b", "target_ratio"}, {{"company"}}}};
}

}  // namespace vesica
