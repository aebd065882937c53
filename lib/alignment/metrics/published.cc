#include <optional>

#include "alignment/metrics/cube.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

struct Published {
  const char* metric;
  const char* group;
  const char* value;  // nullptr: all
  double figure;
  int64_t year;
  const char* source;
  const char* definition;
  const char* caveat;
};

constexpr const char* kMarketingWeek =
    "Marketing Week, \"The 'circles of doom': quantifying the misalignment of B2B marketing and sales\"";
constexpr const char* kRegions = "bbf.digital, rewrite of the circles of doom (https://bbf.digital/?p=24857)";
constexpr const char* kSalesTargets = "Retold since 2018 of the typical B2B organization";
constexpr const char* kRegionCaveat =
    "Region of the company or of the buyer is not said; no weights make the average of the four regions 16 % but all "
    "on "
    "EMEA";

constexpr Published kPublished[] = {
    {"coverage", "all", nullptr, 0.16, 2024, kMarketingWeek,
     "Average alignment: targeting overlap between sales and marketing across about 7,050 B2B organisations",
     "Method not published; only the share of sales people is 100 % where both align ideally; 7,046 and 7,056 "
     "companies "
     "are both told; reached and targeted are both said"},
    {"coverage", "region", "North America", 0.18, 2024, kRegions, "As the average, by region", kRegionCaveat},
    {"coverage", "region", "LATAM", 0.20, 2024, kRegions, "As the average, by region", kRegionCaveat},
    {"coverage", "region", "APAC", 0.20, 2024, kRegions, "As the average, by region", kRegionCaveat},
    {"coverage", "region", "EMEA", 0.16, 2024, kRegions, "As the average, by region", kRegionCaveat},
    {"coverage", "industry", "technology", 0.19, 2024, kRegions, "As the average, the highest of the industries",
     "Industry of the company or of the buyer is not said"},
    {"coverage", "industry", "manufacturing", 0.08, 2024, kRegions, "As the average, the lowest of the industries",
     "Industry of the company or of the buyer is not said"},
    {"brand_demand_overlap", "all", nullptr, 0.05, 2024, kRegions,
     "Average overlap between the audiences targeted by brand and by demand",
     "What the overlap is a share of is not said"},
    {"target_overlap", "all", nullptr, 0.23, 2018, kSalesTargets,
     "Overlap between the target audience of sales and the target audience of marketing",
     "Of target lists, not of people reached; whether mean or median is not said"},
    {"size_ratio", "all", nullptr, 20, 2024, kMarketingWeek,
     "Marketing should reach about 20 people for each that sales speaks to",
     "An assumption, not a measurement: 5 % of buyers are in the market, in a week by one text, in a quarter by "
     "another"},
};

absl::StatusOr<Table> Finish(const Fold&) {
  TableBuilder to("published",
                  {{"metric", ColumnType::kText},
                   {"group", ColumnType::kText},
                   {"value", ColumnType::kText},
                   {"figure", ColumnType::kDouble},
                   {"year", ColumnType::kInt64},
                   {"source", ColumnType::kText},
                   {"definition", ColumnType::kText},
                   {"caveat", ColumnType::kText}},
                  PublishedMetric().table.description);
  for (const Published& row : kPublished) {
    to.Row().Text(row.metric).Text(row.group);
    row.value == nullptr ? to.Null() : to.Text(row.value);
    to.Double(row.figure).Int64(row.year).Text(row.source).Text(row.definition).Text(row.caveat);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric PublishedMetric() {
  return {{"published", "Figures that others published, with where from and what is unclear about each"},
          MakeFolds<Cube>,
          Finish,
          {{"metric", "group", "value", "figure", "year", "source", "definition", "caveat"}, {}}};
}

}  // namespace vesica
