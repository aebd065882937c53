#include "alignment/decimal.h"

#include <algorithm>
#include <cmath>

#include "identity/ascii.h"

namespace vesica {
namespace {

// value * 10 + digit, towards the negative numbers, of which there is one more.
bool AppendDigit(char digit, int64_t* value) {
  return !__builtin_mul_overflow(*value, int64_t{10}, value) &&
         !__builtin_sub_overflow(*value, int64_t{digit - '0'}, value);
}

}  // namespace

std::optional<int64_t> ParseAmount(std::string_view text) {
  text = TrimSpace(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);

  // The digits before the point; with commas, every group but the first is of three.
  int64_t value = 0;
  size_t at = 0, group = 0;
  bool grouped = false;
  for (; at < text.size() && text[at] != '.'; ++at) {
    if (text[at] == ',') {
      if (grouped ? group != 3 : group < 1 || group > 3) return std::nullopt;
      grouped = true;
      group = 0;
      continue;
    }
    if (!IsDigit(text[at]) || !AppendDigit(text[at], &value)) return std::nullopt;
    ++group;
  }
  if (grouped && group != 3) return std::nullopt;
  bool digits = group > 0;

  const std::string_view decimals = at < text.size() ? text.substr(at + 1) : std::string_view();
  for (size_t i = 0; i < std::max<size_t>(decimals.size(), 4); ++i) {
    const char digit = i < decimals.size() ? decimals[i] : '0';
    if (!IsDigit(digit) || (i >= 4 && digit != '0')) return std::nullopt;
    if (i < 4 && !AppendDigit(digit, &value)) return std::nullopt;
  }
  digits = digits || !decimals.empty();
  if (!digits || (!negative && value == INT64_MIN)) return std::nullopt;
  return negative ? value : -value;
}

std::optional<int64_t> AmountFromDecimal(__int128 value, int32_t scale) {
  for (; scale > 4 && value != 0; --scale) {
    if (value % 10 != 0) return std::nullopt;
    value /= 10;
  }
  for (; scale < 4 && value != 0; ++scale) {
    if (__builtin_mul_overflow(value, __int128{10}, &value)) return std::nullopt;
  }
  if (value < INT64_MIN || value > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::optional<int64_t> AmountFromDouble(double value) {
  const double units = std::nearbyint(value * static_cast<double>(kAmountUnit));
  if (!(units >= -0x1p63 && units < 0x1p63)) return std::nullopt;
  return static_cast<int64_t>(units);
}

}  // namespace vesica
