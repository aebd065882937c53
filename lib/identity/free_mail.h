#ifndef VESICA_LIB_IDENTITY_FREE_MAIL_H_
#define VESICA_LIB_IDENTITY_FREE_MAIL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

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

  // Both questions for a canonical address whose @ is at `at`; about 3 ns from 16 bytes on.
  struct Flags {
    bool free_mail, role;
  };
  Flags Look(std::string_view address, size_t at) const;

  // Of the free-mail list, for the stamps of profiles whose canonical form depends on it.
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  AddressLists();
  void AddPattern(std::string_view pattern, std::vector<Words>* exact);
  bool LooksLikePattern(std::string_view domain, Words tail) const;
  bool IsFreeMail(std::string_view domain, Words tail) const;
  bool MatchesPattern(std::string_view domain) const;

  WordSet free_mail_;                           // tails, see Tail() in free_mail.cc
  std::vector<std::string_view> long_domains_;  // sorted: those that their tail does not tell
  std::vector<std::string_view> patterns_;
  std::array<uint64_t, 16> pattern_filter_{};  // of what patterns begin or end with
  WordSet roles_;
  uint64_t fingerprint_ = 0;
};

// For those who ask once.
inline bool IsFreeMail(std::string_view domain) { return AddressLists::Get().IsFreeMail(domain); }
inline uint64_t FreeMailFingerprint() { return AddressLists::Get().fingerprint(); }

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_FREE_MAIL_H_
