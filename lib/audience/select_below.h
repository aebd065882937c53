#ifndef VESICA_LIB_AUDIENCE_SELECT_BELOW_H_
#define VESICA_LIB_AUDIENCE_SELECT_BELOW_H_

#include <cstddef>
#include <cstdint>

namespace vesica {

// How far beyond what it selects SelectBelow() may write.
inline constexpr size_t kSelectPadding = 64;

// Writes the hashes with (hash << shift) <= limit to `out`, in order, and returns how many there are. This is the one
// comparison by which a sketch that has settled turns nearly every key down. `out` has room for `count` hashes and
// kSelectPadding more; shift < 64.
size_t SelectBelow(const uint64_t* hashes, size_t count, uint32_t shift, uint64_t limit, uint64_t* out);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SELECT_BELOW_H_
