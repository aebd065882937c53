// What sketches keep, by definition: naive twins of MinHash and HyperLogLog over a set of hashes.
#ifndef VESICA_TESTS_MODEL_NAIVE_SKETCHES_H_
#define VESICA_TESTS_MODEL_NAIVE_SKETCHES_H_

#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"

namespace vesica {

// Exponent and mantissa by arithmetic: the cell of a position among cells of p mantissa bits.
inline uint32_t NaiveCell(uint64_t position, uint32_t p) {
  uint32_t octave = 0;
  uint64_t mantissa = position;
  while (mantissa >= (uint64_t{1} << (p + 1))) mantissa /= 2, ++octave;
  if (mantissa >= (uint64_t{1} << p)) return ((octave + 1) << p) + static_cast<uint32_t>(mantissa - (uint64_t{1} << p));
  return static_cast<uint32_t>(mantissa);
}

inline MinHash NaiveMinHash(const std::vector<uint64_t>& hashes, const MinHashSize& size) {
  std::set<uint32_t> cells;
  for (const uint64_t hash : hashes) cells.insert(NaiveCell(hash / 16, size.mantissa_bits));
  uint32_t threshold = EndCell(size.mantissa_bits);
  std::vector<uint32_t> kept;
  for (const uint32_t cell : cells) {
    if (kept.size() == size.capacity) {
      threshold = cell;
      break;
    }
    kept.push_back(cell);
  }
  return MinHash(size, threshold, kept);
}

// Bit by bit.
inline HyperLogLog NaiveHyperLogLog(const std::vector<uint64_t>& hashes, const HyperLogLogShape& shape) {
  std::vector<uint8_t> registers(shape.registers());
  for (const uint64_t hash : hashes) {
    const auto bit = [&](uint32_t i) { return i < 64 ? hash >> (63 - i) & 1 : 0; };
    size_t index = 0;
    for (uint32_t i = 0; i < shape.register_bits; ++i) index = 2 * index + bit(i);
    uint32_t zeros = 0;
    while (zeros < HyperLogLogShape::kMaxZeros && bit(shape.register_bits + zeros) == 0) ++zeros;
    uint32_t mantissa = 0;
    for (uint32_t i = 0; i < shape.mantissa_bits; ++i) {
      const bool known = zeros < HyperLogLogShape::kMaxZeros;
      mantissa = 2 * mantissa + (known ? static_cast<uint32_t>(bit(shape.register_bits + zeros + 1 + i)) : 0);
    }
    const uint32_t steps = 1u << shape.mantissa_bits;
    const uint32_t code = 1 + zeros * steps + (steps - 1 - mantissa);
    if (code > registers[index]) registers[index] = static_cast<uint8_t>(code);
  }
  return HyperLogLog(shape, registers);
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_SKETCHES_H_
