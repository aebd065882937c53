#ifndef VESICA_LIB_BASE_ERROR_H_
#define VESICA_LIB_BASE_ERROR_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "vesica/status.h"

namespace vesica {

// Every failure of lib/ is made here: an absl::Status that carries an ErrorInfo.
absl::Status MakeError(const ErrorInfo& info, std::string_view message);

inline absl::Status MakeError(ErrorCode code, std::string_view message) {
  return MakeError(ErrorInfo{.code = code}, message);
}
inline absl::Status InvalidArgument(std::string_view message) {
  return MakeError(ErrorCode::kInvalidArgument, message);
}

// `status` with the index of the set, column or audience it happened in.
absl::Status AtIndex(const absl::Status& status, uint32_t index);

}  // namespace vesica

#define VESICA_CONCAT_INNER_(a, b) a##b
#define VESICA_CONCAT_(a, b) VESICA_CONCAT_INNER_(a, b)

#define VESICA_RETURN_IF_ERROR(expression)                                  \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

#define VESICA_ASSIGN_OR_RETURN(target, expression) \
  VESICA_ASSIGN_OR_RETURN_IMPL_(VESICA_CONCAT_(result_, __LINE__), target, expression)
#define VESICA_ASSIGN_OR_RETURN_IMPL_(result, target, expression) \
  auto result = (expression);                                     \
  if (!result.ok()) return std::move(result).status();            \
  target = *std::move(result)

#endif  // VESICA_LIB_BASE_ERROR_H_
