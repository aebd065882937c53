#include "overlap/count_estimate.h"

#include <algorithm>
#include <cmath>

#include "overlap/newton.h"
#include "overlap/pair_fit.h"

namespace vesica {
namespace {

// The log likelihood of a set's size, whose keys fall into a cell of width d as Poisson(size * d).
void Evaluate(const CountCells& cells, double size, Derivatives<1>* out) {
  *out = {};
  out->value = -size * cells.empty;
  out->gradient[0] = -cells.empty;
  for (uint32_t i = 0; i < kCellWidths; ++i) {
    const double occupied = cells.occupied[i];
    if (occupied == 0) continue;
    const double width = std::ldexp(1.0, -static_cast<int>(i));
    const double hit = -std::expm1(-size * width);
    const double odds = (1 - hit) / hit;
    out->value += occupied * std::log(hit);
    out->gradient[0] += occupied * width * odds;
    out->hessian[0][0] -= occupied * width * width * odds * (1 + odds);
  }
}

CountCells OneSide(const PairCells& cells, const PairCells::Set& set, double empty, double PairCells::Counts::*only,
                   double PairCells::Counts::*alone) {
  CountCells out;
  for (uint32_t i = 0; i < kCellWidths; ++i) {
    out.occupied[i] = cells.by_width[i].*only + cells.by_width[i].both + cells.by_width[i].*alone;
  }
  out.empty = empty + cells.empty_both;
  out.count = set.count;
  out.rough_count = set.rough_count;
  out.no_keys = set.empty;
  return out;
}

}  // namespace

CountCells CountCellsOfA(const PairCells& cells) {
  return OneSide(cells, cells.a, cells.empty_a, &PairCells::Counts::only_a, &PairCells::Counts::alone_a);
}

CountCells CountCellsOfB(const PairCells& cells) {
  return OneSide(cells, cells.b, cells.empty_b, &PairCells::Counts::only_b, &PairCells::Counts::alone_b);
}

Estimate EstimateCount(const CountCells& cells) {
  if (cells.count.has_value()) return Estimate::Exact(*cells.count);
  if (cells.no_keys) return Estimate::Exact(0);
  double occupied = 0;
  for (const double of_width : cells.occupied) occupied += of_width;
  if (occupied == 0) return {0, 0, std::min(kChiSquared95 / 2 / cells.empty, kMostPeople)};
  const double start = std::clamp(cells.rough_count, 1e-6, kMostPeople);
  const auto fit = Maximize<1>([&](const Vector<1>& at, Derivatives<1>* out) { Evaluate(cells, at[0], out); }, {start},
                               {Range{1e-9 * start, kMostPeople}}, 1);
  const double size = fit.at[0];
  // The likelihood lets the size vary as Poisson, which is taken off: docs/estimation.md.
  const double raw_variance = -1 / fit.derivatives.hessian[0][0];
  const double relative = raw_variance > 0 && std::isfinite(raw_variance)
                              ? std::sqrt(std::max(raw_variance - size, 1e-8 * raw_variance)) / size
                              : 1;
  const double factor = std::exp(std::min(kNormal95 * relative, 40.0));
  return {size, std::min(size, std::max(size / factor, occupied)), std::min(size * factor, kMostPeople)};
}

Estimate EstimateCount(const MinHash& sample) { return EstimateCount(CountCellsOfA(JoinMinHash(sample, sample))); }

Estimate EstimateCount(const HyperLogLog& sample) {
  return EstimateCount(CountCellsOfA(JoinHyperLogLog(sample, sample)));
}

}  // namespace vesica
