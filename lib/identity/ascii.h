#ifndef VESICA_LIB_IDENTITY_ASCII_H_
#define VESICA_LIB_IDENTITY_ASCII_H_

#include <string_view>

namespace vesica {

// Space, tab, line feed, vertical tab, form feed, carriage return: what "ASCII white space" is in every grammar.
constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr char ToLower(char c) { return IsUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c; }

// `text` without leading and trailing ASCII white space.
constexpr std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_ASCII_H_
