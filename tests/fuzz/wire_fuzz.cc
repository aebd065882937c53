// Reads images of hostile contents. The fuzzer does not find checksums, so lengths and checksum are set right; the rest
// is as given. Whatever loads must save to the very bytes it came from; whatever does not must be an error that
// damaged images have, without memory out of proportion.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/endian.h"
#include "vesica/status.h"
#include "vesica/wire.h"
#include "wire/image.h"

namespace {

using namespace vesica;

void Require(bool condition) {
  if (!condition) std::abort();
}

constexpr size_t kProfileBytesAt = 15;
constexpr size_t kPayloadBytesAt = 32;

// The same bytes, if they are enough for that, with a payload length and a checksum that are right.
std::vector<uint8_t> Mended(std::vector<uint8_t> image) {
  if (image.size() < kFixedHeaderBytes + kChecksumBytes) return image;
  const size_t around = kFixedHeaderBytes + image[kProfileBytesAt] + kChecksumBytes;
  if (image.size() < around) return image;
  StoreLittle64(image.size() - around, &image[kPayloadBytesAt]);
  Seal(image);
  return image;
}

void CheckRead(const std::vector<uint8_t>& image) {
  Context context = Context::Create({}).value();
  const auto info = Inspect(image);
  const auto loaded = Load(image, context);
  Require(context.peak_bytes() <= 32 * image.size() + (1 << 20));
  if (!loaded.ok()) {
    const ErrorCode code = GetErrorInfo(loaded.status()).code;
    Require(code == ErrorCode::kCorrupt || code == ErrorCode::kTooNew);
    return;
  }
  Require(info.ok() && info->size_bytes == image.size() && info->representation == loaded->representation());
  const auto saved = Save(*loaded);
  Require(saved.ok() && std::vector<uint8_t>(saved->begin(), saved->end()) == image);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::vector<uint8_t> image(data, data + size);
  CheckRead(image);
  CheckRead(Mended(image));
  return 0;
}
