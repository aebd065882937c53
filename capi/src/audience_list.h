#ifndef VESICA_CAPI_SRC_AUDIENCE_LIST_H_
#define VESICA_CAPI_SRC_AUDIENCE_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica.h"
#include "vesica/audience.h"

namespace vesica::capi {

// The audiences of a call that compares several, with a name for each.
struct AudienceList {
  std::vector<const Audience*> audiences;
  std::vector<std::string> names;
};

// InvalidArgument unless least <= count <= most and none is NULL.
absl::StatusOr<AudienceList> ToAudienceList(const vesica_audience* const* audiences, const char* const* names,
                                            uint32_t count, uint32_t least, uint32_t most);

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_AUDIENCE_LIST_H_
