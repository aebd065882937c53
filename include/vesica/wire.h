// Audiences as bytes to store and send: lib/wire/FORMAT.md. An audience has one image, the same on every machine.
#ifndef VESICA_WIRE_H_
#define VESICA_WIRE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/hash.h"

namespace vesica {

enum class PayloadCoding : uint8_t { kPlain = 0, kRice = 1 };

// What an image says of itself before its payload.
struct ImageInfo {
  uint32_t format_version = 1;
  Representation representation = Representation::kExact;
  PayloadCoding coding = PayloadCoding::kPlain;
  IdentityStamp stamp;
  uint64_t count = 0;                   // hashes, cells, or registers that a key hit
  std::optional<uint64_t> exact_count;  // of a sketch: distinct keys, where one pass counted them
  uint32_t image_bytes = 0;             // MinHash: the size it was made for
  uint32_t threshold = 0;               // MinHash: a cell code
  uint32_t register_bits = 0;           // HyperLogLog
  uint32_t mantissa_bits = 0;           // MinHash and HyperLogLog
  uint64_t payload_bytes = 0;
  uint64_t size_bytes = 0;  // of the whole image

  friend bool operator==(const ImageInfo&, const ImageInfo&) = default;
};

// What Save would write, in about the time it takes to read the audience. Unsupported for a MinHash that its size does
// not hold: hashes do not do that, hashes crafted to lie unevenly can.
absl::StatusOr<ImageInfo> Describe(const Audience& audience);

// The image of an audience. Fails as Describe does.
absl::StatusOr<std::string> Save(const Audience& audience);

// The same in the caller's memory, which is Describe().size_bytes long (BufferTooSmall if shorter).
absl::Status SaveTo(const Audience& audience, std::span<uint8_t> image);

// What `image` is, without its payload. Corrupt if it is damaged, truncated or no image at all, TooNew if a later
// version of the format wrote it.
absl::StatusOr<ImageInfo> Inspect(std::span<const uint8_t> image);

// The audience of an image; it is derived(), as images hold no quality. Fails as Inspect does, with Corrupt for a
// payload that Save would not have written, and with OverBudget. Allocates in proportion to the image.
absl::StatusOr<Audience> Load(std::span<const uint8_t> image, Context& context);

}  // namespace vesica

#endif  // VESICA_WIRE_H_
