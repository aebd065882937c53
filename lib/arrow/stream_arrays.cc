#include "arrow/stream_arrays.h"

#include <string>

#include "arrow/owned.h"
#include "base/error.h"

namespace vesica {

absl::Status StreamFailure(int error) {
  return MakeError(ErrorCode::kIo, "the Arrow stream failed with error number " + std::to_string(error));
}

absl::Status ForEachArray(ArrowArrayStream& stream,
                          const std::function<absl::Status(const ArrowSchema&, const ArrowArray&)>& take) {
  if (stream.release == nullptr || stream.get_schema == nullptr || stream.get_next == nullptr) {
    return InvalidArgument("the Arrow stream has been released");
  }
  Owned<ArrowSchema> schema;
  if (const int error = stream.get_schema(&stream, schema.get()); error != 0) return StreamFailure(error);
  if (schema->release == nullptr || schema->format == nullptr) {
    return MakeError(ErrorCode::kCorrupt, "the Arrow stream gave no schema");
  }
  for (;;) {
    Owned<ArrowArray> array;
    if (const int error = stream.get_next(&stream, array.get()); error != 0) return StreamFailure(error);
    if (array->release == nullptr) return absl::OkStatus();
    VESICA_RETURN_IF_ERROR(take(*schema, *array));
  }
}

}  // namespace vesica
