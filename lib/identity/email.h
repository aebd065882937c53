#ifndef VESICA_LIB_IDENTITY_EMAIL_H_
#define VESICA_LIB_IDENTITY_EMAIL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "identity/canonicalizer.h"
#include "identity/free_mail.h"

namespace vesica {

inline constexpr size_t kMaxLocalPart = 64;  // bytes; RFC 5321, 4.5.3.1.1

// Splits a trimmed address that has exactly one @ and is neither quoted, commented nor in <>; else says what it is.
Reason SplitAddress(std::string_view address, std::string_view* local, std::string_view* domain);

// email/1; GRAMMAR.md has the rule.
class Email : public Canonicalizer {
 public:
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
  void TextBatch(std::span<const std::string_view> keys, KeyEncoding encoding, Scratch& scratch,
                 Canonical* out) const override;
  bool ScanRun(const KeyRun& run, uint8_t* flags) const override;
  bool scans_runs() const override { return true; }

 private:
  const AddressLists& lists_ = AddressLists::Get();
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_EMAIL_H_
