#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "tests/model/naive_timelines.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

EventRow Deal(const char* person, const char* state, const char* time, const char* amount = "") {
  return {{"person", person}, {"event", "deal"},  {"deal", "d"},      {"stage", state},
          {"time", time},     {"amount", amount}, {"currency", "EUR"}};
}
EventRow Exposed(const char* person, const char* time) {
  return {{"person", person}, {"event", "exposed"}, {"team", "brand"}, {"time", time}};
}

TEST(Revenue, ADealIsOneAndItsLatestEventSaysWhatItIs) {
  const Table revenue =
      RunStudy({Deal("a@x.com", "open", "2024-01-01T00:00:00Z", "100"),
                Deal("b@x.com", "open", "2024-01-01T00:00:00Z", "100"), Deal("a@x.com", "lost", "2024-02-01T00:00:00Z"),
                Deal("b@x.com", "won", "2024-02-02T00:00:00Z", "99.9999")},
               {}, {"revenue"})
          .at("revenue");
  ASSERT_EQ(revenue.rows(), 1u);
  auto row = RowsOf(revenue)[0];
  EXPECT_EQ(row["won"], "1");
  EXPECT_EQ(row["lost"], "0");
  EXPECT_EQ(row["won_amount"], "999999");
  EXPECT_EQ(row["primed_won"], "0");
  EXPECT_EQ(row["primed_share"], "0");
  EXPECT_EQ(row["win_rate_primed"], "-");
  EXPECT_EQ(row["win_rate_not"], "1");
  EXPECT_EQ(row["win_rate_not_lower"].substr(0, 8), "0.206549");  // Wilson of 1 of 1
}

TEST(Revenue, IsPrimedByAnExposureOfAnyOfItsPeopleBeforeItsOpening) {
  auto primed = [](const char* exposed, const char* opened) {
    auto row = RowsOf(RunStudy({Deal("a@x.com", "open", opened), Deal("b@x.com", "won", "2024-03-01T00:00:00Z"),
                                Exposed("b@x.com", exposed)},
                               {}, {"revenue"})
                          .at("revenue"))[0];
    return row["primed_won"];
  };
  EXPECT_EQ(primed("2024-01-31T23:59:59Z", "2024-02-01T00:00:00Z"), "1");
  EXPECT_EQ(primed("2024-02-01T00:00:00Z", "2024-02-01T00:00:00Z"), "0");
  EXPECT_EQ(primed("2024-02-01", "2024-02-01T00:00:00Z"), "1");  // a day is before its moments
  EXPECT_EQ(primed("2024-02-15T00:00:00Z", "2024-02-01T00:00:00Z"), "0");
}

TEST(Revenue, OpenDealsAndUntimedEventsAreNoOutcome) {
  const auto tables =
      RunStudy({Deal("a@x.com", "open", "2024-01-01"), Deal("a@x.com", "won", "", "5")}, {}, {"revenue", "quality"});
  EXPECT_EQ(tables.at("revenue").rows(), 0u);
  EXPECT_EQ(RowWhere(tables.at("quality"), {{"table", "revenue"}, {"reason", "no_time"}})["rows"], "1");
}

TEST(Revenue, CurrenciesStayApart) {
  EventRow euros = Deal("a@x.com", "won", "2024-01-01", "5");
  EventRow dollars = Deal("a@x.com", "won", "2024-01-01", "7");
  dollars["deal"] = "e";
  dollars["currency"] = "USD";
  const Table revenue = RunStudy({euros, dollars}, {}, {"revenue"}).at("revenue");
  EXPECT_EQ(RowWhere(revenue, {{"currency", "EUR"}})["won_amount"], "50000");
  EXPECT_EQ(RowWhere(revenue, {{"currency", "USD"}})["won_amount"], "70000");
}

class RevenueProperty : public ::testing::TestWithParam<uint64_t> {};

TEST_P(RevenueProperty, AgreesWithALoopOverDeals) {
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.companies = 2});
  struct Seen {
    NaiveEvent event;
    std::optional<NaiveEvent> exposure;
  };
  std::map<std::pair<std::string, std::string>, std::vector<Seen>> deals;
  for (const NaiveTimeline& p : NaiveTimelines(rows)) {
    std::optional<NaiveEvent> first;
    for (const NaiveEvent& e : p.events) {
      if (!IsNaiveExposure(e) || !e.time.has_value()) continue;
      const bool earlier =
          !first.has_value() || *e.time < *first->time || (*e.time == *first->time && e.date_only && !first->date_only);
      if (earlier) first = e;
    }
    for (const NaiveEvent& e : p.events) {
      if (e.event == "deal" && e.time.has_value()) deals[{p.company, CellOf(e.row, "deal")}].push_back({e, first});
    }
  }
  struct Sums {
    int won = 0, lost = 0, primed_won = 0, primed_lost = 0;
    bool ambiguous = false;
  };
  std::map<std::pair<std::string, std::string>, Sums> expected;  // by company and currency
  for (const auto& [key, events] : deals) {
    int64_t latest = INT64_MIN, opened = INT64_MAX, earliest = INT64_MAX;
    for (const Seen& s : events) {
      latest = std::max(latest, *s.event.time);
      earliest = std::min(earliest, *s.event.time);
      if (CellOf(s.event.row, "stage") == "open") opened = std::min(opened, *s.event.time);
    }
    if (opened == INT64_MAX) opened = earliest;
    std::set<std::string> states, currencies;
    bool primed = false;
    for (const Seen& s : events) {
      if (*s.event.time == latest) {
        states.insert(CellOf(s.event.row, "stage"));
        currencies.insert(CellOf(s.event.row, "currency"));
      }
      if (!s.exposure.has_value()) continue;
      primed = primed || *s.exposure->time < opened || (*s.exposure->time == opened && s.exposure->date_only);
    }
    // Where several events are the latest the table decides by their order; the test leaves the company out.
    const bool ambiguous = states.size() > 1 || currencies.size() > 1;
    for (const std::string& company : {std::string("-"), key.first}) {
      for (const std::string& currency : currencies) {
        Sums& sums = expected[{company, currency}];
        sums.ambiguous = sums.ambiguous || ambiguous;
        const bool won = states.contains("won"), lost = states.contains("lost");
        sums.won += won;
        sums.lost += lost;
        sums.primed_won += won && primed;
        sums.primed_lost += lost && primed;
      }
    }
  }
  for (auto& row : RowsOf(RunStudy(rows, {}, {"revenue"}).at("revenue"))) {
    const Sums& sums = expected[{row["company"], row["currency"]}];
    if (sums.ambiguous) continue;
    ASSERT_EQ(row["won"], std::to_string(sums.won));
    ASSERT_EQ(row["lost"], std::to_string(sums.lost));
    ASSERT_EQ(row["primed_won"], std::to_string(sums.primed_won));
    ASSERT_EQ(row["primed_lost"], std::to_string(sums.primed_lost));
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, RevenueProperty, ::testing::Range<uint64_t>(1, 33));

