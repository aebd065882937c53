#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include "alignment/intervals.h"
#include "alignment/metrics/company_figures.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

struct Compared {
  const char* name;
  Fraction (CompanyFigures::*of)() const;
};
constexpr Compared kCompared[] = {{"coverage", &CompanyFigures::coverage},
                                  {"size_ratio", &CompanyFigures::size_ratio},
                                  {"brand_demand_coefficient", &CompanyFigures::brand_demand_coefficient}};

// Null with fewer than two.
std::optional<double> SampleDeviation(std::span<const double> values, double mean) {
  if (values.size() < 2) return std::nullopt;
  double squares = 0;
  for (double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

void AppendFigures(const std::vector<CompanyFigures>& companies, const Compared& compared, const StudyOptions& options,
                   TableBuilder* to) {
  std::vector<double> values;
  CompanyFigures pooled;
  for (const CompanyFigures& company : companies) {
    pooled += company;
    const Fraction figure = (company.*compared.of)();
    if (figure.defined()) values.push_back(figure.value());
  }
  std::sort(values.begin(), values.end());
  const Estimate mean = BootstrapMean(values, options.resamples, options.seed);
  to->Text(compared.name).Uint64(uint64_t{values.size()}).Uint64(uint64_t{companies.size() - values.size()});
  to->Interval(mean).Double(SampleDeviation(values, mean.value));
  for (double probability : {0.1, 0.25, 0.5, 0.75, 0.9}) {
    values.empty() ? to->Null() : to->Double(Quantile(values, probability));
  }
  const Fraction all = (pooled.*compared.of)();
  to->Ratio(all.part, all.whole);
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& cube = static_cast<const Cube&>(fold);
  const StudyData& data = cube.data();
  // Attribute (0: none, all companies; else rank + 1), value.
  std::map<std::tuple<uint64_t, uint32_t>, std::vector<CompanyFigures>> groups;
  for (const CompanyFigures& company : FiguresOfCompanies(cube)) {
    groups[{0, kNoId}].push_back(company);
    for (uint32_t attribute = 0; attribute < data.attributes.size(); ++attribute) {
      const uint32_t of = company.company == kNoId ? 0 : company.company;
      groups[{uint64_t{attribute} + 1, data.AttributeOf(attribute, of)}].push_back(company);
    }
  }
  TableBuilder to("benchmark",
                  {{"group", ColumnType::kText},
                   {"value", ColumnType::kText},
                   {"metric", ColumnType::kText},
                   {"companies", ColumnType::kUint64},
                   {"undefined", ColumnType::kUint64},
                   {"mean", ColumnType::kDouble, kWithInterval},
                   {"sd", ColumnType::kDouble},
                   {"p10", ColumnType::kDouble},
                   {"p25", ColumnType::kDouble},
                   {"median", ColumnType::kDouble},
                   {"p75", ColumnType::kDouble},
                   {"p90", ColumnType::kDouble},
                   {"pooled", ColumnType::kDouble}},
                  BenchmarkMetric().table.description);
  for (const auto& [key, companies] : groups) {
    const auto& [attribute, value] = key;
    for (const Compared& compared : kCompared) {
      to.Row().Text(attribute == 0 ? "all" : data.attributes[static_cast<uint32_t>(attribute - 1)]);
      value == kNoId ? to.Null() : to.Text(data.attribute_values[value]);
      AppendFigures(companies, compared, data.options, &to);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric BenchmarkMetric() {
  return {{"benchmark", "How the figures of companies are spread, in all and by the companies' own attributes"},
          MakeFolds<Cube>,
          Finish,
          {{"group", "value", "metric"}, {{"value"}}}};
}

}  // namespace vesica
