#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "alignment/stages.h"
#include "tests/model/naive_timelines.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

using ::testing::ElementsAre;

const std::vector<std::string> kOrder = {"Subscriber", "Lead", "MQL", "SAL", "SQL", "Opportunity", "Won"};

EventRow Stage(const char* person, const char* stage, const char* time) {
  return {{"person", person}, {"event", "stage"}, {"stage", stage}, {"time", time}};
}
EventRow Contact(const char* person, const char* time) {
  return {{"person", person}, {"event", "contacted"}, {"team", "sales"}, {"time", time}};
}
EventRow Response(const char* person, const char* time) {
  return {{"person", person}, {"event", "responded"}, {"time", time}};
}

TEST(StageName, KnowsTheLongNames) {
  for (const char* label : {"MQL", "mql", "Marketing Qualified Lead", "marketingqualifiedlead", "M.Q.L."}) {
    EXPECT_EQ(StageName(label), "mql") << label;
  }
  EXPECT_EQ(StageName("Closed Won"), "won");
  EXPECT_EQ(StageName("Unqualified"), "disqualified");
  EXPECT_EQ(StageName("Õnn"), "Õnn");
}

TEST(Funnel, IsCountedByHand) {
  const Table funnel = RunStudy({Stage("a@x.com", "Lead", "2024-01-01"), Stage("a@x.com", "MQL", "2024-01-03"),
                                 Stage("a@x.com", "Lead", "2024-01-05"),  // returns
                                 Stage("b@x.com", "Lead", "2024-01-10"), Stage("b@x.com", "MQL", "2024-01-16"),
                                 Stage("c@x.com", "MQL", "2024-02-01"),  // skips
                                 Stage("d@x.com", "MQL", "2024-02-01"), Stage("d@x.com", "Lead", "2024-02-02"),  // back
                                 Stage("e@x.com", "Lead", ""), Stage("e@x.com", "Napping", "2024-02-02")},
                                {}, {"funnel"})
                           .at("funnel");
  auto cells = [&](const char* cohort, const char* stage) {
    auto r = RowWhere(funnel, {{"cohort", cohort}, {"stage", stage}});
    return std::vector<std::string>{r["entered"],     r["from_previous"], r["n_previous"],   r["conversion"],
                                    r["median_days"], r["p25_days"],      r["skipped_into"], r["returned"]};
  };
  EXPECT_THAT(cells("-", "Subscriber"), ElementsAre("0", "-", "-", "-", "-", "-", "0", "0"));
  EXPECT_THAT(cells("-", "Lead"), ElementsAre("3", "0", "0", "-", "-", "-", "3", "1"));
  EXPECT_THAT(cells("-", "MQL"), ElementsAre("4", "2", "3", "0.6666666667", "4", "3", "2", "0"));
  EXPECT_THAT(cells("2024-01", "MQL"), ElementsAre("2", "2", "2", "1", "4", "3", "0", "0"));
  EXPECT_THAT(cells("2024-02", "MQL"), ElementsAre("2", "0", "1", "0", "-", "-", "2", "0"));
}

TEST(Funnel, TakesTheOrderOfTheOptionsOrOfTheBestPreset) {
  StudyOptions options;
  options.stages = {"in", "out"};
  const Table own =
      RunStudy({Stage("a@x.com", "In", "2024-01-01"), Stage("a@x.com", "OUT", "2024-01-02")}, options, {"funnel"})
          .at("funnel");
  EXPECT_EQ(RowWhere(own, {{"cohort", "-"}, {"stage", "out"}})["cumulative"], "1");
  const Table preset =
      RunStudy({Stage("a@x.com", "visitor", "2024-01-01"), Stage("a@x.com", "Prospect", "2024-01-02")}, {}, {"funnel"})
          .at("funnel");
  EXPECT_EQ(RowWhere(preset, {{"cohort", "-"}, {"position", "2"}})["stage"], "Prospect");
}

