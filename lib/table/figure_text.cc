#include "table/figure_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "identity/utf8.h"
#include "vesica/table.h"

namespace vesica {
namespace {

constexpr int64_t kMicroseconds = 1'000'000;  // of a second
constexpr int64_t kDay = 86'400;              // in seconds
constexpr int64_t kAmountUnit = 10'000;

template <class Integer>
void AppendDigits(Integer value, std::string* to) {
  char text[24];
  to->append(text, std::to_chars(text, std::end(text), value).ptr);
}

// `value` is in 0 .. 10^digits - 1.
void AppendPadded(int64_t value, int digits, std::string* to) {
  to->append(static_cast<size_t>(digits), '0');
  for (auto at = to->end(); value != 0; value /= 10) *--at = static_cast<char>('0' + value % 10);
}

int64_t FloorDivide(int64_t value, int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

struct Date {
  int64_t year, month, day;
};

// The proleptic Gregorian date so many days after 1970-01-01, counted in eras of 400 years that begin with a March.
Date DateOf(int64_t days) {
  const int64_t since = days + 719'468;  // 0000-03-01
  const int64_t era = FloorDivide(since, 146'097);
  const int64_t day_of_era = since - era * 146'097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t from_march = (5 * day_of_year + 2) / 153;
  const int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * from_march + 2) / 5 + 1};
}

// Printable ASCII that JSON writes as it is.
bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

std::string JsonTextOf(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void AppendInteger(int64_t value, std::string* to) { AppendDigits(value, to); }
void AppendInteger(uint64_t value, std::string* to) { AppendDigits(value, to); }

void AppendNumber(double value, std::string* to) {
  if (!std::isfinite(value)) {
    to->append("null");
    return;
  }
  const double size = std::abs(value);
  const bool fixed = size == 0 || (size >= 1e-4 && size < 1e15);
  char text[40];
  const auto format = fixed ? std::chars_format::fixed : std::chars_format::scientific;
  const std::string_view digits(text, std::to_chars(text, std::end(text), value, format).ptr - text);
  to->append(digits);
  if (fixed && digits.find('.') == std::string_view::npos) to->append(".0");
}

void AppendAmount(int64_t value, std::string* to) {
  if (value < 0) to->push_back('-');
  const uint64_t size = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  AppendDigits(size / kAmountUnit, to);
  const auto decimals = static_cast<int64_t>(size % kAmountUnit);
  if (decimals == 0) return;
  to->push_back('.');
  AppendPadded(decimals, 4, to);
  to->erase(to->find_last_not_of('0') + 1);
}

bool IsTime(int64_t microseconds) {
  constexpr int64_t kFirst = -62'167'219'200;  // 0000-01-01T00:00:00Z
  constexpr int64_t kEnd = 253'402'300'800;    // 10000-01-01T00:00:00Z
  return microseconds >= kFirst * kMicroseconds && microseconds < kEnd * kMicroseconds;
}

void AppendTime(int64_t microseconds, std::string* to) {
  const int64_t seconds = FloorDivide(microseconds, kMicroseconds);
  const int64_t fraction = microseconds - seconds * kMicroseconds;
  const int64_t days = FloorDivide(seconds, kDay);
  const int64_t second_of_day = seconds - days * kDay;
  const Date date = DateOf(days);
  AppendPadded(date.year, 4, to), to->push_back('-');
  AppendPadded(date.month, 2, to), to->push_back('-');
  AppendPadded(date.day, 2, to), to->push_back('T');
  AppendPadded(second_of_day / 3'600, 2, to), to->push_back(':');
  AppendPadded(second_of_day / 60 % 60, 2, to), to->push_back(':');
  AppendPadded(second_of_day % 60, 2, to);
  if (fraction != 0) to->push_back('.'), AppendPadded(fraction, 6, to);
  to->push_back('Z');
}

void AppendJsonText(std::string_view text, std::string* to) {
  if (!IsPlain(text)) {
    to->append(JsonTextOf(text));
    return;
  }
  to->push_back('"');
  to->append(text);
  to->push_back('"');
}

std::string_view Utf8Of(std::string_view text, std::string* repaired) {
  if (IsPlain(text) || IsUtf8(text)) return text;
  *repaired = nlohmann::json::parse(JsonTextOf(text)).get<std::string>();
  return *repaired;
}

}  // namespace vesica
