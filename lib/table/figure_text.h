#ifndef VESICA_LIB_TABLE_FIGURE_TEXT_H_
#define VESICA_LIB_TABLE_FIGURE_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

// The one place where figures become text, whatever the text is for.
namespace vesica {

void AppendInteger(int64_t value, std::string* to);
void AppendInteger(uint64_t value, std::string* to);

// In the fewest digits that read back the same, always with a point or an exponent: 0.5, 20.0, 2.5e-16. Fixed from 1e-4
// to below 1e15. "null" for what is not finite, as JSON has it.
void AppendNumber(double value, std::string* to);

// Ten-thousandths, without zeros at the end: 12, 12.5, -0.0001.
void AppendAmount(int64_t value, std::string* to);

// Microseconds since 1970-01-01T00:00:00Z, within the years 0 to 9999, as RFC 3339; a fraction, of 6 digits, only where
// there is one.
void AppendTime(int64_t microseconds, std::string* to);

// Whether the time has a year of 4 digits.
bool IsTime(int64_t microseconds);

// As a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
void AppendJsonText(std::string_view text, std::string* to);

// `text` if it is UTF-8, else what AppendJsonText() makes of it, in `*repaired`.
std::string_view Utf8Of(std::string_view text, std::string* repaired);

}  // namespace vesica

#endif  // VESICA_LIB_TABLE_FIGURE_TEXT_H_
