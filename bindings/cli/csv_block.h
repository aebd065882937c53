// Masks of 64 bytes at a time: bit i of a mask is 1 where byte i is the wanted one. Each fast form has a scalar twin
// of the same signature; tests/cli/csv_test.cc holds them to each other.
#ifndef VESICA_CLI_CSV_BLOCK_H_
#define VESICA_CLI_CSV_BLOCK_H_

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vesica_cli {

inline constexpr size_t kBlockBytes = 64;

inline uint64_t EqualMaskScalar(const char* block, char wanted) {
  uint64_t mask = 0;
  for (size_t i = 0; i < kBlockBytes; ++i) mask |= static_cast<uint64_t>(block[i] == wanted) << i;
  return mask;
}

// Where the 64 bytes at `block` equal `wanted`.
inline uint64_t EqualMask(const char* block, char wanted) {
#if defined(__SSE2__)  // part of x86-64 itself: nothing to dispatch
  const __m128i needle = _mm_set1_epi8(wanted);
  uint64_t mask = 0;
  for (size_t i = 0; i < kBlockBytes; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, needle)))) << i;
  }
  return mask;
#else
  return EqualMaskScalar(block, wanted);
#endif
}

inline uint64_t PrefixXorScalar(uint64_t bits) {
  uint64_t out = 0, parity = 0;
  for (int i = 0; i < 64; ++i) {
    parity ^= bits >> i & 1;
    out |= parity << i;
  }
  return out;
}

// Bit i is the parity of bits 0..i: of quote marks, 1 from an opening one up to before the closing one.
inline uint64_t PrefixXor(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// Bits below bit `count`; all for 64 and more.
inline uint64_t LowBits(size_t count) { return count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1; }

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_BLOCK_H_
