#ifndef VESICA_LIB_ALIGNMENT_INTERVALS_H_
#define VESICA_LIB_ALIGNMENT_INTERVALS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "vesica/overlap.h"

namespace vesica {

// 95 % intervals of counts of successes. Undefined where a share has nothing to be of.

inline constexpr double kZ95 = 1.959963984540054;  // the 0.975 quantile of the normal distribution

struct Trials {
  uint64_t successes = 0;
  uint64_t trials = 0;
};

// A share with the score interval of Wilson (1927).
Estimate WilsonShare(const Trials& of);

// share(a) - share(b) with the hybrid score interval of Newcombe (1998, method 10).
Estimate NewcombeDifference(const Trials& a, const Trials& b);

// share(a) / share(b) with the log interval of Katz et al. (1978). Where a or b has no success, 0.5 is added to all
// four cells, and `*corrected` is set.
Estimate KatzRatio(const Trials& a, const Trials& b, bool* corrected);

// The ratio of the ratios (a / b) / (c / d), the interval from the sum of the variances of their logarithms, corrected
// as above where any of the four has no success.
Estimate RatioOfRatios(const Trials& a, const Trials& b, const Trials& c, const Trials& d, bool* corrected);

struct Stratum {
  Trials a, b;
};

// The common ratio of the shares of a and b over strata (Mantel and Haenszel 1959), with the interval of Greenland and
// Robins (1985). Strata in which a or b has no trial say nothing. Undefined without any success in a or in b.
Estimate MantelHaenszelRatio(std::span<const Stratum> strata);

// Quantile of sorted values, type 7 of Hyndman and Fan (1996); they are not empty.
double Quantile(std::span<const double> sorted, double probability);

// The mean of the values with the percentile interval of a bootstrap. The same for the same values in the same order.
Estimate BootstrapMean(std::span<const double> values, uint32_t resamples, uint64_t seed);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_INTERVALS_H_
