#ifndef VESICA_LIB_WIRE_EXACT_CODEC_H_
#define VESICA_LIB_WIRE_EXACT_CODEC_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "audience/sorted_hashes.h"
#include "wire/image.h"

namespace vesica {

// Sorted hashes as the gaps between their leading words, or as they are where that is not longer.

// Sets what `info` says of the payload.
void DescribeExact(const SortedHashes& hashes, ImageInfo* info);

// Writes the payload that `info` describes, and to the kChecksumBytes after it.
void EncodeExact(const SortedHashes& hashes, const ImageInfo& info, uint8_t* payload);

absl::StatusOr<std::shared_ptr<const SortedHashes>> DecodeExact(const Image& image, Context& context);

}  // namespace vesica

#endif  // VESICA_LIB_WIRE_EXACT_CODEC_H_
