#include "alignment/business_hours.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "alignment/time_text.h"
#include "tests/model/naive_business_hours.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

constexpr int64_t kMinute = kHour / 60;

int64_t At(const char* text) { return ParseTime(text, false).micros; }

BusinessHours Parse(const char* hours, std::vector<std::string> holidays = {}, const char* zone = "UTC") {
  return BusinessHours::Parse(hours, holidays, TimeZone::Open(zone).value()).value();
}

TEST(BusinessHours, CountOpenTimeOnly) {
  const BusinessHours hours = Parse("mon-fri 09:00-17:00");
  // 2024-03-15 was a Friday.
  EXPECT_EQ(hours.Between(At("2024-03-15T10:00Z"), At("2024-03-15T10:00:01.5Z")), 1'500'000);
  EXPECT_EQ(hours.Between(At("2024-03-15T08:00Z"), At("2024-03-15T09:30Z")), 30 * kMinute);
  EXPECT_EQ(hours.Between(At("2024-03-15T16:00Z"), At("2024-03-18T10:00Z")), 2 * kHour);
  EXPECT_EQ(hours.Between(At("2024-03-15T17:00Z"), At("2024-03-18T09:00Z")), 0);
  EXPECT_EQ(hours.Between(At("2024-03-15T00:00Z"), At("2025-03-14T00:00Z")), 52 * 5 * 8 * kHour);
  EXPECT_EQ(hours.Between(At("1901-01-01"), At("1901-01-08")), 5 * 8 * kHour);
}

TEST(BusinessHours, HolidaysAreClosed) {
  const BusinessHours hours = Parse("mon-fri 09:00-17:00", {"2024-12-26", "2024-12-25", "2024-12-25", "2024-12-28"});
  EXPECT_EQ(hours.Between(At("2024-12-24T16:00Z"), At("2024-12-27T10:00Z")), 2 * kHour);
  EXPECT_EQ(hours.Between(At("2024-12-25T10:00:30Z"), At("2024-12-25T16:00Z")), 0);
  EXPECT_EQ(hours.Between(At("2024-12-25T10:00Z"), At("2024-12-27T09:01Z")), kMinute);
  EXPECT_EQ(hours.Between(At("2024-12-23"), At("2024-12-30")), 3 * 8 * kHour);
}

TEST(BusinessHours, SpansAddUp) {
  EXPECT_EQ(Parse("Mon-Thu 09:00-12:00,  mon-thu 13:00-17:00,FRI 09:00-15:00").Between(0, 7 * kDay), 34 * kHour);
  EXPECT_EQ(Parse("mon 09:00-12:00,mon 10:00-13:00").Between(0, 7 * kDay), 4 * kHour);
  EXPECT_EQ(Parse("sat-mon 00:00-24:00").Between(0, 7 * kDay), 3 * kDay);
  EXPECT_EQ(Parse("mon-sun 00:00-24:00").Between(-5, 400 * kDay + 7), 400 * kDay + 12);
}

// In Tallinn clocks went from 03:00 to 04:00 on 31 March and from 04:00 to 03:00 on 27 October 2024, both Sundays.
TEST(BusinessHours, AreWhatTheClockShows) {
  const BusinessHours all = Parse("mon-sun 00:00-24:00", {}, "Europe/Tallinn");
  EXPECT_EQ(all.Between(At("2024-03-30T22:00Z"), At("2024-03-31T21:00Z")), 23 * kHour);
  const BusinessHours night = Parse("sun 03:00-03:30", {}, "Europe/Tallinn");
  EXPECT_EQ(night.Between(At("2024-03-30T12:00Z"), At("2024-04-01T12:00Z")), 0);
  EXPECT_EQ(night.Between(At("2024-10-26T12:00Z"), At("2024-10-28T12:00Z")), kHour);
  const BusinessHours work = Parse("mon-fri 09:00-17:00", {}, "Europe/Tallinn");
  EXPECT_EQ(work.Between(At("2024-03-29T14:00Z"), At("2024-04-01T07:00Z")), 2 * kHour);
}

