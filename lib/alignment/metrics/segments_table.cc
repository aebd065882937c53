#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "alignment/cuts.h"
#include "alignment/metrics/circle_columns.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

constexpr size_t kPairs = 2;  // (marketing, sales) and (brand, demand)

// Company (0: all, else rank + 1), cut, values.
using Key = std::tuple<uint64_t, size_t, uint32_t, uint32_t>;
using Counts = std::array<PairCounts, kPairs>;

void Add(const Cube::Cell& cell, Counts* to) {
  for (size_t i = 0; i < kPairs; ++i) {
    const CirclePair& pair = CirclePairs()[i];
    const bool a = (cell.circles & pair.in_a) != 0, b = (cell.circles & pair.in_b) != 0;
    (*to)[i].a += a * cell.people;
    (*to)[i].b += b * cell.people;
    (*to)[i].both += (a && b) * cell.people;
  }
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const StudyData& data = cube.data();
  const std::vector<Cut> cuts = CutsOf(data.options);
  std::map<Key, Counts> segments;
  cube.ForEach([&](const Cube::Cell& cell) {
    const std::span<const uint32_t> values = (*cube.scope().segments)[cell.segment];
    for (size_t i = 0; i < cuts.size(); ++i) {
      const uint32_t value = values[cuts[i].dimension];
      const uint32_t second = cuts[i].second.has_value() ? values[*cuts[i].second] : kNoId;
      Add(cell, &segments[{0, i, value, second}]);
      if (data.has_companies()) Add(cell, &segments[{uint64_t{cell.company} + 1, i, value, second}]);
    }
  });

  std::vector<ColumnSpec> columns = {{"company", ColumnType::kText},
                                     {"dimension", ColumnType::kText},
                                     {"value", ColumnType::kText},
                                     {"dimension_2", ColumnType::kText},
                                     {"value_2", ColumnType::kText}};
  for (ColumnSpec& column : PairColumns()) columns.push_back(std::move(column));
  TableBuilder to("segments", std::move(columns), SegmentsMetric().table.description);
  auto append_value = [&](size_t dimension, uint32_t value) {
    to.Text(data.options.by[dimension]);
    value == kNoId ? to.Null() : to.Text(data.dimensions[dimension][value]);
  };
  for (const auto& [key, counts] : segments) {
    const auto& [company, cut, value, second] = key;
    for (size_t i = 0; i < kPairs; ++i) {
      to.Row().Text(data.CompanyName(company == 0 ? kNoId : static_cast<uint32_t>(company - 1)));
      append_value(cuts[cut].dimension, value);
      cuts[cut].second.has_value() ? append_value(*cuts[cut].second, second) : void(to.Null().Null());
      AppendPair(CirclePairs()[i], counts[i], data.options.target_ratio, &to);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric SegmentsMetric() {
  return {{"segments", "The circles of the people of each segment: of every value of a dimension, or of two"},
          MakeFolds<Cube>,
          Finish,
          {{"company", "dimension", "value", "dimension_2", "value_2", "a", "b", "target_ratio"},
           {{"company"}, {"value"}, {"value_2"}, {"value", "value_2"}}}};
}

}  // namespace vesica
