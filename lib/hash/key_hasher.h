#ifndef VESICA_LIB_HASH_KEY_HASHER_H_
#define VESICA_LIB_HASH_KEY_HASHER_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "identity/canonicalizer.h"
#include "vesica/hash.h"

namespace vesica {

inline constexpr uint32_t kHashBatch = 256;

// Hashes of the valid keys among up to kHashBatch rows, in row order.
struct HashedBatch {
  uint32_t size = 0;
  alignas(64) uint64_t hi[kHashBatch];
  alignas(64) uint64_t lo[kHashBatch];   // only at 128 bits
  alignas(64) uint32_t row[kHashBatch];  // row of the column; only if asked for
};

// Rows to hashes: decode, canonicalise, hash, 256 rows at a time so that all of it stays in L1.
// One per thread.
class KeyHasher {
 public:
  explicit KeyHasher(const Identity& identity);
  ~KeyHasher();
  KeyHasher(const KeyHasher&) = delete;
  KeyHasher& operator=(const KeyHasher&) = delete;

  // Whether the profile takes the column at all: InvalidArgument if not.
  absl::Status Check(const KeyColumn& column) const;

  // Hashes rows [begin, begin + count), count <= kHashBatch, of a checked column, and counts them in `quality`.
  // Fails with Corrupt where offsets or views run backwards or out of their buffer.
  absl::Status Hash(const KeyColumn& column, uint64_t begin, uint32_t count, bool with_rows, HashedBatch* out,
                    Quality* quality);

  // The canonical bytes of one row that Hash() found valid; valid until the next call.
  std::string_view CanonicalBytes(const KeyColumn& column, uint64_t row);

 private:
  struct Work;
  Identity identity_;
  std::unique_ptr<Work> work_;
};

}  // namespace vesica

#endif  // VESICA_LIB_HASH_KEY_HASHER_H_
