#ifndef VESICA_TESTS_MODEL_SIMULATED_SAMPLES_H_
#define VESICA_TESTS_MODEL_SIMULATED_SAMPLES_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"

namespace vesica {

// Samples of sets of random keys without the keys. `region_sizes[m]` keys are in exactly the sets of mask m; there are
// as many sets as bits in the masks.

inline size_t SetsOf(const std::vector<uint64_t>& region_sizes) {
  return static_cast<size_t>(std::countr_zero(region_sizes.size()));
}

inline uint64_t CountOfSet(const std::vector<uint64_t>& region_sizes, size_t set) {
  uint64_t count = 0;
  for (size_t members = 1; members < region_sizes.size(); ++members) {
    if (members >> set & 1) count += region_sizes[members];
  }
  return count;
}

// What a MinHash of `size` keeps of random keys: only the points that can be kept are drawn, so that any set costs the
// same.
inline std::vector<MinHash> SimulateMinHash(const std::vector<uint64_t>& region_sizes, const MinHashSize& size,
                                            std::mt19937_64& rng, bool counted = false) {
  const size_t sets = SetsOf(region_sizes);
  std::vector<double> reach(sets);  // fraction of hash space in which to draw the keys of each set
  for (size_t set = 0; set < sets; ++set) {
    const double count = static_cast<double>(CountOfSet(region_sizes, set));
    reach[set] = std::min(1.0, (1.2 * size.capacity + 6 * std::sqrt(size.capacity) + 50) / std::max(count, 1.0));
  }
  std::vector<std::vector<uint32_t>> cells(sets);
  for (size_t members = 1; members < region_sizes.size(); ++members) {
    double farthest = 0;
    for (size_t set = 0; set < sets; ++set) {
      if (members >> set & 1) farthest = std::max(farthest, reach[set]);
    }
    std::binomial_distribution<int64_t> points(static_cast<int64_t>(region_sizes[members]), farthest);
    for (int64_t left = region_sizes[members] == 0 ? 0 : points(rng); left > 0; --left) {
      const double place = static_cast<double>(rng() >> 11) * 0x1p-53 * farthest;
      const uint32_t cell = CellOf(static_cast<uint64_t>(std::ldexp(place, kPositionBits)), size.mantissa_bits);
      for (size_t set = 0; set < sets; ++set) {
        if ((members >> set & 1) && place < reach[set]) cells[set].push_back(cell);
      }
    }
  }
  std::vector<MinHash> samples;
  for (size_t set = 0; set < sets; ++set) {
    std::vector<uint32_t>& kept = cells[set];
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    uint32_t threshold = EndCell(size.mantissa_bits);
    if (kept.size() > size.capacity) {
      threshold = kept[size.capacity];
      kept.resize(size.capacity);
    }
    samples.emplace_back(size, threshold, std::move(kept),
                         counted ? std::optional(CountOfSet(region_sizes, set)) : std::nullopt);
  }
  return samples;
}

inline std::vector<HyperLogLog> SimulateHyperLogLog(const std::vector<uint64_t>& region_sizes,
                                                    const HyperLogLogShape& shape, std::mt19937_64& rng,
                                                    bool counted = false) {
  const size_t sets = SetsOf(region_sizes);
  std::vector<std::vector<uint8_t>> registers(sets, std::vector<uint8_t>(shape.registers()));
  std::vector<uint8_t> of_region(shape.registers());
  for (size_t members = 1; members < region_sizes.size(); ++members) {
    std::fill(of_region.begin(), of_region.end(), uint8_t{0});
    for (uint64_t key = 0; key < region_sizes[members]; ++key) {
      const uint64_t hash = rng();
      uint8_t& kept = of_region[shape.RegisterOf(hash)];
      kept = std::max(kept, shape.CodeOf(hash));
    }
    for (size_t set = 0; set < sets; ++set) {
      if ((members >> set & 1) == 0) continue;
      for (size_t i = 0; i < of_region.size(); ++i) registers[set][i] = std::max(registers[set][i], of_region[i]);
    }
  }
  std::vector<HyperLogLog> samples;
  for (size_t set = 0; set < sets; ++set) {
    samples.emplace_back(shape, std::move(registers[set]),
                         counted ? std::optional(CountOfSet(region_sizes, set)) : std::nullopt);
  }
  return samples;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_SIMULATED_SAMPLES_H_
