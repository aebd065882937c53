#include "wire/image.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "audience/floating_cell.h"
#include "audience/hash_element.h"
#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "base/endian.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace vesica {
namespace {

// A byte above 127, both kinds of line end and an end of file: damage by a transfer as text shows at once.
constexpr uint8_t kMagic[8] = {0x89, 'V', 'S', 'C', '\r', '\n', 0x1A, '\n'};

// Where the fields are.
enum Offset : uint32_t {
  kVersionAt = 8,
  kRepresentationAt = 10,
  kCodingAt = 11,
  kFlagsAt = 12,
  kFamilyAt = 13,
  kWidthAt = 14,
  kProfileBytesAt = 15,
  kDataFingerprintAt = 16,
  kSecretFingerprintAt = 24,
  kPayloadBytesAt = 32,
  kCountAt = 40,
  kExactCountAt = 48,
  kImageBytesAt = 56,
  kThresholdAt = 60,
  kRegisterBitsAt = 64,
  kMantissaBitsAt = 65,
  kReservedAt = 66,
};
constexpr uint32_t kReservedBytes = 6;
static_assert(kReservedAt + kReservedBytes == kFixedHeaderBytes);

constexpr uint8_t kHasExactCount = 1;
constexpr size_t kMaxProfileBytes = 255;

uint32_t LoadLittle32(const uint8_t* bytes) {
  return bytes[0] | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}
void StoreLittle32(uint32_t value, uint8_t* bytes) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<uint8_t>(value >> 8 * i);
}

absl::Status TooNew(absl::string_view what) {
  return MakeError(ErrorCode::kTooNew, absl::StrCat("the image has ", what, " that this library does not know"));
}

// Finds the payload, from fields that every image of version 1 has, and checks the checksum.
absl::StatusOr<std::span<const uint8_t>> CheckFrame(std::span<const uint8_t> bytes) {
  if (bytes.size() < kRepresentationAt) return Corrupt("the image is shorter than any image");
  if (std::memcmp(bytes.data(), kMagic, sizeof(kMagic)) != 0) return Corrupt("this is no Vesica image");
  const uint32_t version = bytes[kVersionAt] | uint32_t{bytes[kVersionAt + 1]} << 8;
  if (version > kFormatVersion) return TooNew(absl::StrCat("a format version, ", version, ","));
  if (version != kFormatVersion) return Corrupt("the image has no format version");
  if (bytes.size() < kFixedHeaderBytes + kChecksumBytes) return Corrupt("the image is truncated");
  const uint64_t header_bytes = kFixedHeaderBytes + bytes[kProfileBytesAt];
  const uint64_t payload_bytes = LoadLittle64(&bytes[kPayloadBytesAt]);
  if (bytes.size() < header_bytes + kChecksumBytes || bytes.size() - header_bytes - kChecksumBytes < payload_bytes) {
    return Corrupt("the image is truncated");
  }
  if (bytes.size() - header_bytes - kChecksumBytes > payload_bytes) return Corrupt("bytes follow the image");
  const uint64_t checked = bytes.size() - kChecksumBytes;
  if (XXH3_64bits(bytes.data(), checked) != LoadLittle64(&bytes[checked])) {
    return Corrupt("the image is damaged: its checksum is wrong");
  }
  return bytes.subspan(header_bytes, payload_bytes);
}

// Whether every field that counts kinds of things has a value of this version.
absl::Status CheckKnown(const uint8_t* header) {
  if (header[kRepresentationAt] > 2) return TooNew("a representation");
  if (header[kCodingAt] > 1) return TooNew("a coding");
  if ((header[kFlagsAt] & ~kHasExactCount) != 0) return TooNew("flags");
  if (header[kFamilyAt] < 1 || header[kFamilyAt] > 2) return TooNew("a hash");
  if (header[kWidthAt] != 64 && header[kWidthAt] != 128) return TooNew("a hash width");
  if (std::any_of(header + kReservedAt, header + kFixedHeaderBytes, [](uint8_t byte) { return byte != 0; })) {
    return TooNew("fields");
  }
  return absl::OkStatus();
}

