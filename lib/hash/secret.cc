#include "hash/secret.h"

#include <sodium.h>

#include "base/endian.h"

namespace vesica {
namespace {

constexpr std::string_view kFingerprintLabel = "vesica secret fingerprint";

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Identity::Secret::Secret(std::span<const uint8_t> secret, std::string_view profile_id) {
  uint8_t digest[crypto_generichash_BYTES_MAX];
  if (secret.size() > crypto_generichash_KEYBYTES_MAX) {
    crypto_generichash(digest, sizeof(digest), secret.data(), secret.size(), nullptr, 0);
    secret = digest;
  }
  crypto_generichash(key_, sizeof(key_), Bytes(profile_id), profile_id.size(), secret.data(), secret.size());
  sodium_memzero(digest, sizeof(digest));
}

Identity::Secret::~Secret() { sodium_memzero(key_, sizeof(key_)); }

uint64_t Identity::Secret::Fingerprint() const {
  uint8_t digest[32];
  crypto_generichash(digest, sizeof(digest), Bytes(kFingerprintLabel), kFingerprintLabel.size(), key_, sizeof(key_));
  return LoadLittle64(digest);
}

}  // namespace vesica
