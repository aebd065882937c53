#ifndef VESICA_LIB_REPORT_LABEL_H_
#define VESICA_LIB_REPORT_LABEL_H_

#include <string>
#include <string_view>
#include <vector>

// Labels from data in pictures. Which font shows them is not known, so widths are what the widest of the usual fonts
// takes, in the steps that tell letters apart.
namespace vesica {

// Valid UTF-8 on one line without anything that is not to be seen or reorders its surroundings: see AppendEscaped().
std::string CleanLabel(std::string_view text);

// How much wider text of the class v-strong is.
inline constexpr double kStrongWidth = 1.08;

// At most how wide a line of text is, in units of `font_size`'s.
double TextWidth(std::string_view text, double font_size);

// The text, cut with an ellipsis where it is wider than `width`. Never splits a character from the marks on it.
std::string FitText(std::string_view text, double font_size, double width);

// The text in at most `lines` lines of at most `width`, broken at spaces and after _ - / . where there are some;
// the last is cut.
std::vector<std::string> WrapText(std::string_view text, double font_size, double width, size_t lines);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_LABEL_H_
