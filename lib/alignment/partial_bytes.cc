#include "alignment/partial_bytes.h"

#include <algorithm>

#include "base/endian.h"
#include "base/error.h"

namespace vesica {

void ByteWriter::Fixed64(uint64_t value) {
  char bytes[8];
  StoreLittle64(value, bytes);
  out_.append(bytes, sizeof(bytes));
}

absl::Status ByteReader::Finish() const {
  if (!ok_) return MakeError(ErrorCode::kCorrupt, "the partial holds what no study counts");
  if (!bytes_.empty()) return MakeError(ErrorCode::kCorrupt, "a part of the partial is longer than what it holds");
  return absl::OkStatus();
}

uint64_t ByteReader::Number(uint64_t most) {
  uint64_t value = 0;
  size_t size = 0;
  for (; ok_; ++size) {
    Require(size < bytes_.size() && size < 10);
    if (!ok_) return 0;
    const uint64_t bits = bytes_[size] & 127;
    value |= bits << 7 * size;
    // The tenth byte has one bit of the 64 left; a number ends with no byte of zeros.
    Require(size < 9 || bits <= 1);
    if (bytes_[size] >= 128) continue;
    Require((bits != 0 || size == 0) && value <= most);
    break;
  }
  if (!ok_) return 0;
  bytes_ = bytes_.subspan(size + 1);
  return value;
}

uint64_t ByteReader::Fixed64() {
  const std::span<const uint8_t> bytes = Bytes(8);
  return ok_ ? LoadLittle64(bytes.data()) : 0;
}

std::string_view ByteReader::Text(uint64_t most_bytes) {
  const std::span<const uint8_t> bytes = Bytes(Number(most_bytes));
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const uint8_t> ByteReader::Bytes(uint64_t size) {
  Require(size <= bytes_.size());
  if (!ok_) return {};
  const std::span<const uint8_t> bytes = bytes_.first(size);
  bytes_ = bytes_.subspan(size);
  return bytes;
}

bool LabelNumbers::AllMarked() const {
  return std::none_of(numbers_.begin(), numbers_.end(), [](uint32_t number) { return number == kNoId; });
}

void LabelNumbers::Number() {
  uint32_t next = 0;
  for (uint32_t& number : numbers_) {
    if (number != kNoId) number = next++;
  }
}

}  // namespace vesica
