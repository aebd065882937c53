#include "alignment/sketch_tables.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "alignment/metrics/circle_columns.h"

namespace vesica {
namespace {

constexpr size_t kMarketingSales = 0, kBrandDemand = 1;  // of CirclePairs()

Estimate NotBelowZero(const Estimate& e) {
  return {std::max(0.0, e.value), std::max(0.0, e.lower), std::max(0.0, e.upper)};
}

// x - y of independent errors, or of such as make it surer: Zou and Donner, Construction of confidence limits about
// effect measures, Statistics in Medicine 27 (2008).
Estimate Difference(const Estimate& x, const Estimate& y) {
  const double value = x.value - y.value;
  return NotBelowZero({value, value - std::hypot(x.value - x.lower, y.upper - y.value),
                       value + std::hypot(x.upper - x.value, y.value - y.lower)});
}

// What of b is not in a: of the size of b and the share of it, whose errors are independent, in the same way.
Estimate NotShared(const Estimate& b, const Estimate& share) {
  const double rest = 1 - share.value, value = b.value * rest;
  return NotBelowZero({value, value - std::hypot(rest * (b.value - b.lower), b.value * (share.upper - share.value)),
                       value + std::hypot(rest * (b.upper - b.value), b.value * (share.value - share.lower))});
}

Estimate Scaled(double factor, const Estimate& e) { return {factor * e.value, factor * e.lower, factor * e.upper}; }

// A ratio of several companies: theirs, weighted with what they are of.
Estimate WeightedMean(std::span<const Overlap* const> companies, const Estimate Overlap::*ratio,
                      const std::function<double(const Overlap&)>& weight) {
  double weights = 0;
  Estimate sum = Estimate::Exact(0);
  for (const Overlap* overlap : companies) {
    const double w = weight(*overlap);
    const Estimate& r = overlap->*ratio;
    if (!(w > 0) || std::isnan(r.value)) continue;
    weights += w;
    sum = {sum.value + w * r.value, sum.lower + w * r.lower, sum.upper + w * r.upper};
  }
  return weights == 0 ? Estimate::Undefined() : Scaled(1 / weights, sum);
}

Estimate Sum(std::span<const Overlap* const> companies, const Estimate Overlap::*size) {
  Estimate sum = Estimate::Exact(0);
  for (const Overlap* overlap : companies) {
    const Estimate& e = overlap->*size;
    sum = {sum.value + e.value, sum.lower + e.lower, sum.upper + e.upper};
  }
  return sum;
}

// How an estimate was found, for columns at the end of a table.
std::vector<ColumnSpec> MethodColumns() {
  return {{"method", ColumnType::kText}, {"below_resolution", ColumnType::kBool}};
}
void AppendMethod(const Overlap& overlap, TableBuilder* to) {
  to->Text(MethodText(overlap.method)).Bool(overlap.below_resolution);
}

void AppendOverlap(size_t index, const Overlap& overlap, double target_ratio, TableBuilder* to) {
  const CirclePair& pair = CirclePairs()[index];
  to->Text(pair.a).Text(pair.b);
  for (const Estimate Overlap::*figure :
       {&Overlap::a, &Overlap::b, &Overlap::intersection, &Overlap::union_size, &Overlap::share_of_a,
        &Overlap::share_of_b, &Overlap::overlap_coefficient, &Overlap::jaccard, &Overlap::dice, &Overlap::size_ratio}) {
    to->Interval(NineDigits(overlap.*figure));
  }
  const bool none = !(overlap.b.value > 0);
  if (index == kMarketingSales) {
    const Estimate wanted = Scaled(target_ratio, overlap.b);
    to->Double(target_ratio).Interval(NineDigits(none ? Estimate::Exact(0) : Difference(wanted, overlap.a)));
  } else {
    to->Null().Interval(Estimate::Undefined());
  }
  to->Interval(NineDigits(none ? Estimate::Exact(0) : NotShared(overlap.b, overlap.share_of_b)));
  AppendMethod(overlap, to);
}

std::vector<ColumnSpec> Joined(std::initializer_list<std::vector<ColumnSpec>> lists) {
  std::vector<ColumnSpec> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

absl::StatusOr<Table> Circles(const StudyData& data, std::span<const RowOverlaps> rows) {
  TableBuilder to("circles",
                  Joined({{{"company", ColumnType::kText}}, PairColumns(/*estimated=*/true), MethodColumns()}),
                  "Sizes of the circles of each team, and what every two of them share, estimated from sketches");
  const RowOverlaps* all = nullptr;  // of all companies
  for (const RowOverlaps& row : rows) {
    if (row.key.cut != 0) continue;
    if (all == nullptr) all = &row;
    for (size_t i = 0; i < kCirclePairs; ++i) {
      // Pairs of which the study has nobody in one circle are left out, all but the first.
      if (i != 0 && (all->pairs[i].a.value == 0 || all->pairs[i].b.value == 0)) continue;
      to.Row().Text(data.CompanyName(row.key.company));
      AppendOverlap(i, row.pairs[i], data.options.target_ratio, &to);
    }
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> Segments(const StudyData& data, std::span<const RowOverlaps> rows) {
  const std::vector<ColumnSpec> keys = {{"company", ColumnType::kText},
                                        {"dimension", ColumnType::kText},
                                        {"value", ColumnType::kText},
                                        {"dimension_2", ColumnType::kText},
                                        {"value_2", ColumnType::kText}};
  TableBuilder to("segments", Joined({keys, PairColumns(/*estimated=*/true), MethodColumns()}),
                  "The circles of the people of each segment, estimated from sketches");
  const std::vector<Cut> cuts = CutsOf(data.options);
  const auto append_value = [&](size_t dimension, uint32_t value) {
    to.Text(data.options.by[dimension]);
    value == kNoId ? to.Null() : to.Text(data.dimensions[dimension][value]);
  };
  for (const RowOverlaps& row : rows) {
    if (row.key.cut == 0) continue;
    const Cut& cut = cuts[row.key.cut - 1];
    for (size_t i : {kMarketingSales, kBrandDemand}) {
      to.Row().Text(data.CompanyName(row.key.company));
      append_value(cut.dimension, row.key.value);
      cut.second.has_value() ? append_value(*cut.second, row.key.second) : void(to.Null().Null());
      AppendOverlap(i, row.pairs[i], data.options.target_ratio, &to);
    }
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> Companies(const StudyData& data, std::span<const RowOverlaps> rows) {
  std::vector<ColumnSpec> columns = {{"company", ColumnType::kText}};
  for (const char* size : {"n_marketing", "n_sales", "n_both"}) columns.push_back({size, ColumnType::kUint64, true});
  for (const char* ratio : {"coverage", "size_ratio"}) columns.push_back({ratio, ColumnType::kDouble, true});
  for (const char* size : {"n_brand", "n_demand", "n_brand_demand"}) {
    columns.push_back({size, ColumnType::kUint64, true});
  }
  columns.push_back({"brand_demand_coefficient", ColumnType::kDouble, true});
  columns.push_back({"rank", ColumnType::kInt64});
  columns.push_back({"percentile", ColumnType::kDouble});
  TableBuilder to("companies", Joined({columns, MethodColumns()}),
                  "Each company's share of sales people whom marketing reached, estimated from sketches");
  std::vector<const RowOverlaps*> companies;
  std::vector<double> ranked;
  for (const RowOverlaps& row : rows) {
    if (row.key.cut != 0 || (row.key.company == kNoId && data.has_companies())) continue;
    companies.push_back(&row);
    const double coverage = row.pairs[kMarketingSales].share_of_b.value;
    if (!std::isnan(coverage)) ranked.push_back(coverage);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<double> distinct = ranked;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const RowOverlaps* row : companies) {
    const Overlap &reach = row->pairs[kMarketingSales], &brand = row->pairs[kBrandDemand];
    to.Row().Text(data.CompanyName(row->key.company));
    for (const Estimate& e : {reach.a, reach.b, reach.intersection, reach.share_of_b, reach.size_ratio, brand.a,
                              brand.b, brand.intersection, brand.overlap_coefficient}) {
      to.Interval(NineDigits(e));
    }
    const double coverage = reach.share_of_b.value;
    if (std::isnan(coverage)) {
      to.Null().Null();
    } else {
      const auto below = std::lower_bound(ranked.begin(), ranked.end(), coverage) - ranked.begin();
      const auto place = std::lower_bound(distinct.begin(), distinct.end(), coverage);
      to.Int64(distinct.end() - place).Ratio(static_cast<uint64_t>(below), uint64_t{ranked.size()});
    }
    AppendMethod(reach, &to);
  }
  return std::move(to).Finish();
}

struct SketchTableMaker {
  const char* name;
  absl::StatusOr<Table> (*make)(const StudyData&, std::span<const RowOverlaps>);
};
constexpr SketchTableMaker kTables[] = {{"circles", Circles}, {"segments", Segments}, {"companies", Companies}};

}  // namespace

Overlap Pooled(std::span<const Overlap* const> companies) {
  if (companies.size() == 1) return *companies.front();
  Overlap pooled;
  pooled.a = Sum(companies, &Overlap::a);
  pooled.b = Sum(companies, &Overlap::b);
  pooled.intersection = Sum(companies, &Overlap::intersection);
  pooled.union_size = Sum(companies, &Overlap::union_size);
  const auto a = [](const Overlap& o) { return o.a.value; };
  const auto b = [](const Overlap& o) { return o.b.value; };
  pooled.share_of_a = WeightedMean(companies, &Overlap::share_of_a, a);
  pooled.share_of_b = WeightedMean(companies, &Overlap::share_of_b, b);
  pooled.overlap_coefficient = pooled.a.value < pooled.b.value ? pooled.share_of_a : pooled.share_of_b;
  pooled.jaccard = WeightedMean(companies, &Overlap::jaccard, [](const Overlap& o) { return o.union_size.value; });
  pooled.dice = WeightedMean(companies, &Overlap::dice, [](const Overlap& o) { return o.a.value + o.b.value; });
  if (pooled.b.value > 0) {
    // Companies that have nobody in b have no ratio of their own.
    const double least = pooled.b.lower > 0 ? pooled.b.lower : pooled.b.value;
    pooled.size_ratio = {pooled.a.value / pooled.b.value, pooled.a.lower / pooled.b.upper, pooled.a.upper / least};
  }
  for (const Overlap* overlap : companies) {
    pooled.method = std::max(pooled.method, overlap->method);
  }
  const Estimate& share = pooled.overlap_coefficient;  // of the smaller circle
  pooled.below_resolution = share.lower <= 0 && share.upper >= 0.5 && !IsExact(pooled.method);
  return pooled;
}

bool IsSketchTable(std::string_view name) {
  return std::any_of(std::begin(kTables), std::end(kTables), [&](const auto& table) { return table.name == name; });
}

absl::StatusOr<Table> SketchTable(std::string_view name, const StudyData& data, std::span<const RowOverlaps> rows) {
  const auto* const table =
      std::find_if(std::begin(kTables), std::end(kTables), [&](const auto& one) { return one.name == name; });
  return table->make(data, rows);
}

}  // namespace vesica
