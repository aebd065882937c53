#ifndef VESICA_TESTS_MODEL_NAIVE_BUSINESS_HOURS_H_
#define VESICA_TESTS_MODEL_NAIVE_BUSINESS_HOURS_H_

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "alignment/time_zone.h"

namespace vesica {

// Business time minute by minute: what a clock on the wall shows in each, and whether that is open.
struct NaiveBusinessHours {
  struct Span {
    std::set<unsigned> days;  // 0: Sunday
    int begin, end;           // minutes of the day
  };

  bool IsOpen(int64_t utc_minute) const {
    LocalClock clock(zone);
    const std::chrono::sys_time<std::chrono::minutes> local{
        std::chrono::minutes{clock.ToLocal(utc_minute * 60'000'000) / 60'000'000}};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    if (holidays.contains(day)) return false;
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    const auto minute = (local - day).count();
    for (const Span& span : spans) {
      if (span.days.contains(weekday) && minute >= span.begin && minute < span.end) return true;
    }
    return false;
  }

  // Whole minutes of UTC.
  int64_t MinutesBetween(int64_t from, int64_t to) const {
    int64_t open = 0;
    for (int64_t minute = from; minute < to; ++minute) open += IsOpen(minute);
    return open;
  }

  TimeZone zone;
  std::vector<Span> spans;
  std::set<std::chrono::sys_days> holidays;
};

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_BUSINESS_HOURS_H_
