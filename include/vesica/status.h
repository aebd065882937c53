#ifndef VESICA_STATUS_H_
#define VESICA_STATUS_H_

#include <cstdint>

#include "absl/status/status.h"

namespace vesica {

// What went wrong, as `vesica_status` in vesica.h numbers it.
enum class ErrorCode : int32_t {
  kOk = 0,
  kInvalidArgument = 1,
  kInvalidKey = 2,
  kIdentityMismatch = 3,
  kOutOfMemory = 4,
  kOverBudget = 5,
  kBufferTooSmall = 6,
  kCancelled = 7,
  kCorrupt = 8,
  kTooNew = 9,
  kIo = 10,
  kUnsupported = 11,
  kInternal = 99,
};

// The part of two identity stamps that differs.
enum class StampField : uint32_t { kNone = 0, kProfile = 1, kData = 2, kFamily = 3, kWidth = 4, kSecret = 5 };

inline constexpr uint64_t kNoRow = UINT64_MAX;
inline constexpr uint32_t kNoIndex = UINT32_MAX;

// Where an error happened; the text of the status says the same in words, and never holds a key.
struct ErrorInfo {
  ErrorCode code = ErrorCode::kInternal;
  StampField field = StampField::kNone;
  uint64_t row = kNoRow;
  uint32_t index = kNoIndex;  // set, column or audience
  uint64_t needed_bytes = 0;  // with kOverBudget
};

// The details of a failed status. A status that Vesica did not make is mapped from its absl code.
ErrorInfo GetErrorInfo(const absl::Status& status);

}  // namespace vesica

#endif  // VESICA_STATUS_H_
