#ifndef VESICA_CAPI_SRC_TEXT_H_
#define VESICA_CAPI_SRC_TEXT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace vesica::capi {

// Hands text (or bytes, without the closing NUL) to the caller as vesica.h promises under "Text out".
absl::Status WriteText(std::string_view text, char* buffer, size_t capacity, size_t* length);
absl::Status WriteBytes(std::string_view bytes, void* buffer, size_t capacity, size_t* length);

// The same for text of so many bytes that `write` puts at `to` when it is wanted.
absl::Status WriteText(size_t size, const std::function<absl::Status(char* to)>& write, char* buffer, size_t capacity,
                       size_t* length);

// `name`, or for NULL the label of set `index`: "A", ..., "Z", "AA", ...
std::string SetName(const char* name, uint32_t index);

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_TEXT_H_
