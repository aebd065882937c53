#ifndef VESICA_LIB_ALIGNMENT_PARTIAL_FRAME_H_
#define VESICA_LIB_ALIGNMENT_PARTIAL_FRAME_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace vesica {

inline constexpr uint32_t kPartialVersion = 1;
inline constexpr size_t kPartialHeaderBytes = 24;
inline constexpr size_t kPartialChecksumBytes = 8;

// The header of an image whose payload is to be appended.
std::string OpenPartialFrame();
// Sets the length and appends the checksum.
void ClosePartialFrame(std::string* image);

// The payload, after magic, version, length and checksum were found right. Corrupt and TooNew.
absl::StatusOr<std::span<const uint8_t>> PartialPayload(std::span<const uint8_t> image);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_PARTIAL_FRAME_H_
