#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "alignment/intervals.h"
#include "tests/model/naive_timelines.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

EventRow At(const char* person, const char* event, const char* team, const char* time) {
  return {{"person", person}, {"event", event}, {"team", team}, {"time", time}};
}

// A study long after all its events.
StudyOptions LongAfter() {
  StudyOptions options;
  options.as_of = 20089 * kDay;  // 2025-01-01
  return options;
}

// The bucket of the only contact among the rows.
std::string BucketOf(std::vector<EventRow> rows) {
  const Table recency = RunStudy(rows, LongAfter(), {"recency"}).at("recency");
  return RowWhere(recency, {{"contacts", "1"}})["bucket"];
}

TEST(Recency, AgesAreHalfOpenAndNothingAfterTheContactCounts) {
  const EventRow contact = At("a@x.com", "contacted", "sales", "2024-03-31T12:00:00Z");
  auto exposed = [&](const char* time) { return BucketOf({contact, At("a@x.com", "exposed", "brand", time)}); };
  EXPECT_EQ(exposed("2024-03-31T12:00:00Z"), "[0s,7d)");  // at the very time
  EXPECT_EQ(exposed("2024-03-24T12:00:01Z"), "[0s,7d)");
  EXPECT_EQ(exposed("2024-03-24T12:00:00Z"), "[7d,30d)");
  EXPECT_EQ(exposed("2024-03-01T12:00:00Z"), "[30d,90d)");
  EXPECT_EQ(exposed("2024-01-01T12:00:00Z"), "[90d,inf)");
  EXPECT_EQ(exposed("2024-03-31T12:00:01Z"), "never");
  EXPECT_EQ(exposed("2024-03-31"), "[0s,7d)");  // a day is before its moments
  EXPECT_EQ(exposed("2024-03-24"), "[7d,30d)");
  EXPECT_EQ(BucketOf({contact, At("a@x.com", "exposed", "sales", "2024-03-30")}), "never");
  EXPECT_EQ(BucketOf({contact, At("a@x.com", "targeted", "brand", "2024-03-30")}), "never");
  EXPECT_EQ(BucketOf({contact, At("b@x.com", "exposed", "brand", "2024-03-30")}), "never");
  // Of two days the difference counts.
  const EventRow day = At("a@x.com", "contacted", "sales", "2024-03-31");
  EXPECT_EQ(BucketOf({day, At("a@x.com", "exposed", "brand", "2024-03-25")}), "[0s,7d)");
  EXPECT_EQ(BucketOf({day, At("a@x.com", "exposed", "brand", "2024-03-24")}), "[7d,30d)");
  EXPECT_EQ(BucketOf({day, At("a@x.com", "exposed", "brand", "2024-03-31T23:59:59Z")}), "[0s,7d)");
}

uint64_t Responses(const std::vector<EventRow>& rows) {
  uint64_t responses = 0;
  for (auto& row : RowsOf(RunStudy(rows, LongAfter(), {"recency"}).at("recency"))) {
    responses += std::stoull(row["responses"]);
  }
  return responses;
}

TEST(Recency, AResponseBelongsToTheLastContactBeforeItForAWindow) {
  const EventRow contact = At("a@x.com", "contacted", "sales", "2024-01-01T12:00:00Z");
  auto responded = [&](const char* time) { return Responses({contact, At("a@x.com", "responded", "", time)}); };
  EXPECT_EQ(responded("2024-01-01T12:00:00Z"), 1u);
  EXPECT_EQ(responded("2024-01-01T11:59:59Z"), 0u);
  EXPECT_EQ(responded("2024-01-31T11:59:59Z"), 1u);
  EXPECT_EQ(responded("2024-01-31T12:00:00Z"), 0u);
  EXPECT_EQ(responded("2024-01-01"), 1u);  // a day is after its moments
  EXPECT_EQ(responded(""), 0u);
  const EventRow next = At("a@x.com", "contacted", "sales", "2024-01-10T12:00:00Z");
  const EventRow answer = At("a@x.com", "responded", "", "2024-01-10T12:00:00Z");
  EXPECT_EQ(Responses({contact, next, answer}), 1u);  // the next contact's
  EXPECT_EQ(Responses({contact, next, answer, At("a@x.com", "responded", "", "2024-01-05")}), 2u);
}

