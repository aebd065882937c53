#include "alignment/time_text.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <utility>

namespace vesica {
namespace {

TimeValue Parse(std::string_view text) { return ParseTime(text, false); }

using ::testing::AnyOf;

// 2024-03-12T00:00:00Z is 1710201600 (date -u -d 2024-03-12 +%s).
constexpr int64_t kMarch12 = 1'710'201'600 * kMicrosPerSecond;
constexpr int64_t At(int hour, int minute, int second = 0) {
  return kMarch12 + (hour * 3600 + minute * 60 + second) * kMicrosPerSecond;
}

TEST(ParseTime, ReadsTheFormatsOfExports) {
  const std::pair<const char*, int64_t> kCases[] = {
      {"2024-03-12T09:14:22Z", At(9, 14, 22)},
      {"2024-03-12t09:14:22.5z", At(9, 14, 22) + 500'000},
      {"2024-03-12T09:14:22.1234567+00:00", At(9, 14, 22) + 123'456},
      {"2024-03-12T09:14:22.000+0000", At(9, 14, 22)},
      {"2024-03-12T09:14:22+02", At(7, 14, 22)},
      {"2024-03-12T09:14:22-0530", At(14, 44, 22)},
      {"2024-03-12 09:14", At(9, 14)},
      {"2024-03-12 09:14 UTC", At(9, 14)},
      {" 2024/03/12 09:14:22 ", At(9, 14, 22)},
      {"3/12/2024 2:30 PM", At(14, 30)},
      {"3/12/2024 12:05 am", At(0, 5)},
      {"03/12/2024, 12:05:01 PM", At(12, 5, 1)},
      {"12 Mar 2024 09:14", At(9, 14)},
      {"2024-03-11T23:59:60Z", kMarch12},
      {"1710201600", kMarch12},
      {"1710201600000", kMarch12},
      {"1710201600000001", kMarch12 + 1},
  };
  for (const auto& [text, micros] : kCases) {
    SCOPED_TRACE(text);
    EXPECT_THAT(Parse(text).state, AnyOf(TimeState::kMoment, TimeState::kNaive));
    EXPECT_EQ(Parse(text).micros, micros);
  }
  for (const char* text : {"2024-03-12", "2024/3/12", "3/12/2024", "12 Mar 2024", "12 march 2024"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Parse(text).state, TimeState::kDate);
    EXPECT_EQ(Parse(text).micros, kMarch12);
  }
}

TEST(ParseTime, ReadsTheDayFirstWhereTold) {
  EXPECT_EQ(ParseTime("12/3/2024", true).micros, kMarch12);
  EXPECT_EQ(ParseTime("13/3/2024", false).state, TimeState::kInvalid);
}

TEST(ParseTime, TellsClockTimesFromMoments) {
  for (const char* text : {"2024-03-12 09:14", "3/12/2024 9:14 AM", "12 Mar 2024 09:14"}) {
    EXPECT_EQ(Parse(text).state, TimeState::kNaive) << text;
    EXPECT_EQ(Parse(text).micros, At(9, 14)) << text;
  }
  EXPECT_EQ(Parse("2024-03-12 09:14 GMT").state, TimeState::kMoment);
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  for (const char* text : {"yesterday",
                           "2024-13-01",
                           "2024-02-30",
                           "2023-02-29",
                           "2024-03-12T",
                           "2024-03-12T9",
                           "2024-03-12T24:00:00Z",
                           "2024-03-12T09:60:00Z",
                           "2024-03-12T09:14:22.Z",
                           "2024-03-12T09:14:22+25:00",
                           "2024-03-12T09:14:22Zx",
                           "0000-01-01",
                           "13:00",
                           "2024-03",
                           "24-03-12",
                           "12/3/24",
                           "13/13/2024",
                           "3/12/2024 14:30 PM",
                           "12 Foo 2024",
                           "20240312",
                           "-",
                           "T",
                           "1234567890123456789012",
                           "9999999999999999999",
                           "3/12/2024 ",
                           "2024-03-12T09:14:22 "}) {
    SCOPED_TRACE(text);
    const bool only_spaces_end_it = text[std::string_view(text).size() - 1] == ' ';
    EXPECT_EQ(Parse(text).state == TimeState::kInvalid, !only_spaces_end_it);
  }
  EXPECT_EQ(Parse("").state, TimeState::kNone);
  EXPECT_EQ(Parse(" \t").state, TimeState::kNone);
}

TEST(ParseTime, AgreesWithTheCalendarOfTheStandardLibrary) {
  std::mt19937_64 rng(20261122);
  for (int trial = 0; trial < 20000; ++trial) {
    const int64_t second = static_cast<int64_t>(rng() % 315'537'897'600) - 62'135'596'800;  // years 1 to 9999
    const std::chrono::sys_seconds moment{std::chrono::seconds{second}};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day civil{day};
    const std::chrono::hh_mm_ss clock{moment - day};
    char text[64];
    std::snprintf(text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(civil.year()),
                  static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    ASSERT_EQ(Parse(text).micros, second * kMicrosPerSecond) << text;
    const CivilDay found = CivilFromDays(day.time_since_epoch().count());
    ASSERT_EQ(found.year, static_cast<int>(civil.year()));
    ASSERT_EQ(DaysFromCivil(found), day.time_since_epoch().count());
  }
}

TEST(EpochTime, TellsTheUnitByTheSize) {
  EXPECT_EQ(EpochTime(99'999'999'999).micros, 99'999'999'999 * kMicrosPerSecond);
  EXPECT_EQ(EpochTime(100'000'000'000).micros, 100'000'000'000 * 1'000);
  EXPECT_EQ(EpochTime(99'999'999'999'999).micros, 99'999'999'999'999 * 1'000);
  EXPECT_EQ(EpochTime(100'000'000'000'000).micros, 100'000'000'000'000);
  EXPECT_EQ(EpochTime(-5).micros, -5 * kMicrosPerSecond);
  EXPECT_EQ(EpochTime(0).state, TimeState::kMoment);
}

TEST(EpochTime, RefusesWhatIsOutsideTheCalendar) {
  EXPECT_EQ(EpochTime(INT64_MAX, 1).state, TimeState::kInvalid);
  EXPECT_EQ(EpochTime(INT64_MIN, 1'000).state, TimeState::kInvalid);
  EXPECT_EQ(EpochTime(253'402'300'800, 1).state, TimeState::kInvalid);
  EXPECT_EQ(EpochTime(253'402'300'799, 1).state, TimeState::kMoment);
  EXPECT_EQ(EpochTime(-1, 1'000'000'000).micros, -1);  // a nanosecond before 1970 is in the microsecond before it
}

TEST(ParseZoneOffset, ReadsOffsets) {
  EXPECT_EQ(ParseZoneOffset("UTC"), 0);
  EXPECT_EQ(ParseZoneOffset("Z"), 0);
  EXPECT_EQ(ParseZoneOffset("+02:00"), 7200);
  EXPECT_EQ(ParseZoneOffset("-0530"), -19800);
  for (const char* text : {"", "Europe/Tallinn", "2", "+24:00", "+2"})
    EXPECT_EQ(ParseZoneOffset(text), std::nullopt) << text;
}

}  // namespace
}  // namespace vesica
