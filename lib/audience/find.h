#ifndef VESICA_LIB_AUDIENCE_FIND_H_
#define VESICA_LIB_AUDIENCE_FIND_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "audience/hash_element.h"

namespace vesica {

inline constexpr size_t kFindBatch = 256;

// The first position whose hash is not less than `hash`. Starts where it would be if the hashes were spread evenly
// between the first and the last, and searches outwards: O(log of the distance).
template <HashElement T>
size_t LowerBound(std::span<const T> sorted, const T& hash);

// The same, from a position that the answer is likely to be near.
template <HashElement T>
size_t LowerBoundNear(std::span<const T> sorted, const T& hash, size_t near);

// found[i] = whether keys[i] is in `sorted`, for up to kFindBatch keys in any order. Interpolates, all keys side by
// side so that their cache misses overlap, and never worse than O(log) steps a key.
template <HashElement T>
void FindBatch(std::span<const T> sorted, std::span<const T> keys, uint8_t* found);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_FIND_H_
