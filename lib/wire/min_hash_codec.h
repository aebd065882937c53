#ifndef VESICA_LIB_WIRE_MIN_HASH_CODEC_H_
#define VESICA_LIB_WIRE_MIN_HASH_CODEC_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "audience/min_hash.h"
#include "wire/image.h"

namespace vesica {

// The cells of a MinHash as the gaps between their codes, with a Rice parameter for each octave: FORMAT.md.

// Sets what `info` says of the sample and its payload.
void DescribeMinHash(const MinHash& sample, ImageInfo* info);

// Writes the payload that `info` describes, and to the kChecksumBytes after it.
void EncodeMinHash(const MinHash& sample, uint8_t* payload);

absl::StatusOr<MinHash> DecodeMinHash(const Image& image);

}  // namespace vesica

#endif  // VESICA_LIB_WIRE_MIN_HASH_CODEC_H_
