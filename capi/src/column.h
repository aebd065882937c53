#ifndef VESICA_CAPI_SRC_COLUMN_H_
#define VESICA_CAPI_SRC_COLUMN_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "vesica.h"
#include "vesica/keys.h"

namespace vesica::capi {

// Views what the caller describes, without copying; Unsupported for a number this library does not know.
absl::StatusOr<KeyEncoding> ToKeyEncoding(uint32_t encoding);
absl::StatusOr<KeyColumn> ToKeyColumn(const vesica_column& column);
absl::StatusOr<std::unique_ptr<KeySource>> ToKeySource(const vesica_source& source);

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_COLUMN_H_
