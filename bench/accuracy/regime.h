#ifndef VESICA_BENCH_ACCURACY_REGIME_H_
#define VESICA_BENCH_ACCURACY_REGIME_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vesica/keys.h"

namespace vesica {

// How large the sets of a trial are and how they overlap.
struct Regime {
  std::string name;
  std::vector<uint64_t> regions;  // [m]: keys in exactly the sets of mask m, set 0 being bit 0; [0] is 0

  size_t sets() const { return static_cast<size_t>(std::countr_zero(regions.size())); }
  uint64_t in_all() const { return regions.back(); }
  uint64_t CountOfSet(size_t set) const;
};

// The keys of one trial: as many consecutive integers as the regime has keys, region after region, from 2^32 times the
// seed on. Trials of different seeds share no key.
class TrialKeys {
 public:
  TrialKeys(const Regime& regime, uint64_t seed);

  // The keys of a set, a column a region. Valid as long as this.
  std::vector<KeyColumn> ColumnsOf(size_t set) const;

 private:
  std::vector<uint64_t> first_of_region_;  // and the end of the last
  std::vector<int64_t> keys_;
};

}  // namespace vesica

#endif  // VESICA_BENCH_ACCURACY_REGIME_H_
