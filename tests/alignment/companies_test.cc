#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "tests/model/naive_timelines.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

// A company of which marketing reaches the first `both` of `sales` people, and `more` others.
void AddCompany(const char* name, const char* region, int sales, int both, int more, std::vector<EventRow>* rows) {
  auto add = [&](int person, const char* event, const char* team) {
    rows->push_back({{"company", name},
                     {"company_region", region},
                     {"person", "p" + std::to_string(person) + "@x.com"},
                     {"event", event},
                     {"team", team}});
  };
  for (int i = 0; i < sales; ++i) add(i, "contacted", "sales");
  for (int i = 0; i < both; ++i) add(i, "exposed", "brand");
  for (int i = 0; i < more; ++i) add(1000 + i, "exposed", "demand");
}

// Coverages 1/2, 1/2, 0, 1/4 and none.
std::vector<EventRow> FiveCompanies() {
  std::vector<EventRow> rows;
  AddCompany("half", "EMEA", 4, 2, 0, &rows);
  AddCompany("also half", "EMEA", 2, 1, 3, &rows);
  AddCompany("none", "APAC", 3, 0, 1, &rows);
  AddCompany("quarter", "", 4, 1, 0, &rows);
  AddCompany("no sales", "APAC", 0, 0, 2, &rows);
  return rows;
}

TEST(Companies, AreRankedDensely) {
  const Table companies = RunStudy(FiveCompanies(), {}, {"companies"}).at("companies");
  EXPECT_EQ(companies.rows(), 5u);
  auto cell = [&](const char* company, const char* column) {
    return RowWhere(companies, {{"company", company}})[column];
  };
  EXPECT_EQ(cell("half", "rank"), "1");
  EXPECT_EQ(cell("also half", "rank"), "1");
  EXPECT_EQ(cell("quarter", "rank"), "2");
  EXPECT_EQ(cell("none", "rank"), "3");
  EXPECT_EQ(cell("no sales", "rank"), "-");
  EXPECT_EQ(cell("half", "percentile"), "0.5");
  EXPECT_EQ(cell("quarter", "percentile"), "0.25");
  EXPECT_EQ(cell("none", "percentile"), "0");
  EXPECT_EQ(cell("no sales", "percentile"), "-");
  EXPECT_EQ(cell("no sales", "coverage"), "-");
  EXPECT_EQ(cell("also half", "size_ratio"), "2");
  EXPECT_EQ(cell("also half", "brand_demand_coefficient"), "0");
  EXPECT_EQ(cell("half", "brand_demand_coefficient"), "-");
}

TEST(Benchmark, IsWorkedByHand) {
  const Table benchmark = RunStudy(FiveCompanies(), {}, {"benchmark"}).at("benchmark");
  auto all = RowWhere(benchmark, {{"group", "all"}, {"metric", "coverage"}});
  EXPECT_EQ(all["companies"], "4");
  EXPECT_EQ(all["undefined"], "1");
  EXPECT_EQ(all["mean"], "0.3125");      // (0 + 1/4 + 1/2 + 1/2) / 4
  EXPECT_EQ(all["sd"], "0.2393567769");  // sqrt of the sum of squares 0.171875 over 3
  EXPECT_EQ(all["median"], "0.375");
  EXPECT_EQ(all["p25"], "0.1875");  // type 7: at 0.75 of 0 and 1/4
  EXPECT_EQ(all["p10"], "0.075");
  EXPECT_EQ(all["pooled"], "0.3076923077");  // 4 of 13
  auto emea = RowWhere(benchmark, {{"group", "company_region"}, {"value", "EMEA"}, {"metric", "coverage"}});
  EXPECT_EQ(emea["companies"], "2");
  EXPECT_EQ(emea["mean"], "0.5");
  EXPECT_EQ(emea["mean_lower"], "0.5");
  EXPECT_EQ(emea["sd"], "0");
  auto unknown = RowWhere(benchmark, {{"group", "company_region"}, {"value", "-"}, {"metric", "coverage"}});
  EXPECT_EQ(unknown["companies"], "1");
  EXPECT_EQ(unknown["sd"], "-");
  auto apac = RowWhere(benchmark, {{"group", "company_region"}, {"value", "APAC"}, {"metric", "size_ratio"}});
  EXPECT_EQ(apac["undefined"], "1");
  EXPECT_EQ(apac["pooled"], "1");  // 3 people of marketing, 3 of sales
}

TEST(Benchmark, IntervalFollowsTheSeedOnly) {
  std::mt19937_64 rng(3);
  const auto rows = RandomEvents(rng, {.rows = 2000, .people = 40, .companies = 20});
  StudyOptions options;
  const std::string once = ToCsv(RunStudy(rows, options, {"benchmark"}).at("benchmark"));
  EXPECT_EQ(ToCsv(RunStudy(rows, options, {"benchmark"}, {.threads = 3, .batches = 5}).at("benchmark")), once);
  options.seed = 2;
  EXPECT_NE(ToCsv(RunStudy(rows, options, {"benchmark"}).at("benchmark")), once);
}

TEST(Published, HasEveryFigureWithItsSource) {
  const Table published = RunStudy({}, {}, {"published"}).at("published");
  std::vector<std::string> figures;
  for (auto& row : RowsOf(published)) {
    figures.push_back(row["figure"]);
    for (const char* text : {"source", "definition", "caveat"}) EXPECT_GT(row[text].size(), 10u);
  }
  EXPECT_THAT(figures,
              ::testing::ElementsAre("0.16", "0.18", "0.2", "0.2", "0.16", "0.19", "0.08", "0.05", "0.23", "20"));
}

class CompaniesProperty : public ::testing::TestWithParam<uint64_t> {};

TEST_P(CompaniesProperty, AgreeWithALoopOverPeople) {
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.companies = 6});
  const auto people = NaiveTimelines(rows);
  const auto listed = RowsOf(RunStudy(rows, {}, {"companies"}).at("companies"));
  std::vector<double> coverages;
  for (auto row : listed) {
    double marketing = 0, sales = 0, both = 0;
    for (const NaiveTimeline& p : people) {
      if (p.company != row["company"]) continue;
      marketing += p.circles.contains("marketing");
      sales += p.circles.contains("sales");
      both += p.circles.contains("marketing") && p.circles.contains("sales");
    }
    ASSERT_EQ(row["coverage"], ShareText(both, sales));
    ASSERT_EQ(row["size_ratio"], ShareText(marketing, sales));
    if (sales > 0) coverages.push_back(both / sales);
  }
  for (auto row : listed) {
    if (row["coverage"] == "-") continue;
    double below = 0;
    for (double other : coverages) below += other < std::stod(row["coverage"]) - 1e-9;
    ASSERT_EQ(row["percentile"], ShareText(below, static_cast<double>(coverages.size())));
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, CompaniesProperty, ::testing::Range<uint64_t>(1, 13));

}  // namespace
}  // namespace vesica
