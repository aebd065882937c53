#include <cstring>
#include <span>
#include <string>

#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"
#include "vesica/wire.h"

namespace vesica::capi {
namespace {

std::span<const uint8_t> Bytes(const void* image, size_t size) { return {static_cast<const uint8_t*>(image), size}; }

template <size_t kRoom>
void CopyText(const std::string& text, char (&out)[kRoom]) {
  std::memcpy(out, text.data(), std::min(text.size(), kRoom - 1));
}

vesica_image_info ToImageInfo(const ImageInfo& from) {
  vesica_image_info info{};
  info.format_version = from.format_version;
  info.representation = static_cast<uint32_t>(from.representation);
  info.size_bytes = from.size_bytes;
  info.entries = from.count;
  if (from.exact_count.has_value()) {
    info.flags |= VESICA_IMAGE_EXACT_COUNT;
    info.exact_count = *from.exact_count;
  }
  if (from.representation == Representation::kMinHash) info.sketch_bytes = from.image_bytes;
  if (from.representation == Representation::kHyperLogLog) info.sketch_bytes = uint64_t{1} << from.register_bits;
  info.mantissa_bits = from.mantissa_bits;
  info.hash_bits = static_cast<uint32_t>(from.stamp.width);
  CopyText(from.stamp.profile, info.profile);
  CopyText(from.stamp.ToString(), info.stamp);
  return info;
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_audience_describe(const vesica_audience* audience, vesica_image_info* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{audience, "audience"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    VESICA_ASSIGN_OR_RETURN(const vesica::ImageInfo info, vesica::Describe(audience->impl));
    WriteStruct(ToImageInfo(info), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_audience_save(const vesica_audience* audience, void* buffer, size_t capacity, size_t* length,
                                   vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{audience, "audience"}, {length, "length"}}));
    if (buffer == nullptr && capacity != 0) return vesica::InvalidArgument("buffer must not be NULL");
    VESICA_ASSIGN_OR_RETURN(const vesica::ImageInfo info, vesica::Describe(audience->impl));
    *length = info.size_bytes;
    if (buffer == nullptr) return absl::OkStatus();
    if (capacity < info.size_bytes) {
      return vesica::MakeError(vesica::ErrorCode::kBufferTooSmall, "the image does not fit the buffer");
    }
    return vesica::SaveTo(audience->impl, {static_cast<uint8_t*>(buffer), info.size_bytes});
  });
}

vesica_status vesica_audience_load(vesica_context* context, const void* image, size_t image_size, vesica_audience** out,
                                   vesica_error* error) {
  return GuardNew(out, error, [&]() -> absl::StatusOr<vesica::Audience> {
    VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}}));
    if (image == nullptr && image_size != 0) return vesica::InvalidArgument("image must not be NULL");
    return vesica::Load(Bytes(image, image_size), context->impl);
  });
}

vesica_status vesica_image_inspect(const void* image, size_t image_size, vesica_image_info* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    if (image == nullptr && image_size != 0) return vesica::InvalidArgument("image must not be NULL");
    VESICA_ASSIGN_OR_RETURN(const vesica::ImageInfo info, vesica::Inspect(Bytes(image, image_size)));
    WriteStruct(ToImageInfo(info), out);
    return absl::OkStatus();
  });
}

}  // extern "C"