ImageInfo ParseHeader(const uint8_t* header) {
  ImageInfo info;
  info.format_version = kFormatVersion;
  info.representation = static_cast<Representation>(header[kRepresentationAt]);
  info.coding = static_cast<PayloadCoding>(header[kCodingAt]);
  info.stamp.profile.assign(reinterpret_cast<const char*>(header + kFixedHeaderBytes), header[kProfileBytesAt]);
  info.stamp.data_fingerprint = LoadLittle64(header + kDataFingerprintAt);
  info.stamp.family = static_cast<HashFamily>(header[kFamilyAt]);
  info.stamp.width = static_cast<HashWidth>(header[kWidthAt]);
  info.stamp.secret_fingerprint = LoadLittle64(header + kSecretFingerprintAt);
  info.count = LoadLittle64(header + kCountAt);
  if ((header[kFlagsAt] & kHasExactCount) != 0) info.exact_count = LoadLittle64(header + kExactCountAt);
  info.image_bytes = LoadLittle32(header + kImageBytesAt);
  info.threshold = LoadLittle32(header + kThresholdAt);
  info.register_bits = header[kRegisterBitsAt];
  info.mantissa_bits = header[kMantissaBitsAt];
  info.payload_bytes = LoadLittle64(header + kPayloadBytesAt);
  info.size_bytes = HeaderBytes(info) + info.payload_bytes + kChecksumBytes;
  return info;
}

absl::Status CheckStamp(const IdentityStamp& stamp) {
  if (!CheckProfileId(stamp.profile).ok()) return Corrupt("the profile of the image has no proper name");
  if (stamp.family == HashFamily::kXxh3 && stamp.secret_fingerprint != 0) {
    return Corrupt("the image has a secret and a hash without one");
  }
  return absl::OkStatus();
}

absl::Status CheckExact(const ImageInfo& info) {
  if (info.exact_count.has_value() || info.image_bytes != 0 || info.threshold != 0 || info.register_bits != 0 ||
      info.mantissa_bits != 0) {
    return Corrupt("an exact image has parameters of a sketch");
  }
  const uint64_t hash_bytes = HashBytes(info.stamp.width);
  const bool holds = info.coding == PayloadCoding::kPlain
                         ? info.payload_bytes % hash_bytes == 0 && info.payload_bytes / hash_bytes == info.count
                         : info.count <= info.payload_bytes;  // RiceParameter() >= 7 for any count of a machine
  return holds ? absl::OkStatus() : Corrupt("the count does not go with the length of the image");
}

absl::Status CheckMinHash(const ImageInfo& info) {
  const auto size = MinHashSize::Of(info.image_bytes);
  if (!size.ok() || info.size_bytes > info.image_bytes || info.register_bits != 0 ||
      info.mantissa_bits != size->mantissa_bits || info.coding != PayloadCoding::kRice) {
    return Corrupt("the parameters of a MinHash image are out of range");
  }
  const uint32_t end = EndCell(info.mantissa_bits);
  if (info.threshold == 0 || info.threshold > end) return Corrupt("the threshold of a MinHash image is out of range");
  if (info.count > size->capacity || info.count > info.threshold || info.count > info.payload_bytes * 8) {
    return Corrupt("the count does not go with the length of the image");
  }
  const bool whole = info.threshold == end;
  if (info.exact_count.has_value() &&
      (*info.exact_count < info.count || (whole && info.count == 0 && *info.exact_count != 0))) {
    return Corrupt("the exact count does not go with the cells");
  }
  return absl::OkStatus();
}

