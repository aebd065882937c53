#include "report/least_squares.h"

#include <cmath>

namespace vesica {
namespace {

// Solves the symmetric positive definite system in place by Cholesky's decomposition; false where it is not definite.
bool Solve(size_t size, std::vector<double>* matrix, std::vector<double>* vector) {
  std::vector<double>&m = *matrix, &v = *vector;
  for (size_t j = 0; j < size; ++j) {
    for (size_t i = j; i < size; ++i) {
      double sum = m[i * size + j];
      for (size_t k = 0; k < j; ++k) sum -= m[i * size + k] * m[j * size + k];
      if (i == j && !(sum > 0)) return false;
      m[i * size + j] = i == j ? std::sqrt(sum) : sum / m[j * size + j];
    }
  }
  for (size_t i = 0; i < size; ++i) {
    for (size_t k = 0; k < i; ++k) v[i] -= m[i * size + k] * v[k];
    v[i] /= m[i * size + i];
  }
  for (size_t i = size; i-- > 0;) {
    for (size_t k = i + 1; k < size; ++k) v[i] -= m[k * size + i] * v[k];
    v[i] /= m[i * size + i];
  }
  return true;
}

struct Normal {
  std::vector<double> matrix, vector;  // of the normal equations
  double sum = 0;                      // of squares

  Normal(const std::vector<double>& residuals, const std::vector<double>& derivatives, size_t parameters)
      : matrix(parameters * parameters), vector(parameters) {
    for (size_t row = 0; row < residuals.size(); ++row) {
      const double* by = &derivatives[row * parameters];
      sum += residuals[row] * residuals[row];
      for (size_t i = 0; i < parameters; ++i) {
        vector[i] -= by[i] * residuals[row];
        for (size_t k = 0; k < parameters; ++k) matrix[i * parameters + k] += by[i] * by[k];
      }
    }
  }
};

}  // namespace

double Minimize(const LeastSquares& problem, double enough, int most_steps) {
  constexpr double kDown = 0.3, kUp = 4, kMostDamping = 1e12, kSlow = 1e-6;
  std::vector<double> residuals, derivatives;
  const auto here = [&] {
    problem.evaluate(&residuals, &derivatives);
    return Normal(residuals, derivatives, problem.parameters);
  };
  Normal normal = here();
  double damping = 1e-3;
  for (int step = 0; step < most_steps && normal.sum > enough && damping < kMostDamping; ++step) {
    std::vector<double> matrix = normal.matrix, by = normal.vector;
    double trace = 0;
    for (size_t i = 0; i < problem.parameters; ++i) trace += matrix[i * problem.parameters + i];
    const double least = trace / static_cast<double>(problem.parameters) * 1e-6 + 1e-300;
    for (size_t i = 0; i < problem.parameters; ++i) {
      double& diagonal = matrix[i * problem.parameters + i];
      diagonal += damping * (diagonal + least);
    }
    if (!Solve(problem.parameters, &matrix, &by)) {
      damping *= kUp;
      continue;
    }
    problem.move(by);
    Normal next = here();
    if (next.sum < normal.sum) {
      const bool slow = next.sum > normal.sum * (1 - kSlow);
      normal = std::move(next);
      damping *= kDown;
      if (slow) break;
    } else {
      problem.undo();
      damping *= kUp;
    }
  }
  return normal.sum;
}

}  // namespace vesica
