#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "tests/model/naive_circles.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

EventRow Exposed(const char* person, const char* team) {
  return {{"person", person}, {"event", "exposed"}, {"team", team}};
}
EventRow Contacted(const char* person) { return {{"person", person}, {"event", "contacted"}, {"team", "sales"}}; }

// Four people reached by marketing, two by sales, one of them by both.
std::vector<EventRow> SmallStudy() {
  return {Exposed("a@x.com", "brand"), Exposed("b@x.com", "demand"), Exposed("c@x.com", "marketing"),
          Exposed("d@x.com", "brand"), Exposed("d@x.com", "demand"), Contacted("d@x.com"),
          Contacted("e@x.com")};
}

TEST(Circles, AreCountedByHand) {
  const Table circles = RunStudy(SmallStudy(), {}, {"circles"}).at("circles");
  auto row = RowWhere(circles, {{"a", "marketing"}, {"b", "sales"}});
  EXPECT_EQ(row["company"], "-");
  EXPECT_EQ(row["n_a"], "4");
  EXPECT_EQ(row["n_b"], "2");
  EXPECT_EQ(row["n_both"], "1");
  EXPECT_EQ(row["n_union"], "5");
  EXPECT_EQ(row["share_of_a"], "0.25");
  EXPECT_EQ(row["share_of_b"], "0.5");
  EXPECT_EQ(row["overlap_coefficient"], "0.5");
  EXPECT_EQ(row["jaccard"], "0.2");
  EXPECT_EQ(row["dice"], "0.3333333333");
  EXPECT_EQ(row["size_ratio"], "2");
  EXPECT_EQ(row["target_ratio"], "20");
  EXPECT_EQ(row["size_shortfall"], "36");
  EXPECT_EQ(row["reach_shortfall"], "1");
  EXPECT_EQ(row["suppressed"], "false");
  row = RowWhere(circles, {{"a", "brand"}, {"b", "demand"}});
  EXPECT_EQ(row["n_a"], "2");
  EXPECT_EQ(row["n_both"], "1");
  EXPECT_EQ(row["target_ratio"], "-");
  EXPECT_EQ(row["size_shortfall"], "-");
  EXPECT_EQ(circles.rows(), 4u);  // no row for targets, of which there are none
}

TEST(Circles, OfNobodyAreUndefinedNotZero) {
  const Table circles = RunStudy({Exposed("a@x.com", "brand")}, {}, {"circles"}).at("circles");
  ASSERT_EQ(circles.rows(), 1u);
  auto row = RowsOf(circles)[0];
  EXPECT_EQ(row["n_b"], "0");
  EXPECT_EQ(row["share_of_a"], "0");
  for (const char* undefined : {"share_of_b", "overlap_coefficient", "size_ratio"}) EXPECT_EQ(row[undefined], "-");
  EXPECT_EQ(row["size_shortfall"], "0");
}

TEST(Circles, OfNoEventsAtAll) {
  const auto tables = RunStudy({}, {});
  EXPECT_EQ(tables.size(), StudyTables().size());
  EXPECT_EQ(RowsOf(tables.at("circles"))[0]["jaccard"], "-");
}

TEST(Regions, AreCountedByHand) {
  const Table regions = RunStudy(SmallStudy(), {}, {"regions"}).at("regions");
  ASSERT_EQ(regions.rows(), 7u);
  auto people = [&](const char* brand, const char* demand, const char* sales) {
    return RowWhere(regions, {{"brand", brand}, {"demand", demand}, {"sales", sales}})["people"];
  };
  EXPECT_EQ(people("true", "false", "false"), "1");
  EXPECT_EQ(people("false", "true", "false"), "1");
  EXPECT_EQ(people("false", "false", "true"), "1");
  EXPECT_EQ(people("true", "true", "true"), "1");
  EXPECT_EQ(people("true", "true", "false"), "0");
  EXPECT_EQ(RowsOf(regions)[0]["n_union"], "4");
  EXPECT_EQ(RowsOf(regions)[0]["share"], "0.25");
}

TEST(Funnels, AreCountedByHand) {
  const Table funnels = RunStudy(SmallStudy(), {}, {"funnels"}).at("funnels");
  auto row = RowsOf(funnels)[0];
  EXPECT_EQ(row["people"], "4");
  EXPECT_EQ(row["in_one"], "3");
  EXPECT_EQ(row["in_two"], "0");
  EXPECT_EQ(row["in_three"], "1");
  EXPECT_EQ(row["n_sales"], "2");
  EXPECT_EQ(row["sales_in_demand_share"], "0.5");
  EXPECT_EQ(row["sales_in_both"], "1");
  EXPECT_EQ(row["demand_in_brand"], "1");
}

class CirclesProperty : public ::testing::TestWithParam<uint64_t> {};

TEST_P(CirclesProperty, AgreeWithSets) {
  SCOPED_TRACE(testing::Message() << "seed " << GetParam());
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.companies = static_cast<uint32_t>(GetParam() % 3 + 1)});
  const auto tables = RunStudy(rows, {}, {"circles", "regions", "funnels"});
  uint64_t checked = 0;
  for (const std::string& company : CompaniesOf(rows)) {
    const auto circles = NaiveCircles(RowsOfCompany(rows, company));
    for (auto& row : RowsOf(tables.at("circles"))) {
      if (row["company"] != company) continue;
      const People& a = circles.at(row["a"]);
      const People& b = circles.at(row["b"]);
      ASSERT_EQ(row["n_a"], std::to_string(a.size()));
      ASSERT_EQ(row["n_b"], std::to_string(b.size()));
      ASSERT_EQ(row["n_both"], std::to_string(NaiveBoth(a, b).size()));
      ASSERT_EQ(row["reach_shortfall"], std::to_string(b.size() - NaiveBoth(a, b).size()));
      ++checked;
    }
    for (auto& row : RowsOf(tables.at("regions"))) {
      if (row["company"] != company) continue;
      uint64_t people = 0;
      for (const std::string& person : circles.at("known")) {
        people += circles.at("brand").contains(person) == (row["brand"] == "true") &&
                  circles.at("demand").contains(person) == (row["demand"] == "true") &&
                  circles.at("sales").contains(person) == (row["sales"] == "true");
      }
      ASSERT_EQ(row["people"], std::to_string(people));
    }
    auto funnel = RowWhere(tables.at("funnels"), {{"company", company}});
    ASSERT_EQ(
        funnel["sales_in_both"],
        std::to_string(NaiveBoth(circles.at("sales"), NaiveBoth(circles.at("brand"), circles.at("demand"))).size()));
    ASSERT_EQ(funnel["demand_in_brand"], std::to_string(NaiveBoth(circles.at("demand"), circles.at("brand")).size()));
  }
  ASSERT_GE(checked, 6u);
}
INSTANTIATE_TEST_SUITE_P(Seeds, CirclesProperty, ::testing::Range<uint64_t>(1, 25));

}  // namespace
}  // namespace vesica
