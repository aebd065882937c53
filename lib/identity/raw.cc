#include "identity/raw.h"

#include <cstdint>

#include "identity/ascii.h"

namespace vesica {
namespace {

// The integer that `text` ([+-]? digits) writes; false if it is none or does not fit.
bool ParseInt64(std::string_view text, int64_t* out) {
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  if (text.empty()) return false;
  const uint64_t limit = negative ? uint64_t{1} << 63 : (uint64_t{1} << 63) - 1;
  uint64_t magnitude = 0;
  for (char c : text) {
    if (!IsDigit(c)) return false;
    const auto digit = static_cast<uint64_t>(c - '0');
    if (magnitude > (limit - digit) / 10) return false;
    magnitude = magnitude * 10 + digit;
  }
  *out = static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
  return true;
}

}  // namespace

Canonical RawBytes::Text(std::string_view key, KeyEncoding, Scratch&) const {
  return {.bytes = key, .reason = key.empty() ? Reason::kBlank : Reason::kNone};
}

Canonical Integers::Text(std::string_view key, KeyEncoding, Scratch& scratch) const {
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  int64_t value;
  if (!ParseInt64(key, &value)) return {.reason = Reason::kInteger};
  char* bytes = scratch.Take(8);
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
  return {.bytes = {bytes, 8}};
}

}  // namespace vesica
