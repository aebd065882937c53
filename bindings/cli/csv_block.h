// Masks of 64 bytes at a time: bit i of a mask is 1 where byte i is a wanted one. Each fast form has a scalar twin of
// the same signature; tests/cli/csv_test.cc holds them to each other.
//
// Everything has internal linkage, since csv_kernels_avx2.cc compiles it for a processor that not everybody has.
#ifndef VESICA_CLI_CSV_BLOCK_H_
#define VESICA_CLI_CSV_BLOCK_H_

#include <stddef.h>
#include <stdint.h>

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vesica_cli {
namespace {

constexpr size_t kBlockBytes = 64;
// Bytes that must be readable after a text that is scanned in blocks.
constexpr size_t kPaddingBytes = 2 * kBlockBytes;

[[maybe_unused]] inline uint64_t EqualMaskScalar(const char* block, char wanted) {
  uint64_t mask = 0;
  for (size_t i = 0; i < kBlockBytes; ++i) mask |= static_cast<uint64_t>(block[i] == wanted) << i;
  return mask;
}

[[maybe_unused]] inline uint64_t AnyMaskScalar(const char* block, char a, char b, char c) {
  return EqualMaskScalar(block, a) | EqualMaskScalar(block, b) | EqualMaskScalar(block, c);
}

// EqualMask: where the 64 bytes at `block` equal `wanted`. AnyMask: where they equal one of three.
#if defined(__AVX2__)
inline uint64_t Join(__m256i low, __m256i high) {
  return static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(low))) |
         static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(high))) << 32;
}

[[maybe_unused]] inline uint64_t EqualMask(const char* block, char wanted) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + 32));
  const __m256i needle = _mm256_set1_epi8(wanted);
  return Join(_mm256_cmpeq_epi8(low, needle), _mm256_cmpeq_epi8(high, needle));
}

[[maybe_unused]] inline uint64_t AnyMask(const char* block, char a, char b, char c) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + 32));
  const __m256i one = _mm256_set1_epi8(a), two = _mm256_set1_epi8(b), three = _mm256_set1_epi8(c);
  const auto any = [&](__m256i bytes) __attribute__((always_inline)) {
    return _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(bytes, one), _mm256_cmpeq_epi8(bytes, two)),
                           _mm256_cmpeq_epi8(bytes, three));
  };
  return Join(any(low), any(high));
}
#elif defined(__SSE2__)
[[maybe_unused]] inline uint64_t EqualMask(const char* block, char wanted) {
  const __m128i needle = _mm_set1_epi8(wanted);
  uint64_t mask = 0;
  for (size_t i = 0; i < kBlockBytes; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, needle)))) << i;
  }
  return mask;
}

[[maybe_unused]] inline uint64_t AnyMask(const char* block, char a, char b, char c) {
  const __m128i one = _mm_set1_epi8(a), two = _mm_set1_epi8(b), three = _mm_set1_epi8(c);
  uint64_t mask = 0;
  for (size_t i = 0; i < kBlockBytes; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const __m128i any = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, one), _mm_cmpeq_epi8(bytes, two)),
                                     _mm_cmpeq_epi8(bytes, three));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(any))) << i;
  }
  return mask;
}
#else
[[maybe_unused]] inline uint64_t EqualMask(const char* block, char wanted) { return EqualMaskScalar(block, wanted); }
[[maybe_unused]] inline uint64_t AnyMask(const char* block, char a, char b, char c) {
  return AnyMaskScalar(block, a, b, c);
}
#endif

[[maybe_unused]] inline uint64_t PrefixXorScalar(uint64_t bits) {
  uint64_t out = 0, parity = 0;
  for (int i = 0; i < 64; ++i) {
    parity ^= bits >> i & 1;
    out |= parity << i;
  }
  return out;
}

// Bit i is the parity of bits 0..i: of quote marks, 1 from an opening one up to before the closing one.
[[maybe_unused]] inline uint64_t PrefixXor(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// Bits below bit `count`; all for 64 and more.
[[maybe_unused]] inline uint64_t LowBits(size_t count) {
  return count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
}

[[maybe_unused]] inline size_t LowestBit(uint64_t mask) { return static_cast<size_t>(__builtin_ctzll(mask)); }

// First of the two bytes at or after `pos`; `size` if there is none.
[[maybe_unused]] inline size_t FindEither(const char* text, size_t pos, size_t size, char a, char b) {
  for (; pos + kBlockBytes <= size; pos += kBlockBytes) {
    const uint64_t mask = EqualMask(text + pos, a) | EqualMask(text + pos, b);
    if (mask != 0) return pos + LowestBit(mask);
  }
  while (pos < size && text[pos] != a && text[pos] != b) ++pos;
  return pos;
}

}  // namespace
}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_BLOCK_H_
