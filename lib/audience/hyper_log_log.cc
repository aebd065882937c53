#include "audience/hyper_log_log.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/error.h"

namespace vesica {
namespace {

// What a register of one shape becomes in another of one register bit less: the lowest bit of its number becomes the
// first bit of the fraction.
uint8_t LoseRegisterBit(uint8_t code, bool number_is_odd, const HyperLogLogShape& shape) {
  if (code == 0) return 0;
  const uint32_t bits = shape.mantissa_bits;
  const uint32_t zeros = (code - 1u) >> bits;
  const uint32_t mantissa = ~(code - 1u) & shape.MantissaMask();
  if (!number_is_odd) {  // 0 comes before the fraction
    if (zeros + 1 >= HyperLogLogShape::kMaxZeros) return shape.max_code();
    return static_cast<uint8_t>(code + (1u << bits));
  }
  // 1 comes before it, and the fraction's first bits become the mantissa.
  const uint32_t first_bits = zeros < bits ? ((1u << bits) | mantissa) >> (zeros + 1) : 0;
  return static_cast<uint8_t>(1 + (~first_bits & shape.MantissaMask()));
}

uint8_t LoseMantissaBits(uint8_t code, uint32_t from, uint32_t to) {
  return code == 0 ? uint8_t{0} : static_cast<uint8_t>(1 + ((code - 1u) >> (from - to)));
}

}  // namespace

absl::StatusOr<HyperLogLogShape> HyperLogLogShape::Of(uint64_t bytes, uint32_t mantissa_bits) {
  constexpr uint64_t kLeast = uint64_t{1} << kMinRegisterBits;
  constexpr uint64_t kMost = uint64_t{1} << kMaxRegisterBits;
  if (bytes < kLeast || bytes > kMost) {
    return InvalidArgument(absl::StrCat("a HyperLogLog takes ", kLeast, " to ", kMost, " bytes, not ", bytes));
  }
  if (mantissa_bits > kMaxMantissaBits) {
    return InvalidArgument(absl::StrCat("a HyperLogLog register has 0 to 3 mantissa bits, not ", mantissa_bits));
  }
  return HyperLogLogShape{static_cast<uint32_t>(std::bit_width(bytes)) - 1, mantissa_bits};
}

uint64_t HyperLogLogShape::LargestFractionAbove(uint8_t code) const {
  if (code == 0) return UINT64_MAX;
  if (code >= max_code()) return 0;
  const uint32_t zeros = (code - 1u) >> mantissa_bits;
  if (zeros == kMaxZeros) return (uint64_t{1} << (64 - kMaxZeros)) - 1;
  const uint64_t mantissa = ~(code - 1u) & MantissaMask();
  const uint64_t edge = ((uint64_t{1} << mantissa_bits) | mantissa) << (63 - zeros - mantissa_bits);
  return edge - 1;
}

HyperLogLogShape CommonShape(const HyperLogLogShape& a, const HyperLogLogShape& b) {
  return {std::min(a.register_bits, b.register_bits), std::min(a.mantissa_bits, b.mantissa_bits)};
}

HyperLogLog::HyperLogLog(const HyperLogLogShape& shape, std::vector<uint8_t> registers,
                         std::optional<uint64_t> exact_count)
    : shape_(shape), registers_(std::move(registers)), exact_count_(exact_count) {
  assert(registers_.size() == shape_.registers());
  assert(*std::max_element(registers_.begin(), registers_.end()) <= shape_.max_code());
}

HyperLogLog HyperLogLog::OfExact(const SortedHashes& hashes, const HyperLogLogShape& shape) {
  std::vector<uint8_t> registers(shape.registers());
  WithElementOf(hashes.width(), [&]<class T>(T) {
    for (const T& hash : hashes.values<T>()) {
      uint8_t& kept = registers[shape.RegisterOf(LeadingWord(hash))];
      kept = std::max(kept, shape.CodeOf(LeadingWord(hash)));
    }
  });
  return HyperLogLog(shape, std::move(registers), hashes.count());
}

HyperLogLog HyperLogLog::Coarser(const HyperLogLogShape& shape) const {
  assert(CommonShape(shape, shape_) == shape);
  // Register bits first: they turn into bits of the fraction, of which the mantissa is then cut.
  std::vector<uint8_t> registers = registers_;
  for (HyperLogLogShape at = shape_; at.register_bits > shape.register_bits; --at.register_bits) {
    for (size_t i = 0; i < registers.size() / 2; ++i) {
      registers[i] =
          std::max(LoseRegisterBit(registers[2 * i], false, at), LoseRegisterBit(registers[2 * i + 1], true, at));
    }
    registers.resize(registers.size() / 2);
  }
  for (uint8_t& code : registers) code = LoseMantissaBits(code, shape_.mantissa_bits, shape.mantissa_bits);
  return HyperLogLog(shape, std::move(registers), exact_count_);
}

HyperLogLog HyperLogLog::Merge(const HyperLogLog& a, const HyperLogLog& b) {
  const HyperLogLogShape shape = CommonShape(a.shape(), b.shape());
  if (a.shape() != shape) return Merge(a.Coarser(shape), b);
  if (b.shape() != shape) return Merge(a, b.Coarser(shape));
  std::vector<uint8_t> registers(a.registers().begin(), a.registers().end());
  const uint8_t* other = b.registers().data();
  for (size_t i = 0; i < registers.size(); ++i) registers[i] = std::max(registers[i], other[i]);  // one vector max
  return HyperLogLog(shape, std::move(registers));
}

}  // namespace vesica
