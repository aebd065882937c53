#ifndef VESICA_LIB_IDENTITY_PHONE_TEXT_H_
#define VESICA_LIB_IDENTITY_PHONE_TEXT_H_

#include <cstddef>
#include <string_view>

#include "vesica/identity.h"

namespace vesica {

inline constexpr size_t kMinPhoneDigits = 8;   // fewer are not taken for a whole number
inline constexpr size_t kMaxPhoneDigits = 15;  // ITU-T E.164, 6.1

// The digits of a phone number as it was written.
class PhoneText {
 public:
  // Reads `text`, which is trimmed and not empty: digits between separators (space, U+00A0, - . ( ) /), and a + before
  // the first digit. kPhone if there is anything else, no digit at all, or far too many.
  Reason Read(std::string_view text);

  bool has_plus() const { return has_plus_; }
  std::string_view digits() const { return {digits_, size_}; }

 private:
  // Room for 15 digits behind the longest international prefix and trunk prefix.
  static constexpr size_t kMaxRead = 24;
  char digits_[kMaxRead];
  size_t size_ = 0;
  bool has_plus_ = false;
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_PHONE_TEXT_H_
