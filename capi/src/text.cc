#include "text.h"

#include <cstring>

#include "guard.h"

namespace vesica::capi {
namespace {

absl::Status Write(std::string_view bytes, bool terminate, char* buffer, size_t capacity, size_t* length) {
  VESICA_RETURN_IF_ERROR(NotNull({{length, "length"}}));
  if (buffer == nullptr && capacity != 0) return InvalidArgument("buffer is NULL but capacity is not 0");
  const size_t needed = bytes.size() + (terminate ? 1 : 0);
  *length = bytes.size();
  if (buffer == nullptr) return absl::OkStatus();
  if (capacity < needed) return MakeError(ErrorCode::kBufferTooSmall, "the buffer is too small");
  if (!bytes.empty()) std::memcpy(buffer, bytes.data(), bytes.size());
  if (terminate) buffer[bytes.size()] = '\0';
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteText(std::string_view text, char* buffer, size_t capacity, size_t* length) {
  return Write(text, true, buffer, capacity, length);
}

absl::Status WriteBytes(std::string_view bytes, void* buffer, size_t capacity, size_t* length) {
  return Write(bytes, false, static_cast<char*>(buffer), capacity, length);
}

std::string SetName(const char* name, uint32_t index) {
  if (name != nullptr) return name;
  std::string label;
  for (uint64_t rest = uint64_t{index} + 1; rest > 0; rest = (rest - 1) / 26) {
    label.insert(label.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return label;
}

}  // namespace vesica::capi
