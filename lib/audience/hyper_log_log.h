#ifndef VESICA_LIB_AUDIENCE_HYPER_LOG_LOG_H_
#define VESICA_LIB_AUDIENCE_HYPER_LOG_LOG_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "audience/sorted_hashes.h"

namespace vesica {

// The first bits of a hash choose one of 2^register_bits registers; what follows, as a fraction in [0, 1), falls into
// a floating cell of `mantissa_bits`. A register keeps the smallest cell of its keys, as a code of one byte:
//
//   0                                             no key
//   1 + (zeros << mantissa_bits | ~mantissa)      zeros: leading zeros of the fraction, at most kMaxZeros;
//                                                 mantissa: the bits after its leading one, complemented so that a
//                                                 larger code is a smaller fraction; all ones where zeros is kMaxZeros
//
// With 0 mantissa bits that is the HyperLogLog of Flajolet and others (2007).
struct HyperLogLogShape {
  uint32_t register_bits = 14;
  uint32_t mantissa_bits = 3;

  static constexpr uint32_t kMinRegisterBits = 4;
  static constexpr uint32_t kMaxRegisterBits = 20;
  static constexpr uint32_t kMaxMantissaBits = 3;
  static constexpr uint32_t kMaxZeros = 30;

  // Of the largest power of two of registers that fits `bytes`, one byte each. InvalidArgument unless
  // 2^4 <= bytes <= 2^20 and mantissa_bits <= 3.
  static absl::StatusOr<HyperLogLogShape> Of(uint64_t bytes, uint32_t mantissa_bits);

  uint32_t registers() const { return uint32_t{1} << register_bits; }
  uint8_t max_code() const { return static_cast<uint8_t>(1 + ((kMaxZeros << mantissa_bits) | MantissaMask())); }
  uint32_t MantissaMask() const { return (uint32_t{1} << mantissa_bits) - 1; }

  uint32_t RegisterOf(uint64_t hash) const { return static_cast<uint32_t>(hash >> (64 - register_bits)); }
  uint8_t CodeOf(uint64_t hash) const {
    const uint64_t fraction = hash << register_bits;
    const uint32_t zeros = static_cast<uint32_t>(std::countl_zero(fraction));
    if (zeros >= kMaxZeros) return max_code();
    const uint32_t mantissa = static_cast<uint32_t>((fraction << zeros << 1) >> 32 >> (32 - mantissa_bits));
    return static_cast<uint8_t>(1 + (zeros << mantissa_bits | (~mantissa & MantissaMask())));
  }

  // Of all fractions (64 bits behind the point) whose code is above `code`, the largest; 0 if there are none.
  uint64_t LargestFractionAbove(uint8_t code) const;

  friend bool operator==(const HyperLogLogShape&, const HyperLogLogShape&) = default;
};

// Immutable.
//
// Invariants: shape().registers() registers, none above shape().max_code().
class HyperLogLog {
 public:
  HyperLogLog(const HyperLogLogShape& shape, std::vector<uint8_t> registers,
              std::optional<uint64_t> exact_count = std::nullopt);

  // The registers of a whole set, whose count they carry.
  static HyperLogLog OfExact(const SortedHashes& hashes, const HyperLogLogShape& shape);

  // The registers of the union, of the fewer registers and mantissa bits of both. Commutative, associative, idempotent.
  static HyperLogLog Merge(const HyperLogLog& a, const HyperLogLog& b);

  const HyperLogLogShape& shape() const { return shape_; }
  std::span<const uint8_t> registers() const { return registers_; }
  std::optional<uint64_t> exact_count() const { return exact_count_; }  // of the set, where one pass counted it

  // The registers that the same keys would have left in a coarser shape: no more registers, no more mantissa bits.
  HyperLogLog Coarser(const HyperLogLogShape& shape) const;

  friend bool operator==(const HyperLogLog&, const HyperLogLog&) = default;

 private:
  HyperLogLogShape shape_;
  std::vector<uint8_t> registers_;
  std::optional<uint64_t> exact_count_;
};

// The shape of fewer registers and fewer mantissa bits: what both can be brought to.
HyperLogLogShape CommonShape(const HyperLogLogShape& a, const HyperLogLogShape& b);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_HYPER_LOG_LOG_H_
