#include "overlap/pair_fit.h"

#include <algorithm>
#include <cmath>

namespace vesica {
namespace {

// Adds row and column `from`, times -1, to those of a group that is a known count less `from`.
void Fold(int dependent, Derivatives<3>* out) {
  out->gradient[kBoth] -= out->gradient[dependent];
  for (int i = 0; i < 3; ++i) out->hessian[kBoth][i] -= out->hessian[dependent][i];
  for (int i = 0; i < 3; ++i) out->hessian[i][kBoth] -= out->hessian[i][dependent];
}

// Of a group that is a known count less kBoth: its covariances are those of kBoth with the other sign.
void Unfold(int dependent, SquareMatrix<3>* covariance) {
  for (int i = 0; i < 3; ++i) (*covariance)[dependent][i] = -(*covariance)[kBoth][i];
  for (int i = 0; i < 3; ++i) (*covariance)[i][dependent] = -(*covariance)[i][kBoth];
}

}  // namespace

bool FixedSizeCovariance(const SquareMatrix<3>& hessian, const Vector<3>& sizes, const KnownCounts& known,
                         uint32_t estimated, SquareMatrix<3>* covariance, double* raw_both) {
  Derivatives<3> folded;
  folded.hessian = hessian;
  if (known.a.has_value()) Fold(kOnlyA, &folded);
  if (known.b.has_value()) Fold(kOnlyB, &folded);
  uint32_t free = estimated;
  if (known.a.has_value()) free &= ~(1u << kOnlyA);
  if (known.b.has_value()) free &= ~(1u << kOnlyB);
  if (!InvertInformation<3>(folded.hessian, free, covariance)) return false;
  if (raw_both != nullptr) *raw_both = (*covariance)[kBoth][kBoth];
  // A group of Poisson size has its size as variance; kBoth less, where it and another sum to a known count.
  double precision = 1 / sizes[kBoth];
  if (known.a.has_value()) precision += 1 / std::max(sizes[kOnlyA], sizes[kBoth] * 1e-12);
  if (known.b.has_value()) precision += 1 / std::max(sizes[kOnlyB], sizes[kBoth] * 1e-12);
  for (int group : {kOnlyA, kOnlyB, kBoth}) {
    if ((free >> group & 1) == 0) continue;
    const double poisson = group == kBoth ? 1 / precision : sizes[group];
    // What is left is the sampling error: small where almost everything was sampled, never below 0.
    (*covariance)[group][group] = std::max((*covariance)[group][group] - poisson, 1e-8 * (*covariance)[group][group]);
  }
  if (known.a.has_value()) Unfold(kOnlyA, covariance);
  if (known.b.has_value()) Unfold(kOnlyB, covariance);
  return true;
}

PairFit::PairFit(const PairCells& cells) : likelihood_(cells), known_{cells.a.count, cells.b.count} {
  const double rough_a = std::clamp(known_.a.value_or(cells.a.rough_count), 1e-6, kMostPeople);
  const double rough_b = std::clamp(known_.b.value_or(cells.b.rough_count), 1e-6, kMostPeople);
  smaller_ = std::min(rough_a, rough_b);
  const double start = std::clamp(0.5 * cells.rough_jaccard * (rough_a + rough_b), 0.02 * smaller_, 0.95 * smaller_);
  const double low = 1e-9 * smaller_;
  ranges_.fill({low, kMostPeople});
  // A known set holds the intersection, and so much besides as keeps the likelihood finite.
  const double most = std::min(known_.a.value_or(kMostPeople), known_.b.value_or(kMostPeople));
  ranges_[kBoth].high = std::max(most - low, low);

  best_ = Maximize<3>([this](const Vector<3>& at, Derivatives<3>* out) { Evaluate(at, out); },
                      {rough_a - start, rough_b - start, start}, ranges_, FreeGroups());
  sizes_ = Complete(best_.at);
  smaller_ = std::min(sizes_[kOnlyA], sizes_[kOnlyB]) + sizes_[kBoth];
  for (int group : {kOnlyA, kOnlyB, kBoth}) {
    if (ranges_[kBoth].AtLow(sizes_[group]) || (group == kBoth && ranges_[kBoth].AtHigh(sizes_[group]))) continue;
    within_ |= 1u << group;
  }
  target_ = kNormal95;
  double raw_both = 0;
  Derivatives<3> natural;
  likelihood_.Evaluate(sizes_, &natural);
  if (!FixedSizeCovariance(natural.hessian, sizes_, known_, within_, &covariance_, &raw_both)) {
    // No information: each size may be off by itself.
    covariance_ = {};
    for (int group : {kOnlyA, kOnlyB, kBoth}) covariance_[group][group] = sizes_[group] * sizes_[group];
  } else if (Within(kBoth) && raw_both > 0) {
    target_ *= std::sqrt(std::clamp(covariance_[kBoth][kBoth] / raw_both, 1e-8, 1.0));
  }
  // The bounds stand for none and all.
  if (ranges_[kBoth].AtLow(best_.at[kBoth])) sizes_[kBoth] = 0;
  if (ranges_[kBoth].AtHigh(best_.at[kBoth])) sizes_[kBoth] = most;
  for (int group : {kOnlyA, kOnlyB}) {
    const std::optional<double>& count = group == kOnlyA ? known_.a : known_.b;
    if (count.has_value()) {
      sizes_[group] = std::max(0.0, *count - sizes_[kBoth]);
    } else if (!Within(PairGroup{group})) {
      sizes_[group] = 0;
    }
  }
}

uint32_t PairFit::FreeGroups() const {
  return 1u << kBoth | (known_.a.has_value() ? 0 : 1u << kOnlyA) | (known_.b.has_value() ? 0 : 1u << kOnlyB);
}

Vector<3> PairFit::Complete(Vector<3> parameters) const {
  const double low = ranges_[kBoth].low;
  if (known_.a.has_value()) parameters[kOnlyA] = std::max(*known_.a - parameters[kBoth], low);
  if (known_.b.has_value()) parameters[kOnlyB] = std::max(*known_.b - parameters[kBoth], low);
  return parameters;
}

void PairFit::Evaluate(const Vector<3>& parameters, Derivatives<3>* out) const {
  likelihood_.Evaluate(Complete(parameters), out);
  if (known_.a.has_value()) Fold(kOnlyA, out);
  if (known_.b.has_value()) Fold(kOnlyB, out);
}

double PairFit::Reach(PairGroup group) const {
  if ((FreeGroups() >> group & 1) == 0 || !ranges_[group].AtLow(best_.at[group])) return 0;
  // There the likelihood falls as a straight line, so that its fall of half of kChiSquared95 is a step away.
  const double fall = -best_.derivatives.gradient[group];
  return fall > 0 ? std::min(kChiSquared95 / 2 / fall, smaller_) : smaller_;
}

// The root of twice the fall of the log likelihood from its maximum to its maximum for a given intersection, and how
// that fall changes with the intersection. `parameters` is where to start from, and receives where that maximum is.
double PairFit::RootDeviance(double both, Vector<3>* parameters, double* slope) const {
  (*parameters)[kBoth] = both;
  const Maximum<3> profile = Maximize<3>([this](const Vector<3>& at, Derivatives<3>* out) { Evaluate(at, out); },
                                         *parameters, ranges_, FreeGroups() & ~(1u << kBoth));
  *parameters = profile.at;
  *slope = -profile.derivatives.gradient[kBoth];  // the other groups are at their maximum: the envelope theorem
  return std::sqrt(std::max(0.0, 2 * (best_.derivatives.value - profile.derivatives.value)));
}

// Where the root of the deviance reaches its target, above or below the maximum: it is nearly a straight line there, so
// Newton's method needs few steps; a bracket is kept for when it is not.
double PairFit::FindBoth(double first, bool upwards) const {
  constexpr int kMaxSteps = 60;
  constexpr double kTolerance = 1e-4;  // of the target
  const Range& range = ranges_[kBoth];
  const double best = best_.at[kBoth];
  double inside = best;                               // root of the deviance below the target
  double outside = upwards ? range.high : range.low;  // above it, or the end of the range
  bool bracketed = !upwards;                          // the caller has looked at the low end
  Vector<3> parameters = best_.at;
  double both = std::clamp(first, std::min(inside, outside), std::max(inside, outside));
  for (int group : {kOnlyA, kOnlyB}) {
    parameters[group] = std::max(parameters[group] - (both - best), 0.05 * parameters[group]);
  }
  for (int step = 0; step < kMaxSteps; ++step) {
    double slope = 0;
    const double root = RootDeviance(both, &parameters, &slope);
    if (std::abs(root - target_) <= kTolerance * target_) return both;
    if (root < target_ && both == range.high) return both;
    (root < target_ ? inside : outside) = both;
    bracketed = bracketed || root > target_;
    if (std::abs(outside - inside) <= 1e-12 * std::abs(outside)) return outside;
    double next = both + (target_ - root) * root / slope;
    const bool between = next > std::min(inside, outside) && next < std::max(inside, outside);
    const bool too_far = !bracketed && std::abs(next - best) > 8 * std::abs(both - best);
    if (!between || too_far || root < 0.1 * target_) {
      next = bracketed ? (inside + outside) / 2 : std::min(best + 4 * (both - best), range.high);
    }
    both = next;
  }
  return outside;
}

double PairFit::UpperBoth() const {
  const Range& range = ranges_[kBoth];
  const double both = best_.at[kBoth];
  if (range.AtHigh(both)) return sizes_[kBoth];
  double step = 0;
  if (Within(kBoth) && covariance_[kBoth][kBoth] > 0) {
    step = kNormal95 * std::sqrt(covariance_[kBoth][kBoth]);
  } else {
    const double fall = -best_.derivatives.gradient[kBoth];
    step = fall > 0 ? std::min(kChiSquared95 / 2 / fall, 2 * smaller_) : 0;
  }
  if (!(step > 0)) step = std::max(both, 0.01 * smaller_);
  return FindBoth(both + step, /*upwards=*/true);
}

double PairFit::LowerBoth() const {
  const Range& range = ranges_[kBoth];
  const double both = best_.at[kBoth];
  if (range.AtLow(both)) return 0;
  Vector<3> parameters = best_.at;
  parameters[kOnlyA] += both;
  parameters[kOnlyB] += both;
  double slope = 0;
  if (RootDeviance(range.low, &parameters, &slope) <= target_) return 0;
  const double variance = covariance_[kBoth][kBoth];
  const double step =
      variance > 0 ? kNormal95 * std::sqrt(variance) : kChiSquared95 / 2 / best_.derivatives.gradient[kBoth];
  const double first = both - step;
  return FindBoth(first > 0.3 * both && first < both ? first : 0.3 * both, /*upwards=*/false);
}

}  // namespace vesica
