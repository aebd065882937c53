#ifndef VESICA_LIB_AUDIENCE_FIND_H_
#define VESICA_LIB_AUDIENCE_FIND_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "audience/hash_element.h"

namespace vesica {

inline constexpr size_t kFindBatch = 256;

// The first position whose hash is not less than `hash`, searched for outwards from `hint`: O(log of the distance).
template <HashElement T>
size_t LowerBound(std::span<const T> sorted, const T& hash, size_t hint);

// Where a hash with this leading word would be among `count` that are spread evenly over hash space; below `count`
// unless that is 0.
inline size_t EvenPosition(uint64_t leading_word, size_t count) {
  return static_cast<size_t>((static_cast<unsigned __int128>(leading_word) * count) >> 64);
}

// found[i] = whether keys[i] is in `sorted`, for up to kFindBatch keys in any order. Interpolates, all keys side by
// side so that their cache misses overlap; about 20 ns a key in 10 million, and never worse than O(log) steps.
template <HashElement T>
void FindBatch(std::span<const T> sorted, std::span<const T> keys, uint8_t* found);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_FIND_H_
