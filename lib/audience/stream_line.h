#ifndef VESICA_LIB_AUDIENCE_STREAM_LINE_H_
#define VESICA_LIB_AUDIENCE_STREAM_LINE_H_

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vesica {

// Writes a line of 64 bytes past the cache where the machine can (1.6 times faster than write-back when dealing out
// hashes; research: exact.md). Both ends are aligned to 64 bytes.
inline void StreamLine(const void* line, void* target) {
#if defined(__SSE2__)
  const __m128i* from = static_cast<const __m128i*>(line);
  __m128i* to = static_cast<__m128i*>(target);
  for (int i = 0; i < 4; ++i) _mm_stream_si128(to + i, _mm_load_si128(from + i));
#else
  std::memcpy(target, line, 64);
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
