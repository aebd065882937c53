#include "text.h"

#include <cstring>

#include "guard.h"

namespace vesica::capi {
namespace {

// Asks for room for `size` bytes and what closes them, and tells the size. True if the bytes are wanted.
absl::StatusOr<bool> AskRoom(size_t size, size_t closing, const void* buffer, size_t capacity, size_t* length) {
  VESICA_RETURN_IF_ERROR(NotNull({{length, "length"}}));
  if (buffer == nullptr && capacity != 0) return InvalidArgument("buffer is NULL but capacity is not 0");
  *length = size;
  if (buffer == nullptr) return false;
  if (capacity < size + closing) return MakeError(ErrorCode::kBufferTooSmall, "the buffer is too small");
  return true;
}

}  // namespace

absl::Status WriteText(std::string_view text, char* buffer, size_t capacity, size_t* length) {
  const auto write = [&](char* to) {
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    return absl::OkStatus();
  };
  return WriteText(text.size(), write, buffer, capacity, length);
}

absl::Status WriteText(size_t size, const std::function<absl::Status(char* to)>& write, char* buffer, size_t capacity,
                       size_t* length) {
  VESICA_ASSIGN_OR_RETURN(const bool wanted, AskRoom(size, 1, buffer, capacity, length));
  if (!wanted) return absl::OkStatus();
  VESICA_RETURN_IF_ERROR(write(buffer));
  buffer[size] = '\0';
  return absl::OkStatus();
}

absl::Status WriteBytes(std::string_view bytes, void* buffer, size_t capacity, size_t* length) {
  VESICA_ASSIGN_OR_RETURN(const bool wanted, AskRoom(bytes.size(), 0, buffer, capacity, length));
  if (wanted && !bytes.empty()) std::memcpy(buffer, bytes.data(), bytes.size());
  return absl::OkStatus();
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
