#include "report/figures_text.h"

#include <algorithm>
#include <cmath>

#include "table/figure_text.h"

namespace vesica {
namespace {

// Rounded half away from 0, as all integers in text; beyond 2^62, which no count of people reaches, 2^62.
uint64_t Rounded(double value) { return static_cast<uint64_t>(std::llround(std::clamp(value, 0.0, 0x1p62))); }

template <class Text>
std::string WithInterval(const Estimate& estimate, const Text& text) {
  if (std::isnan(estimate.value) || estimate.lower == estimate.upper) return text(estimate.value);
  return text(estimate.value) + " (" + text(estimate.lower) + " to " + text(estimate.upper) + ")";
}

}  // namespace

std::string CountText(uint64_t count) {
  std::string text;
  AppendInteger(count, &text);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string CountText(double count) { return std::isnan(count) ? kUndefinedText : CountText(Rounded(count)); }

std::string ShortCountText(double count) {
  constexpr double kBillion = 1e9, kTrillion = 1e12;
  if (!(count >= kBillion)) return CountText(count);
  return count < kTrillion ? NumberText(count / kBillion, 2) + " billion"
                           : NumberText(count / kTrillion, 2) + " trillion";
}

std::string CountText(const Estimate& estimate) {
  return WithInterval(estimate, [](double value) { return CountText(value); });
}

std::string NumberText(double value, int decimals) {
  if (!std::isfinite(value)) return kUndefinedText;
  double unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  const uint64_t units = Rounded(std::abs(value) * unit);
  const auto scale = static_cast<uint64_t>(unit);
  std::string text = (value < 0 && units != 0 ? "-" : "") + CountText(units / scale);
  if (decimals == 0) return text;
  std::string fraction;
  AppendInteger(units % scale, &fraction);
  return text + "." + std::string(static_cast<size_t>(decimals) - fraction.size(), '0') + fraction;
}

std::string SettingText(double value) {
  int decimals = 0;
  for (double unit = 1; decimals < 4 && std::round(value * unit) / unit != value; unit *= 10) ++decimals;
  return NumberText(value, decimals);
}

std::string PercentText(double share) {
  if (!std::isfinite(share)) return kUndefinedText;
  const double percent = std::abs(share) * 100;
  const int decimals = percent == 0 || percent >= 9.995 ? 1 : percent >= 0.0995 ? 2 : 4;
  return NumberText(share * 100, decimals) + " %";
}

std::string PercentText(const Estimate& estimate) {
  return WithInterval(estimate, [](double value) { return PercentText(value); });
}

std::string RatioText(double ratio) { return NumberText(ratio, std::abs(ratio) < 10 ? 2 : 1); }

std::string KeptTogether(std::string_view text) {
  std::string kept;
  for (size_t at; (at = text.find(" %")) != std::string_view::npos; text.remove_prefix(at + 2)) {
    kept.append(text.substr(0, at)).append("\u00A0%");
  }
  return kept.append(text);
}

}  // namespace vesica
