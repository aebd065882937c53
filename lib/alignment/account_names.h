#ifndef VESICA_LIB_ALIGNMENT_ACCOUNT_NAMES_H_
#define VESICA_LIB_ALIGNMENT_ACCOUNT_NAMES_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "alignment/interner.h"
#include "identity/canonicalizer.h"
#include "vesica/identity.h"

namespace vesica {

// The rules of accounts: what is shared by all readers of a study.
struct AccountRules {
  Profile account;  // account/1: a free-mail domain is none
  Profile domain;   // domain/1

  static absl::StatusOr<AccountRules> Open();
};

// Accounts as ids, one reader's. Every distinct text is looked up once.
class AccountNames {
 public:
  explicit AccountNames(const AccountRules& rules) : rules_(rules) {}

  // Of an account as given, which is not empty: the registrable domain if it is a URL, host name or e-mail address,
  // else the text itself.
  uint32_t OfText(std::string_view text);

  // Of persons' keys: the registrable domain of an e-mail address, kNoId if it is none or one of free mail.
  void OfPersons(std::span<const std::string_view> keys, uint32_t* ids);

  const Interner& names() const { return names_; }
  uint64_t held_bytes() const { return names_.held_bytes() + texts_.memory() + hosts_.memory(); }

 private:
  // Texts and what became of each.
  struct Memo {
    Interner texts;
    std::vector<uint32_t> ids;
    uint64_t memory() const { return texts.held_bytes() + ids.capacity() * sizeof(uint32_t); }
  };
  uint32_t Resolve(std::string_view text, const Profile& profile, bool keep_text);

  const AccountRules& rules_;
  Scratch scratch_;
  Interner names_;
  Memo texts_;
  Memo hosts_;
  std::vector<std::string_view> host_texts_;  // of the keys at hand
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_ACCOUNT_NAMES_H_