TEST(Recency, LeavesOutContactsWhoseWindowIsNotOver) {
  StudyOptions options;
  options.as_of = 100 * kDay;
  std::vector<EventRow> rows = {At("a@x.com", "contacted", "sales", "1970-03-12T00:00:00Z"),  // day 70
                                At("b@x.com", "contacted", "sales", "1970-03-12T00:00:01Z"),
                                At("b@x.com", "responded", "", "1970-03-13T00:00:00Z"),
                                At("c@x.com", "contacted", "sales", "")};
  const auto tables = RunStudy(rows, options, {"recency", "mix", "quality"});
  EXPECT_EQ(RowWhere(tables.at("recency"), {{"bucket", "never"}})["contacts"], "1");
  EXPECT_EQ(RowWhere(tables.at("mix"), {{"mix", "none"}})["responses"], "0");
  for (const char* table : {"recency", "mix"}) {
    EXPECT_EQ(RowWhere(tables.at("quality"), {{"table", table}, {"reason", "not_due"}})["rows"], "1");
    EXPECT_EQ(RowWhere(tables.at("quality"), {{"table", table}, {"reason", "no_time"}})["rows"], "1");
  }
}

TEST(Recency, RatesAreComparedWithNever) {
  std::vector<EventRow> rows;
  auto add = [&](int count, int answered, bool exposed) {
    for (int i = 0; i < count; ++i) {
      const std::string person = (exposed ? "e" : "n") + std::to_string(i) + "@x.com";
      if (exposed) rows.push_back(At(person.c_str(), "exposed", "demand", "2024-01-01"));
      rows.push_back(At(person.c_str(), "contacted", "sales", "2024-01-02T00:00:00Z"));
      if (i < answered) rows.push_back(At(person.c_str(), "responded", "", "2024-01-03"));
    }
  };
  add(10, 5, true);
  add(12, 3, false);
  const auto tables = RunStudy(rows, LongAfter(), {"recency", "mix"});
  auto recent = RowWhere(tables.at("recency"), {{"bucket", "[0s,7d)"}});
  // As in tests/golden/alignment/intervals.tsv.
  EXPECT_EQ(recent["rate"], "0.5");
  EXPECT_EQ(recent["rate_lower"].substr(0, 10), "0.23659309");
  EXPECT_EQ(recent["risk_ratio"], "2");
  EXPECT_EQ(recent["risk_ratio_upper"], "6.37687083");
  EXPECT_EQ(recent["risk_difference"], "0.25");
  EXPECT_EQ(recent["risk_difference_lower"], "-0.136108148");
  EXPECT_EQ(recent["corrected"], "false");
  auto never = RowWhere(tables.at("recency"), {{"bucket", "never"}});
  EXPECT_EQ(never["rate"], "0.25");
  EXPECT_EQ(never["risk_ratio"], "-");
  auto empty = RowWhere(tables.at("recency"), {{"bucket", "[90d,inf)"}});
  EXPECT_EQ(empty["contacts"], "0");
  EXPECT_EQ(empty["rate"], "-");
  EXPECT_EQ(empty["risk_ratio"], "-");
  EXPECT_EQ(RowWhere(tables.at("mix"), {{"mix", "demand"}})["risk_ratio"], "2");
  EXPECT_EQ(RowWhere(tables.at("mix"), {{"mix", "interaction"}})["risk_ratio"], "-");
}

// Contact by contact, the obvious way.
struct NaiveContact {
  std::string company, region, bucket, mix, person;
  bool responded;
};

