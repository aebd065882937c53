#ifndef VESICA_LIB_OVERLAP_EXPECTED_CELLS_H_
#define VESICA_LIB_OVERLAP_EXPECTED_CELLS_H_

#include <cstdint>

#include "overlap/newton.h"
#include "overlap/pair_cells.h"
#include "overlap/pair_fit.h"

namespace vesica {

// What two samples of a design are expected to say of sets whose three groups have the given sizes, all positive.
PairCells ExpectedCells(const PairDesign& design, const Vector<3>& sizes);

// The variance of the estimated intersection that the Fisher information of a design promises before there are data,
// by the likelihood's Hessian at the expected cells. Infinite if there is no information.
double ExpectedVariance(const PairDesign& design, const Vector<3>& sizes, const KnownCounts& known);

// The fraction of hash space below the threshold of a MinHash sample that keeps at most `capacity` cells of a set of
// `count` keys, when there are as many as expected.
double ExpectedEnd(double count, double capacity, uint32_t mantissa_bits);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_EXPECTED_CELLS_H_
