#ifndef VESICA_LIB_OVERLAP_COUNT_ESTIMATE_H_
#define VESICA_LIB_OVERLAP_COUNT_ESTIMATE_H_

#include <array>
#include <optional>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "overlap/pair_cells.h"
#include "vesica/overlap.h"

namespace vesica {

// All that a sample says of the size of its set.
struct CountCells {
  std::array<double, kCellWidths> occupied{};  // [i]: cells 2^-i of hash space wide with a key or more
  double empty = 0;                            // fraction of hash space known to have none
  std::optional<double> count;                 // where it is known exactly
  double rough_count = 0;                      // a starting value
  bool no_keys = false;                        // for certain
};

CountCells CountCellsOfA(const PairCells& cells);
CountCells CountCellsOfB(const PairCells& cells);

// The most likely number of keys with a 95 % interval; a point where it is known. Always finite.
Estimate EstimateCount(const CountCells& cells);
Estimate EstimateCount(const MinHash& sample);
Estimate EstimateCount(const HyperLogLog& sample);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_COUNT_ESTIMATE_H_