TEST(Trend, IsCountedByHand) {
  auto contact = [](const char* person, const char* time) {
    return EventRow{{"person", person}, {"event", "contacted"}, {"team", "sales"}, {"time", time}};
  };
  const auto tables =
      RunStudy({Exposed("a@x.com", "2024-01-31T23:59:59Z"), contact("a@x.com", "2024-01-05"),
                contact("b@x.com", "2024-01-06"), Exposed("b@x.com", "2024-02-01"), contact("a@x.com", "2024-02-29"),
                contact("c@x.com", "2024-04-30"), contact("c@x.com", "")},
               {}, {"trend", "quality"});
  const auto rows = RowsOf(tables.at("trend"));
  ASSERT_EQ(rows.size(), 4u);
  auto cells = [&](size_t i) {
    auto r = rows[i];
    return std::vector<std::string>{r["period"],         r["n_marketing"],  r["n_sales"],
                                    r["n_both"],         r["coverage"],     r["marketing_joined"],
                                    r["marketing_left"], r["sales_joined"], r["sales_left"]};
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(cells(0), ElementsAre("2024-01", "1", "2", "1", "0.5", "-", "-", "-", "-"));
  EXPECT_THAT(cells(1), ElementsAre("2024-02", "1", "1", "0", "0", "1", "1", "0", "1"));
  EXPECT_THAT(cells(2), ElementsAre("2024-03", "0", "0", "0", "-", "0", "1", "0", "1"));
  EXPECT_THAT(cells(3), ElementsAre("2024-04", "0", "1", "0", "0", "0", "0", "1", "0"));
  EXPECT_EQ(rows[1].at("change"), "-0.5");
  EXPECT_EQ(rows[0].at("change"), "-");
  EXPECT_EQ(RowWhere(tables.at("quality"), {{"table", "trend"}, {"reason", "no_time"}})["rows"], "1");

  StudyOptions weeks;
  weeks.period = "week";
  const auto by_week = RowsOf(
      RunStudy({contact("a@x.com", "2024-03-31"), contact("b@x.com", "2024-04-01")}, weeks, {"trend"}).at("trend"));
  ASSERT_EQ(by_week.size(), 2u);
  EXPECT_EQ(by_week[0].at("period"), "2024-03-25");
  EXPECT_EQ(by_week[1].at("period"), "2024-04-01");
}

class TrendProperty : public ::testing::TestWithParam<uint64_t> {};

TEST_P(TrendProperty, AgreesWithSets) {
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.companies = 2});
  std::map<std::string, std::map<std::string, std::pair<People, People>>> circles;  // by company and month
  for (const EventRow& row : rows) {
    const NaiveEvent e = ReadNaiveEvent(row);
    if (CellOf(row, "person").empty() || !e.time.has_value()) continue;
    for (const std::string& company : {std::string("-"), CellOf(row, "company")}) {
      auto& [marketing, sales] = circles[company][CellOf(row, "time").substr(0, 7)];
      if (IsNaiveExposure(e)) marketing.insert(NaivePerson(row));
      if (IsNaiveContact(e)) sales.insert(NaivePerson(row));
    }
  }
  std::string last_company, last_period;
  for (auto& row : RowsOf(RunStudy(rows, {}, {"trend"}).at("trend"))) {
    const auto& [marketing, sales] = circles[row["company"]][row["period"]];
    ASSERT_EQ(row["n_marketing"], std::to_string(marketing.size()));
    ASSERT_EQ(row["n_sales"], std::to_string(sales.size()));
    ASSERT_EQ(row["n_both"], std::to_string(NaiveBoth(marketing, sales).size()));
    if (row["company"] == last_company) {
      const auto& [before, sales_before] = circles[row["company"]][last_period];
      ASSERT_EQ(row["marketing_joined"], std::to_string(marketing.size() - NaiveBoth(marketing, before).size()));
      ASSERT_EQ(row["marketing_left"], std::to_string(before.size() - NaiveBoth(marketing, before).size()));
      ASSERT_EQ(row["sales_joined"], std::to_string(sales.size() - NaiveBoth(sales, sales_before).size()));
      ASSERT_EQ(row["sales_left"], std::to_string(sales_before.size() - NaiveBoth(sales, sales_before).size()));
    }
    last_company = row["company"];
    last_period = row["period"];
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, TrendProperty, ::testing::Range<uint64_t>(1, 13));

}  // namespace
}  // namespace vesica
