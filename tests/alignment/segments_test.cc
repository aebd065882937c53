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

const std::vector<std::string> kDimensions = {"region", "industry", "title"};

StudyOptions Options() {
  StudyOptions options;
  options.by = kDimensions;
  options.by_pairs = {{"region", "industry"}};
  options.min_support = 3;
  return options;
}

// Blank cells as RowsOf() writes nulls.
std::string Shown(const std::string& value) { return value.empty() ? "-" : value; }

EventRow Person(const char* person, const char* event, const char* team, const char* region) {
  return {{"person", person}, {"event", event}, {"team", team}, {"region", region}};
}

TEST(Segments, ConflictingValuesAreTheSalesTeamsThenTheLatestThenTheFirst) {
  std::vector<EventRow> rows = {
      Person("a@x.com", "exposed", "brand", "EMEA"), Person("a@x.com", "contacted", "sales", "APAC"),
      Person("b@x.com", "exposed", "brand", "EMEA"), Person("b@x.com", "exposed", "brand", "APAC"),
      Person("c@x.com", "exposed", "brand", "EMEA"), Person("c@x.com", "exposed", "demand", "APAC")};
  rows[2]["time"] = "2024-01-02";
  rows[3]["time"] = "2024-01-01";
  StudyOptions options;
  options.by = {"region"};
  const auto tables = RunStudy(rows, options, {"segments", "quality"});
  auto n_a = [&](const char* value) {
    return RowWhere(tables.at("segments"), {{"value", value}, {"a", "marketing"}})["n_a"];
  };
  EXPECT_EQ(n_a("EMEA"), "1");  // b: the latest
  EXPECT_EQ(n_a("APAC"), "2");  // a: the sales team's; c: the first in byte order
  EXPECT_EQ(RowWhere(tables.at("quality"), {{"reason", "conflicting_segment"}})["rows"], "3");
}

class SegmentsProperty : public ::testing::TestWithParam<uint64_t> {
 protected:
  SegmentsProperty() : rng(GetParam()) {
    rows = RandomEvents(rng, {.companies = static_cast<uint32_t>(GetParam() % 3 + 1)});
    people = NaiveTimelines(rows, kDimensions);
  }
  std::mt19937_64 rng;
  std::vector<EventRow> rows;
  std::vector<NaiveTimeline> people;
};

TEST_P(SegmentsProperty, AgreeWithALoopOverPeople) {
  const Table table = RunStudy(rows, Options(), {"segments"}).at("segments");
  std::set<std::string> met, expected;
  for (auto& row : RowsOf(table)) {
    uint64_t a = 0, b = 0, both = 0;
    for (const NaiveTimeline& p : people) {
      if (!InCompany(p, row["company"]) || Shown(p.segment.at(row["dimension"])) != row["value"]) continue;
      if (row["dimension_2"] != "-" && Shown(p.segment.at(row["dimension_2"])) != row["value_2"]) continue;
      a += p.circles.contains(row["a"]);
      b += p.circles.contains(row["b"]);
      both += p.circles.contains(row["a"]) && p.circles.contains(row["b"]);
    }
    ASSERT_EQ(row["n_a"], std::to_string(a));
    ASSERT_EQ(row["n_b"], std::to_string(b));
    ASSERT_EQ(row["n_both"], std::to_string(both));
    ASSERT_EQ(row["share_of_b"], ShareText(static_cast<double>(both), static_cast<double>(b)));
    if (row["a"] == "marketing" && row["dimension_2"] == "-") {
      met.insert(row["company"] + "|" + row["dimension"] + "|" + row["value"]);
    }
  }
  for (const NaiveTimeline& p : people) {
    for (const auto& [dimension, value] : p.segment) {
      expected.insert("-|" + dimension + "|" + Shown(value));
      if (!p.company.empty()) expected.insert(p.company + "|" + dimension + "|" + Shown(value));
    }
  }
  EXPECT_EQ(met, expected);
}

TEST_P(SegmentsProperty, MarketAgreesWithALoopOverPeople) {
  const Table table = RunStudy(rows, Options(), {"market"}).at("market");
  for (auto& row : RowsOf(table)) {
    uint64_t reached = 0, market = 0, inside = 0, known = 0;
    for (const NaiveTimeline& p : people) {
      if (!InCompany(p, row["company"])) continue;
      ++known;
      market += p.circles.contains("market");
      reached += p.circles.contains(row["team"]);
      inside += p.circles.contains("market") && p.circles.contains(row["team"]);
    }
    ASSERT_EQ(row["n_reached"], std::to_string(reached));
    ASSERT_EQ(row["n_market"], std::to_string(market));
    ASSERT_EQ(row["n_reached_in_market"], std::to_string(inside));
    ASSERT_EQ(row["n_outside"], std::to_string(reached - inside));
    ASSERT_EQ(row["n_known"], std::to_string(known));
  }
}

// A combination of values as the tables write it, and whether a person is in it.
using Named = std::map<std::string, std::string>;

std::string Joined(const Named& segment, bool values) {
  std::string text;
  for (const std::string& dimension : kDimensions) {
    if (segment.contains(dimension)) {
      text += (text.empty() ? "" : ", ") + (values ? Shown(segment.at(dimension)) : dimension);
    }
  }
  return text;
}

bool IsIn(const NaiveTimeline& p, const Named& segment) {
  return std::all_of(segment.begin(), segment.end(), [&](const auto& d) { return p.segment.at(d.first) == d.second; });
}

