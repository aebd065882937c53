#ifndef VESICA_LIB_OVERLAP_SKETCH_OVERLAP_H_
#define VESICA_LIB_OVERLAP_SKETCH_OVERLAP_H_

#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "vesica/audience.h"
#include "vesica/overlap.h"

namespace vesica {

inline bool IsSketch(const Audience& audience) { return audience.representation() != Representation::kExact; }

// Unsupported, naming the first at fault, where a MinHash and a HyperLogLog are among the audiences.
absl::Status CheckRepresentations(std::span<const Audience* const> audiences);

// The overlap of a sketch with a sketch of its kind or an exact audience, in either order; see OverlapOf.
Overlap OverlapOfSketches(const Audience& a, const Audience& b);

// Fills estimates, pairs and method for audiences that meet, of which at least one is a sketch; Unsupported for more
// than kMaxEstimatedSets.
inline constexpr size_t kMaxEstimatedSets = 4;
absl::Status EstimateRegionsOf(std::span<const Audience* const> audiences, Regions* regions);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_SKETCH_OVERLAP_H_
