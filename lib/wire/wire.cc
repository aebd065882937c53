#include "vesica/wire.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "wire/exact_codec.h"
#include "wire/hyper_log_log_codec.h"
#include "wire/image.h"
#include "wire/min_hash_codec.h"
#include "wire/rice.h"

namespace vesica {
namespace {

static_assert(BitReader::kSlackBytes <= kChecksumBytes && BitWriter::kSlackBytes <= kChecksumBytes);

void Encode(const Audience& audience, const ImageInfo& info, std::span<uint8_t> image) {
  WriteHeader(info, image.data());
  uint8_t* payload = image.data() + HeaderBytes(info);
  switch (info.representation) {
    case Representation::kExact:
      EncodeExact(audience.hashes(), info, payload);
      break;
    case Representation::kMinHash:
      EncodeMinHash(audience.min_hash(), payload);
      break;
    case Representation::kHyperLogLog:
      EncodeHyperLogLog(audience.hyper_log_log(), info, payload);
      break;
  }
  Seal(image);
}

absl::StatusOr<Audience::Keys> Decode(const Image& image, Context& context) {
  switch (image.info.representation) {
    case Representation::kExact:
      return DecodeExact(image, context);
    case Representation::kMinHash: {
      VESICA_ASSIGN_OR_RETURN(MinHash sample, DecodeMinHash(image));
      return std::make_shared<const MinHash>(std::move(sample));
    }
    case Representation::kHyperLogLog:
      break;
  }
  VESICA_ASSIGN_OR_RETURN(HyperLogLog sketch, DecodeHyperLogLog(image));
  return std::make_shared<const HyperLogLog>(std::move(sketch));
}

}  // namespace

absl::StatusOr<ImageInfo> Describe(const Audience& audience) {
  VESICA_RETURN_IF_ERROR(CheckProfileId(audience.stamp().profile));
  ImageInfo info;
  info.format_version = kFormatVersion;
  info.stamp = audience.stamp();
  switch (audience.representation()) {
    case Representation::kExact:
      DescribeExact(audience.hashes(), &info);
      break;
    case Representation::kMinHash:
      DescribeMinHash(audience.min_hash(), &info);
      break;
    case Representation::kHyperLogLog:
      DescribeHyperLogLog(audience.hyper_log_log(), &info);
      break;
  }
  info.size_bytes = HeaderBytes(info) + info.payload_bytes + kChecksumBytes;
  if (info.representation == Representation::kMinHash && info.size_bytes > info.image_bytes) {
    return MakeError(ErrorCode::kUnsupported,
                     absl::StrCat("the MinHash does not fit its ", info.image_bytes,
                                  " bytes: its keys were chosen for uneven hashes, which a secret prevents"));
  }
  return info;
}

absl::StatusOr<std::string> Save(const Audience& audience) {
  VESICA_ASSIGN_OR_RETURN(const ImageInfo info, Describe(audience));
  std::string image(info.size_bytes, '\0');
  Encode(audience, info, {reinterpret_cast<uint8_t*>(image.data()), image.size()});
  return image;
}

absl::Status SaveTo(const Audience& audience, std::span<uint8_t> image) {
  VESICA_ASSIGN_OR_RETURN(const ImageInfo info, Describe(audience));
  if (image.size() < info.size_bytes) {
    return MakeError(ErrorCode::kBufferTooSmall,
                     absl::StrCat("the image takes ", info.size_bytes, " bytes, not ", image.size()));
  }
  Encode(audience, info, image.first(info.size_bytes));
  return absl::OkStatus();
}

absl::StatusOr<ImageInfo> Inspect(std::span<const uint8_t> image) {
  VESICA_ASSIGN_OR_RETURN(Image read, ReadImage(image));
  return std::move(read.info);
}

absl::StatusOr<Audience> Load(std::span<const uint8_t> image, Context& context) {
  VESICA_ASSIGN_OR_RETURN(Image read, ReadImage(image));
  VESICA_ASSIGN_OR_RETURN(Audience::Keys keys, Decode(read, context));
  return Audience(std::move(keys), std::move(read.info.stamp), Quality{}, /*derived=*/true);
}

}  // namespace vesica
