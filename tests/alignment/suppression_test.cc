#include "alignment/suppression.h"

#include <gmock/gmock.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

using ::testing::ElementsAre;

// One count for each company; the first row is of all of them.
Table Counts(const std::vector<uint64_t>& companies) {
  TableBuilder to("t", {{"company", ColumnType::kText}, {"people", ColumnType::kUint64}});
  uint64_t all = 0;
  for (uint64_t people : companies) all += people;
  to.Row().Null().Uint64(all);
  for (size_t i = 0; i < companies.size(); ++i) to.Row().Text("c" + std::to_string(i)).Uint64(companies[i]);
  return std::move(to).Finish().value();
}

std::vector<std::string> Shown(const std::vector<uint64_t>& companies, uint32_t min_cell) {
  const Table shown = Suppress(Counts(companies), {{"company"}, {{"company"}}}, min_cell).value();
  std::vector<std::string> cells;
  for (auto& row : RowsOf(shown)) {
    cells.push_back(row["people"]);
    EXPECT_EQ(row["suppressed"], row["people"] == "-" ? "true" : "false");
  }
  return cells;
}

TEST(Suppress, HidesCountsBelowTheLeast) {
  EXPECT_THAT(Shown({3, 4, 50}, 5), ElementsAre("57", "-", "-", "50"));
  EXPECT_THAT(Shown({5, 0, 50}, 5), ElementsAre("55", "5", "0", "50"));
  EXPECT_THAT(Shown({1, 2}, 0), ElementsAre("3", "1", "2"));
  EXPECT_THAT(Shown({1, 2}, 1), ElementsAre("3", "1", "2"));
}

TEST(Suppress, HidesTheNextSmallestWhereTheTotalWouldTell) {
  EXPECT_THAT(Shown({3, 9, 7, 50}, 5), ElementsAre("69", "-", "9", "-", "50"));
  EXPECT_THAT(Shown({3, 0, 9}, 5), ElementsAre("12", "-", "0", "-"));  // nothing hides behind 0
}

TEST(Suppress, HidesMoreWhereTheSumOfHiddenCountsTellsThem) {
  EXPECT_THAT(Shown({1, 1, 8, 50}, 5), ElementsAre("60", "-", "-", "-", "50"));
  EXPECT_THAT(Shown({4, 4, 4, 8, 50}, 5), ElementsAre("70", "-", "-", "-", "-", "50"));
  EXPECT_THAT(Shown({1, 1, 0}, 2), ElementsAre("-", "-", "-", "0"));
  EXPECT_THAT(Shown({1, 2, 8, 50}, 5), ElementsAre("61", "-", "-", "8", "50"));
}

TEST(Suppress, HidesTheTotalWhereNothingElseIsLeft) { EXPECT_THAT(Shown({3}, 5), ElementsAre("-", "-")); }

TEST(Suppress, HidesASmallTotal) { EXPECT_THAT(Shown({3, 0}, 5), ElementsAre("-", "-", "0")); }

// Nothing of a hidden row is in what others are compared with it by.
TEST(Suppress, ComparesNoRowWithAHiddenOne) {
  const std::map<std::string, std::vector<std::string>> compared = {
      {"recency", {"risk_ratio", "risk_ratio_lower", "risk_difference", "mh_risk_ratio", "corrected"}},
      {"mix", {"risk_ratio", "risk_ratio_lower", "risk_difference", "corrected"}},
      {"trend", {"change", "change_lower", "marketing_joined", "marketing_left", "sales_joined", "sales_left"}}};
  std::map<std::string, int> met, kept;
  for (uint64_t seed = 1; seed < 12; ++seed) {
    std::mt19937_64 rng(seed);
    StudyOptions options;
    options.by = {"region"};
    options.strata = "region";
    options.min_cell = 4;
    for (auto& [name, table] : RunStudy(RandomEvents(rng, {.rows = 900}), options, {"recency", "mix", "trend"})) {
      auto rows = RowsOf(table);
      for (size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        if (row["suppressed"] == "true") continue;
        bool hidden = false;
        for (size_t j = 0; j < rows.size(); ++j) {
          if (rows[j]["suppressed"] == "false" || rows[j]["company"] != row["company"]) continue;
          const bool is_base = name == "recency" ? rows[j]["bucket"] == "never"
                               : name == "mix"   ? rows[j]["mix"] == "none" || row["mix"] == "interaction"
                                                 : j + 1 == i;
          hidden = hidden || is_base;
        }
        for (const std::string& column : compared.at(name)) {
          ASSERT_TRUE(!hidden || row[column] == "-") << name << " " << column << " " << i;
          kept[name] += row[column] != "-";
        }
        met[name] += hidden;
      }
    }
  }
  for (const auto& [name, columns] : compared) EXPECT_TRUE(met[name] > 5 && kept[name] > 5) << name;
}

// No hidden region follows from the others: a total is shown with no row of its own hidden, or with two.
// A row that has no counts, and tells of those that have, of each company: one of them has a hidden row.
TEST(Suppress, HidesComparisonsOfThoseCompaniesAlone) {
  TableBuilder to("t", {{"company", ColumnType::kText},
                        {"mix", ColumnType::kText},
                        {"people", ColumnType::kUint64},
                        {"ratio", ColumnType::kDouble}});
  for (const char* company : {"a", "b", "c"}) {
    to.Row().Text(company).Text("none").Uint64(*company == 'b' ? uint64_t{3} : uint64_t{30}).Null();
    to.Row().Text(company).Text("interaction").Null().Double(1.5);
  }
  const Table table = std::move(to).Finish().value();
  const Suppression how = {{"company", "mix"}, {}, {"ratio"}, Base::kFirst};
  for (const auto& [min_cell, of_b] : {std::pair<uint32_t, const char*>{0, "1.5"}, {5, "-"}}) {
    const Table shown = Suppress(table, how, min_cell).value();
    for (const char* company : {"a", "b", "c"}) {
      const auto row = RowWhere(shown, {{"company", company}, {"mix", "interaction"}});
      EXPECT_EQ(row.at("ratio"), *company == 'b' ? of_b : "1.5") << company << ", " << min_cell;
    }
  }
}

TEST(Suppress, LeavesNoRegionAlone) {
  for (uint64_t seed = 1; seed < 20; ++seed) {
    std::mt19937_64 rng(seed);
    StudyOptions options;
    options.min_cell = 5;
    const Table regions = RunStudy(RandomEvents(rng, {.rows = 700}), options, {"regions"}).at("regions");
    std::map<std::string, int> by_company, by_region, shown_of_company, total_hidden;
    for (auto& row : RowsOf(regions)) {
      const std::string region = row["brand"] + row["demand"] + row["sales"];
      const bool hidden = row["suppressed"] == "true";
      ASSERT_TRUE(hidden || row["people"] == "0" || std::stoi(row["people"]) >= 5);
      by_company[row["company"]] += hidden;
      shown_of_company[row["company"]] += !hidden;
      if (row["company"] == "-") {
        total_hidden[region] = hidden;
      } else {
        by_region[region] += hidden;
      }
    }
    for (const auto& [company, hidden] : by_company)
      ASSERT_TRUE(hidden != 1 || shown_of_company[company] == 0) << company;
    for (const auto& [region, hidden] : by_region) ASSERT_TRUE(hidden != 1 || total_hidden[region]) << region;
  }
}

}  // namespace
}  // namespace vesica
