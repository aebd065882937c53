#ifndef VESICA_HASH_H_
#define VESICA_HASH_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "vesica/identity.h"

namespace vesica {

enum class HashFamily : uint8_t {
  kXxh3 = 1,     // XXH3 of the canonical bytes, seeded from the profile's id
  kBlake2b = 2,  // BLAKE2b of them, keyed with the caller's secret and the profile's id
};

enum class HashWidth : uint8_t { k64 = 64, k128 = 128 };

// A hash of a key. `hi` orders and partitions; `lo` is 0 at 64 bits.
struct KeyHash {
  uint64_t hi = 0;
  uint64_t lo = 0;
  friend auto operator<=>(const KeyHash&, const KeyHash&) = default;
};

// What must agree for two audiences to be comparable.
struct IdentityStamp {
  std::string profile;  // Profile::id()
  uint64_t data_fingerprint = 0;
  HashFamily family = HashFamily::kXxh3;
  HashWidth width = HashWidth::k64;
  uint64_t secret_fingerprint = 0;  // 0 unless keyed

  // "email/1 data=16 hex digits hash=xxh3-64" and " secret=16 hex digits" when keyed.
  std::string ToString() const;
  friend bool operator==(const IdentityStamp&, const IdentityStamp&) = default;
};

// OK if equal; else IdentityMismatch naming the first field that differs.
absl::Status CheckSameIdentity(const IdentityStamp& a, const IdentityStamp& b);

// A profile, a hash width and maybe a secret: all it takes to turn keys into comparable hashes.
// Immutable and cheap to copy; copies share the secret, which is wiped with the last of them.
class Identity {
 public:
  // `secret` is empty or at least 16 bytes (InvalidArgument otherwise).
  static absl::StatusOr<Identity> Create(const Profile& profile, HashWidth width = HashWidth::k64,
                                         std::span<const uint8_t> secret = {});

  const Profile& profile() const { return profile_; }
  const IdentityStamp& stamp() const { return stamp_; }
  HashWidth width() const { return stamp_.width; }

  // The hash of canonical bytes.
  KeyHash Hash(std::string_view canonical) const;

 private:
  friend class KeyHasher;
  class Secret;
  explicit Identity(const Profile& profile) : profile_(profile) {}
  template <class Work>
  auto WithFunction(Work&& work) const;  // work(the hash function); lib/hash/hash_function.h
  Profile profile_;
  IdentityStamp stamp_;
  uint64_t seed_ = 0;
  std::shared_ptr<const Secret> secret_;
};

}  // namespace vesica

#endif  // VESICA_HASH_H_
