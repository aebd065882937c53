#ifndef VESICA_LIB_OVERLAP_AUDIENCE_PAIRS_H_
#define VESICA_LIB_OVERLAP_AUDIENCE_PAIRS_H_

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "base/context_state.h"
#include "vesica/audience.h"
#include "vesica/overlap.h"

namespace vesica {

inline Method ExactMethod(const IdentityStamp& stamp) {
  return stamp.width == HashWidth::k128 ? Method::kExact128 : Method::kExact64;
}

// The overlaps of all pairs of audiences that meet: (0,1), (0,2), ..., (1,2), ... Progress moves to 1.
absl::StatusOr<std::vector<Overlap>> PairsOf(std::span<const Audience* const> audiences, ContextState& context);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_AUDIENCE_PAIRS_H_
