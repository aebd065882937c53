#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/metrics/combinations.h"
#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

// People of a tuple of dimensions whom marketing does not reach.
struct Unreached {
  uint64_t known = 0, sales = 0;
};

// A company's people, and what adding segments to marketing does to them.
class Reach {
 public:
  void Add(const Cube::Cell& cell, std::span<const uint32_t> tuple) {
    const bool in_sales = (cell.circles & kSales) != 0, in_marketing = (cell.circles & kMarketing) != 0;
    sales += in_sales * cell.people;
    marketing += in_marketing * cell.people;
    covered += (in_sales && in_marketing) * cell.people;
    others_ += (!in_sales && !in_marketing) * cell.people;
    if (in_marketing) return;
    Unreached& unreached = tuples_[std::vector<uint32_t>(tuple.begin(), tuple.end())];
    unreached.known += cell.people;
    unreached.sales += in_sales * cell.people;
  }

  // The segment that gains most sales people; of several that which adds fewest people, then the first. A combination
  // gains at most what each of its dimensions gains alone, so that only those need to be combined that gain most.
  std::optional<std::pair<Combination, Unreached>> Best(uint64_t min_support) const {
    const absl::flat_hash_map<Combination, Unreached> single = Sum(1, [](const Combination&) { return true; });
    uint64_t most = 0;
    for (const auto& [segment, people] : single) {
      if (Eligible(segment, people, min_support)) most = std::max(most, people.sales);
    }
    if (most == 0) return std::nullopt;
    const auto best = Sum(kMostCombined, [&](const Combination& segment) {
      for (size_t i = 0; i < segment.size(); ++i) {
        const Combination one{{segment.dimensions[i], kNoId, kNoId}, {segment.values[i], kNoId, kNoId}};
        if (single.at(one).sales != most) return false;
      }
      return true;
    });
    std::optional<std::pair<Combination, Unreached>> chosen;
    for (const auto& [segment, people] : best) {
      if (people.sales != most || !Eligible(segment, people, min_support)) continue;
      const bool better = !chosen.has_value() || people.known < chosen->second.known ||
                          (people.known == chosen->second.known && segment < chosen->first);
      if (better) chosen = {segment, people};
    }
    return chosen;
  }

  // What is expected of adding so many people by chance; null where all people that are known are sales' or
  // marketing's.
  std::optional<double> ChanceGain(uint64_t people) const {
    if (others_ == 0) return std::nullopt;
    uint64_t known = 0;
    for (const auto& [tuple, unreached] : tuples_) known += unreached.known;
    return static_cast<double>(people) * static_cast<double>(sales - covered) / static_cast<double>(known);
  }

  void Take(const Combination& segment, const Unreached& people) {
    std::erase_if(tuples_, [&](const auto& entry) {
      for (size_t i = 0; i < segment.size(); ++i) {
        if (entry.first[segment.dimensions[i]] != segment.values[i]) return false;
      }
      return true;
    });
    covered += people.sales;
    marketing += people.known;
  }

  uint64_t sales = 0, marketing = 0, covered = 0;

 private:
  static bool Eligible(const Combination& segment, const Unreached& people, uint64_t min_support) {
    return segment.values[0] != kNoId && people.known >= min_support;
  }

  template <class Wanted>
  absl::flat_hash_map<Combination, Unreached> Sum(size_t most, const Wanted& wanted) const {
    absl::flat_hash_map<Combination, Unreached> sums;
    for (const auto& [tuple, unreached] : tuples_) {
      ForEachCombination(tuple, most, [&, &people = unreached](const Combination& segment) {
        if (!wanted(segment)) return;
        Unreached& sum = sums[segment];
        sum.known += people.known;
        sum.sales += people.sales;
      });
    }
    return sums;
  }

  std::map<std::vector<uint32_t>, Unreached> tuples_;
  uint64_t others_ = 0;
};

void AppendSteps(const StudyData& data, uint32_t company, Reach reach, TableBuilder* to) {
  for (uint32_t step = 1; step <= data.options.reach_steps && reach.covered < reach.sales; ++step) {
    const auto best = reach.Best(data.options.min_support);
    if (!best.has_value()) return;
    const auto& [segment, people] = *best;
    const std::optional<double> chance = reach.ChanceGain(people.known);
    const uint64_t before = reach.covered;
    reach.Take(segment, people);
    to->Row().Text(data.CompanyName(company)).Int64(int64_t{step});
    to->Text(DimensionsText(data, segment)).Text(ValuesText(data, segment));
    to->Uint64(people.known).Uint64(people.sales).Uint64(reach.covered).Uint64(reach.sales);
    to->Ratio(before, reach.sales).Ratio(reach.covered, reach.sales).Uint64(reach.marketing).Double(chance);
  }
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const StudyData& data = cube.data();
  std::map<uint64_t, Reach> companies;  // 0: all, else rank + 1
  cube.ForEach([&](const Cube::Cell& cell) {
    const std::span<const uint32_t> tuple = (*cube.scope().segments)[cell.segment];
    companies[0].Add(cell, tuple);
    if (data.has_companies()) companies[uint64_t{cell.company} + 1].Add(cell, tuple);
  });
  TableBuilder to("reach",
                  {{"company", ColumnType::kText},
                   {"step", ColumnType::kInt64},
                   {"dimensions", ColumnType::kText},
                   {"values", ColumnType::kText},
                   {"people_added", ColumnType::kUint64},
                   {"sales_gained", ColumnType::kUint64},
                   {"n_covered", ColumnType::kUint64},
                   {"n_sales", ColumnType::kUint64},
                   {"coverage_before", ColumnType::kDouble},
                   {"coverage_after", ColumnType::kDouble},
                   {"n_marketing_after", ColumnType::kUint64},
                   {"chance_gain", ColumnType::kDouble}},
                  ReachMetric().table.description);
  for (auto& [number, company] : companies) {
    AppendSteps(data, number == 0 ? kNoId : static_cast<uint32_t>(number - 1), std::move(company), &to);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric ReachMetric() {
  return {
      {"reach", "Which segments marketing would have to add, one after another, to reach most of the people of sales"},
      MakeFolds<Cube>,
      Finish,
      {{"company", "step", "dimensions", "values"}, {{"step", "dimensions", "values"}}}};
}

}  // namespace vesica
