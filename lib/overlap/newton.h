// Maximum of a smooth function of a few positive parameters: Newton's method in log-odds, damped, with bounds.
#ifndef VESICA_LIB_OVERLAP_NEWTON_H_
#define VESICA_LIB_OVERLAP_NEWTON_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace vesica {

template <int N>
using Vector = std::array<double, N>;
template <int N>
using SquareMatrix = std::array<std::array<double, N>, N>;

// A function's value with its first and second derivatives.
template <int N>
struct Derivatives {
  double value = 0;
  Vector<N> gradient{};
  SquareMatrix<N> hessian{};
};

// Where a parameter may lie: 0 < low <= high.
//
// Newton steps are taken in phi = log(p / (low + high - p)), which is log p for all p far below `high`, and which
// spreads the neighbourhood of either bound evenly.
struct Range {
  double low = 0;
  double high = 0;

  double limit() const { return low + high; }
  double Clamp(double p) const { return std::clamp(p, low, high); }
  bool AtLow(double p) const { return p <= low * (1 + 1e-6); }
  bool AtHigh(double p) const { return limit() - p <= low * (1 + 1e-6) || p >= high; }
  bool Inside(double p) const { return !AtLow(p) && !AtHigh(p); }

  // dp / dphi, and d2p / dphi2.
  double Slope(double p) const { return p * (1 - p / limit()); }
  double Curvature(double p) const { return Slope(p) * (1 - 2 * p / limit()); }
  double Moved(double p, double phi_step) const {
    return Clamp(p * std::exp(phi_step) / (1 + p / limit() * std::expm1(phi_step)));
  }
};

// Solves m x = y, of the first n rows and columns of a symmetric m, by Cholesky's decomposition. False, and x is
// unspecified, unless m is positive definite.
template <int N>
bool SolvePositive(const SquareMatrix<N>& m, const Vector<N>& y, int n, Vector<N>* x) {
  SquareMatrix<N> lower{};
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) {
      double sum = m[i][j];
      for (int k = 0; k < j; ++k) sum -= lower[i][k] * lower[j][k];
      if (i != j) {
        lower[i][j] = sum / lower[j][j];
      } else if (sum > 0 && std::isfinite(sum)) {
        lower[i][i] = std::sqrt(sum);
      } else {
        return false;
      }
    }
  }
  for (int i = 0; i < n; ++i) {
    double sum = y[i];
    for (int k = 0; k < i; ++k) sum -= lower[i][k] * (*x)[k];
    (*x)[i] = sum / lower[i][i];
  }
  for (int i = n - 1; i >= 0; --i) {
    double sum = (*x)[i];
    for (int k = i + 1; k < n; ++k) sum -= lower[k][i] * (*x)[k];
    (*x)[i] = sum / lower[i][i];
  }
  return true;
}

// The inverse of -hessian over the parameters in `free` (a mask), zero elsewhere. False, and the inverse is
// unspecified, unless that part of -hessian is positive definite.
template <int N>
bool InvertInformation(const SquareMatrix<N>& hessian, uint32_t free, SquareMatrix<N>* inverse) {
  std::array<int, N> index{};
  int n = 0;
  for (int i = 0; i < N; ++i) {
    if (free >> i & 1) index[n++] = i;
  }
  // Scaled to a unit diagonal first: parameters may differ by many orders of magnitude.
  SquareMatrix<N> scaled{};
  Vector<N> scale{};
  for (int i = 0; i < n; ++i) {
    const double information = -hessian[index[i]][index[i]];
    if (!(information > 0) || !std::isfinite(information)) return false;
    scale[i] = 1 / std::sqrt(information);
  }
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) scaled[i][j] = -hessian[index[i]][index[j]] * scale[i] * scale[j];
  }
  *inverse = {};
  for (int column = 0; column < n; ++column) {
    Vector<N> unit{}, solution{};
    unit[column] = 1;
    if (!SolvePositive<N>(scaled, unit, n, &solution)) return false;
    for (int row = 0; row < n; ++row) {
      (*inverse)[index[row]][index[column]] = solution[row] * scale[row] * scale[column];
    }
  }
  return true;
}

