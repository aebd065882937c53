#ifndef VESICA_LIB_OVERLAP_REGION_LIKELIHOOD_H_
#define VESICA_LIB_OVERLAP_REGION_LIKELIHOOD_H_

#include <vector>

#include "overlap/newton.h"
#include "overlap/region_cells.h"

namespace vesica {

// Sizes of regions: [m] is the number of keys in exactly the sets of mask m; [0] is not used.
using RegionVector = Vector<kSampledMasks>;

// The log likelihood of the sizes of the regions of 1..4 sets: PairLikelihood for more sets.
class RegionLikelihood {
 public:
  explicit RegionLikelihood(const RegionCells& cells);

  // The sizes of all regions of the sets must be positive and finite. Costs up to 2^k - 1 exponentials for each group
  // of cells that is occupied in k sets.
  void Evaluate(const RegionVector& sizes, Derivatives<kSampledMasks>* out) const;

 private:
  struct WidthCount {
    double width, count;
  };
  // All cells with the same knowledge, of any width.
  struct Knowledge {
    uint32_t occupied, empty;
    std::vector<WidthCount> widths;
  };
  void AddOccupied(const Knowledge& knowledge, const RegionVector& sizes, Derivatives<kSampledMasks>* out) const;

  uint32_t regions_;      // 2^sets
  RegionVector empty_{};  // width of the cells known to have no key of each region
  std::vector<Knowledge> knowledge_;
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_REGION_LIKELIHOOD_H_
