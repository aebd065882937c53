#ifndef VESICA_SIMULATOR_RANDOM_H_
#define VESICA_SIMULATOR_RANDOM_H_

#include <algorithm>
#include <cstdint>
#include <span>

namespace vesica_simulator {

// Random numbers, the same on every machine and with every compiler and standard library: SplitMix64 (Steele, Lea and
// Flood 2014, "Fast splittable pseudorandom number generators"). Doubles come of 53 bits by one exact multiplication.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // Stream number `stream` of a seed: no two of them overlap in practice.
  static Random Stream(uint64_t seed, uint64_t stream) { return Random(Random(seed).Next() ^ Random(~stream).Next()); }

  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15;
    return Mixed(state_);
  }

  // 0 <= x < bound, by the high half of a product (Lemire 2019): off by less than bound / 2^32.
  uint32_t Below(uint32_t bound) { return static_cast<uint32_t>(((Next() >> 32) * bound) >> 32); }

  // 0 <= x < 1.
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

  bool Chance(double probability) { return Unit() < probability; }

  // Index of the share that is drawn; shares are >= 0 and sum up to 1.
  uint32_t Pick(std::span<const double> shares) {
    double rest = Unit();
    uint32_t i = 0;
    while (i + 1 < shares.size() && rest >= shares[i]) rest -= shares[i++];
    return i;
  }

  // 0 <= x < 2 * median, most often near the median; quartiles at 0.7071 and 1.2929 of it.
  uint32_t Around(uint32_t median) { return Below(median) + Below(median); }

  static uint64_t Mixed(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  }

 private:
  uint64_t state_;
};

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_RANDOM_H_
