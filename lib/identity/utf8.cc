#include "identity/utf8.h"

#include <cstddef>
#include <cstdint>

#include "identity/ascii.h"

namespace vesica {

bool TakeCodePoint(std::string_view* text, char32_t* code_point) {
  const auto lead = static_cast<unsigned char>(text->front());
  if (lead < 0x80) {
    *code_point = lead;
    text->remove_prefix(1);
    return true;
  }
  size_t size;
  char32_t value, least;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2, least = 0x80, value = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3, least = 0x800, value = lead & 0x0F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4, least = 0x10000, value = lead & 0x07;
  } else {
    return false;
  }
  if (text->size() < size) return false;
  for (size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>((*text)[i]);
    if ((byte & 0xC0) != 0x80) return false;
    value = value << 6 | (byte & 0x3F);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
  *code_point = value;
  text->remove_prefix(size);
  return true;
}

bool IsUtf8(std::string_view text) {
  char32_t ignored;
  while (!text.empty()) {
    if (!TakeCodePoint(&text, &ignored)) return false;
  }
  return true;
}

char* PutCodePoint(char32_t code_point, char* out) {
  const auto continuation = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (code_point < 0x80) {
    *out++ = static_cast<char>(code_point);
    return out;
  }
  if (code_point < 0x800) {
    *out++ = static_cast<char>(0xC0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      *out++ = static_cast<char>(0xE0 | code_point >> 12);
    } else {
      *out++ = static_cast<char>(0xF0 | code_point >> 18);
      *out++ = continuation(code_point >> 12);
    }
    *out++ = continuation(code_point >> 6);
  }
  *out++ = continuation(code_point);
  return out;
}

}  // namespace vesica
