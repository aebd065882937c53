#include "base/error.h"

#include <cstring>
#include <string>

#include "absl/strings/cord.h"

namespace vesica {
namespace {

constexpr char kPayloadUrl[] = "vesica.org/ErrorInfo";

absl::StatusCode AbslCode(ErrorCode code) {
  switch (code) {
    case ErrorCode::kOk:
      return absl::StatusCode::kOk;
    case ErrorCode::kInvalidArgument:
    case ErrorCode::kInvalidKey:
      return absl::StatusCode::kInvalidArgument;
    case ErrorCode::kIdentityMismatch:
      return absl::StatusCode::kFailedPrecondition;
    case ErrorCode::kOutOfMemory:
    case ErrorCode::kOverBudget:
      return absl::StatusCode::kResourceExhausted;
    case ErrorCode::kBufferTooSmall:
      return absl::StatusCode::kOutOfRange;
    case ErrorCode::kCancelled:
      return absl::StatusCode::kCancelled;
    case ErrorCode::kCorrupt:
    case ErrorCode::kIo:
      return absl::StatusCode::kDataLoss;
    case ErrorCode::kTooNew:
    case ErrorCode::kUnsupported:
      return absl::StatusCode::kUnimplemented;
    case ErrorCode::kInternal:
      break;
  }
  return absl::StatusCode::kInternal;
}

ErrorCode CodeOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return ErrorCode::kOk;
    case absl::StatusCode::kInvalidArgument:
      return ErrorCode::kInvalidArgument;
    case absl::StatusCode::kFailedPrecondition:
      return ErrorCode::kIdentityMismatch;
    case absl::StatusCode::kResourceExhausted:
      return ErrorCode::kOutOfMemory;
    case absl::StatusCode::kCancelled:
      return ErrorCode::kCancelled;
    case absl::StatusCode::kDataLoss:
      return ErrorCode::kCorrupt;
    case absl::StatusCode::kUnimplemented:
      return ErrorCode::kUnsupported;
    default:
      return ErrorCode::kInternal;
  }
}

}  // namespace

ErrorInfo GetErrorInfo(const absl::Status& status) {
  ErrorInfo info{.code = CodeOf(status.code())};
  if (const auto payload = status.GetPayload(kPayloadUrl)) {
    const std::string bytes(*payload);
    if (bytes.size() == sizeof(info)) std::memcpy(static_cast<void*>(&info), bytes.data(), sizeof(info));
  }
  return info;
}

absl::Status MakeError(const ErrorInfo& info, std::string_view message) {
  absl::Status status(AbslCode(info.code), absl::string_view(message.data(), message.size()));
  status.SetPayload(kPayloadUrl, absl::Cord(absl::string_view(reinterpret_cast<const char*>(&info), sizeof(info))));
  return status;
}

absl::Status AtIndex(const absl::Status& status, uint32_t index) {
  if (status.ok()) return status;
  ErrorInfo info = GetErrorInfo(status);
  info.index = index;
  const absl::string_view text = status.message();
  return MakeError(info, std::string_view(text.data(), text.size()));
}

}  // namespace vesica