absl::Status CheckHyperLogLog(const ImageInfo& info) {
  const HyperLogLogShape shape{.register_bits = info.register_bits, .mantissa_bits = info.mantissa_bits};
  if (shape.register_bits < HyperLogLogShape::kMinRegisterBits ||
      shape.register_bits > HyperLogLogShape::kMaxRegisterBits ||
      shape.mantissa_bits > HyperLogLogShape::kMaxMantissaBits || info.image_bytes != 0 || info.threshold != 0) {
    return Corrupt("the parameters of a HyperLogLog image are out of range");
  }
  if (info.count > shape.registers()) return Corrupt("the count of registers is out of range");
  if (info.exact_count.has_value() && (*info.exact_count < info.count || (info.count == 0 && *info.exact_count != 0))) {
    return Corrupt("the exact count does not go with the registers");
  }
  return absl::OkStatus();
}

absl::Status CheckParameters(const ImageInfo& info) {
  switch (info.representation) {
    case Representation::kExact:
      return CheckExact(info);
    case Representation::kMinHash:
      return CheckMinHash(info);
    case Representation::kHyperLogLog:
      return CheckHyperLogLog(info);
  }
  return TooNew("a representation");
}

}  // namespace

absl::Status CheckProfileId(std::string_view id) {
  const bool graphic = std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (id.empty() || id.size() > kMaxProfileBytes || !graphic) {
    return InvalidArgument("a profile that goes into an image has a name of 1 to 255 graphic ASCII characters");
  }
  return absl::OkStatus();
}

void WriteHeader(const ImageInfo& info, uint8_t* out) {
  std::fill(out, out + kFixedHeaderBytes, uint8_t{0});
  std::copy(std::begin(kMagic), std::end(kMagic), out);
  out[kVersionAt] = kFormatVersion;
  out[kRepresentationAt] = static_cast<uint8_t>(info.representation);
  out[kCodingAt] = static_cast<uint8_t>(info.coding);
  out[kFlagsAt] = info.exact_count.has_value() ? kHasExactCount : 0;
  out[kFamilyAt] = static_cast<uint8_t>(info.stamp.family);
  out[kWidthAt] = static_cast<uint8_t>(info.stamp.width);
  out[kProfileBytesAt] = static_cast<uint8_t>(info.stamp.profile.size());
  StoreLittle64(info.stamp.data_fingerprint, out + kDataFingerprintAt);
  StoreLittle64(info.stamp.secret_fingerprint, out + kSecretFingerprintAt);
  StoreLittle64(info.payload_bytes, out + kPayloadBytesAt);
  StoreLittle64(info.count, out + kCountAt);
  StoreLittle64(info.exact_count.value_or(0), out + kExactCountAt);
  StoreLittle32(info.image_bytes, out + kImageBytesAt);
  StoreLittle32(info.threshold, out + kThresholdAt);
  out[kRegisterBitsAt] = static_cast<uint8_t>(info.register_bits);
  out[kMantissaBitsAt] = static_cast<uint8_t>(info.mantissa_bits);
  std::copy(info.stamp.profile.begin(), info.stamp.profile.end(), out + kFixedHeaderBytes);
}

void Seal(std::span<uint8_t> image) {
  const uint64_t checked = image.size() - kChecksumBytes;
  StoreLittle64(XXH3_64bits(image.data(), checked), &image[checked]);
}

absl::StatusOr<Image> ReadImage(std::span<const uint8_t> bytes) {
  Image image;
  VESICA_ASSIGN_OR_RETURN(image.payload, CheckFrame(bytes));
  VESICA_RETURN_IF_ERROR(CheckKnown(bytes.data()));
  image.info = ParseHeader(bytes.data());
  if (bytes[kFlagsAt] == 0 && LoadLittle64(&bytes[kExactCountAt]) != 0) {
    return Corrupt("the image has an exact count and says it has none");
  }
  VESICA_RETURN_IF_ERROR(CheckStamp(image.info.stamp));
  VESICA_RETURN_IF_ERROR(CheckParameters(image.info));
  return image;
}

}  // namespace vesica
