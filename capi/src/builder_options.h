#ifndef VESICA_CAPI_SRC_BUILDER_OPTIONS_H_
#define VESICA_CAPI_SRC_BUILDER_OPTIONS_H_

#include "absl/status/statusor.h"
#include "vesica.h"
#include "vesica/audience.h"

namespace vesica::capi {

// `given` may be NULL.
absl::StatusOr<BuilderOptions> ToBuilderOptions(const vesica_builder_options* given);

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_BUILDER_OPTIONS_H_
