#include "alignment/partial_frame.h"

#include <algorithm>
#include <cstring>

#include "base/endian.h"
#include "base/error.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace vesica {
namespace {

// As of images of audiences: a byte above 127, both kinds of line end and an end of file.
constexpr unsigned char kMagic[8] = {0x89, 'V', 'S', 'P', '\r', '\n', 0x1A, '\n'};
constexpr size_t kVersionAt = 8, kReservedAt = 10, kLengthAt = 16;

absl::Status Corrupt(std::string_view what) { return MakeError(ErrorCode::kCorrupt, what); }

}  // namespace

std::string OpenPartialFrame() {
  std::string image(kPartialHeaderBytes, '\0');
  std::memcpy(image.data(), kMagic, sizeof(kMagic));
  image[kVersionAt] = static_cast<char>(kPartialVersion);
  return image;
}

void ClosePartialFrame(std::string* image) {
  StoreLittle64(image->size() - kPartialHeaderBytes, image->data() + kLengthAt);
  char checksum[kPartialChecksumBytes];
  StoreLittle64(XXH3_64bits(image->data(), image->size()), checksum);
  image->append(checksum, sizeof(checksum));
}

absl::StatusOr<std::span<const uint8_t>> PartialPayload(std::span<const uint8_t> image) {
  if (image.size() < kReservedAt) return Corrupt("the partial is shorter than any");
  if (std::memcmp(image.data(), kMagic, sizeof(kMagic)) != 0) return Corrupt("this is no partial of a study");
  const uint32_t version = image[kVersionAt] | uint32_t{image[kVersionAt + 1]} << 8;
  if (version > kPartialVersion) {
    return MakeError(ErrorCode::kTooNew,
                     "the partial has a format version that this library does not know: " + std::to_string(version));
  }
  if (version != kPartialVersion) return Corrupt("the partial has no format version");
  constexpr size_t kAround = kPartialHeaderBytes + kPartialChecksumBytes;
  if (image.size() < kAround) return Corrupt("the partial is truncated");
  const uint64_t length = LoadLittle64(&image[kLengthAt]);
  if (length > image.size() - kAround) return Corrupt("the partial is truncated");
  if (length < image.size() - kAround) return Corrupt("bytes follow the partial");
  const size_t checked = image.size() - kPartialChecksumBytes;
  if (XXH3_64bits(image.data(), checked) != LoadLittle64(&image[checked])) {
    return Corrupt("the partial is damaged: its checksum is wrong");
  }
  if (std::any_of(&image[kReservedAt], &image[kLengthAt], [](uint8_t byte) { return byte != 0; })) {
    return MakeError(ErrorCode::kTooNew, "the partial has fields that this library does not know");
  }
  return image.subspan(kPartialHeaderBytes, length);
}

}  // namespace vesica
