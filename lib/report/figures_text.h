#ifndef VESICA_LIB_REPORT_FIGURES_TEXT_H_
#define VESICA_LIB_REPORT_FIGURES_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "vesica/overlap.h"

// Figures as a report shows them, in English: the same figures stand unrounded in tables.
namespace vesica {

inline constexpr const char* kUndefinedText = "–";

std::string CountText(uint64_t count);               // "1,234,567"
std::string CountText(double count);                 // rounded, or kUndefinedText
std::string ShortCountText(double count);            // the same, from a billion on "6.98 billion"
std::string CountText(const Estimate& estimate);     // "1,234 (1,100 to 1,400)", or a count if it is exact
std::string PercentText(double share);               // "16.0 %", "0.76 %", or kUndefinedText
std::string PercentText(const Estimate& estimate);   // "16.0 % (14.2 % to 17.9 %)"
std::string RatioText(double ratio);                 // "20.0", "1.53"
std::string NumberText(double value, int decimals);  // "1,234.5"
std::string SettingText(double value);               // "20", "12.35": in as many decimals as it has, up to four

// With no line break between a figure and its per cent sign, for text that is broken into lines.
std::string KeptTogether(std::string_view text);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_FIGURES_TEXT_H_