TEST(BusinessHours, RefuseWhatIsWrittenOtherwise) {
  for (const char* hours :
       {"", "mon", "mon-fri", "09:00-17:00", "mon-fri 9:00-17:00", "mon-fri 09:00-17", "mon-fri 17:00-09:00",
        "mon-fri 09:00-09:00", "mon-fri 09:00-24:01", "mon-fri 09:60-17:00", "mon-fri 25:00-26:00",
        "mon-frx 09:00-17:00", "mon - fri 09:00-17:00", "mon-fri 09:00-17:00,", "mon-fri 09:00-17:00 x",
        "monday 09:00-17:00", "mon-fri\t09:00-17:00", "mon-fri 0x:00-17:00", "mon-fri09:00-17:00"}) {
    EXPECT_EQ(BusinessHours::Parse(hours, {}, TimeZone()).status().code(), absl::StatusCode::kInvalidArgument) << hours;
  }
  for (const char* day :
       {"", "2024-02-30", "2024-12-24T00:00Z", "24.12.2024", "12/24/2024", "2024/12/24", "2024-12-241"}) {
    const std::vector<std::string> holidays = {"2024-01-01", day};
    EXPECT_EQ(BusinessHours::Parse("mon 09:00-17:00", holidays, TimeZone()).status().code(),
              absl::StatusCode::kInvalidArgument)
        << day;
  }
}

TEST(BusinessHours, NeedAZone) {
  StudyOptions options;
  ASSERT_TRUE(options.Set("business_hours", "mon-fri 09:00-17:00").ok());
  EXPECT_FALSE(options.Validate().ok());
  options.zone = "UTC";
  EXPECT_TRUE(options.Validate().ok());
  options.business_hours.clear();
  ASSERT_TRUE(options.Set("holidays", "2024-12-24, 2024-12-25").ok());
  EXPECT_FALSE(options.Validate().ok());
}

class BusinessHoursProperty : public ::testing::TestWithParam<uint32_t> {};

