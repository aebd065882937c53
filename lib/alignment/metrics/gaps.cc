#include <algorithm>
#include <map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/intervals.h"
#include "alignment/metrics/combinations.h"
#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

struct Counts {
  uint64_t sales = 0, missed = 0, marketing = 0;
  void Add(const Cube::Cell& cell) {
    const bool in_sales = (cell.circles & kSales) != 0, in_marketing = (cell.circles & kMarketing) != 0;
    sales += in_sales * cell.people;
    missed += (in_sales && !in_marketing) * cell.people;
    marketing += in_marketing * cell.people;
  }
};
using Segments = absl::flat_hash_map<Combination, Counts>;

struct Gap {
  Combination segment;
  Counts counts;
};

// Whether a combination misses surely more than each of the segments it is cut from.
bool StandsOut(const Gap& gap, const Segments& all) {
  const double lower = WilsonShare({gap.counts.missed, gap.counts.sales}).lower;
  for (size_t i = 0; i < gap.segment.size(); ++i) {
    const Counts& parent = all.at(gap.segment.Without(i));
    if (lower <= static_cast<double>(parent.missed) / static_cast<double>(parent.sales)) return false;
  }
  return true;
}

std::vector<Gap> GapsOf(const Segments& all, uint64_t min_support) {
  std::vector<Gap> gaps;
  for (const auto& [segment, counts] : all) {
    if (counts.sales < min_support || counts.sales == 0) continue;
    const Gap gap{segment, counts};
    if (segment.size() == 1 || StandsOut(gap, all)) gaps.push_back(gap);
  }
  std::sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) {
    return a.counts.missed != b.counts.missed ? a.counts.missed > b.counts.missed : a.segment < b.segment;
  });
  return gaps;
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const StudyData& data = cube.data();
  struct Company {
    Segments segments;
    Counts all;
  };
  std::map<uint64_t, Company> companies;  // 0: all, else rank + 1
  cube.ForEach([&](const Cube::Cell& cell) {
    auto add = [&](Company& company) {
      company.all.Add(cell);
      ForEachCombination((*cube.scope().segments)[cell.segment], kMostCombined,
                         [&](const Combination& segment) { company.segments[segment].Add(cell); });
    };
    add(companies[0]);
    if (data.has_companies()) add(companies[uint64_t{cell.company} + 1]);
  });

  TableBuilder to("gaps",
                  {{"company", ColumnType::kText},
                   {"dimensions", ColumnType::kText},
                   {"values", ColumnType::kText},
                   {"n_sales", ColumnType::kUint64},
                   {"n_missed", ColumnType::kUint64},
                   {"missed_share", ColumnType::kDouble},
                   {"sales_all", ColumnType::kUint64},
                   {"marketing_all", ColumnType::kUint64},
                   {"n_marketing", ColumnType::kUint64},
                   {"sales_share", ColumnType::kDouble},
                   {"marketing_share", ColumnType::kDouble},
                   {"index", ColumnType::kDouble},
                   {"rank", ColumnType::kInt64}},
                  GapsMetric().table.description);
  for (const auto& [number, company] : companies) {
    int64_t rank = 0;
    uint64_t last = 0;
    for (const Gap& gap : GapsOf(company.segments, data.options.min_support)) {
      if (rank == 0 || gap.counts.missed != last) ++rank;
      last = gap.counts.missed;
      const Counts &c = gap.counts, &all = company.all;
      to.Row().Text(data.CompanyName(number == 0 ? kNoId : static_cast<uint32_t>(number - 1)));
      to.Text(DimensionsText(data, gap.segment)).Text(ValuesText(data, gap.segment));
      to.Uint64(c.sales).Uint64(c.missed).Ratio(c.missed, c.sales).Uint64(all.sales).Uint64(all.marketing);
      to.Uint64(c.marketing).Ratio(c.sales, all.sales).Ratio(c.marketing, all.marketing);
      if (c.marketing == 0) {
        to.Null();
      } else {
        to.Double(static_cast<double>(c.sales) / static_cast<double>(all.sales) /
                  (static_cast<double>(c.marketing) / static_cast<double>(all.marketing)));
      }
      to.Int64(rank);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric GapsMetric() {
  return {{"gaps", "Segments in which sales is and marketing is not, those that miss most people first"},
          MakeFolds<Cube>,
          Finish,
          {{"company", "dimensions", "values"}, {{"company"}, {"values"}}}};
}

}  // namespace vesica
