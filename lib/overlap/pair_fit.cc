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
  const bool informed = FixedSizeCovariance(natural.hessian, sizes_, known_, within_, &covariance_, &raw_both);
  // Where nothing is known of the intersection the sets stay as they are, whatever they share.
  if (!informed) within_ &= ~(1u << kBoth);
  if (!informed && !FixedSizeCovariance(natural.hessian, sizes_, known_, within_, &covariance_, nullptr)) {
    // No information at all: each size may be off by itself.
    covariance_ = {};
    for (int group : {kOnlyA, kOnlyB, kBoth}) covariance_[group][group] = sizes_[group] * sizes_[group];
  } else if (informed && Within(kBoth) && raw_both > 0) {
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
  return ReachFromLow(best_.derivatives.gradient[group], smaller_);
}

double PairFit::EndOfBoth(bool upper) const {
  const auto function = [this](const Vector<3>& at, Derivatives<3>* out) { Evaluate(at, out); };
  const LikelihoodProfile<3, decltype(function)> profile(function, best_, ranges_, FreeGroups(),
                                                         {.parameter = kBoth,
                                                          .target = target_,
                                                          .error = std::sqrt(covariance_[kBoth][kBoth]),
                                                          .scale = smaller_,
                                                          .direction = {-1, -1, 1}});
  return upper ? profile.Upper() : profile.Lower();
}

double PairFit::UpperBoth() const { return std::max(EndOfBoth(true), sizes_[kBoth]); }
double PairFit::LowerBoth() const { return EndOfBoth(false); }

}  // namespace vesica
