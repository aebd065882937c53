#ifndef VESICA_LIB_OVERLAP_REGION_ESTIMATE_H_
#define VESICA_LIB_OVERLAP_REGION_ESTIMATE_H_

#include <span>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "overlap/region_cells.h"
#include "vesica/overlap.h"

namespace vesica {

// How many keys are in exactly the sets of each mask, with 95 % intervals by scaled profile likelihood: 2^sets
// estimates of 1..4 sets, [0] is 0. Always finite. Known counts are constraints, met to 1e-4 of the count. Milliseconds
// for three sets, tenths of a second for four.
std::vector<Estimate> EstimateRegions(const RegionCells& cells);
std::vector<Estimate> EstimateRegions(std::span<const MinHash* const> samples);
std::vector<Estimate> EstimateRegions(std::span<const HyperLogLog* const> samples);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_REGION_ESTIMATE_H_
