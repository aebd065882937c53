#ifndef VESICA_LIB_OVERLAP_PAIR_FIT_H_
#define VESICA_LIB_OVERLAP_PAIR_FIT_H_

#include <array>
#include <cstdint>
#include <optional>

#include "overlap/likelihood_profile.h"
#include "overlap/newton.h"
#include "overlap/pair_likelihood.h"

namespace vesica {

// No more people than there are hashes: what keeps samples that are full to the brim finite.
inline constexpr double kMostPeople = 0x1p64;

// What is known of the sizes of two sets besides their samples.
struct KnownCounts {
  std::optional<double> a, b;
};

// The covariance of estimates of the three groups, with fixed set sizes, from the Hessian of the log likelihood at
// `sizes` and the groups to be estimated (a mask over groups; the others are taken as certain).
//
// The likelihood lets sizes vary as Poisson; what that adds, given the known counts, is taken off again:
// docs/estimation.md. `raw_both`, unless null, receives the variance of kBoth before that.
// False if the Hessian is not negative definite: then there is no covariance.
bool FixedSizeCovariance(const SquareMatrix<3>& hessian, const Vector<3>& sizes, const KnownCounts& known,
                         uint32_t estimated, SquareMatrix<3>* covariance, double* raw_both);

// The most likely sizes of the groups, and what can be said of their errors.
class PairFit {
 public:
  // Neither set may be empty for certain.
  explicit PairFit(const PairCells& cells);

  const Vector<3>& sizes() const { return sizes_; }  // at a bound: exactly 0, or all of a known set
  const KnownCounts& known() const { return known_; }
  const SquareMatrix<3>& covariance() const {
    return covariance_;
  }  // of groups within their bounds; zero for the others
  // Neither at a bound nor, as the intersection may be, unknown.
  bool Within(PairGroup group) const { return within_ >> group & 1; }

  // How far a group whose most likely size is 0 may reach, at 95 %. 0 for others, and for what a known count gives.
  double Reach(PairGroup group) const;

  // 95 % interval of the intersection, by scaled profile likelihood.
  double LowerBoth() const;
  double UpperBoth() const;

 private:
  // The groups that are not given by a known count and others.
  uint32_t FreeGroups() const;
  Vector<3> Complete(Vector<3> parameters) const;
  void Evaluate(const Vector<3>& parameters, Derivatives<3>* out) const;
  double EndOfBoth(bool upper) const;

  PairLikelihood likelihood_;
  KnownCounts known_;
  std::array<Range, 3> ranges_;
  Maximum<3> best_;  // parameters within their ranges
  Vector<3> sizes_{};
  uint32_t within_ = 0;  // groups not at a bound
  SquareMatrix<3> covariance_{};
  double target_ = 0;   // root of the deviance at the ends of the interval
  double smaller_ = 0;  // size of the smaller set
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_PAIR_FIT_H_
