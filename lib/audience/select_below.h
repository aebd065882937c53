#ifndef VESICA_LIB_AUDIENCE_SELECT_BELOW_H_
#define VESICA_LIB_AUDIENCE_SELECT_BELOW_H_

#include <cstddef>
#include <cstdint>

namespace vesica {

// Writes the hashes with (hash << shift) <= limit to `out`, in order, and returns how many there are. This is the one
// comparison by which a sketch that has settled turns nearly every key down: then about 0.2 ns a hash. `out` has room
// for `count` hashes and one more, and may be `hashes`; shift < 64.
size_t SelectBelow(const uint64_t* hashes, size_t count, uint32_t shift, uint64_t limit, uint64_t* out);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SELECT_BELOW_H_
