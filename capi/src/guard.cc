#include "guard.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace vesica::capi {
namespace {

// Length of the longest prefix of `text` that fits and does not cut a UTF-8 character.
size_t FittingPrefix(std::string_view text, size_t room) {
  if (text.size() <= room) return text.size();
  size_t size = room;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size;
}

}  // namespace

vesica_status Fail(const ErrorInfo& info, std::string_view message, vesica_error* error) noexcept {
  const vesica_status status = static_cast<vesica_status>(info.code);
  if (error == nullptr || error->struct_size < VESICA_ERROR_V1_SIZE) return status;
  vesica_error full{};
  full.struct_size = error->struct_size;
  full.status = status;
  full.row = info.row;
  full.index = info.index;
  full.field = static_cast<uint32_t>(info.field);
  full.needed_bytes = info.needed_bytes;
  std::memcpy(full.message, message.data(), FittingPrefix(message, sizeof(full.message) - 1));
  std::memcpy(error, &full, std::min<size_t>(full.struct_size, sizeof(full)));
  return status;
}

vesica_status Fail(const absl::Status& status, vesica_error* error) {
  const absl::string_view text = status.message();
  return Fail(GetErrorInfo(status), std::string_view(text.data(), text.size()), error);
}

absl::Status NotNull(std::initializer_list<Argument> arguments) {
  for (const Argument& argument : arguments) {
    if (argument.pointer == nullptr) return InvalidArgument(absl::StrCat(argument.name, " must not be NULL"));
  }
  return absl::OkStatus();
}

}  // namespace vesica::capi
