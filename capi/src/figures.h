#ifndef VESICA_CAPI_SRC_FIGURES_H_
#define VESICA_CAPI_SRC_FIGURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "vesica.h"
#include "vesica/identity.h"
#include "vesica/overlap.h"

// C++ figures as the structs of vesica.h, and back.
namespace vesica::capi {

vesica_estimate ToEstimate(const Estimate& from);
vesica_overlap ToOverlap(const Overlap& from);
Overlap FromOverlap(const vesica_overlap& from);
vesica_quality ToQuality(const Quality& from, bool derived, uint64_t count);
vesica_answer_info ToAnswerInfo(Method method, size_t set_count, double expected_false_matches,
                                const std::vector<Overlap>& pairs);

// Reason `index` of those that have rows; InvalidArgument past the last.
absl::StatusOr<vesica_invalid> ToInvalid(const Quality& from, bool derived, uint32_t index);

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_FIGURES_H_
