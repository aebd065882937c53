#ifndef VESICA_LIB_ARROW_STREAM_ARRAYS_H_
#define VESICA_LIB_ARROW_STREAM_ARRAYS_H_

#include <functional>

#include "absl/status/status.h"
#include "arrow/arrow_abi.h"

namespace vesica {

// A failure of the stream is Io and tells its errno only: the text of a foreign producer may hold keys.
absl::Status StreamFailure(int error);

// Reads a stream to its end, or to the first failure, which it returns: `take` gets each array, valid until it returns.
// The stream stays the caller's to release. Fails with InvalidArgument for a released stream, Corrupt for one without a
// schema.
absl::Status ForEachArray(ArrowArrayStream& stream,
                          const std::function<absl::Status(const ArrowSchema&, const ArrowArray&)>& take);

}  // namespace vesica

#endif  // VESICA_LIB_ARROW_STREAM_ARRAYS_H_
