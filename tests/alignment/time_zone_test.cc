#include "alignment/time_zone.h"

#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <random>
#include <string>

#include "alignment/time_text.h"
#include "base/error.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

constexpr int64_t kHours = 3600 * kMicrosPerSecond;

int64_t At(const char* text) { return ParseTime(text, false).micros; }

// tests/alignment/make_time_zones.py says where these are from.
TEST(TimeZone, AgreesWithPython) {
  std::ifstream file(VESICA_TEST_DATA "/golden/alignment/time_zones.tsv");
  ASSERT_TRUE(file.is_open());
  std::map<std::string, LocalClock> clocks;
  std::map<std::string, int> seen;
  std::string name, given;
  for (int64_t utc = 0, local = 0; file >> name >> given >> utc >> local;) {
    SCOPED_TRACE(name + " " + std::to_string(utc));
    if (!clocks.contains(name)) {
      const absl::StatusOr<TimeZone> zone = TimeZone::Open(name);
      ASSERT_TRUE(zone.ok()) << zone.status();
      clocks.emplace(name, LocalClock(*zone));
    }
    LocalClock& clock = clocks.at(name);
    if (given == "utc") {
      ASSERT_EQ(clock.ToLocal(utc * kMicrosPerSecond), local * kMicrosPerSecond);
    } else {
      ASSERT_EQ(clock.ToUtc(local * kMicrosPerSecond), utc * kMicrosPerSecond);
    }
    ++seen[given];
  }
  EXPECT_EQ(clocks.size(), 14u);
  EXPECT_GT(seen["utc"], 300);
  EXPECT_GT(seen["local"], 400);
}

TEST(TimeZone, SkippedAndRepeatedTimesHaveTheOffsetBeforeTheChange) {
  LocalClock clock(TimeZone::Open("Europe/Tallinn").value());
  EXPECT_EQ(clock.ToUtc(At("2024-03-31 02:59")), At("2024-03-31T00:59Z"));
  EXPECT_EQ(clock.ToUtc(At("2024-03-31 03:30")), At("2024-03-31T01:30Z"));  // skipped: the clock shows 04:30
  EXPECT_EQ(clock.ToUtc(At("2024-03-31 04:00")), At("2024-03-31T01:00Z"));
  EXPECT_EQ(clock.ToUtc(At("2024-10-27 03:30")), At("2024-10-27T00:30Z"));  // the first of two
  EXPECT_EQ(clock.ToUtc(At("2024-10-27 04:00")), At("2024-10-27T02:00Z"));
  EXPECT_EQ(clock.ToLocal(At("2024-10-27T01:30Z")), At("2024-10-27 03:30"));
}

TEST(TimeZone, KeepsTheOffsetFrom2200On) {
  LocalClock clock(TimeZone::Open("America/New_York").value());
  EXPECT_EQ(clock.ToLocal(At("2199-07-01T12:00Z")), At("2199-07-01 08:00"));
  EXPECT_EQ(clock.ToLocal(At("2199-12-01T12:00Z")), At("2199-12-01 07:00"));
  EXPECT_EQ(clock.ToLocal(At("2200-07-01T12:00Z")), At("2200-07-01 07:00"));
  EXPECT_EQ(clock.ToLocal(At("9999-07-01T12:00Z")), At("9999-07-01 07:00"));
}

TEST(TimeZone, OffsetsNeedNoDatabase) {
  for (const auto& [name, hours] : {std::pair("UTC", 0), {"Z", 0}, {"+02:00", 2}, {"-0500", -5}}) {
    LocalClock clock(TimeZone::Open(name).value());
    EXPECT_EQ(clock.ToLocal(0), hours * kHours);
    EXPECT_EQ(clock.ToUtc(0), -hours * kHours);
  }
  LocalClock clock{TimeZone()};
  EXPECT_EQ(clock.ToUtc(7), 7);
}