TEST(Flows, AreCountedByHand) {
  auto exposed = [](const char* team, const char* time) {
    return EventRow{{"person", "a@x.com"}, {"event", "exposed"}, {"team", team}, {"time", time}};
  };
  const Table flows =
      RunStudy({exposed("demand", "2024-01-01"),
                exposed("brand", "2024-01-02"),
                exposed("marketing", "2024-03-01"),  // after the first stage
                Stage("a@x.com", "Lead", "2024-02-01"),
                Stage("a@x.com", "SQL", "2024-02-02"),
                Stage("a@x.com", "disqualified", "2024-02-03"),
                Stage("b@x.com", "SQL", "2024-02-01"),
                {{"person", "b@x.com"}, {"event", "deal"}, {"deal", "d"}, {"stage", "won"}, {"time", "2024-02-02"}}},
               {}, {"flows"})
          .at("flows");
  std::set<std::string> edges;
  for (auto& row : RowsOf(flows)) {
    edges.insert(row["attribution"] + ": " + row["from"] + ">" + row["to"] + " " + row["people"]);
  }
  EXPECT_THAT(edges, ::testing::UnorderedElementsAre("first: demand>Lead 1", "first: untouched>SQL 1",
                                                     "first: Lead>SQL 1", "first: SQL>disqualified 1",
                                                     "first: SQL>won 1", "last: brand>Lead 1", "last: untouched>SQL 1",
                                                     "last: Lead>SQL 1", "last: SQL>disqualified 1", "last: SQL>won 1",
                                                     "any: brand>Lead 1", "any: demand>Lead 1", "any: untouched>SQL 1",
                                                     "any: Lead>SQL 1", "any: SQL>disqualified 1", "any: SQL>won 1"));
}

// The row over all sources of a study at the end of 2024 of the rows.
std::map<std::string, std::string> Handoff(const std::vector<EventRow>& rows) {
  StudyOptions options;
  options.as_of = 20'088 * kDay;
  return RowWhere(RunStudy(rows, options, {"handoff"}).at("handoff"), {{"all_sources", "true"}});
}

TEST(Handoff, AContactCountsFromTheHandoffToTheEndOfTheTime) {
  const EventRow mql = Stage("a@x.com", "MQL", "2024-01-01T12:00:00Z");
  auto contacted = [&](const char* time) { return Handoff({mql, Contact("a@x.com", time)})["contacted"]; };
  EXPECT_EQ(contacted("2024-01-01T12:00:00Z"), "1");
  EXPECT_EQ(contacted("2024-01-01T11:59:59Z"), "0");
  EXPECT_EQ(contacted("2024-01-01"), "1");  // a day is after its moments
  EXPECT_EQ(contacted("2024-01-31T11:59:59Z"), "1");
  EXPECT_EQ(contacted("2024-01-31T12:00:00Z"), "0");
  auto within = [&](const char* time) { return Handoff({mql, Contact("a@x.com", time)})["within_sla"]; };
  EXPECT_EQ(within("2024-01-02T12:00:00Z"), "1");
  EXPECT_EQ(within("2024-01-02T12:00:01Z"), "0");
  EXPECT_EQ(Handoff({mql, Contact("a@x.com", "2024-01-01T18:00:00Z")})["median_hours"], "6");
}

TEST(Handoff, IsAcceptedDisqualifiedOrIgnored) {
  const EventRow mql = Stage("a@x.com", "Marketing Qualified Lead", "2024-01-01");
  EXPECT_EQ(Handoff({mql})["ignored"], "1");
  EXPECT_EQ(Handoff({mql})["ignored_share"], "1");
  auto row = Handoff({mql, Stage("a@x.com", "Disqualified", "2024-01-05")});
  EXPECT_EQ(row["ignored"], "0");
  EXPECT_EQ(row["disqualified_untouched"], "1");
  row = Handoff({mql, Stage("a@x.com", "SQL", "2024-01-05"), Contact("a@x.com", "2024-01-04"),
                 Stage("a@x.com", "MQL", "2024-02-01")});
  EXPECT_EQ(row["handed_off"], "1");
  EXPECT_EQ(row["accepted"], "1");
  EXPECT_EQ(row["contacted"], "1");
  EXPECT_EQ(Handoff({mql, Stage("a@x.com", "SAL", "2023-12-31")})["accepted"], "0");
  EXPECT_EQ(Handoff({})["ignored_share"], "-");
}

