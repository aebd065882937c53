#ifndef VESICA_LIB_HASH_SECRET_H_
#define VESICA_LIB_HASH_SECRET_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "vesica/hash.h"

namespace vesica {

// The key of one secret for one profile. Wiped on destruction.
//
//   key         = BLAKE2b-256 of the profile's id, keyed with the secret; a secret of more than 64 bytes is first
//                 replaced by its BLAKE2b-512. Hashes under one secret are thus unrelated between profiles.
//   fingerprint = the first 8 bytes, lowest first, of BLAKE2b-256 of "vesica secret fingerprint" under `key`. Key
//   hashes
//                 are BLAKE2b-128, another function, so no key's hash is the fingerprint.
class Identity::Secret {
 public:
  static constexpr size_t kKeyBytes = 32;

  // `secret` is at least 16 bytes.
  Secret(std::span<const uint8_t> secret, std::string_view profile_id);
  ~Secret();
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  const uint8_t* key() const { return key_; }  // kKeyBytes
  uint64_t Fingerprint() const;

 private:
  uint8_t key_[kKeyBytes];
};

}  // namespace vesica

#endif  // VESICA_LIB_HASH_SECRET_H_
