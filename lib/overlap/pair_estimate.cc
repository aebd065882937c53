#include "overlap/pair_estimate.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "overlap/count_estimate.h"
#include "overlap/expected_cells.h"
#include "overlap/pair_fit.h"

namespace vesica {
namespace {

double Dot(const Vector<3>& u, const Vector<3>& v) { return u[0] * v[0] + u[1] * v[1] + u[2] * v[2]; }

// A figure of the three groups: one sum of them over another, or a sum alone.
struct Figure {
  Vector<3> over;
  Vector<3> under{};
  double divisor = 0;  // plus `under` times the sizes
  double most = 1;

  double Of(const Vector<3>& sizes) const { return Dot(over, sizes) / (divisor + Dot(under, sizes)); }
  Vector<3> Gradient(const Vector<3>& sizes) const {
    const double whole = divisor + Dot(under, sizes), value = Of(sizes);
    Vector<3> gradient;
    for (int i = 0; i < 3; ++i) gradient[i] = (over[i] - value * under[i]) / whole;
    return gradient;
  }
};

constexpr Figure kSizeOfA{{1, 0, 1}, {}, 1, kMostPeople};
constexpr Figure kSizeOfB{{0, 1, 1}, {}, 1, kMostPeople};
constexpr Figure kUnion{{1, 1, 1}, {}, 1, kMostPeople};
constexpr Figure kShareOfA{{0, 0, 1}, {1, 0, 1}};
constexpr Figure kShareOfB{{0, 0, 1}, {0, 1, 1}};
constexpr Figure kJaccard{{0, 0, 1}, {1, 1, 1}};
constexpr Figure kDice{{0, 0, 2}, {1, 1, 2}};
constexpr Figure kSizeRatio{{1, 0, 1}, {0, 1, 1}, 0, kMostPeople};

// How far a figure may be off, down and up.
struct Spread {
  double down = 0, up = 0;

  // The change is not a number where the figure is not: then it may be anything.
  void Add(double change) {
    if (!(change > 0)) down += change * change;
    if (!(change < 0)) up += change * change;
  }
  static double Root(double sum) { return std::isnan(sum) ? std::numeric_limits<double>::infinity() : std::sqrt(sum); }
};

// Intervals of figures, given that of the intersection.
class FigureIntervals {
 public:
  FigureIntervals(const PairFit& fit, const Estimate& both) : fit_(fit), both_(both), rest_(fit.covariance()) {
    const double variance = rest_[kBoth][kBoth];
    if (fit.Within(kBoth) && variance > 0) {
      // How the other groups go with the intersection, and what of their errors is left when it is given.
      for (int i = 0; i < 3; ++i) direction_[i] = fit.covariance()[i][kBoth] / variance;
      for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) rest_[i][j] -= variance * direction_[i] * direction_[j];
      }
    } else {
      direction_ = {-1, -1, 1};  // the sets stay as they are
    }
  }

  Estimate Of(const Figure& figure) const {
    const double value = figure.Of(fit_.sizes());
    if (!std::isfinite(value)) return Estimate::Undefined();
    Spread spread;
    spread.Add(ChangeAt(both_.lower, figure, value));
    spread.Add(ChangeAt(both_.upper, figure, value));
    for (PairGroup group : {kOnlyA, kOnlyB}) {
      Vector<3> sizes = fit_.sizes();
      sizes[group] += fit_.Reach(group);
      spread.Add(figure.Of(sizes) - value);
    }
    // On the scale of logarithms, as these are sizes and ratios.
    const double relative = value > 0 ? kNormal95 * RestError(figure) / value : 0;
    spread.Add(value * std::expm1(-relative));
    spread.Add(value * std::expm1(std::min(relative, 40.0)));
    return {std::min(value, figure.most), std::clamp(value - Spread::Root(spread.down), 0.0, figure.most),
            std::min(value + Spread::Root(spread.up), figure.most)};
  }

 private:
  double ChangeAt(double both, const Figure& figure, double value) const {
    Vector<3> sizes = fit_.sizes();
    const double change = both - sizes[kBoth];
    for (int i = 0; i < 3; ++i) sizes[i] = std::max(0.0, sizes[i] + change * direction_[i]);
    sizes[kBoth] = both;
    return figure.Of(sizes) - value;
  }
  double RestError(const Figure& figure) const {
    const Vector<3> gradient = figure.Gradient(fit_.sizes());
    double variance = 0;
    for (int i = 0; i < 3; ++i) variance += gradient[i] * Dot(rest_[i], gradient);
    return std::sqrt(std::max(0.0, variance));
  }

  const PairFit& fit_;
  const Estimate both_;
  Vector<3> direction_;
  SquareMatrix<3> rest_;
};

// With a set that is empty for certain. The other one is all there is.
Overlap WithEmptySet(const PairCells& cells, Method method) {
  Overlap overlap = Overlap::FromCounts(0, 0, 0, method);
  if (cells.a.empty && cells.b.empty) return overlap;
  const bool a_is_empty = cells.a.empty;
  (a_is_empty ? overlap.b : overlap.a) = overlap.union_size =
      EstimateCount(a_is_empty ? CountCellsOfB(cells) : CountCellsOfA(cells));
  (a_is_empty ? overlap.share_of_b : overlap.share_of_a) = Estimate::Exact(0);
  overlap.jaccard = overlap.dice = Estimate::Exact(0);
  if (a_is_empty) overlap.size_ratio = Estimate::Exact(0);
  return overlap;
}

double DesignError(const PairCells& cells, const PairFit& fit) {
  const double both = fit.sizes()[kBoth];
  if (!(both > 0)) return std::numeric_limits<double>::quiet_NaN();
  Vector<3> sizes = fit.sizes();
  for (double& size : sizes) size = std::max(size, 1e-9 * both);
  const double error = std::sqrt(ExpectedVariance(cells.design, sizes, fit.known())) / both;
  return std::isfinite(error) ? error : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Overlap EstimateOverlap(const PairCells& cells, Method method) {
  if (cells.a.empty || cells.b.empty) return WithEmptySet(cells, method);
  const PairFit fit(cells);
  Estimate both{fit.sizes()[kBoth], fit.LowerBoth(), fit.UpperBoth()};
  const FigureIntervals intervals(fit, both);
  Overlap overlap;
  overlap.method = method;
  overlap.a = cells.a.count.has_value() ? Estimate::Exact(*cells.a.count) : intervals.Of(kSizeOfA);
  overlap.b = cells.b.count.has_value() ? Estimate::Exact(*cells.b.count) : intervals.Of(kSizeOfB);
  both.upper = std::clamp(std::min(overlap.a.upper, overlap.b.upper), both.value, both.upper);
  overlap.intersection = both;
  overlap.union_size = intervals.Of(kUnion);
  overlap.share_of_a = intervals.Of(kShareOfA);
  overlap.share_of_b = intervals.Of(kShareOfB);
  overlap.overlap_coefficient = overlap.a.value <= overlap.b.value ? overlap.share_of_a : overlap.share_of_b;
  overlap.jaccard = intervals.Of(kJaccard);
  overlap.dice = intervals.Of(kDice);
  overlap.size_ratio = intervals.Of(kSizeRatio);
  overlap.below_resolution = both.lower == 0 && both.upper >= 0.5 * std::min(overlap.a.value, overlap.b.value);
  overlap.design_error = DesignError(cells, fit);
  return overlap;
}

}  // namespace vesica