std::vector<NaiveContact> NaiveContacts(const std::vector<NaiveTimeline>& people, int64_t as_of) {
  std::vector<NaiveContact> contacts;
  for (const NaiveTimeline& p : people) {
    for (const NaiveEvent& c : p.events) {
      if (!IsNaiveContact(c) || !c.time.has_value() || *c.time + 30 * kNaiveDay > as_of) continue;
      std::map<std::string, int64_t> last;
      int64_t until = *c.time + 30 * kNaiveDay;
      // Of several contacts of one time only one has a window; which it is does not matter.
      for (const NaiveEvent& e : p.events) {
        if (!e.time.has_value()) continue;
        if (IsNaiveExposure(e) && *e.time <= *c.time) last[e.team] = std::max(last[e.team], *e.time);
        if (IsNaiveContact(e) && (*e.time > *c.time || (*e.time == *c.time && &e > &c)))
          until = std::min(until, *e.time);
      }
      bool responded = false;
      for (const NaiveEvent& e : p.events) {
        responded =
            responded || (e.event == "responded" && e.time.has_value() && *e.time >= *c.time && *e.time < until);
      }
      std::string bucket = "never";
      if (!last.empty()) {
        int64_t latest = 0;
        for (const auto& [team, time] : last) latest = std::max(latest, time);
        const int64_t days = (*c.time - latest) / kNaiveDay;
        bucket = days < 7 ? "[0s,7d)" : days < 30 ? "[7d,30d)" : days < 90 ? "[30d,90d)" : "[90d,inf)";
      }
      auto recent = [&](const char* team) { return last.contains(team) && *c.time - last[team] < 30 * kNaiveDay; };
      const std::string mix = recent("brand") && recent("demand") ? "both"
                              : recent("brand")                   ? "brand"
                              : recent("demand")                  ? "demand"
                              : recent("marketing")               ? "marketing"
                                                                  : "none";
      contacts.push_back({p.company, p.segment.at("region"), bucket, mix, NaivePerson(c.row), responded});
    }
  }
  return contacts;
}

class RecencyProperty : public ::testing::TestWithParam<uint64_t> {};

TEST_P(RecencyProperty, AgreesWithALoopOverContacts) {
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.rows = 2500, .people = 150, .companies = 2, .days = 100});
  StudyOptions options;
  options.by = {"region"};
  options.strata = "region";
  const auto tables = RunStudy(rows, options, {"recency", "mix"});
  const auto people = NaiveTimelines(rows, {"region"});
  int64_t as_of = INT64_MIN;
  for (const EventRow& row : rows) {
    const NaiveEvent event = ReadNaiveEvent(row);
    if (event.time.has_value()) as_of = std::max(as_of, *event.time);
  }
  const auto contacts = NaiveContacts(people, as_of);
  ASSERT_GT(contacts.size(), 20u);
  for (const char* name : {"recency", "mix"}) {
    for (auto& row : RowsOf(tables.at(name))) {
      const std::string place = name == std::string("mix") ? row["mix"] : row["bucket"];
      if (place == "interaction") continue;
      uint64_t count = 0, responses = 0;
      std::set<std::string> persons;
      std::map<std::string, Stratum> strata;
      for (const NaiveContact& c : contacts) {
        if (row["company"] != "-" && c.company != row["company"]) continue;
        if (c.bucket == "never") {
          strata[c.region].b.trials += 1;
          strata[c.region].b.successes += c.responded;
        }
        if ((name == std::string("mix") ? c.mix : c.bucket) != place) continue;
        ++count;
        responses += c.responded;
        persons.insert(c.person);
        strata[c.region].a.trials += 1;
        strata[c.region].a.successes += c.responded;
      }
      ASSERT_EQ(row["contacts"], std::to_string(count)) << name << " " << place;
      ASSERT_EQ(row["responses"], std::to_string(responses)) << name << " " << place;
      ASSERT_EQ(row["people"], std::to_string(persons.size()));
      if (name == std::string("mix") || place == "never") continue;
      std::vector<Stratum> all;
      for (const auto& [region, stratum] : strata) all.push_back(stratum);
      const double expected = MantelHaenszelRatio(all).value;
      if (std::isnan(expected)) {
        ASSERT_EQ(row["mh_risk_ratio"], "-");
      } else {
        ASSERT_NEAR(std::stod(row["mh_risk_ratio"]), expected, 1e-6 * expected);
      }
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, RecencyProperty, ::testing::Range<uint64_t>(1, 25));

}  // namespace
}  // namespace vesica
