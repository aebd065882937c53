#ifndef VESICA_LIB_IDENTITY_UTF8_H_
#define VESICA_LIB_IDENTITY_UTF8_H_

#include <string_view>

namespace vesica {

// Takes the first code point off `*text`, which is not empty. False, and `*text` left alone, if it does not begin with
// well-formed UTF-8 (The Unicode Standard, table 3-7: no surrogates, nothing overlong).
bool TakeCodePoint(std::string_view* text, char32_t* code_point);

bool IsUtf8(std::string_view text);

// Writes a code point that TakeCodePoint() could return, 1..4 bytes, and returns their end.
char* PutCodePoint(char32_t code_point, char* out);

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_UTF8_H_
