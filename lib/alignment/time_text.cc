#include "alignment/time_text.h"

#include <array>
#include <chrono>

#include "identity/ascii.h"

namespace vesica {
namespace {

constexpr TimeValue kBadTime{TimeState::kInvalid, 0};

// Reads a text from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  size_t left() const { return text_.size(); }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  bool Skip(char c) {
    if (peek() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void SkipSpaces() {
    while (peek() == ' ') text_.remove_prefix(1);
  }

  // Between `least` and `most` digits, as many as there are.
  bool Number(int least, int most, int32_t* value) {
    int digits = 0;
    *value = 0;
    while (digits < most && IsDigit(peek())) {
      *value = *value * 10 + (peek() - '0');
      text_.remove_prefix(1);
      ++digits;
    }
    return digits >= least && !IsDigit(peek());
  }

  // Letters, in lower case.
  std::string_view Word(std::array<char, 12>* room) {
    size_t size = 0;
    while (size < room->size() && IsLower(ToLower(peek()))) {
      (*room)[size++] = ToLower(peek());
      text_.remove_prefix(1);
    }
    return {room->data(), size};
  }

 private:
  std::string_view text_;
};

bool ParseMonth(Scanner& in, int32_t* month) {
  constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                        "may",       "june",     "july",     "august",
                                                        "september", "october",  "november", "december"};
  std::array<char, 12> room;
  const std::string_view word = in.Word(&room);
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3)) {
      *month = static_cast<int32_t>(i + 1);
      return true;
    }
  }
  return false;
}

// 2024-03-12, 3/15/2024, 15 Mar 2024.
bool ParseDay(Scanner& in, bool day_first, CivilDay* day) {
  int32_t first = 0;
  const size_t before = in.left();
  if (!in.Number(1, 4, &first)) return false;
  const bool year_first = before - in.left() == 4;
  if (in.peek() == ' ') {
    in.SkipSpaces();
    day->day = first;
    if (!ParseMonth(in, &day->month)) return false;
    in.SkipSpaces();
    return in.Number(4, 4, &day->year);
  }
  const char separator = in.peek();
  if (separator != '-' && separator != '/') return false;
  int32_t second = 0, third = 0;
  in.Skip(separator);
  if (!in.Number(1, 2, &second) || !in.Skip(separator)) return false;
  if (year_first) {
    *day = {first, second, 0};
    return in.Number(1, 2, &day->day);
  }
  if (separator != '/' || !in.Number(4, 4, &third)) return false;
  *day = day_first ? CivilDay{third, second, first} : CivilDay{third, first, second};
  return true;
}

bool IsDay(const CivilDay& day) {
  const std::chrono::year_month_day civil{std::chrono::year{day.year}, std::chrono::month(day.month),
                                          std::chrono::day(day.day)};
  return day.year >= 1 && day.year <= 9999 && day.month >= 1 && day.day >= 1 && civil.ok();
}

// .123456, of which what is below a microsecond is cut off.
bool ParseFraction(Scanner& in, int64_t* micros) {
  if (!in.Skip('.') && !in.Skip(',')) return true;
  if (!IsDigit(in.peek())) return false;
  for (int64_t unit = kMicrosPerSecond / 10; IsDigit(in.peek()); unit /= 10) {
    *micros += unit * (in.peek() - '0');
    in.Skip(in.peek());
  }
  return true;
}

// 09:14, 09:14:22.5, 2:30 PM.
bool ParseClock(Scanner& in, int64_t* micros) {
  int32_t hour = 0, minute = 0, second = 0;
  if (!in.Number(1, 2, &hour) || !in.Skip(':') || !in.Number(2, 2, &minute)) return false;
  if (in.Skip(':') && !in.Number(2, 2, &second)) return false;
  if (!ParseFraction(in, micros)) return false;
  const bool spaced = in.peek() == ' ';
  in.SkipSpaces();
  const char half = ToLower(in.peek());
  if (half == 'a' || half == 'p') {
    in.Skip(in.peek());
    if (!in.Skip('M') && !in.Skip('m')) return false;
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (half == 'p' ? 12 : 0);
  } else if (spaced && half == '\0') {
    return false;
  }
  if (hour > 23 || minute > 59 || second > 60) return false;  // 60: a leap second
  *micros += (hour * 3600 + minute * 60 + second) * kMicrosPerSecond;
  return true;
}

