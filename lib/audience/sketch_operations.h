#ifndef VESICA_LIB_AUDIENCE_SKETCH_OPERATIONS_H_
#define VESICA_LIB_AUDIENCE_SKETCH_OPERATIONS_H_

#include "absl/status/statusor.h"
#include "vesica/audience.h"

namespace vesica {

// The sketch of the union of two audiences, of which at least one is a sketch. IdentityMismatch, or Unsupported for a
// MinHash and a HyperLogLog.
absl::StatusOr<Audience> UnionOfSketches(const Audience& a, const Audience& b);

// Of audiences that are to be compared: Unsupported if a MinHash and a HyperLogLog are among them.
absl::Status CheckRepresentationsMeet(const Audience& a, const Audience& b);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SKETCH_OPERATIONS_H_
