#ifndef VESICA_LIB_IDENTITY_FREE_MAIL_H_
#define VESICA_LIB_IDENTITY_FREE_MAIL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "identity/canonicalizer.h"
#include "identity/word_set.h"

namespace vesica {

// The free-mail domains of data/free_mail_domains.txt and the local parts of functions ("info", "sales"), both exact.
// Immutable.
class AddressLists {
 public:
  static const AddressLists& Get();

  // `domain` is canonical: lower-case ASCII.
  bool IsFreeMail(std::string_view domain) const;

  // `local` is a local part with its ASCII in lower case.
  bool IsRole(std::string_view local) const;

  struct Flags {
    bool free_mail, role;
  };
  // Both questions for a canonical address whose @ is at `at`.
  Flags Look(std::string_view address, size_t at) const {
    return {IsFreeMail(address.substr(at + 1)), IsRole(address.substr(0, at))};
  }

  // The same for the canonical addresses of a run, with kRunFreeMail and kRunRole: those whose flags are 0. An @ is
  // behind its local part, of at most 63 bytes; domains have 4 bytes or more and 63 or less, and 16 bytes of the run
  // before their ends.
  void LookRun(const KeyRun& run, const uint8_t* local_sizes, uint8_t* flags) const;

  // Of the free-mail list, for the stamps of profiles whose canonical form depends on it.
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  AddressLists();
  static uint32_t Hash(uint32_t word) { return word * 0x9E3779B1; }  // Fibonacci hashing: Knuth, TAOCP 3, 6.4
  void LookStretch(const KeyRun& run, size_t ahead, const uint8_t* local_sizes, uint8_t* flags) const;
  void AddPattern(std::string_view pattern, std::vector<Words>* exact);

  WordSet<12> free_mail_;                       // the last 16 bytes of every domain without a wildcard, zeros before
  std::vector<std::string_view> long_domains_;  // sorted: the domains of 16 bytes and more
  std::vector<std::string_view> patterns_;      // the domains with wildcards
  WordSet<8> roles_;                            // followed by zeros
  // What tells a glance that there may be something: 0 where there is surely nothing to find.
  std::array<uint8_t, 4096> pattern_starts_{};  // by their first four bytes
  std::array<uint8_t, 4096> pattern_ends_{};    // by their eighth-last to fifth-last, where they begin with a wildcard
  std::array<uint32_t, 1024> role_sizes_{};     // by the first four bytes, the @ being one: bit n is of n bytes, mod 32
  uint64_t fingerprint_ = 0;
};

// For those who ask once.
inline bool IsFreeMail(std::string_view domain) { return AddressLists::Get().IsFreeMail(domain); }
inline uint64_t FreeMailFingerprint() { return AddressLists::Get().fingerprint(); }

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_FREE_MAIL_H_