// Every combination some person is in; those of several dimensions without unknown values.
std::set<Named> Combinations(const std::vector<NaiveTimeline>& people) {
  std::set<Named> all;
  for (const NaiveTimeline& p : people) {
    for (int mask = 1; mask < 8; ++mask) {
      Named segment;
      for (int i = 0; i < 3; ++i) {
        if ((mask >> i & 1) != 0)
          segment[kDimensions[static_cast<size_t>(i)]] = p.segment.at(kDimensions[static_cast<size_t>(i)]);
      }
      const bool known = std::all_of(segment.begin(), segment.end(), [](const auto& d) { return !d.second.empty(); });
      if (known || segment.size() == 1) all.insert(segment);
    }
  }
  return all;
}

struct Missed {
  uint64_t sales = 0, missed = 0;
};
Missed CountMissed(const std::vector<NaiveTimeline>& people, const std::string& company, const Named& segment) {
  Missed counts;
  for (const NaiveTimeline& p : people) {
    if (!InCompany(p, company) || !IsIn(p, segment) || !p.circles.contains("sales")) continue;
    ++counts.sales;
    counts.missed += !p.circles.contains("marketing");
  }
  return counts;
}

TEST_P(SegmentsProperty, GapsAreThoseThatStandOut) {
  const Table table = RunStudy(rows, Options(), {"gaps"}).at("gaps");
  std::map<std::string, std::string> listed, expected;  // n_missed by company, dimensions and values
  std::map<std::string, std::vector<uint64_t>> in_order;
  for (auto& row : RowsOf(table)) {
    listed[row["company"] + "|" + row["dimensions"] + "|" + row["values"]] = row["n_missed"];
    in_order[row["company"]].push_back(std::stoull(row["n_missed"]));
  }
  for (const std::string& company : CompaniesOf(rows)) {
    for (const Named& segment : Combinations(people)) {
      const Missed counts = CountMissed(people, company, segment);
      if (counts.sales < 3) continue;
      bool stands_out = true;
      for (const auto& [dimension, value] : segment) {
        Named parent = segment;
        parent.erase(dimension);
        if (parent.empty()) continue;
        const Missed of_parent = CountMissed(people, company, parent);
        const double lower = WilsonShare({counts.missed, counts.sales}).lower;
        stands_out = stands_out && lower > static_cast<double>(of_parent.missed) / static_cast<double>(of_parent.sales);
      }
      if (stands_out) {
        expected[company + "|" + Joined(segment, false) + "|" + Joined(segment, true)] = std::to_string(counts.missed);
      }
    }
    EXPECT_TRUE(std::is_sorted(in_order[company].rbegin(), in_order[company].rend()));
  }
  EXPECT_EQ(listed, expected);
}

TEST_P(SegmentsProperty, ReachIsTheGreedyChoice) {
  const Table table = RunStudy(rows, Options(), {"reach"}).at("reach");
  std::map<std::string, std::vector<NaiveTimeline>> by_company;
  std::map<std::string, bool> complete;
  for (auto& row : RowsOf(table)) {
    const std::string& company = row["company"];
    if (!by_company.contains(company)) {
      for (const NaiveTimeline& p : people) {
        if (InCompany(p, company)) by_company[company].push_back(p);
      }
    }
    std::vector<NaiveTimeline>& mine = by_company[company];
    uint64_t most = 0, fewest = UINT64_MAX;
    for (const Named& segment : Combinations(people)) {
      if (segment.size() == 1 && segment.begin()->second.empty()) continue;
      uint64_t added = 0, gained = 0;
      for (const NaiveTimeline& p : mine) {
        if (!IsIn(p, segment) || p.circles.contains("marketing")) continue;
        ++added;
        gained += p.circles.contains("sales");
      }
      if (added < 3) continue;
      if (gained > most || (gained == most && added < fewest)) fewest = added;
      most = std::max(most, gained);
    }
    ASSERT_EQ(row["sales_gained"], std::to_string(most));
    ASSERT_EQ(row["people_added"], std::to_string(fewest));
    uint64_t covered = 0, sales = 0, marketing = 0;
    for (NaiveTimeline& p : mine) {
      const bool in = [&] {
        for (const Named& segment : Combinations({p})) {
          if (Joined(segment, false) == row["dimensions"] && Joined(segment, true) == row["values"]) return true;
        }
        return false;
      }();
      if (in) p.circles.insert("marketing");
      sales += p.circles.contains("sales");
      marketing += p.circles.contains("marketing");
      covered += p.circles.contains("sales") && p.circles.contains("marketing");
    }
    ASSERT_EQ(row["n_covered"], std::to_string(covered));
    ASSERT_EQ(row["n_sales"], std::to_string(sales));
    ASSERT_EQ(row["n_marketing_after"], std::to_string(marketing));
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, SegmentsProperty, ::testing::Range<uint64_t>(1, 25));

TEST(Reach, SaysWhatChanceWouldGain) {
  // Nobody but sales and marketing is known in A; in B one person of four unreached is neither.
  std::vector<EventRow> rows;
  for (const char* company : {"A", "B"}) {
    for (const char* person : {"a@x.com", "b@x.com", "c@x.com"}) {
      rows.push_back(Person(person, "contacted", "sales", "EMEA"));
      rows.back()["company"] = company;
    }
  }
  rows.push_back(Person("d@x.com", "engaged", "", "EMEA"));
  rows.back()["company"] = "B";
  StudyOptions options;
  options.by = {"region"};
  options.min_support = 1;
  const Table reach = RunStudy(rows, options, {"reach"}).at("reach");
  EXPECT_EQ(RowWhere(reach, {{"company", "A"}})["chance_gain"], "-");
  EXPECT_EQ(RowWhere(reach, {{"company", "B"}})["chance_gain"], "3");  // 4 added * 3 of 4
  EXPECT_EQ(RowWhere(reach, {{"company", "B"}})["coverage_before"], "0");
  EXPECT_EQ(RowWhere(reach, {{"company", "B"}})["coverage_after"], "1");
}

}  // namespace
}  // namespace vesica
