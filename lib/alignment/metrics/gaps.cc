#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/intervals.h"
#include "alignment/metrics/combinations.h"
#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"
#include "base/error.h"

namespace vesica {
namespace {

struct Counts {
  uint64_t sales = 0, missed = 0, marketing = 0;
  static Counts Of(const Cube::Cell& cell) {
    const bool in_sales = (cell.circles & kSales) != 0, in_marketing = (cell.circles & kMarketing) != 0;
    return {in_sales * cell.people, (in_sales && !in_marketing) * cell.people, in_marketing * cell.people};
  }
  void operator+=(const Counts& other) {
    sales += other.sales;
    missed += other.missed;
    marketing += other.marketing;
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

// The people of a company, by segment as the cube numbers them. Who neither team reaches is in no gap.
struct Company {
  std::optional<uint32_t> company;  // nothing: all of them
  std::vector<std::pair<uint32_t, Counts>> segments;
  Counts all;
  std::vector<Gap> gaps;
};

// All companies together, and each of them if the study names any: most people share a segment with others, so that
// combinations are counted for segments, not for the cube's cells.
std::vector<Company> CompaniesOf(const Cube& cube) {
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, Counts> by_segment;
  cube.ForEach([&](const Cube::Cell& cell) {
    if ((cell.circles & (kSales | kMarketing)) != 0) by_segment[{cell.company, cell.segment}] += Counts::Of(cell);
  });
  absl::flat_hash_map<uint32_t, Counts> of_all;
  std::map<uint32_t, Company> companies;
  for (const auto& [key, counts] : by_segment) {
    of_all[key.second] += counts;
    if (!cube.data().has_companies()) continue;
    Company& company = companies[key.first];
    company.company = key.first;
    company.segments.emplace_back(key.second, counts);
  }
  std::vector<Company> all(1);
  all.front().segments.assign(of_all.begin(), of_all.end());
  for (auto& [number, company] : companies) all.push_back(std::move(company));
  return all;
}

void FindGaps(const Cube& cube, Company* company) {
  Segments segments;
  for (const auto& [segment, counts] : company->segments) {
    company->all += counts;
    ForEachCombination((*cube.scope().segments)[segment], kMostCombined,
                       [&, &of_segment = counts](const Combination& one) { segments[one] += of_segment; });
  }
  company->gaps = GapsOf(segments, cube.data().options.min_support);
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const StudyData& data = cube.data();
  std::vector<Company> companies = CompaniesOf(cube);
  ContextState& context = *cube.scope().context;
  VESICA_RETURN_IF_ERROR(context.ParallelFor(companies.size(), context.progress(), [&](uint32_t, uint64_t i) {
    FindGaps(cube, &companies[i]);
    return absl::OkStatus();
  }));

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
  for (const Company& company : companies) {
    int64_t rank = 0;
    uint64_t last = 0;
    for (const Gap& gap : company.gaps) {
      if (rank == 0 || gap.counts.missed != last) ++rank;
      last = gap.counts.missed;
      const Counts &c = gap.counts, &all = company.all;
      to.Row().Text(data.CompanyName(company.company.value_or(kNoId)));
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
