#include "identity/phone_text.h"

#include "identity/ascii.h"

namespace vesica {

Reason PhoneText::Read(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsDigit(c)) {
      if (size_ == kMaxRead) return Reason::kPhone;
      digits_[size_++] = c;
    } else if (c == '+') {
      if (has_plus_ || size_ > 0) return Reason::kPhone;
      has_plus_ = true;
    } else if (c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0') {
      ++i;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '/') {
      return Reason::kPhone;
    }
  }
  return size_ == 0 ? Reason::kPhone : Reason::kNone;
}

}  // namespace vesica