TEST(Handoff, LeadsNotYetDueAreApart) {
  StudyOptions options;
  options.as_of = 40 * kDay;
  std::vector<EventRow> rows = {Stage("a@x.com", "MQL", "1970-01-11"), Stage("b@x.com", "MQL", "1970-01-12"),
                                Contact("b@x.com", "1970-01-13")};
  rows[0]["source"] = "web";
  const auto tables = RunStudy(rows, options, {"handoff", "quality"});
  auto all = RowWhere(tables.at("handoff"), {{"all_sources", "true"}});
  EXPECT_EQ(all["handed_off"], "2");
  EXPECT_EQ(all["not_due"], "1");
  EXPECT_EQ(all["due"], "1");
  EXPECT_EQ(all["contacted"], "0");
  EXPECT_EQ(RowWhere(tables.at("handoff"), {{"source", "web"}})["due"], "1");
  EXPECT_EQ(RowWhere(tables.at("handoff"), {{"all_sources", "false"}, {"source", "-"}})["due"], "0");
  EXPECT_EQ(RowWhere(tables.at("quality"), {{"table", "handoff"}, {"reason", "not_due"}})["rows"], "1");
}

TEST(ResponseDelay, BucketsAreClosedAbove) {
  const EventRow mql = Stage("a@x.com", "MQL", "2024-01-01T12:00:00Z");
  auto bucket = [&](const char* time) {
    StudyOptions options;
    options.as_of = 20'088 * kDay;
    const Table delays =
        RunStudy({mql, Contact("a@x.com", time), Response("a@x.com", "2024-01-20")}, options, {"response_delay"})
            .at("response_delay");
    auto row = RowWhere(delays, {{"leads", "1"}});
    return row["bucket"] + " " + row["responses"];
  };
  EXPECT_EQ(bucket("2024-01-01T12:00:00Z"), "(0,5m] 1");
  EXPECT_EQ(bucket("2024-01-01T12:05:00Z"), "(0,5m] 1");
  EXPECT_EQ(bucket("2024-01-01T12:05:01Z"), "(5m,30m] 1");
  EXPECT_EQ(bucket("2024-01-01T13:00:00Z"), "(30m,1h] 1");
  EXPECT_EQ(bucket("2024-01-02T12:00:00Z"), "(1h,24h] 1");
  EXPECT_EQ(bucket("2024-01-02T12:00:01Z"), "later 1");
  EXPECT_EQ(bucket("2024-01-25T12:00:00Z"), "later 0");  // responded before
  EXPECT_EQ(bucket("2024-02-25T12:00:00Z"), "never 1");
}

TEST(Reasons, AreCountedByHand) {
  auto out = [](const char* person, const char* reason, const char* source, const char* time) {
    EventRow row = Stage(person, "Disqualified", time);
    row["reason"] = reason;
    row["source"] = source;
    row["region"] = "EMEA";
    return row;
  };
  StudyOptions options;
  options.by = {"region"};
  const Table reasons =
      RunStudy({out("a@x.com", "budget", "web", "2024-01-01"), out("a@x.com", "budget", "web", "2024-01-09"),
                out("a@x.com", "timing", "web", "2024-01-05"), out("b@x.com", "", "", "2024-01-01"),
                Stage("a@x.com", "Lead", "2024-01-03")},
               options, {"reasons"})
          .at("reasons");
  auto cells = [&](std::map<std::string, std::string> where) {
    auto r = RowWhere(reasons, where);
    return std::vector<std::string>{r["people"], r["n_disqualified"], r["share"], r["recycled"]};
  };
  EXPECT_THAT(cells({{"all_sources", "true"}, {"dimension", "-"}, {"reason", "budget"}}),
              ElementsAre("1", "2", "0.5", "1"));
  EXPECT_THAT(cells({{"all_sources", "true"}, {"dimension", "-"}, {"reason", "timing"}}),
              ElementsAre("1", "2", "0.5", "0"));
  EXPECT_THAT(cells({{"all_sources", "true"}, {"dimension", "-"}, {"reason", "-"}}), ElementsAre("1", "2", "0.5", "0"));
  EXPECT_THAT(cells({{"source", "web"}, {"reason", "budget"}}), ElementsAre("1", "1", "1", "1"));
  EXPECT_THAT(cells({{"value", "EMEA"}, {"reason", "budget"}}), ElementsAre("1", "2", "0.5", "1"));
  EXPECT_THAT(cells({{"all_sources", "false"}, {"source", "-"}}), ElementsAre("1", "1", "1", "0"));
}

