// Set operations on strictly increasing arrays of hashes. Pure functions; every variant gives the same answer.
#ifndef VESICA_LIB_AUDIENCE_SET_KERNELS_H_
#define VESICA_LIB_AUDIENCE_SET_KERNELS_H_

#include <cstdint>
#include <span>

#include "audience/hash_element.h"

namespace vesica {

// How many hashes are in both, by whichever variant below is fastest for the sizes.
template <HashElement T>
uint64_t CountCommon(std::span<const T> a, std::span<const T> b);

// Merge without branches: about 2.5 ns a hash of both.
template <HashElement T>
uint64_t CountCommonByMerge(std::span<const T> a, std::span<const T> b);

// Compares whole blocks, each hash of one with all of the other: about 0.6 ns a hash of both with 8 lanes. A merge
// where the machine has fewer than 4 lanes.
template <HashElement T>
uint64_t CountCommonByBlocks(std::span<const T> a, std::span<const T> b);

// Looks each hash of `small` up in `large`: about 20 ns a hash of `small`.
template <HashElement T>
uint64_t CountCommonBySearch(std::span<const T> small, std::span<const T> large);

// Write the union, the intersection, or what is in a and not in b to `out`, which has exactly that size. About 3 ns a
// hash of both.
template <HashElement T>
void WriteUnion(std::span<const T> a, std::span<const T> b, std::span<T> out);
template <HashElement T>
void WriteIntersection(std::span<const T> a, std::span<const T> b, std::span<T> out);
template <HashElement T>
void WriteDifference(std::span<const T> a, std::span<const T> b, std::span<T> out);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SET_KERNELS_H_
