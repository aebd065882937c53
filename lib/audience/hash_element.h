// The two element types that arrays of hashes have, under one set of names: uint64_t at 64 bits, KeyHash at 128.
#ifndef VESICA_LIB_AUDIENCE_HASH_ELEMENT_H_
#define VESICA_LIB_AUDIENCE_HASH_ELEMENT_H_

#include <concepts>
#include <cstdint>
#include <utility>

#include "vesica/hash.h"

namespace vesica {

template <class T>
concept HashElement = std::same_as<T, uint64_t> || std::same_as<T, KeyHash>;

template <HashElement T>
inline constexpr HashWidth kHashWidthOf = std::same_as<T, uint64_t> ? HashWidth::k64 : HashWidth::k128;

inline constexpr uint64_t HashBytes(HashWidth width) { return static_cast<uint64_t>(width) / 8; }

// The bits that decide the order first.
inline uint64_t LeadingWord(uint64_t hash) { return hash; }
inline uint64_t LeadingWord(const KeyHash& hash) { return hash.hi; }

template <HashElement T>
T SmallestHash(uint64_t leading_word) {
  if constexpr (std::same_as<T, uint64_t>) {
    return leading_word;
  } else {
    return {leading_word, 0};
  }
}

// Orders and equality without branches.
inline bool IsLess(uint64_t a, uint64_t b) { return a < b; }
inline bool IsLess(const KeyHash& a, const KeyHash& b) {
  return static_cast<bool>((a.hi < b.hi) | ((a.hi == b.hi) & (a.lo < b.lo)));
}
inline bool IsSame(uint64_t a, uint64_t b) { return a == b; }
inline bool IsSame(const KeyHash& a, const KeyHash& b) { return ((a.hi ^ b.hi) | (a.lo ^ b.lo)) == 0; }

// Calls `visit` with a value of the element type of `width`.
template <class Visit>
auto WithElementOf(HashWidth width, Visit&& visit) {
  return width == HashWidth::k64 ? visit(uint64_t{}) : visit(KeyHash{});
}

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_HASH_ELEMENT_H_
