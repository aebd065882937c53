#include "overlap/pair_likelihood.h"

#include <cmath>

namespace vesica {
namespace {

// log(1 - e^{-rate width}), the probability of an occupied cell, `count` times: its value and derivatives in the rate.
struct Occupied {
  double value, slope, curvature;

  Occupied(double count, double width, double hit, double missed) {
    const double odds = missed / hit;
    value = count * std::log(hit);
    slope = count * width * odds;
    curvature = -slope * width * (1 + odds);
  }
  void AddTo(int group, Derivatives<3>* out) const {
    out->value += value;
    out->gradient[group] += slope;
    out->hessian[group][group] += curvature;
  }
  void AddToSum(int group, int other, Derivatives<3>* out) const {
    out->value += value;
    out->gradient[group] += slope;
    out->gradient[other] += slope;
    out->hessian[group][group] += curvature;
    out->hessian[other][other] += curvature;
    out->hessian[group][other] += curvature;
    out->hessian[other][group] += curvature;
  }
};

// The probabilities that a cell holds keys of each group, and that it holds none.
struct CellHits {
  double width;
  Vector<3> hit, missed;

  CellHits(const Vector<3>& sizes, double cell_width) : width(cell_width) {
    for (int group = 0; group < 3; ++group) {
      const double negative = std::expm1(-sizes[group] * width);
      hit[group] = -negative;
      missed[group] = 1 + negative;
    }
  }
  // Of either of two groups, without cancellation.
  double HitEither(int group, int other) const { return hit[group] + missed[group] * hit[other]; }
  double MissedBoth(int group, int other) const { return missed[group] * missed[other]; }
};

// log Q, where Q is the probability that a cell is occupied in both sets: by a common key, or by one of each.
void AddOccupiedInBoth(double count, const CellHits& cell, Derivatives<3>* out) {
  const auto& [a, b, x] = cell.hit;
  const auto& [not_a, not_b, not_x] = cell.missed;
  const double d = cell.width;
  const double q = x + not_x * a * b;
  const Vector<3> slope = {d * not_x * b * not_a / q, d * not_x * a * not_b / q, d * not_x * (not_a + a * not_b) / q};
  const double mixed = d * d * not_x * not_a * not_b / q;  // of only a and only b
  out->value += count * std::log(q);
  for (int i = 0; i < 3; ++i) {
    out->gradient[i] += count * slope[i];
    for (int j = 0; j < 3; ++j) {
      // Deriving by one group multiplies what it has in Q by -d, but for the mixed term.
      const double second = i == j || i == kBoth ? -d * slope[j] : j == kBoth ? -d * slope[i] : mixed;
      out->hessian[i][j] += count * (second - slope[i] * slope[j]);
    }
  }
}

}  // namespace

PairLikelihood::PairLikelihood(const PairCells& cells) {
  empty_[kOnlyA] = cells.empty_a + cells.empty_both;
  empty_[kOnlyB] = cells.empty_b + cells.empty_both;
  empty_[kBoth] = cells.empty_a + cells.empty_b + cells.empty_both;
  for (uint32_t i = 0; i < kCellWidths; ++i) {
    const PairCells::Counts& counts = cells.by_width[i];
    if (counts.only_a == 0 && counts.only_b == 0 && counts.both == 0 && counts.alone_a == 0 && counts.alone_b == 0) {
      continue;
    }
    terms_[term_count_++] = {std::ldexp(1.0, -static_cast<int>(i)), counts};
  }
}

void PairLikelihood::Evaluate(const Vector<3>& sizes, Derivatives<3>* out) const {
  *out = {};
  for (int group = 0; group < 3; ++group) {
    out->value -= sizes[group] * empty_[group];
    out->gradient[group] -= empty_[group];
  }
  for (uint32_t i = 0; i < term_count_; ++i) {
    const PairCells::Counts& counts = terms_[i].counts;
    const CellHits cell(sizes, terms_[i].width);
    if (counts.only_a > 0) {
      Occupied(counts.only_a, cell.width, cell.hit[kOnlyA], cell.missed[kOnlyA]).AddTo(kOnlyA, out);
    }
    if (counts.only_b > 0) {
      Occupied(counts.only_b, cell.width, cell.hit[kOnlyB], cell.missed[kOnlyB]).AddTo(kOnlyB, out);
    }
    if (counts.alone_a > 0) {
      Occupied(counts.alone_a, cell.width, cell.HitEither(kOnlyA, kBoth), cell.MissedBoth(kOnlyA, kBoth))
          .AddToSum(kOnlyA, kBoth, out);
    }
    if (counts.alone_b > 0) {
      Occupied(counts.alone_b, cell.width, cell.HitEither(kOnlyB, kBoth), cell.MissedBoth(kOnlyB, kBoth))
          .AddToSum(kOnlyB, kBoth, out);
    }
    if (counts.both > 0) AddOccupiedInBoth(counts.both, cell, out);
  }
}

}  // namespace vesica
