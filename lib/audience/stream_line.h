#ifndef VESICA_LIB_AUDIENCE_STREAM_LINE_H_
#define VESICA_LIB_AUDIENCE_STREAM_LINE_H_

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vesica {

// Writes a line of 64 bytes past the cache where the machine can (1.6 times faster than write-back when dealing out
// hashes). Both ends are aligned to 64 bytes.
inline void StreamLine(const void* line, void* target) {
#if defined(__SSE2__)
  const __m128i* from = static_cast<const __m128i*>(line);
  __m128i* to = static_cast<__m128i*>(target);
  for (int i = 0; i < 4; ++i) _mm_stream_si128(to + i, _mm_load_si128(from + i));
#else
  std::memcpy(target, line, 64);
#endif
}

// The same with the last two words given in registers: they have just come, and a wide load of them from the line would
// wait for the stores.
inline void StreamLineWith(const uint64_t* line, uint64_t word6, uint64_t word7, uintptr_t target) {
#if defined(__SSE2__)
  const __m128i* from = reinterpret_cast<const __m128i*>(line);
  __m128i* to = reinterpret_cast<__m128i*>(target);
  for (int i = 0; i < 3; ++i) _mm_stream_si128(to + i, _mm_load_si128(from + i));
  _mm_stream_si128(to + 3, _mm_set_epi64x(static_cast<int64_t>(word7), static_cast<int64_t>(word6)));
#else
  uint64_t* to = reinterpret_cast<uint64_t*>(target);
  std::memcpy(to, line, 6 * sizeof(uint64_t));
  to[6] = word6;
  to[7] = word7;
#endif
}

// Makes streamed lines visible to what this thread synchronises with afterwards.
inline void StreamFence() {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_STREAM_LINE_H_
