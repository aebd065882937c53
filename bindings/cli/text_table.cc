#include "text_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vesica_cli {
namespace {

std::string Print(const char* format, int precision, double value) {
  char buffer[64];
  const int size = std::snprintf(buffer, sizeof(buffer), format, precision, value);
  return std::string(buffer, static_cast<size_t>(std::clamp<int>(size, 0, sizeof(buffer) - 1)));
}

}  // namespace

std::string CountText(uint64_t count) {
  std::string text = std::to_string(count);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string CountText(const vesica_estimate& estimate) {
  if (std::isnan(estimate.value)) return "undefined";
  return CountText(static_cast<uint64_t>(std::llround(std::clamp(estimate.value, 0.0, 0x1p62))));
}

std::string IntervalText(const vesica_estimate& estimate) {
  if (std::isnan(estimate.value) || estimate.lower == estimate.upper) return CountText(estimate);
  const auto text = [](double value) { return CountText(vesica_estimate{value, value, value}); };
  return text(estimate.value) + " (" + text(estimate.lower) + " to " + text(estimate.upper) + ")";
}

std::string PercentIntervalText(const vesica_estimate& estimate) {
  if (std::isnan(estimate.value) || estimate.lower == estimate.upper) return PercentText(estimate);
  const auto text = [](double value) { return PercentText(vesica_estimate{value, value, value}); };
  return text(estimate.value) + " (" + text(estimate.lower) + " to " + text(estimate.upper) + ")";
}

std::string PercentText(const vesica_estimate& estimate) {
  if (std::isnan(estimate.value)) return "undefined";
  const double percent = estimate.value * 100;
  const int digits = percent == 0 || percent >= 9.995 ? 1 : percent >= 0.0995 ? 2 : 4;
  return Print("%.*f", digits, percent) + " %";
}

std::string RatioText(double ratio) { return Print("%.*f", ratio < 10 ? 2 : 1, ratio); }

std::string NumberText(double value) { return Print("%.*g", 4, value); }

size_t TextWidth(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string TextTable::ToText(size_t indent) const {
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : rows_) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], TextWidth(row[i]));
  }
  std::string out;
  for (const std::vector<std::string>& row : rows_) {
    std::string line(indent, ' ');
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - TextWidth(row[i]), ' ');
      line += i == 0 ? row[i] + gap : "  " + gap + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace vesica_cli
