#ifndef VESICA_LIB_ALIGNMENT_TIME_TEXT_H_
#define VESICA_LIB_ALIGNMENT_TIME_TEXT_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace vesica {

inline constexpr int64_t kMicrosPerSecond = 1'000'000;
inline constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

enum class TimeState : uint8_t {
  kNone,
  kMoment,  // of UTC
  kDate,    // a day, as its first microsecond on a clock
  kNaive,   // what a clock shows, without an offset
  kInvalid,
};

struct TimeValue {
  TimeState state = TimeState::kNone;
  int64_t micros = 0;  // of UTC, or of a clock as if it were UTC; of the years 1 to 9999
};

// The moment, day or clock time that a text names. kNone: the text is blank.
//   2024-03-12T09:14:22.5Z   RFC 3339; also a space for T, no seconds, +0000, +02, no offset at all, / for -
//   2024-03-12               a day
//   3/15/2024 2:30 PM        month first unless `day_first`; the time is optional, and of 24 hours without AM or PM
//   15 Mar 2024              English month names, the time is optional
//   1710234862, 1710234862500  9 digits and more: an epoch, see EpochTime()
TimeValue ParseTime(std::string_view text, bool day_first);

// An epoch in the unit that puts it after 1973 and before 5138: seconds below 1e11, milliseconds below 1e14, else
// microseconds; negative ones are seconds.
TimeValue EpochTime(int64_t value);

// An epoch of `per_second` ticks a second. kInvalid outside the years 1 to 9999.
TimeValue EpochTime(int64_t value, int64_t per_second);

// Whether a time is in the years 1 to 9999.
bool IsInCalendar(int64_t micros);

// "UTC", "Z", "+02:00", "-0530": seconds east of UTC.
std::optional<int32_t> ParseZoneOffset(std::string_view text);

// A day of the proleptic Gregorian calendar.
struct CivilDay {
  int32_t year = 0;
  int32_t month = 0;  // 1..12
  int32_t day = 0;    // 1..31
};
CivilDay CivilFromDays(int64_t days_since_1970);
int64_t DaysFromCivil(const CivilDay& day);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_TIME_TEXT_H_