template <int N>
struct Maximum {
  Vector<N> at{};
  Derivatives<N> derivatives;  // there
};

namespace newton_internal {

// One step in phi over the parameters that may move; returns the size of its largest part before any shortening.
template <int N>
double Step(const Vector<N>& at, const Derivatives<N>& here, const std::array<Range, N>& ranges,
            const std::array<int, N>& moving, int n, Vector<N>* step) {
  constexpr double kLongest = 2;  // a factor of e^2
  SquareMatrix<N> m{};
  Vector<N> gradient{}, slope{};
  double largest_diagonal = 0;
  for (int i = 0; i < n; ++i) {
    slope[i] = ranges[moving[i]].Slope(at[moving[i]]);
    gradient[i] = slope[i] * here.gradient[moving[i]];
  }
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) m[i][j] = -slope[i] * slope[j] * here.hessian[moving[i]][moving[j]];
    m[i][i] -= ranges[moving[i]].Curvature(at[moving[i]]) * here.gradient[moving[i]];
    largest_diagonal = std::max(largest_diagonal, std::abs(m[i][i]));
  }
  // Where the function is not concave, its curvature is raised until a step leads upwards (Levenberg, Marquardt).
  bool solved = SolvePositive<N>(m, gradient, n, step);
  double damping = 1e-3;
  for (int attempt = 0; !solved && attempt < 40; ++attempt, damping *= 4) {
    SquareMatrix<N> damped = m;
    for (int i = 0; i < n; ++i) damped[i][i] += damping * (std::abs(m[i][i]) + 1e-6 * largest_diagonal);
    solved = SolvePositive<N>(damped, gradient, n, step);
  }
  if (!solved) return 0;
  double longest = 0;
  for (int i = 0; i < n; ++i) longest = std::max(longest, std::abs((*step)[i]));
  if (!std::isfinite(longest)) return 0;
  if (longest > kLongest) {
    for (int i = 0; i < n; ++i) (*step)[i] *= kLongest / longest;
  }
  return longest;
}

}  // namespace newton_internal

// A local maximum of `function` over the parameters in `free` (a mask) within their ranges, from `start`; the others
// stay where they are. A parameter at a bound with a gradient that points outward is let go of. `function(at, out)`
// fills *out with a Derivatives<N>; it must be finite wherever all parameters are in range. Always returns, after at
// most 100 steps; never lower than it started. Allocates nothing.
template <int N, typename Function>
Maximum<N> Maximize(const Function& function, const Vector<N>& start, const std::array<Range, N>& ranges,
                    uint32_t free) {
  constexpr int kMaxSteps = 100, kMaxHalvings = 30;
  Maximum<N> best{start, {}};
  for (int i = 0; i < N; ++i) {
    if (free >> i & 1) best.at[i] = ranges[i].Clamp(start[i]);
  }
  function(best.at, &best.derivatives);
  for (int iteration = 0; iteration < kMaxSteps; ++iteration) {
    std::array<int, N> moving{};
    int n = 0;
    for (int i = 0; i < N; ++i) {
      const double gradient = best.derivatives.gradient[i];
      const bool outward =
          (ranges[i].AtLow(best.at[i]) && gradient < 0) || (ranges[i].AtHigh(best.at[i]) && gradient > 0);
      if ((free >> i & 1) && !outward) moving[n++] = i;
    }
    Vector<N> step{};
    const double longest = newton_internal::Step<N>(best.at, best.derivatives, ranges, moving, n, &step);
    if (n == 0 || longest == 0) break;
    Maximum<N> next = best;
    bool better = false;
    double scale = 1;
    for (int halving = 0; !better && halving < kMaxHalvings; ++halving, scale *= 0.3) {
      for (int i = 0; i < n; ++i) next.at[moving[i]] = ranges[moving[i]].Moved(best.at[moving[i]], scale * step[i]);
      function(next.at, &next.derivatives);
      better = next.derivatives.value >= best.derivatives.value - 1e-13 * std::abs(best.derivatives.value);
    }
    if (!better) break;
    best = next;
    if (longest < 1e-9) break;
  }
  return best;
}

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_NEWTON_H_
