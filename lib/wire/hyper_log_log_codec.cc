#include "wire/hyper_log_log_codec.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "wire/rice.h"

namespace vesica {
namespace {

using Registers = std::span<const uint8_t>;

uint32_t CodeBits(const HyperLogLogShape& shape) { return 5 + shape.mantissa_bits; }
uint64_t PlainBytes(const HyperLogLogShape& shape) { return uint64_t{shape.registers()} * CodeBits(shape) / 8; }

uint64_t CountUsed(Registers registers) {
  return registers.size() - static_cast<uint64_t>(std::count(registers.begin(), registers.end(), 0));
}

// Whether some hash has this code. Of those with the most zeros all share one code.
bool IsCode(uint64_t code, const HyperLogLogShape& shape) {
  return code <= HyperLogLogShape::kMaxZeros << shape.mantissa_bits || code == shape.max_code();
}

// Calls visit(gap, code) for each register that a key hit.
template <class Visit>
void ForEachUsed(Registers registers, Visit&& visit) {
  size_t next = 0;
  for (size_t i = 0; i < registers.size(); ++i) {
    if (registers[i] == 0) continue;
    visit(i - next, registers[i]);
    next = i + 1;
  }
}

uint64_t RicePayloadBytes(Registers registers, const HyperLogLogShape& shape, uint64_t used) {
  const uint32_t k = RiceParameter(registers.size(), used);
  uint64_t bits = used * CodeBits(shape);
  ForEachUsed(registers, [&](uint64_t gap, uint8_t) { bits += RiceBits(gap, k); });
  return (bits + 7) / 8;
}

absl::StatusOr<std::vector<uint8_t>> DecodePlain(const Image& image, const HyperLogLogShape& shape) {
  if (image.payload.size() != PlainBytes(shape)) return Corrupt("the payload has not the length of the registers");
  BitReader reader(image.payload.data(), image.payload.size());
  std::vector<uint8_t> registers(shape.registers());
  for (uint8_t& kept : registers) {
    uint64_t code;
    if (!reader.Get(CodeBits(shape), &code) || !IsCode(code, shape)) return Corrupt("a register is out of range");
    kept = static_cast<uint8_t>(code);
  }
  return registers;
}

absl::StatusOr<std::vector<uint8_t>> DecodeRice(const Image& image, const HyperLogLogShape& shape) {
  const uint32_t k = RiceParameter(shape.registers(), image.info.count);
  if (image.info.count * (1 + k + CodeBits(shape)) > image.payload.size() * 8) {
    return Corrupt("the count does not go with the length of the image");
  }
  BitReader reader(image.payload.data(), image.payload.size());
  std::vector<uint8_t> registers(shape.registers());
  uint64_t next = 0;
  for (uint64_t i = 0; i < image.info.count; ++i) {
    uint64_t gap, code;
    if (!reader.GetRice(k, &gap) || !reader.Get(CodeBits(shape), &code)) {
      return Corrupt("the payload ends before its last register");
    }
    if (gap >= registers.size() - next || code == 0 || !IsCode(code, shape)) {
      return Corrupt("a register is out of range");
    }
    registers[next + gap] = static_cast<uint8_t>(code);
    next += gap + 1;
  }
  if (!reader.AtEnd()) return Corrupt("the payload goes on after its last register");
  return registers;
}

}  // namespace

void DescribeHyperLogLog(const HyperLogLog& sketch, ImageInfo* info) {
  const uint64_t used = CountUsed(sketch.registers());
  const uint64_t plain_bytes = PlainBytes(sketch.shape());
  const uint64_t rice_bytes = RicePayloadBytes(sketch.registers(), sketch.shape(), used);
  info->representation = Representation::kHyperLogLog;
  info->coding = rice_bytes < plain_bytes ? PayloadCoding::kRice : PayloadCoding::kPlain;
  info->count = used;
  info->exact_count = sketch.exact_count();
  info->register_bits = sketch.shape().register_bits;
  info->mantissa_bits = sketch.shape().mantissa_bits;
  info->payload_bytes = std::min(rice_bytes, plain_bytes);
}

void EncodeHyperLogLog(const HyperLogLog& sketch, const ImageInfo& info, uint8_t* payload) {
  const uint32_t code_bits = CodeBits(sketch.shape());
  BitWriter writer(payload);
  if (info.coding == PayloadCoding::kPlain) {
    for (const uint8_t code : sketch.registers()) writer.Put(code, code_bits);
    return;
  }
  const uint32_t k = RiceParameter(sketch.registers().size(), info.count);
  ForEachUsed(sketch.registers(), [&](uint64_t gap, uint8_t code) {
    writer.PutRice(gap, k);
    writer.Put(code, code_bits);
  });
}

absl::StatusOr<HyperLogLog> DecodeHyperLogLog(const Image& image) {
  const HyperLogLogShape shape{image.info.register_bits, image.info.mantissa_bits};
  const bool plain = image.info.coding == PayloadCoding::kPlain;
  VESICA_ASSIGN_OR_RETURN(std::vector<uint8_t> registers, plain ? DecodePlain(image, shape) : DecodeRice(image, shape));
  const uint64_t used = CountUsed(registers);
  if (used != image.info.count) return Corrupt("the count is not that of the registers that are used");
  const uint64_t rice_bytes = plain ? RicePayloadBytes(registers, shape, used) : image.payload.size();
  if (plain == (rice_bytes < PlainBytes(shape))) return Corrupt("the payload has not the shorter coding");
  return HyperLogLog(shape, std::move(registers), image.info.exact_count);
}

}  // namespace vesica
