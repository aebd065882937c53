#ifndef VESICA_LIB_IDENTITY_FREE_MAIL_H_
#define VESICA_LIB_IDENTITY_FREE_MAIL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/endian.h"
#include "identity/word_set.h"

namespace vesica {

// masks[n] keeps the last n of 16 bytes, all of them from 16 on; words in the machine's byte order.
inline constexpr auto kTailMasks = [] {
  std::array<std::array<uint64_t, 64>, 2> masks{};
  for (size_t n = 0; n < 64; ++n) {
    for (size_t word = 0; word < 2; ++word) {
      std::array<uint8_t, 8> bytes{};
      for (size_t i = 0; i < 8; ++i) bytes[i] = 8 * word + i + n >= 16 ? 0xFF : 0;
      masks[word][n] = std::bit_cast<uint64_t>(bytes);
    }
  }
  return masks;
}();

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

  // The same into `*free_mail` and `*role`, fast, for an address of 16 to 64 bytes with a local part of at least 3 and
  // a domain of at least 4.
#if defined(__GNUC__)
  __attribute__((always_inline))
#endif
  inline void
  LookFast(std::string_view address, size_t at, bool* free_mail, bool* role) const {
    const char* begin = address.data();
    const char* end = begin + address.size();
    const size_t domain_size = address.size() - at - 1;
    const Words tail = {Load<uint64_t>(end - 16) & kTailMasks[0][domain_size],
                        Load<uint64_t>(end - 8) & kTailMasks[1][domain_size]};
    const bool found = free_mail_.Contains(tail);
    *free_mail = found;
    *role = false;
    // One branch for all that is rare, and none on what is found, which mixed lists would have mispredicted.
    const unsigned maybe_pattern = unsigned{pattern_starts_[Top12(Load<uint32_t>(begin + at + 1))]} |
                                   pattern_ends_[Top12(Load<uint32_t>(end - 8))];
    const unsigned maybe_role = role_starts_[Top12(Load<uint32_t>(begin) + static_cast<uint32_t>(at))];
    if ((maybe_role | (found ? unsigned{domain_size >= 16} : maybe_pattern)) != 0) [[unlikely]] {
      if (found ? domain_size >= 16 : maybe_pattern != 0) *free_mail = IsFreeMail(address.substr(at + 1));
      if (maybe_role != 0) *role = IsRole(address.substr(0, at));
    }
  }

  // Of the free-mail list, for the stamps of profiles whose canonical form depends on it.
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  AddressLists();
  void AddPattern(std::string_view pattern, std::vector<Words>* exact);

  // Filters: 0 where there is surely nothing to find.
  using Filter = std::array<uint8_t, 4096>;
  static uint32_t Top12(uint32_t word) { return word * 0x9E3779B1 >> 20; }

  WordSet<12> free_mail_;                       // the last 16 bytes of every domain without a wildcard, zeros before
  std::vector<std::string_view> long_domains_;  // sorted: the domains of 16 bytes and more
  std::vector<std::string_view> patterns_;      // the domains with wildcards
  WordSet<8> roles_;                            // followed by zeros
  Filter pattern_starts_{};                     // by their first four bytes
  Filter pattern_ends_{};                       // by their eighth-last to fifth-last, where they begin with a wildcard
  Filter role_starts_{};                        // by the first four bytes, the @ being one, and the size
  uint64_t fingerprint_ = 0;
};

// For those who ask once.
inline bool IsFreeMail(std::string_view domain) { return AddressLists::Get().IsFreeMail(domain); }
inline uint64_t FreeMailFingerprint() { return AddressLists::Get().fingerprint(); }

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_FREE_MAIL_H_