class LifecycleProperty : public ::testing::TestWithParam<uint64_t> {
 protected:
  LifecycleProperty() {
    std::mt19937_64 rng(GetParam());
    rows = RandomEvents(rng, {.rows = 900, .people = 80, .companies = 2});
    people = NaiveTimelines(rows, {"region"});
    for (NaiveTimeline& p : people) {
      std::stable_sort(p.events.begin(), p.events.end(),
                       [](const NaiveEvent& a, const NaiveEvent& b) { return a.time < b.time; });
      for (const NaiveEvent& e : p.events) as_of = std::max(as_of, e.time.value_or(INT64_MIN));
    }
  }
  // First timed entry of a stage.
  static std::optional<int64_t> First(const NaiveTimeline& p, const std::string& stage) {
    std::optional<int64_t> first;
    for (const NaiveEvent& e : p.events) {
      if (e.event == "stage" && CellOf(e.row, "stage") == stage && e.time.has_value() && !first) first = e.time;
    }
    return first;
  }
  std::vector<EventRow> rows;
  std::vector<NaiveTimeline> people;
  int64_t as_of = INT64_MIN;
};

TEST_P(LifecycleProperty, FunnelAgreesWithALoopOverPeople) {
  for (auto& row : RowsOf(RunStudy(rows, {}, {"funnel"}).at("funnel"))) {
    const auto position = static_cast<size_t>(std::stoi(row["position"])) - 1;
    uint64_t entered = 0, from_previous = 0, from_first = 0;
    std::vector<double> days;
    for (const NaiveTimeline& p : people) {
      if (!InCompany(p, row["company"])) continue;
      std::string cohort;
      for (const NaiveEvent& e : p.events) {
        const std::string stage = CellOf(e.row, "stage");
        const bool counts = e.event == "stage" && e.time.has_value() && stage != "disqualified";
        if (counts && cohort.empty()) cohort = CellOf(e.row, "time").substr(0, 7);
      }
      if (row["cohort"] != "-" && row["cohort"] != cohort) continue;
      const auto here = First(p, kOrder[position]);
      if (!here.has_value()) continue;
      ++entered;
      from_first += First(p, kOrder[0]).has_value();
      if (position == 0) continue;
      const auto before = First(p, kOrder[position - 1]);
      if (!before.has_value() || *before > *here) continue;
      ++from_previous;
      days.push_back(static_cast<double>(*here - *before) / static_cast<double>(kNaiveDay));
    }
    ASSERT_EQ(row["entered"], std::to_string(entered));
    ASSERT_EQ(row["from_first"], std::to_string(from_first));
    if (position == 0) continue;
    ASSERT_EQ(row["from_previous"], std::to_string(from_previous));
    if (days.size() % 2 == 1) {
      std::sort(days.begin(), days.end());
      ASSERT_EQ(row["median_days"], ShareText(days[days.size() / 2], 1));
    }
  }
}

