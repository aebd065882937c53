#include "alignment/intervals.h"

#include <algorithm>
#include <cmath>

#include "vesica/table.h"

namespace vesica {
namespace {

// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t operator()() {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  // Below `bound`; its bias is below bound / 2^64.
  uint64_t Below(uint64_t bound) {
    return static_cast<uint64_t>(static_cast<unsigned __int128>((*this)()) * bound >> 64);
  }

 private:
  uint64_t state_;
};

struct Cells {
  double successes, trials;
};
Cells CellsOf(const Trials& of, bool corrected) {
  const double more = corrected ? 0.5 : 0;
  return {static_cast<double>(of.successes) + more, static_cast<double>(of.trials) + 2 * more};
}

double LogVariance(const Cells& cells) { return 1 / cells.successes - 1 / cells.trials; }

Estimate FromLog(double log_ratio, double variance) {
  const double half = kZ95 * std::sqrt(variance);
  return NineDigits(Estimate{std::exp(log_ratio), std::exp(log_ratio - half), std::exp(log_ratio + half)});
}

}  // namespace

Estimate WilsonShare(const Trials& of) {
  if (of.trials == 0) return Estimate::Undefined();
  const double n = static_cast<double>(of.trials);
  const double p = static_cast<double>(of.successes) / n;
  const double z2 = kZ95 * kZ95;
  const double center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  // At the ends the bound is the share itself; rounding would put it beside.
  return {p, of.successes == 0 ? 0 : center - half, of.successes == of.trials ? 1 : center + half};
}

Estimate NewcombeDifference(const Trials& a, const Trials& b) {
  if (a.trials == 0 || b.trials == 0) return Estimate::Undefined();
  const Estimate p = WilsonShare(a), q = WilsonShare(b);
  const double difference = p.value - q.value;
  const double below = std::hypot(p.value - p.lower, q.upper - q.value);
  const double above = std::hypot(p.upper - p.value, q.value - q.lower);
  const Estimate bounds = NineDigits(Estimate{difference, difference - below, difference + above});
  return {difference, bounds.lower, bounds.upper};
}

Estimate KatzRatio(const Trials& a, const Trials& b, bool* corrected) {
  *corrected = false;
  if (a.trials == 0 || b.trials == 0) return Estimate::Undefined();
  *corrected = a.successes == 0 || b.successes == 0;
  const Cells p = CellsOf(a, *corrected), q = CellsOf(b, *corrected);
  return FromLog(std::log(p.successes / p.trials / (q.successes / q.trials)), LogVariance(p) + LogVariance(q));
}

Estimate RatioOfRatios(const Trials& a, const Trials& b, const Trials& c, const Trials& d, bool* corrected) {
  *corrected = false;
  if (a.trials == 0 || b.trials == 0 || c.trials == 0 || d.trials == 0) return Estimate::Undefined();
  *corrected = a.successes == 0 || b.successes == 0 || c.successes == 0 || d.successes == 0;
  double log_ratio = 0, variance = 0;
  const Trials* const all[] = {&a, &b, &c, &d};
  const double signs[] = {1, -1, -1, 1};
  for (int i = 0; i < 4; ++i) {
    const Cells cells = CellsOf(*all[i], *corrected);
    log_ratio += signs[i] * std::log(cells.successes / cells.trials);
    variance += LogVariance(cells);
  }
  return FromLog(log_ratio, variance);
}

Estimate MantelHaenszelRatio(std::span<const Stratum> strata) {
  double a_weight = 0, b_weight = 0, numerator = 0;
  for (const Stratum& stratum : strata) {
    const double x = static_cast<double>(stratum.a.successes), n = static_cast<double>(stratum.a.trials);
    const double y = static_cast<double>(stratum.b.successes), m = static_cast<double>(stratum.b.trials);
    if (n == 0 || m == 0) continue;
    const double all = n + m;
    a_weight += x * m / all;
    b_weight += y * n / all;
    numerator += (n * m * (x + y) - x * y * all) / (all * all);
  }
  if (a_weight == 0 || b_weight == 0) return Estimate::Undefined();
  return FromLog(std::log(a_weight / b_weight), numerator / (a_weight * b_weight));
}

double Quantile(std::span<const double> sorted, double probability) {
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<size_t>(at);
  const size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

Estimate BootstrapMean(std::span<const double> values, uint32_t resamples, uint64_t seed) {
  if (values.empty()) return Estimate::Undefined();
  const double size = static_cast<double>(values.size());
  double sum = 0;
  for (double value : values) sum += value;
  Random random(seed);
  std::vector<double> means(resamples);
  for (double& mean : means) {
    double resampled = 0;
    for (size_t i = 0; i < values.size(); ++i) resampled += values[random.Below(values.size())];
    mean = resampled / size;
  }
  std::sort(means.begin(), means.end());
  return {sum / size, Quantile(means, 0.025), Quantile(means, 0.975)};
}

}  // namespace vesica
