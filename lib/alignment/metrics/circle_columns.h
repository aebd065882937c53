#ifndef VESICA_LIB_ALIGNMENT_METRICS_CIRCLE_COLUMNS_H_
#define VESICA_LIB_ALIGNMENT_METRICS_CIRCLE_COLUMNS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "alignment/metrics/cube.h"
#include "vesica/table.h"

namespace vesica {

// Two circles that a table compares.
struct CirclePair {
  const char* a;
  const char* b;
  uint8_t in_a;  // circles of which any is a
  uint8_t in_b;
};

// (marketing, sales), then (brand, demand), then the others.
std::span<const CirclePair> CirclePairs();

// The columns of a pair: a, b, n_a, ... reach_shortfall; estimated ones have intervals.
std::vector<ColumnSpec> PairColumns(bool estimated = false);

// People of a pair.
struct PairCounts {
  uint64_t a = 0, b = 0, both = 0;
};
PairCounts CountPair(const CirclePair& pair, const CircleCounts& counts);

// The cells of the columns.
void AppendPair(const CirclePair& pair, const PairCounts& counts, double target_ratio, TableBuilder* to);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_CIRCLE_COLUMNS_H_
