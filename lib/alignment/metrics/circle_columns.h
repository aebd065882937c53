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

// (marketing, sales) first.
std::span<const CirclePair> CirclePairs();

// The columns of a pair: a, b, n_a, ... reach_shortfall.
std::vector<ColumnSpec> PairColumns();

// The cells of these.
void AppendPair(const CirclePair& pair, const CircleCounts& counts, double target_ratio, TableBuilder* to);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_CIRCLE_COLUMNS_H_