// Zones that change by an hour, by half an hour, at midnight and by a day; times around their changes.
TEST_P(BusinessHoursProperty, AgreeWithCountingMinutes) {
  constexpr const char* kZones[] = {"Europe/Tallinn",      "America/New_York", "America/Sao_Paulo",
                                    "Australia/Lord_Howe", "Pacific/Apia",     "+05:30"};
  constexpr const char* kNames[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  std::mt19937_64 rng(GetParam());
  auto below = [&](uint64_t bound) { return static_cast<int>(rng() % bound); };

  NaiveBusinessHours naive{TimeZone::Open(kZones[GetParam() % std::size(kZones)]).value(), {}, {}};
  std::string text;
  for (int span = below(3); span >= 0; --span) {
    const int first = below(7), days = below(7), begin = below(1440), end = begin + 1 + below(1440 - begin);
    NaiveBusinessHours::Span open{{}, begin, end};
    for (int i = 0; i <= days; ++i) open.days.insert(static_cast<unsigned>((first + i) % 7));
    char buffer[40];
    std::snprintf(buffer, sizeof(buffer), "%s-%s %02d:%02d-%02d:%02d", kNames[first], kNames[(first + days) % 7],
                  begin / 60, begin % 60, end / 60, end % 60);
    text += (text.empty() ? "" : ",") + std::string(buffer);
    naive.spans.push_back(open);
  }

  // A change of the clock after 1980, or any day where there is none.
  std::vector<int64_t> changes = {1'700'000'000};
  for (const TimeZone::Period& period : naive.zone.periods()) {
    const int64_t second = period.utc_begin / kMicrosPerSecond;
    if (second > 315'532'800 && second < 2'000'000'000) changes.push_back(second);
  }
  for (int trial = 0; trial < 6; ++trial) {
    const int64_t change = changes[rng() % changes.size()] / 60;
    std::vector<std::string> holidays;
    naive.holidays.clear();
    for (int i = below(4); i > 0; --i) {
      const int64_t day = change / 1440 - 3 + below(7);
      const CivilDay civil = CivilFromDays(day);
      char buffer[40];
      std::snprintf(buffer, sizeof(buffer), "%04d-%02d-%02d", civil.year, civil.month, civil.day);
      holidays.push_back(buffer);
      naive.holidays.insert(std::chrono::sys_days{std::chrono::days{day}});
    }
    const BusinessHours hours = BusinessHours::Parse(text, holidays, naive.zone).value();
    const int64_t from = change - below(4000), to = from + below(8000);
    SCOPED_TRACE(text + " from minute " + std::to_string(from) + " to " + std::to_string(to));
    ASSERT_EQ(hours.Between(from * kMinute, to * kMinute), naive.MinutesBetween(from, to) * kMinute);

    // Within a minute, and from part to part.
    const int64_t within = from * kMinute + below(kMinute);
    ASSERT_EQ(hours.Between(from * kMinute, within), naive.IsOpen(from) ? within - from * kMinute : 0);
    const int64_t middle =
        from * kMinute + static_cast<int64_t>(rng() % static_cast<uint64_t>((to - from) * kMinute + 1));
    ASSERT_EQ(hours.Between(from * kMinute, middle) + hours.Between(middle, to * kMinute),
              hours.Between(from * kMinute, to * kMinute));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, BusinessHoursProperty, ::testing::Range(0u, 60u));

// Handed over on Friday afternoon, contacted on Monday morning.
TEST(Handoff, CountsBusinessHours) {
  const std::vector<EventRow> rows = {
      {{"person", "a@x.com"}, {"event", "stage"}, {"stage", "MQL"}, {"time", "2024-03-29 16:50"}},
      {{"person", "a@x.com"}, {"event", "contacted"}, {"team", "sales"}, {"time", "2024-04-01 09:15"}},
      {{"person", "b@x.com"}, {"event", "stage"}, {"stage", "MQL"}, {"time", "2024-03-29 18:00"}},
      {{"person", "b@x.com"}, {"event", "contacted"}, {"team", "sales"}, {"time", "2024-03-31 12:00"}},
      {{"person", "c@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", "2024-08-01 12:00"}},
  };
  StudyOptions options;
  options.zone = "Europe/Tallinn";
  options.sla = kHour / 2;
  auto run = [&] { return RunStudy(rows, options, {"handoff", "response_delay"}); };
  auto calendar = run();
  EXPECT_EQ(RowWhere(calendar.at("handoff"), {{"all_sources", "true"}})["within_sla"], "0");
  EXPECT_EQ(RowWhere(calendar.at("response_delay"), {{"bucket", "later"}})["leads"], "2");

  options.business_hours = "mon-fri 09:00-17:00";
  auto business = run();
  auto row = RowWhere(business.at("handoff"), {{"all_sources", "true"}});
  EXPECT_EQ(row["within_sla"], "2");
  EXPECT_EQ(row["median_hours"], "0.2083333333");  // of 25 minutes and none
  EXPECT_EQ(row["contacted"], "2");
  EXPECT_EQ(RowWhere(business.at("response_delay"), {{"bucket", "(5m,30m]"}})["leads"], "1");
  EXPECT_EQ(RowWhere(business.at("response_delay"), {{"bucket", "(0,5m]"}})["leads"], "1");

  options.holidays = {"2024-03-29"};
  EXPECT_EQ(RowWhere(run().at("handoff"), {{"all_sources", "true"}})["median_hours"], "0.125");

  options.ignore_after = 2 * kDay;  // calendar time: the first contact comes too late
  EXPECT_EQ(RowWhere(run().at("handoff"), {{"all_sources", "true"}})["ignored"], "1");
}

}  // namespace
}  // namespace vesica