// Whatever was asked before, a time is read alike.
TEST(LocalClock, RemembersNothingThatShows) {
  const TimeZone zone = TimeZone::Open("America/Sao_Paulo").value();
  LocalClock clock(zone);
  std::mt19937_64 rng(20261122);
  for (int trial = 0; trial < 20'000; ++trial) {
    const int64_t time = static_cast<int64_t>(rng() % 2'000'000'000) * kMicrosPerSecond;
    ASSERT_EQ(clock.ToLocal(time), LocalClock(zone).ToLocal(time));
    ASSERT_EQ(clock.ToUtc(time), LocalClock(zone).ToUtc(time));
    const int64_t again = clock.ToUtc(clock.ToLocal(time));  // or the earlier one that looks the same
    ASSERT_TRUE(again == time || (again < time && clock.ToLocal(again) == clock.ToLocal(time)));
  }
}

TEST(TimeZone, RefusesWhatIsNoName) {
  for (const std::string& name :
       {std::string(), std::string("/etc/passwd"), std::string("../../../etc/passwd"), std::string("Europe/../UTC"),
        std::string("Europe/"), std::string(".."), std::string("Europe/Tallinn "), std::string("Europe\\Tallinn"),
        std::string("libc:localtime"), std::string("vesica:UTC"), std::string("Europe/Tallinn\0", 15),
        std::string("+2"), std::string(65, 'a'), std::string("Eest\xc3\xb5")}) {
    EXPECT_EQ(TimeZone::Check(name).code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(TimeZone::Open(name).status().code(), absl::StatusCode::kInvalidArgument) << name;
  }
}

TEST(TimeZone, RefusesWhatTheMachineDoesNotKnow) {
  for (const char* name : {"Europe/Atlantis", "Europe", "zone1970tab", "tzdata", "europe/tallinn/x"}) {
    EXPECT_TRUE(TimeZone::Check(name).ok()) << name;
    const absl::Status status = TimeZone::Open(name).status();
    EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr(name));
  }
}

// No environment variable decides what a zone is.
TEST(TimeZone, IsTheSameWhateverTheEnvironmentSays) {
  ASSERT_EQ(setenv("TZDIR", "/nonexistent", 1), 0);
  ASSERT_EQ(setenv("TZ", "Asia/Tokyo", 1), 0);
  const absl::StatusOr<TimeZone> zone = TimeZone::Open("Europe/Riga");
  ASSERT_EQ(unsetenv("TZDIR"), 0);
  ASSERT_EQ(unsetenv("TZ"), 0);
  ASSERT_TRUE(zone.ok()) << zone.status();
  EXPECT_EQ(LocalClock(*zone).ToLocal(0), 3 * kHours);
}

StudyOptions InTallinn() {
  StudyOptions options;
  options.zone = "Europe/Tallinn";
  return options;
}

TEST(Study, MonthsAndDaysAreThoseOfItsZone) {
  const std::vector<EventRow> rows = {
      // 23:30 and 00:30 local, on both sides of the end of March, which has summer time, and of December.
      {{"person", "a@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", "2024-03-31T20:30Z"}},
      {{"person", "b@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", "2024-03-31T21:30Z"}},
      {{"person", "c@x.com"}, {"event", "stage"}, {"stage", "MQL"}, {"time", "2024-12-31T21:30Z"}},
      {{"person", "d@x.com"}, {"event", "stage"}, {"stage", "MQL"}, {"time", "2024-12-31T22:30Z"}},
  };
  const auto tables = RunStudy(rows, InTallinn(), {"trend", "funnel"});
  EXPECT_EQ(RowWhere(tables.at("trend"), {{"period", "2024-03"}})["n_marketing"], "1");
  EXPECT_EQ(RowWhere(tables.at("trend"), {{"period", "2024-04"}})["n_marketing"], "1");
  EXPECT_EQ(RowWhere(tables.at("funnel"), {{"cohort", "2024-12"}, {"stage", "MQL"}})["entered"], "1");
  EXPECT_EQ(RowWhere(tables.at("funnel"), {{"cohort", "2025-01"}, {"stage", "MQL"}})["entered"], "1");
}

// The day of the change has 23 hours: a contact of that day comes after all of it, and before the next.
TEST(Study, DaysAreAsLongAsTheZoneHasThem) {
  for (const auto& [exposure, bucket] : {std::pair("2024-03-31 23:59:59", "[0s,7d)"),
                                         {"2024-04-01 00:00", "never"},
                                         {"2024-03-31T20:59:59Z", "[0s,7d)"}}) {
    const std::vector<EventRow> rows = {
        {{"person", "a@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", exposure}},
        {{"person", "a@x.com"}, {"event", "contacted"}, {"team", "sales"}, {"time", "2024-03-31"}},
        {{"person", "b@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", "2025-01-01"}}};
    const auto tables = RunStudy(rows, InTallinn(), {"recency"});
    EXPECT_EQ(RowWhere(tables.at("recency"), {{"bucket", bucket}})["contacts"], "1") << exposure;
  }
}

TEST(Study, RefusesAZoneThatTheMachineDoesNotKnow) {
  StudyOptions options;
  options.zone = "Europe/Atlantis";
  const auto study = Study::Create(Context::Create({}).value(), EmailIdentity(), options);
  EXPECT_EQ(GetErrorInfo(study.status()).code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace vesica
