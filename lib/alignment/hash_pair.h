#ifndef VESICA_LIB_ALIGNMENT_HASH_PAIR_H_
#define VESICA_LIB_ALIGNMENT_HASH_PAIR_H_

#include <cstdint>

namespace vesica {

// A hash of two numbers, to partition by: the finalizer of MurmurHash3 (Appleby) over their mix.
inline uint64_t HashPair(uint64_t a, uint64_t b) {
  uint64_t h = a * 0x9E3779B97F4A7C15 + b;
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCD;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53;
  return h ^ (h >> 33);
}

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_HASH_PAIR_H_
