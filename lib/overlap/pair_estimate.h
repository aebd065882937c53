#ifndef VESICA_LIB_OVERLAP_PAIR_ESTIMATE_H_
#define VESICA_LIB_OVERLAP_PAIR_ESTIMATE_H_

#include "overlap/pair_cells.h"
#include "vesica/overlap.h"

namespace vesica {

// Every figure of the overlap of two sampled sets, with 95 % intervals. Known counts are points. Always finite, but
// for ratios with a denominator of 0, which are undefined. About 50 us.
//
// The intersection is the most likely one, with the interval of its scaled profile likelihood. The other figures get
// theirs from its ends and the error that is left when the intersection is given, as root of the sum of squares.
Overlap EstimateOverlap(const PairCells& cells, Method method);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_PAIR_ESTIMATE_H_
