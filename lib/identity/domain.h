#ifndef VESICA_LIB_IDENTITY_DOMAIN_H_
#define VESICA_LIB_IDENTITY_DOMAIN_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "identity/canonicalizer.h"
#include "identity/public_suffix.h"

namespace vesica {

// The host of a URL, of an e-mail address, or `text` itself, as written and without port; `text` is trimmed.
// Reasons: kSeveralAt, kDomain (a port that is none), kPublicSuffix (an IPv6 address in brackets).
Reason FindHost(std::string_view text, std::string_view* host);

// domain/1: URL, host name or e-mail address to registrable domain.
class Domain : public Canonicalizer {
 public:
  static absl::StatusOr<std::shared_ptr<const Canonicalizer>> Create(std::string_view country);
  static uint64_t Fingerprint() { return PublicSuffixList::Fingerprint(); }

  explicit Domain(PublicSuffixList suffixes) : suffixes_(std::move(suffixes)) {}
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;

 private:
  PublicSuffixList suffixes_;
};

// account/1: domain/1, where a domain of a free-mail provider is no account.
class Account : public Domain {
 public:
  static absl::StatusOr<std::shared_ptr<const Canonicalizer>> Create(std::string_view country);
  static uint64_t Fingerprint();  // of both lists

  using Domain::Domain;
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_DOMAIN_H_
