// Rice codes (R. F. Rice, JPL Publication 79-22, 1979): a value as its quotient by 2^k in unary, zeros and a one, then
// its k low bits. Least significant bit first.
#ifndef VESICA_LIB_WIRE_RICE_H_
#define VESICA_LIB_WIRE_RICE_H_

#include <bit>
#include <cstdint>

#include "absl/numeric/int128.h"
#include "base/endian.h"

namespace vesica {

// The best parameter for the gaps between `count` values spread at random over 1 <= `universe` <= 2^64: the smallest k
// with 2^k * count * 1000 >= 481 * universe, 0 for no values. 0.4812 is the logarithm of the golden ratio (A. Kiely,
// "Selecting the Golomb Parameter in Rice Coding", IPN Progress Report 42-159, 2004).
inline uint32_t RiceParameter(absl::uint128 universe, uint64_t count) {
  if (count == 0) return 0;
  const absl::uint128 quotient = (universe * 481 - 1) / (absl::uint128(count) * 1000);
  return static_cast<uint32_t>(std::bit_width(absl::Uint128Low64(quotient)));
}

inline constexpr uint64_t LowBits(uint32_t count) { return (uint64_t{1} << count) - 1; }  // count < 64

// The length of a code, k < 64.
inline uint64_t RiceBits(uint64_t value, uint32_t k) { return (value >> k) + 1 + k; }

// Writes bits to memory of the caller's. Whole words are stored, so up to kSlackBytes after the last bit are zeroed.
class BitWriter {
 public:
  static constexpr uint64_t kSlackBytes = 8;
  static constexpr uint32_t kMaxPut = 56;

  explicit BitWriter(uint8_t* out) : out_(out) {}

  // bits < 2^count, count <= kMaxPut.
  void Put(uint64_t bits, uint32_t count) {
    pending_ |= bits << used_;
    used_ += count;
    StoreLittle64(pending_, out_);
    out_ += used_ / 8;
    pending_ >>= used_ & ~7u;
    used_ &= 7;
  }

  void PutRice(uint64_t value, uint32_t k) {
    uint64_t quotient = value >> k;
    if (quotient < kMaxPut && quotient + k < kMaxPut) [[likely]] {
      Put(((value & LowBits(k)) << 1 | 1) << quotient, static_cast<uint32_t>(quotient) + 1 + k);
      return;
    }
    for (; quotient >= kMaxPut; quotient -= kMaxPut) Put(0, kMaxPut);
    Put(uint64_t{1} << quotient, static_cast<uint32_t>(quotient) + 1);
    const uint32_t low = k < 32 ? k : 32;
    Put(value & LowBits(low), low);
    Put(value >> low & LowBits(k - low), k - low);
  }

 private:
  uint8_t* out_;
  uint64_t pending_ = 0;  // the `used_` < 8 bits of the byte that is not full
  uint32_t used_ = 0;
};

// Reads bits from `size_bytes` of untrusted memory that is followed by kSlackBytes readable ones. After a failed read
// there is nothing more to read.
class BitReader {
 public:
  static constexpr uint64_t kSlackBytes = 8;

  BitReader(const uint8_t* data, uint64_t size_bytes) : data_(data), end_(size_bytes * 8) {}

  // False past the end. count <= 32.
  bool Get(uint32_t count, uint64_t* bits) {
    *bits = Peek() & LowBits(count);
    return Skip(count);
  }

  // False past the end, and for values that no 64 bits hold. k < 64.
  bool GetRice(uint32_t k, uint64_t* value) {
    const uint64_t word = Peek();
    const auto quotient = static_cast<uint32_t>(std::countr_zero(word));
    if (quotient + k < kPeeked) [[likely]] {
      *value = uint64_t{quotient} << k | (word >> quotient >> 1 & LowBits(k));
      return Skip(quotient + 1 + k);
    }
    return GetLongRice(k, value);
  }

  // Whether everything was read but for less than a byte of zeros.
  bool AtEnd() const {
    return end_ - position_ < 8 && (Peek() & LowBits(static_cast<uint32_t>(end_ - position_))) == 0;
  }

 private:
  static constexpr uint32_t kPeeked = 57;  // bits of a word that are there wherever in a byte it begins

  uint64_t Peek() const { return LoadLittle64(data_ + position_ / 8) >> (position_ & 7); }

  bool Skip(uint32_t count) {
    if (count > end_ - position_) return false;
    position_ += count;
    return true;
  }

  bool GetLongRice(uint32_t k, uint64_t* value) {
    uint64_t quotient = 0;
    while ((Peek() & LowBits(kPeeked)) == 0) {
      if (!Skip(kPeeked)) return false;
      quotient += kPeeked;
    }
    const auto zeros = static_cast<uint32_t>(std::countr_zero(Peek()));
    quotient += zeros;
    uint64_t low = 0, high = 0;
    const uint32_t low_bits = k < 32 ? k : 32;
    if (!Skip(zeros + 1) || !Get(low_bits, &low) || !Get(k - low_bits, &high)) return false;
    if (quotient > UINT64_MAX >> k) return false;
    *value = quotient << k | high << low_bits | low;
    return true;
  }

  const uint8_t* data_;
  uint64_t position_ = 0;  // bits read, at most end_
  uint64_t end_;
};

}  // namespace vesica

#endif  // VESICA_LIB_WIRE_RICE_H_
