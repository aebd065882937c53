#ifndef VESICA_LIB_HASH_HASH_FUNCTION_H_
#define VESICA_LIB_HASH_HASH_FUNCTION_H_

#include <sodium.h>

#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/endian.h"
#include "hash/secret.h"
#include "vesica/hash.h"

namespace vesica {

// One type per hash of canonical bytes, so that loops are compiled for each and the choice is made outside them.

// XXH3_64bits_withSeed: `hi`.
struct Xxh3Hash64 {
  uint64_t seed;
  static constexpr bool kWide = false;
  KeyHash operator()(std::string_view bytes) const {
    return {XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed), 0};
  }
};

// XXH3_128bits_withSeed: its high half is `hi`.
struct Xxh3Hash128 {
  uint64_t seed;
  static constexpr bool kWide = true;
  KeyHash operator()(std::string_view bytes) const {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
    return {hash.high64, hash.low64};
  }
};

// BLAKE2b of 16 bytes under a key: bytes 0..7, lowest first, are `hi`, and with kWide bytes 8..15 are `lo`.
template <bool kWideHash>
struct Blake2bHash {
  const uint8_t* key;  // kKeyBytes
  static constexpr bool kWide = kWideHash;
  static constexpr size_t kKeyBytes = 32;
  KeyHash operator()(std::string_view bytes) const {
    uint8_t digest[16];
    crypto_generichash(digest, sizeof(digest), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), key,
                       kKeyBytes);
    return {LoadLittle64(digest), kWide ? LoadLittle64(digest + 8) : 0};
  }
};

template <class Work>
auto Identity::WithFunction(Work&& work) const {
  const bool wide = stamp_.width == HashWidth::k128;
  if (secret_ == nullptr) return wide ? work(Xxh3Hash128{seed_}) : work(Xxh3Hash64{seed_});
  static_assert(Blake2bHash<true>::kKeyBytes == Secret::kKeyBytes);
  return wide ? work(Blake2bHash<true>{secret_->key()}) : work(Blake2bHash<false>{secret_->key()});
}

}  // namespace vesica

#endif  // VESICA_LIB_HASH_HASH_FUNCTION_H_
