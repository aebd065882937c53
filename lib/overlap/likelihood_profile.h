// Ends of intervals by profile likelihood.
#ifndef VESICA_LIB_OVERLAP_LIKELIHOOD_PROFILE_H_
#define VESICA_LIB_OVERLAP_LIKELIHOOD_PROFILE_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "overlap/newton.h"

namespace vesica {

// The 95 % quantile of chi-squared with one degree of freedom, and its root.
inline constexpr double kChiSquared95 = 3.841458820694124;
inline constexpr double kNormal95 = 1.959963984540054;

// How far a parameter at its low end may reach at 95 %, at most `most`: there the log likelihood falls as a straight
// line, so that its fall of half of kChiSquared95 is a step away.
inline double ReachFromLow(double gradient, double most) {
  return gradient < 0 ? std::min(kChiSquared95 / 2 / -gradient, most) : most;
}

// The values of one parameter for which the log likelihood, at its maximum over all others, falls by target^2 / 2 from
// its maximum.
template <int N, typename Function>
class LikelihoodProfile {
 public:
  struct Options {
    int parameter = 0;
    double target = kNormal95;
    double error = 0;       // standard error of the parameter; 0 if there is none
    double scale = 1;       // of the parameter, where neither it nor its error tells
    Vector<N> direction{};  // how the others are expected to go with it
  };

  // All references must outlive this. `best` is Maximize(function, ..., ranges, free).
  LikelihoodProfile(const Function& function, const Maximum<N>& best, const std::array<Range, N>& ranges, uint32_t free,
                    const Options& options)
      : function_(function),
        best_(best),
        ranges_(ranges),
        range_(ranges[options.parameter]),
        others_(free & ~(1u << options.parameter)),
        options_(options) {}

  // The end of the parameter's range where the fall is less than wanted up to there.
  double Upper() const {
    if (range_.AtHigh(Best())) return range_.high;
    double step = kNormal95 * options_.error;
    if (range_.AtLow(Best())) step = ReachFromLow(best_.derivatives.gradient[options_.parameter], 2 * options_.scale);
    if (!(step > 0)) step = std::max(Best(), 0.01 * options_.scale);
    return Find(Best() + step, /*upwards=*/true);
  }

  // 0 where the fall is less than wanted down to the low end of the range.
  double Lower() const {
    if (range_.AtLow(Best())) return 0;
    Vector<N> at = Start(range_.low);
    double slope = 0;
    if (RootDeviance(range_.low, &at, &slope) <= options_.target) return 0;
    const double gradient = best_.derivatives.gradient[options_.parameter];  // 0 but at the high end of the range
    const double step = options_.error > 0 ? kNormal95 * options_.error : kChiSquared95 / 2 / gradient;
    const double first = Best() - step;
    return Find(first > 0.3 * Best() && first < Best() ? first : 0.3 * Best(), /*upwards=*/false);
  }

 private:
  double Best() const { return best_.at[options_.parameter]; }

  Vector<N> Start(double value) const {
    Vector<N> at = best_.at;
    for (int i = 0; i < N; ++i) at[i] = std::max(at[i] + (value - Best()) * options_.direction[i], 0.05 * at[i]);
    return at;
  }

  // The root of twice the fall of the log likelihood, and how half its square changes with the parameter's value. `at`
  // is where to start from, and receives where the maximum over the others is.
  double RootDeviance(double value, Vector<N>* at, double* slope) const {
    (*at)[options_.parameter] = value;
    const Maximum<N> profile = Maximize<N>(function_, *at, ranges_, others_);
    *at = profile.at;
    *slope = -profile.derivatives.gradient[options_.parameter];  // the others are at their maximum: envelope theorem
    return std::sqrt(std::max(0.0, 2 * (best_.derivatives.value - profile.derivatives.value)));
  }

  // Where the root of the deviance reaches its target, on one side: it is nearly a straight line there, so Newton's
  // method needs few steps; a bracket is kept for when it is not.
  double Find(double first, bool upwards) const {
    constexpr int kMaxSteps = 60;
    constexpr double kTolerance = 1e-4;  // of the target
    const double target = options_.target;
    double inside = Best();                               // root of the deviance below the target
    double outside = upwards ? range_.high : range_.low;  // above it, or the end of the range
    bool bracketed = !upwards;                            // Lower has looked at the low end
    double value = std::clamp(first, std::min(inside, outside), std::max(inside, outside));
    Vector<N> at = Start(value);
    for (int step = 0; step < kMaxSteps; ++step) {
      double slope = 0;
      const double root = RootDeviance(value, &at, &slope);
      if (std::abs(root - target) <= kTolerance * target) return value;
      if (root < target && value == range_.high) return value;
      (root < target ? inside : outside) = value;
      bracketed = bracketed || root > target;
      if (std::abs(outside - inside) <= 1e-12 * std::abs(outside)) return outside;
      double next = value + (target - root) * root / slope;
      const bool between = next > std::min(inside, outside) && next < std::max(inside, outside);
      const bool too_far = !bracketed && std::abs(next - Best()) > 8 * std::abs(value - Best());
      if (!between || too_far || root < 0.1 * target) {
        next = bracketed ? (inside + outside) / 2 : std::min(Best() + 4 * (value - Best()), range_.high);
      }
      value = next;
    }
    return outside;
  }

  const Function& function_;
  const Maximum<N>& best_;
  const std::array<Range, N>& ranges_;
  const Range range_;
  const uint32_t others_;
  const Options options_;
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_LIKELIHOOD_PROFILE_H_
