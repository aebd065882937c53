// What every image has around its payload: the header and the checksum.
#ifndef VESICA_LIB_WIRE_IMAGE_H_
#define VESICA_LIB_WIRE_IMAGE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "vesica/wire.h"

namespace vesica {

inline constexpr uint32_t kFormatVersion = 1;
inline constexpr uint64_t kFixedHeaderBytes = 72;  // the profile's id follows
inline constexpr uint64_t kChecksumBytes = 8;      // slack for bit readers and writers of the payload before it

inline absl::Status Corrupt(std::string_view message) { return MakeError(ErrorCode::kCorrupt, message); }

inline uint64_t HeaderBytes(const ImageInfo& info) { return kFixedHeaderBytes + info.stamp.profile.size(); }

// Fails with InvalidArgument for a profile id that the header cannot hold.
absl::Status CheckProfileId(std::string_view id);

// Writes the HeaderBytes(info) before the payload.
void WriteHeader(const ImageInfo& info, uint8_t* out);

// Writes the checksum to the last bytes of an image whose other bytes are in place.
void Seal(std::span<uint8_t> image);

struct Image {
  ImageInfo info;
  std::span<const uint8_t> payload;  // kChecksumBytes readable ones follow
};

// Checks length, checksum and every field. What remains to be checked is in the payload; that the count goes with its
// length is known, so that it may be allocated for.
absl::StatusOr<Image> ReadImage(std::span<const uint8_t> bytes);

}  // namespace vesica

#endif  // VESICA_LIB_WIRE_IMAGE_H_