bool ParseOffset(Scanner& in, int32_t* seconds) {
  if (in.Skip('Z') || in.Skip('z')) return true;
  if (IsLower(ToLower(in.peek()))) {
    std::array<char, 12> room;
    const std::string_view word = in.Word(&room);
    return word == "utc" || word == "gmt";
  }
  const bool west = in.peek() == '-';
  if (!in.Skip('+') && !in.Skip('-')) return false;
  int32_t digits = 0, minutes = 0;
  Scanner start = in;
  if (in.Number(2, 2, &digits)) {
    if (in.Skip(':') && !in.Number(2, 2, &minutes)) return false;
  } else {
    in = start;
    if (!in.Number(4, 4, &digits)) return false;
    minutes = digits % 100;
    digits /= 100;
  }
  if (digits > 23 || minutes > 59) return false;
  *seconds = (digits * 3600 + minutes * 60) * (west ? -1 : 1);
  return true;
}

TimeValue InRange(int64_t micros, TimeState state) {
  return IsInCalendar(micros) ? TimeValue{state, micros} : kBadTime;
}

// All digits, perhaps after a sign: an epoch if there are enough of them.
bool ParseEpoch(std::string_view text, TimeValue* value) {
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.size() < 9 || text.size() > 18) return false;
  int64_t ticks = 0;
  for (char c : text) {
    if (!IsDigit(c)) return false;
    ticks = ticks * 10 + (c - '0');
  }
  *value = EpochTime(negative ? -ticks : ticks);
  return true;
}

}  // namespace

CivilDay CivilFromDays(int64_t days) {
  const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{days}}};
  return {static_cast<int>(civil.year()), static_cast<int32_t>(static_cast<unsigned>(civil.month())),
          static_cast<int32_t>(static_cast<unsigned>(civil.day()))};
}

int64_t DaysFromCivil(const CivilDay& day) {
  return std::chrono::sys_days{std::chrono::year_month_day{std::chrono::year{day.year},
                                                           std::chrono::month(static_cast<unsigned>(day.month)),
                                                           std::chrono::day(static_cast<unsigned>(day.day))}}
      .time_since_epoch()
      .count();
}

bool IsInCalendar(int64_t micros) {
  constexpr int64_t kFirst = -719'162 * kMicrosPerDay;          // 0001-01-01
  constexpr int64_t kEnd = int64_t{2'932'897} * kMicrosPerDay;  // 10000-01-01
  return micros >= kFirst && micros < kEnd;
}

TimeValue EpochTime(int64_t value) {
  if (value < 100'000'000'000) return EpochTime(value, 1);
  return EpochTime(value, value < 100'000'000'000'000 ? 1'000 : kMicrosPerSecond);
}

TimeValue EpochTime(int64_t value, int64_t per_second) {
  if (per_second > kMicrosPerSecond) {
    const int64_t ticks = per_second / kMicrosPerSecond;
    return InRange(value / ticks - (value % ticks < 0), TimeState::kMoment);
  }
  int64_t micros = 0;
  if (__builtin_mul_overflow(value, kMicrosPerSecond / per_second, &micros)) return kBadTime;
  return InRange(micros, TimeState::kMoment);
}

TimeValue ParseTime(std::string_view text, bool day_first) {
  text = TrimSpace(text);
  if (text.empty()) return {};
  TimeValue epoch;
  if (ParseEpoch(text, &epoch)) return epoch;

  Scanner in(text);
  CivilDay day;
  if (!ParseDay(in, day_first, &day) || !IsDay(day)) return kBadTime;
  const int64_t midnight = DaysFromCivil(day) * kMicrosPerDay;
  if (in.done()) return InRange(midnight, TimeState::kDate);

  int64_t clock = 0;
  if (!in.Skip('T') && !in.Skip('t')) {
    in.Skip(',');
    if (!in.Skip(' ')) return kBadTime;
    in.SkipSpaces();
  }
  if (!ParseClock(in, &clock)) return kBadTime;
  if (in.done()) return InRange(midnight + clock, TimeState::kNaive);
  int32_t offset = 0;
  if (!ParseOffset(in, &offset) || !in.done()) return kBadTime;
  return InRange(midnight + clock - offset * kMicrosPerSecond, TimeState::kMoment);
}

std::optional<int32_t> ParseZoneOffset(std::string_view text) {
  Scanner in(text);
  int32_t seconds = 0;
  if (text.empty() || !ParseOffset(in, &seconds) || !in.done()) return std::nullopt;
  return seconds;
}

}  // namespace vesica
