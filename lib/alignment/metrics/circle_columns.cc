#include "alignment/metrics/circle_columns.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vesica {
namespace {

constexpr CirclePair kPairs[] = {
    {"marketing", "sales", kMarketing, kSales},
    {"brand", "demand", kBrand, kDemand},
    {"brand", "sales", kBrand, kSales},
    {"demand", "sales", kDemand, kSales},
    {"target_marketing", "target_sales", kTargetMarketing, kTargetSales},
    {"marketing", "target_sales", kMarketing, kTargetSales},
};

}  // namespace

std::span<const CirclePair> CirclePairs() { return kPairs; }

std::vector<ColumnSpec> PairColumns(bool estimated) {
  return {{"a", ColumnType::kText},
          {"b", ColumnType::kText},
          {"n_a", ColumnType::kUint64, estimated},
          {"n_b", ColumnType::kUint64, estimated},
          {"n_both", ColumnType::kUint64, estimated},
          {"n_union", ColumnType::kUint64, estimated},
          {"share_of_a", ColumnType::kDouble, estimated},
          {"share_of_b", ColumnType::kDouble, estimated},
          {"overlap_coefficient", ColumnType::kDouble, estimated},
          {"jaccard", ColumnType::kDouble, estimated},
          {"dice", ColumnType::kDouble, estimated},
          {"size_ratio", ColumnType::kDouble, estimated},
          {"target_ratio", ColumnType::kDouble},
          {"size_shortfall", ColumnType::kUint64, estimated},
          {"reach_shortfall", ColumnType::kUint64, estimated}};
}

PairCounts CountPair(const CirclePair& pair, const CircleCounts& counts) {
  return {CountIn(counts, pair.in_a), CountIn(counts, pair.in_b), CountInBoth(counts, pair.in_a, pair.in_b)};
}

void AppendPair(const CirclePair& pair, const PairCounts& counts, double target_ratio, TableBuilder* to) {
  const auto [a, b, both] = counts;
  to->Text(pair.a).Text(pair.b).Uint64(a).Uint64(b).Uint64(both).Uint64(a + b - both);
  to->Ratio(both, a).Ratio(both, b).Ratio(both, std::min(a, b)).Ratio(both, a + b - both).Ratio(2 * both, a + b);
  to->Ratio(a, b);
  if (pair.in_a == kMarketing && pair.in_b == kSales) {
    const double missing = std::ceil(target_ratio * static_cast<double>(b)) - static_cast<double>(a);
    to->Double(target_ratio).RoundedUint64(std::max(0.0, missing));
  } else {
    to->Null().Null();
  }
  to->Uint64(b - both);
}

}  // namespace vesica