TEST_P(LifecycleProperty, HandoffAgreesWithALoopOverPeople) {
  const auto tables = RunStudy(rows, {}, {"handoff", "response_delay"});
  constexpr int64_t kMonth = 30 * kNaiveDay;
  for (auto& row : RowsOf(tables.at("handoff"))) {
    if (row["all_sources"] != "true") continue;
    uint64_t handed_off = 0, not_due = 0, accepted = 0, contacted = 0, ignored = 0, disqualified = 0, within = 0;
    std::map<std::string, uint64_t> leads;
    for (const NaiveTimeline& p : people) {
      const auto at = First(p, "MQL");
      if (!InCompany(p, row["company"]) || !at.has_value()) continue;
      ++handed_off;
      if (*at + kMonth > as_of) {
        ++not_due;
        continue;
      }
      std::optional<int64_t> touch;
      bool takes = false, out = false;
      for (const NaiveEvent& e : p.events) {
        if (!e.time.has_value() || *e.time < *at) continue;
        const std::string stage = e.event == "stage" ? CellOf(e.row, "stage") : "";
        takes = takes || stage == "SAL" || stage == "SQL";
        if (*e.time >= *at + kMonth) continue;
        out = out || stage == "disqualified";
        if (IsNaiveContact(e) && !touch.has_value()) touch = e.time;
      }
      accepted += takes;
      contacted += touch.has_value();
      within += touch.has_value() && *touch - *at <= kNaiveDay;
      disqualified += !touch.has_value() && out;
      ignored += !touch.has_value() && !out;
      const double minutes = touch.has_value() ? static_cast<double>(*touch - *at) / 60e6 : 0;
      ++leads[!touch.has_value() ? "never"
              : minutes <= 5     ? "(0,5m]"
              : minutes <= 30    ? "(5m,30m]"
              : minutes <= 60    ? "(30m,1h]"
              : minutes <= 1440  ? "(1h,24h]"
                                 : "later"];
    }
    ASSERT_EQ(row["handed_off"], std::to_string(handed_off));
    ASSERT_EQ(row["not_due"], std::to_string(not_due));
    ASSERT_EQ(row["accepted"], std::to_string(accepted));
    ASSERT_EQ(row["contacted"], std::to_string(contacted));
    ASSERT_EQ(row["disqualified_untouched"], std::to_string(disqualified));
    ASSERT_EQ(row["ignored"], std::to_string(ignored));
    ASSERT_EQ(row["within_sla"], std::to_string(within));
    for (const auto& [bucket, count] : leads) {
      ASSERT_EQ(RowWhere(tables.at("response_delay"), {{"company", row["company"]}, {"bucket", bucket}})["leads"],
                std::to_string(count));
    }
  }
}

TEST_P(LifecycleProperty, ReasonsAgreeWithALoopOverPeople) {
  StudyOptions options;
  options.by = {"region"};
  for (auto& row : RowsOf(RunStudy(rows, options, {"reasons"}).at("reasons"))) {
    uint64_t with_reason = 0, all = 0;
    for (const NaiveTimeline& p : people) {
      if (!InCompany(p, row["company"])) continue;
      const std::string region = p.segment.at("region");
      if (row["dimension"] == "region" && (region.empty() ? "-" : region) != row["value"]) continue;
      bool any = false, this_one = false;
      for (const NaiveEvent& e : p.events) {
        if (e.event != "stage" || CellOf(e.row, "stage") != "disqualified") continue;
        const std::string source = CellOf(e.row, "source"), reason = CellOf(e.row, "reason");
        if (row["all_sources"] == "false" && (source.empty() ? "-" : source) != row["source"]) continue;
        any = true;
        this_one = this_one || (reason.empty() ? "-" : reason) == row["reason"];
      }
      all += any;
      with_reason += this_one;
    }
    ASSERT_EQ(row["people"], std::to_string(with_reason));
    ASSERT_EQ(row["n_disqualified"], std::to_string(all));
  }
}

TEST_P(LifecycleProperty, FlowsLoseNobody) {
  // Who goes into a stage by the last touch or another stage goes out of it.
  std::map<std::string, int64_t> balance;
  std::map<std::string, uint64_t> outcomes;
  for (auto& row : RowsOf(RunStudy(rows, {}, {"flows"}).at("flows"))) {
    if (row["attribution"] == "any") continue;
    const std::string key = row["company"] + row["attribution"];
    balance[key + row["to"]] += std::stoll(row["people"]);
    balance[key + row["from"]] -= std::stoll(row["people"]);
    for (const char* outcome : {"open", "won", "lost", "disqualified"}) {
      if (row["to"] == outcome && row["company"] == "-") outcomes[row["attribution"]] += std::stoull(row["people"]);
    }
  }
  uint64_t followed = 0;
  for (const NaiveTimeline& p : people) {
    followed += std::any_of(p.events.begin(), p.events.end(), [](const NaiveEvent& e) {
      return e.time.has_value() && (e.event == "stage" || e.event == "deal");
    });
  }
  EXPECT_EQ(outcomes["first"], followed);
  EXPECT_EQ(outcomes["last"], followed);
  for (const char* attribution : {"first", "last"}) {
    for (const std::string& stage : kOrder) {
      const int64_t left = stage == "Won" ? 0 : balance[std::string("-") + attribution + stage];
      EXPECT_EQ(left, 0) << stage;
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, LifecycleProperty, ::testing::Range<uint64_t>(1, 17));

}  // namespace
}  // namespace vesica
