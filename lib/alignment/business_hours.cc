#include "alignment/business_hours.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "alignment/time_text.h"
#include "base/error.h"
#include "identity/ascii.h"

namespace vesica {
namespace {

constexpr int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr int64_t kFirstMonday = 4;  // 1970-01-05, in days since 1970
constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int64_t FloorDivide(int64_t value, int64_t by) { return value / by - (value % by < 0); }

// A day of the week from the front of a text.
std::optional<int> TakeDay(std::string_view* text) {
  for (size_t day = 0; day < kDays.size(); ++day) {
    if (text->size() < 3 || !std::equal(kDays[day].begin(), kDays[day].end(), text->begin(),
                                        [](char a, char b) { return a == ToLower(b); })) {
      continue;
    }
    text->remove_prefix(3);
    return static_cast<int>(day);
  }
  return std::nullopt;
}

bool Take(char c, std::string_view* text) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

// "09:00" from the front of a text, in minutes; up to 24:00.
std::optional<int> TakeTime(std::string_view* text) {
  if (text->size() < 5 || (*text)[2] != ':') return std::nullopt;
  for (size_t i : {0, 1, 3, 4}) {
    if (!IsDigit((*text)[i])) return std::nullopt;
  }
  const auto number = [&](size_t at) { return ((*text)[at] - '0') * 10 + ((*text)[at + 1] - '0'); };
  const int hour = number(0), minute = number(3);
  text->remove_prefix(5);
  if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

// Days are from the first to the last of the week, over its end where that comes first: sat-mon is three days.
struct OpenSpan {
  int first_day, last_day;
  int begin, end;  // minutes of each of the days
};

std::optional<OpenSpan> ParseSpan(std::string_view text) {
  text = TrimSpace(text);
  const std::optional<int> first = TakeDay(&text);
  if (!first.has_value()) return std::nullopt;
  std::optional<int> last = first;
  if (Take('-', &text) && !(last = TakeDay(&text)).has_value()) return std::nullopt;
  if (!Take(' ', &text)) return std::nullopt;
  while (Take(' ', &text)) {
  }
  const std::optional<int> begin = TakeTime(&text);
  if (!begin.has_value() || !Take('-', &text)) return std::nullopt;
  const std::optional<int> end = TakeTime(&text);
  if (!end.has_value() || *end <= *begin || !text.empty()) return std::nullopt;
  return OpenSpan{*first, *last, *begin, *end};
}

std::optional<int64_t> ParseHoliday(std::string_view text) {
  if (text.size() != 10 || text[4] != '-') return std::nullopt;
  const TimeValue day = ParseTime(text, false);
  if (day.state != TimeState::kDate) return std::nullopt;
  return FloorDivide(day.micros, kMicrosPerDay);
}

}  // namespace

absl::StatusOr<BusinessHours> BusinessHours::Parse(std::string_view hours, std::span<const std::string> holidays,
                                                   const TimeZone& zone) {
  BusinessHours made(zone);
  std::vector<bool> is_open(kMinutesOfWeek);
  for (bool more = true; more;) {
    const size_t comma = hours.find(',');
    const std::optional<OpenSpan> span = ParseSpan(hours.substr(0, comma));
    if (!span.has_value()) return InvalidArgument("business_hours are written as in mon-fri 09:00-17:00");
    const int days = (span->last_day - span->first_day + 7) % 7 + 1;
    for (int i = 0; i < days; ++i) {
      const auto midnight = is_open.begin() + (span->first_day + i) % 7 * kMinutesOfDay;
      std::fill(midnight + span->begin, midnight + span->end, true);
    }
    more = comma != std::string_view::npos;
    if (more) hours.remove_prefix(comma + 1);
  }
  made.open_minutes_ = {0};
  for (const bool open : is_open) made.open_minutes_.push_back(made.open_minutes_.back() + open);

  for (const std::string& text : holidays) {
    const std::optional<int64_t> day = ParseHoliday(text);
    if (!day.has_value()) return InvalidArgument("holidays are days such as 2026-12-24");
    made.holidays_.push_back(*day);
  }
  std::sort(made.holidays_.begin(), made.holidays_.end());
  made.holidays_.erase(std::unique(made.holidays_.begin(), made.holidays_.end()), made.holidays_.end());
  made.holiday_minutes_.push_back(0);
  for (int64_t holiday : made.holidays_) {
    const int64_t since_monday = holiday - kFirstMonday - 7 * FloorDivide(holiday - kFirstMonday, 7);
    const int32_t* before = &made.open_minutes_[static_cast<size_t>(since_monday * kMinutesOfDay)];
    made.holiday_minutes_.push_back(made.holiday_minutes_.back() + before[kMinutesOfDay] - before[0]);
  }

  // Where one period ends and the next begins, as much time was open.
  const std::vector<TimeZone::Period>& periods = zone.periods();
  made.shifts_ = {0};
  for (size_t i = 1; i + 1 < periods.size(); ++i) {
    const int64_t at = periods[i].utc_begin;
    const int64_t before = made.OpenOnClock(at + periods[i - 1].offset),
                  after = made.OpenOnClock(at + periods[i].offset);
    made.shifts_.push_back(made.shifts_.back() + before - after);
  }
  return made;
}

int64_t BusinessHours::OpenOnClock(int64_t local) const {
  const int64_t minutes = FloorDivide(local, kMicrosPerMinute) - kFirstMonday * kMinutesOfDay;
  const int64_t weeks = FloorDivide(minutes, kMinutesOfWeek);
  const auto minute = static_cast<size_t>(minutes - weeks * kMinutesOfWeek);
  const int64_t day = FloorDivide(local, kMicrosPerDay);
  const auto holiday = std::lower_bound(holidays_.begin(), holidays_.end(), day);
  int64_t open = weeks * open_minutes_.back() + open_minutes_[minute];
  open -= holiday_minutes_[static_cast<size_t>(holiday - holidays_.begin())];
  if (holiday != holidays_.end() && *holiday == day) {
    return (open - (open_minutes_[minute] - open_minutes_[minute - minute % kMinutesOfDay])) * kMicrosPerMinute;
  }
  const int64_t rest = local - FloorDivide(local, kMicrosPerMinute) * kMicrosPerMinute;
  return open * kMicrosPerMinute + (open_minutes_[minute + 1] > open_minutes_[minute] ? rest : 0);
}

int64_t BusinessHours::OpenUntil(int64_t utc) const {
  const size_t period = zone_.Find(&TimeZone::Period::utc_begin, utc);
  return OpenOnClock(utc + zone_.periods()[period].offset) + shifts_[period];
}

}  // namespace vesica
