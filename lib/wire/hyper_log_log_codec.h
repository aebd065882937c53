#ifndef VESICA_LIB_WIRE_HYPER_LOG_LOG_CODEC_H_
#define VESICA_LIB_WIRE_HYPER_LOG_LOG_CODEC_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "audience/hyper_log_log.h"
#include "wire/image.h"

namespace vesica {

// Registers in 5 bits and those of their mantissa each, or, where that is shorter, those that a key hit and the gaps
// between them.

// Sets what `info` says of the registers and their payload.
void DescribeHyperLogLog(const HyperLogLog& sketch, ImageInfo* info);

// Writes the payload that `info` describes, and to the kChecksumBytes after it.
void EncodeHyperLogLog(const HyperLogLog& sketch, const ImageInfo& info, uint8_t* payload);

absl::StatusOr<HyperLogLog> DecodeHyperLogLog(const Image& image);

}  // namespace vesica

#endif  // VESICA_LIB_WIRE_HYPER_LOG_LOG_CODEC_H_
