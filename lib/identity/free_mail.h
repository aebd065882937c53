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

// masks[n] keeps the first n of 16 bytes, none of them from 16 on: where no role is.
inline constexpr auto kHeadMasks = [] {
  std::array<std::array<uint64_t, 64>, 2> masks{};
  for (size_t n = 0; n < 16; ++n) {
    for (size_t word = 0; word < 2; ++word) {
      std::array<uint8_t, 8> bytes{};
      for (size_t i = 0; i < 8; ++i) bytes[i] = 8 * word + i < n ? 0xFF : 0;
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

  // The same, fast, for an address of 16 to 64 bytes with a domain of at least 4.
#if defined(__GNUC__)
  __attribute__((always_inline))
#endif
  inline Flags
  LookFast(std::string_view address, size_t at) const {
    const char* begin = address.data();
    const char* end = begin + address.size();
    const size_t domain_size = address.size() - at - 1;
    const Words tail = {Load<uint64_t>(end - 16) & kTailMasks[0][domain_size],
                        Load<uint64_t>(end - 8) & kTailMasks[1][domain_size]};
    Flags flags = {free_mail_.Contains(tail), false};
    // Without a branch on what is found: in mixed lists that would be mispredicted often.
    const unsigned found = flags.free_mail;
    const unsigned look_again =
        (found & unsigned{domain_size >= 16}) | (~-found & MayMatchPattern(begin + at + 1, tail.hi));
    if (look_again != 0) [[unlikely]]
      flags.free_mail = IsFreeMail(address.substr(at + 1));
    if (role_starts_[RoleStart(begin, at)] != 0) [[unlikely]]
      flags.role = IsRole(address.substr(0, at));
    return flags;
  }

  // Of the free-mail list, for the stamps of profiles whose canonical form depends on it.
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  AddressLists();
  void AddPattern(std::string_view pattern, std::vector<Words>* exact);

  // Filters: 0 where there is surely nothing to find.
  using Filter = std::array<uint8_t, 4096>;
  static uint64_t Top12(uint64_t word) { return word * 0x9E3779B97F4A7C15 >> 52; }
  static uint64_t RoleStart(const char* local, size_t size) {
    return Top12((Load<uint64_t>(local) & kHeadMasks[0][size]) + size);
  }
  unsigned MayMatchPattern(const char* domain, uint64_t tail_hi) const {
    return unsigned{pattern_starts_[Top12(Load<uint32_t>(domain))]} | pattern_ends_[Top12(tail_hi)];
  }

  WordSet<12> free_mail_;                       // the last 16 bytes of every domain without a wildcard, zeros before
  std::vector<std::string_view> long_domains_;  // sorted: the domains of 16 bytes and more
  std::vector<std::string_view> patterns_;      // the domains with wildcards
  WordSet<8> roles_;                            // followed by zeros
  Filter pattern_starts_{};                     // by their first four bytes
  Filter pattern_ends_{};                       // by their last eight, where a wildcard is among the first four
  Filter role_starts_{};                        // by RoleStart()
  uint64_t fingerprint_ = 0;
};

// For those who ask once.
inline bool IsFreeMail(std::string_view domain) { return AddressLists::Get().IsFreeMail(domain); }
inline uint64_t FreeMailFingerprint() { return AddressLists::Get().fingerprint(); }

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_FREE_MAIL_H_
