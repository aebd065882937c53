#include "report/label.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "table/figure_text.h"

namespace vesica {
namespace {

// The code point at the front of valid UTF-8, taken off it.
char32_t NextCodePoint(std::string_view* text) {
  const auto first = static_cast<unsigned char>(text->front());
  const size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t code = length == 1 ? first : first & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>((*text)[i]) & 0x3F);
  text->remove_prefix(length);
  return code;
}

bool IsControl(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }
bool IsNoncharacter(char32_t code) { return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF); }
bool IsBidiControl(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x061C || code == 0x200E ||
         code == 0x200F;
}

// Drawn over or together with the character before: combining marks, joiners, variation selectors, skin tones.
bool IsAttached(char32_t code) {
  return (code >= 0x300 && code <= 0x36F) || (code >= 0x483 && code <= 0x489) || (code >= 0x591 && code <= 0x5BD) ||
         (code >= 0x610 && code <= 0x61A) || (code >= 0x64B && code <= 0x65F) || (code >= 0x1AB0 && code <= 0x1AFF) ||
         (code >= 0x1DC0 && code <= 0x1DFF) || code == 0x200B || code == 0x200C || code == 0x200D ||
         (code >= 0x20D0 && code <= 0x20FF) || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF ||
         (code >= 0x1F3FB && code <= 0x1F3FF) || (code >= 0xE0000 && code <= 0xE01EF);
}

// East Asian and pictographic characters fill a square.
bool IsWide(char32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
         (code >= 0x2600 && code <= 0x27BF) || (code >= 0x1F000 && code <= 0x1FAFF) ||
         (code >= 0x20000 && code <= 0x3FFFD);
}

// Advance widths in units of the font size: of DejaVu Sans, the widest of the fonts that stand for sans-serif, rounded
// up (measured in headless Chromium).
double AdvanceOf(char32_t code) {
  constexpr std::string_view kNarrow = "iljI.,:;'|! ", kSlim = "ftr()[]{}/\\-\"J", kBroad = "mwMW@%",
                             kDigits = "0123456789";
  const auto is_in = [&](std::string_view set) {
    return code < 0x80 && set.find(static_cast<char>(code)) != std::string_view::npos;
  };
  if (is_in(kNarrow) || code == 0xA0) return 0.36;
  if (is_in(kSlim)) return 0.47;
  if (is_in(kBroad)) return 1.0;
  if (is_in(kDigits)) return 0.64;
  if (code >= 'A' && code <= 'Z') return 0.79;
  if (code < 0x80) return 0.66;
  if (IsWide(code)) return 1.4;
  if (code == 0xFFFD) return 1.05;
  return code < 0x250 ? 0.8 : 1.05;
}

void AppendCodePoint(char32_t code, std::string* to) {
  if (code < 0x80) {
    to->push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    to->push_back(static_cast<char>(0xC0 | code >> 6));
    to->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else if (code < 0x10000) {
    to->push_back(static_cast<char>(0xE0 | code >> 12));
    to->push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
    to->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    to->push_back(static_cast<char>(0xF0 | code >> 18));
    to->push_back(static_cast<char>(0x80 | (code >> 12 & 0x3F)));
    to->push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
    to->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

constexpr std::string_view kBreaks = " _-/.";  // a line may end there
constexpr std::string_view kEllipsis = "\u2026";

}  // namespace

std::string CleanLabel(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string repaired, clean;
  std::string_view rest = Utf8Of(text, &repaired);
  while (!rest.empty()) {
    const char32_t code = NextCodePoint(&rest);
    if (code == '\t' || code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029) {
      clean += ' ';
    } else if (!IsBidiControl(code)) {
      AppendCodePoint(IsControl(code) || IsNoncharacter(code) ? 0xFFFD : code, &clean);
    }
  }
  return clean;
}

double TextWidth(std::string_view text, double font_size) {
  const std::string clean = CleanLabel(text);
  double width = 0;
  for (std::string_view rest = clean; !rest.empty();) {
    const char32_t code = NextCodePoint(&rest);
    if (!IsAttached(code)) width += AdvanceOf(code);
  }
  return width * font_size;
}

std::string FitText(std::string_view text, double font_size, double width) {
  const std::string clean = CleanLabel(text);
  const double room = width / font_size, cut_room = room - AdvanceOf(0x2026);
  double taken = 0;
  size_t marks = 0;  // on one character; more are a tower that reaches into other lines
  std::string fitted;
  size_t cut_at = 0;  // bytes of `fitted` that leave room for the ellipsis
  constexpr size_t kMostMarks = 4;
  for (std::string_view rest = clean; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t code = NextCodePoint(&rest);
    const std::string_view character = before.substr(0, before.size() - rest.size());
    if (IsAttached(code)) {
      if (++marks <= kMostMarks) fitted += character;
      if (taken <= cut_room) cut_at = fitted.size();
      continue;
    }
    marks = 0;
    taken += AdvanceOf(code);
    if (taken > room) {
      fitted.resize(cut_at);
      while (!fitted.empty() && fitted.back() == ' ') fitted.pop_back();
      return fitted += kEllipsis;
    }
    fitted += character;
    if (taken <= cut_room) cut_at = fitted.size();
  }
  return fitted;
}

std::vector<std::string> WrapText(std::string_view text, double font_size, double width, size_t lines) {
  const std::string clean = CleanLabel(text);
  std::vector<std::string> wrapped;
  std::string_view rest = clean;
  while (!rest.empty() && wrapped.size() + 1 < lines && TextWidth(rest, font_size) > width) {
    size_t end = 0;  // of the longest line that fits
    for (size_t at = rest.find_first_of(kBreaks); at != std::string_view::npos;
         at = rest.find_first_of(kBreaks, at + 1)) {
      const size_t line = rest[at] == ' ' ? at : at + 1;
      if (TextWidth(rest.substr(0, line), font_size) > width) break;
      end = line;
    }
    if (end == 0) break;
    wrapped.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + (end < rest.size() && rest[end] == ' ' ? 1 : 0));
  }
  if (!rest.empty() || wrapped.empty()) wrapped.push_back(FitText(rest, font_size, width));
  return wrapped;
}

}  // namespace vesica
