#ifndef VESICA_LIB_REPORT_LEAST_SQUARES_H_
#define VESICA_LIB_REPORT_LEAST_SQUARES_H_

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace vesica {

// A sum of squares to be made small by steps from where one stands. What stands there is the caller's.
struct LeastSquares {
  size_t parameters = 0;
  // The residuals here, and their derivatives by the parameters: residuals of rows, parameters of columns.
  std::function<void(std::vector<double>* residuals, std::vector<double>* derivatives)> evaluate;
  // Steps away, and back to where the last step was taken from.
  std::function<void(std::span<const double> step)> move;
  std::function<void()> undo;
};

// Levenberg's and Marquardt's damped Gauss-Newton steps (Marquardt 1963) until the sum is below `enough`, no step makes
// it smaller, or `most_steps` were tried. Returns the sum.
double Minimize(const LeastSquares& problem, double enough, int most_steps);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_LEAST_SQUARES_H_
