#ifndef VESICA_LIB_IDENTITY_DIGEST_TEXT_H_
#define VESICA_LIB_IDENTITY_DIGEST_TEXT_H_

#include <cstddef>
#include <string_view>

#include "identity/canonicalizer.h"

namespace vesica {

inline constexpr size_t kDigestBytes = 32;  // SHA-256
inline constexpr size_t kDigestHex = 64;
inline constexpr size_t kDigestBase64 = 44;

// A SHA-256 digest in text, ASCII white space around it trimmed: its 32 bytes. kHex: 64 hex digits of either case.
// kBase64: 44 characters of RFC 4648's alphabet, with the padding and with zeros in the bits that carry nothing.
// kPlain: either, told by length. kBlank, kDigest otherwise.
Canonical DigestFromText(std::string_view text, KeyEncoding encoding, Scratch& scratch);

// The SHA-256 digest of `text`.
Canonical DigestOf(std::string_view text, Scratch& scratch);

// sha256/1: digests of whatever the caller's partners hashed.
class Sha256 : public Canonicalizer {
 public:
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override {
    return DigestFromText(key, encoding, scratch);
  }
  bool takes_digests() const override { return true; }
  bool takes_encoding(KeyEncoding) const override { return true; }
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_DIGEST_TEXT_H_
