#ifndef VESICA_LIB_OVERLAP_PAIR_LIKELIHOOD_H_
#define VESICA_LIB_OVERLAP_PAIR_LIKELIHOOD_H_

#include <array>
#include <cstdint>

#include "overlap/newton.h"
#include "overlap/pair_cells.h"

namespace vesica {

// Two sets as three disjoint groups of keys, in the order of every vector and matrix over them.
enum PairGroup : int { kOnlyA = 0, kOnlyB = 1, kBoth = 2 };

// The log likelihood of the sizes of the three groups, given what two samples say of their cells, where the keys of a
// group fall into a cell of width d as Poisson(size * d). One likelihood for every kind of sample, after a pass over
// it: docs/estimation.md; the idea for registers is Ertl's (arXiv:1702.01284, section 4).
class PairLikelihood {
 public:
  explicit PairLikelihood(const PairCells& cells);

  // All sizes must be positive and finite. Costs up to 3 exponentials and 5 logarithms for each width in use.
  void Evaluate(const Vector<3>& sizes, Derivatives<3>* out) const;

 private:
  struct Term {
    double width;
    PairCells::Counts counts;
  };
  Vector<3> empty_;  // width of the cells known to have no key of each group
  std::array<Term, kCellWidths> terms_;
  uint32_t term_count_ = 0;
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_PAIR_LIKELIHOOD_H_
