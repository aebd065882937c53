#include "identity/digest_text.h"

#include <sodium.h>

#include <cstdint>

#include "identity/ascii.h"

namespace vesica {
namespace {

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  c = ToLower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int Base64Value(char c) {
  if (IsUpper(c)) return c - 'A';
  if (IsLower(c)) return c - 'a' + 26;
  if (IsDigit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool FromHex(std::string_view text, char* out) {
  for (size_t i = 0; i < kDigestBytes; ++i) {
    const int high = HexValue(text[2 * i]), low = HexValue(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<char>(high << 4 | low);
  }
  return true;
}

// 44 characters: ten groups of four for 30 bytes, and one of three with its padding for 2.
bool FromBase64(std::string_view text, char* out) {
  if (text.back() != '=') return false;
  uint32_t bits = 0;
  for (size_t i = 0; i < kDigestBase64 - 1; ++i) {
    const int value = Base64Value(text[i]);
    if (value < 0) return false;
    bits = bits << 6 | static_cast<uint32_t>(value);
    if (i % 4 != 3) continue;
    for (int byte = 2; byte >= 0; --byte) *out++ = static_cast<char>(bits >> 8 * byte);
    bits = 0;
  }
  if ((bits & 3) != 0) return false;
  *out++ = static_cast<char>(bits >> 10);
  *out++ = static_cast<char>(bits >> 2);
  return true;
}

}  // namespace

Canonical DigestFromText(std::string_view text, KeyEncoding encoding, Scratch& scratch) {
  text = TrimSpace(text);
  if (text.empty()) return {.reason = Reason::kBlank};
  char digest[kDigestBytes];
  const bool hex = encoding != KeyEncoding::kBase64 && text.size() == kDigestHex && FromHex(text, digest);
  const bool base64 = encoding != KeyEncoding::kHex && text.size() == kDigestBase64 && FromBase64(text, digest);
  if (!hex && !base64) return {.reason = Reason::kDigest};
  char* bytes = scratch.Take(kDigestBytes);
  for (size_t i = 0; i < kDigestBytes; ++i) bytes[i] = digest[i];
  return {.bytes = {bytes, kDigestBytes}};
}

Canonical DigestOf(std::string_view text, Scratch& scratch) {
  char* bytes = scratch.Take(kDigestBytes);
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(bytes), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  return {.bytes = {bytes, kDigestBytes}};
}

}  // namespace vesica
