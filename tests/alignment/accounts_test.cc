#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/model/naive_timelines.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

StudyOptions AllAccounts() {
  StudyOptions options;
  options.by = {"title"};
  options.role = "title";
  options.all_accounts = true;
  return options;
}

void AddPeople(const char* domain, int marketing, int sales, std::vector<EventRow>* rows) {
  for (int i = 0; i < std::max(marketing, sales); ++i) {
    const std::string person = "p" + std::to_string(i) + "@" + domain;
    if (i < marketing) rows->push_back({{"person", person}, {"event", "exposed"}, {"team", "brand"}});
    if (i < sales) rows->push_back({{"person", person}, {"event", "contacted"}, {"team", "sales"}});
  }
}

TEST(Accounts, AreCountedByHand) {
  std::vector<EventRow> rows;
  AddPeople("big.com", 8, 6, &rows);
  AddPeople("mail.small.com", 1, 3, &rows);
  AddPeople("gmail.com", 2, 2, &rows);  // no account
  rows.push_back({{"person", "x@big.com"}, {"event", "engaged"}});
  rows.push_back({{"person", "p0@mail.small.com"}, {"event", "engaged"}, {"account_size", "1"}});
  const auto tables = RunStudy(rows, AllAccounts(), {"accounts", "buying_groups"});
  const Table& accounts = tables.at("accounts");
  EXPECT_EQ(accounts.rows(), 2u);
  auto big = RowWhere(accounts, {{"account", "big.com"}});
  EXPECT_EQ(big["known"], "9");
  EXPECT_EQ(big["marketing"], "8");
  EXPECT_EQ(big["sales"], "6");
  EXPECT_EQ(big["both"], "6");
  EXPECT_EQ(big["in_one"], "2");
  EXPECT_EQ(big["expected_min"], "6");
  EXPECT_EQ(big["expected_max"], "10");
  EXPECT_EQ(big["covered"], "true");
  auto small = RowWhere(accounts, {{"account", "small.com"}});
  EXPECT_EQ(small["expected_min"], "1");
  EXPECT_EQ(small["covered"], "true");
  auto groups = [&](const char* at_least) { return RowWhere(tables.at("buying_groups"), {{"at_least", at_least}}); };
  EXPECT_EQ(groups("1")["accounts"], "2");
  EXPECT_EQ(groups("1")["shared_accounts"], "2");
  EXPECT_EQ(groups("2")["marketing_accounts"], "1");
  EXPECT_EQ(groups("2")["sales_accounts"], "2");
  EXPECT_EQ(groups("2")["shared_share_of_sales"], "0.5");
  EXPECT_EQ(groups("6")["same_person_accounts"], "1");
  EXPECT_EQ(groups("6")["covered_share"], "1");

  StudyOptions options;
  options.min_support = 4;
  EXPECT_EQ(RunStudy(rows, options, {"accounts"}).at("accounts").rows(), 1u);
}

TEST(BuyingGroups, OfNobodyAreUndefined) {
  const Table groups = RunStudy({}, {}, {"buying_groups"}).at("buying_groups");
  ASSERT_EQ(groups.rows(), 4u);
  EXPECT_EQ(RowsOf(groups)[0]["covered_share"], "-");
  EXPECT_EQ(RowsOf(groups)[0]["shared_share_of_sales"], "-");
}

TEST(Accounts, OneThatARowNamesGoesBeforeTheDomain) {
  EventRow named = {{"person", "a@x.com"}, {"event", "engaged"}, {"account", "y.com"}};
  const Table accounts =
      RunStudy({{{"person", "a@x.com"}, {"event", "contacted"}, {"team", "sales"}}, named}, AllAccounts(), {"accounts"})
          .at("accounts");
  EXPECT_EQ(RowsOf(accounts)[0]["account"], "y.com");
  EXPECT_EQ(accounts.rows(), 1u);
}

TEST(Content, IsCountedByHand) {
  auto made = [](const char* asset, const char* team) {
    return EventRow{{"event", "asset_created"}, {"team", team}, {"asset", asset}};
  };
  auto used = [](const char* asset, const char* team) {
    return EventRow{{"event", "asset_used"}, {"team", team}, {"asset", asset}, {"person", "a@x.com"}};
  };
  const Table content =
      RunStudy({made("a", "marketing"), made("b", "marketing"), made("c", "marketing"), made("a", "brand"),
                used("a", "sales"), used("b", "demand"), used("never made", "sales"), used("a", "sales")},
               {}, {"content"})
          .at("content");
  EXPECT_EQ(content.rows(), 3u);
  auto all = RowWhere(content, {{"team", "-"}});
  EXPECT_EQ(all["made"], "3");
  EXPECT_EQ(all["used"], "2");
  EXPECT_EQ(all["unused"], "1");
  EXPECT_EQ(all["unused_share"], "0.3333333333");
  EXPECT_EQ(all["used_by_sales"], "1");
  EXPECT_EQ(RowWhere(content, {{"team", "brand"}})["used_by_sales_share"], "1");
}

TEST(Content, PeopleOfNoAssetAreNoPeople) {
  const auto tables = RunStudy({EventRow{{"event", "asset_created"}, {"team", "marketing"}, {"asset", "a"}}}, {},
                               {"market", "content"});
  EXPECT_EQ(RowsOf(tables.at("market"))[0]["n_known"], "0");
}

class AccountsProperty : public ::testing::TestWithParam<uint64_t> {};

TEST_P(AccountsProperty, AgreeWithALoopOverPeople) {
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.companies = 2});
  const auto people = NaiveTimelines(rows, {"title"});
  const auto tables = RunStudy(rows, AllAccounts(), {"accounts", "buying_groups", "roles"});
  std::set<std::string> accounts;
  for (const NaiveTimeline& p : people) {
    if (!p.account.empty()) accounts.insert(p.company + "|" + p.account);
  }
  ASSERT_EQ(tables.at("accounts").rows(), accounts.size());
  std::map<std::string, uint64_t> shared;
  for (const char* table : {"accounts", "roles"}) {
    for (auto& row : RowsOf(tables.at(table))) {
      uint64_t known = 0, marketing = 0, sales = 0;
      for (const NaiveTimeline& p : people) {
        if (p.company != row["company"] || p.account != row["account"]) continue;
        const std::string title = p.segment.at("title").empty() ? "-" : p.segment.at("title");
        if (row.contains("role") && title != row["role"]) continue;
        ++known;
        marketing += p.circles.contains("marketing");
        sales += p.circles.contains("sales");
      }
      ASSERT_EQ(row["known"], std::to_string(known));
      ASSERT_EQ(row["marketing"], std::to_string(marketing));
      ASSERT_EQ(row["sales"], std::to_string(sales));
      if (!row.contains("role")) shared[row["company"]] += marketing >= 2 && sales >= 2;
    }
  }
  for (const auto& [company, count] : shared) {
    ASSERT_EQ(RowWhere(tables.at("buying_groups"), {{"company", company}, {"at_least", "2"}})["shared_accounts"],
              std::to_string(count));
  }
}

TEST_P(AccountsProperty, ContentAgreesWithSets) {
  std::mt19937_64 rng(GetParam());
  const auto rows = RandomEvents(rng, {.rows = 150, .companies = 2});
  for (auto& row : RowsOf(RunStudy(rows, {}, {"content"}).at("content"))) {
    std::set<std::string> made, used, by_sales;
    for (const EventRow& event : rows) {
      const std::string company = CellOf(event, "company");
      if (row["company"] != "-" && company != row["company"]) continue;
      const std::string asset = company + "|" + CellOf(event, "asset");
      if (CellOf(event, "event") == "asset_created" && (row["team"] == "-" || CellOf(event, "team") == row["team"])) {
        made.insert(asset);
      }
      if (CellOf(event, "event") == "asset_used") {
        used.insert(asset);
        if (CellOf(event, "team") == "sales") by_sales.insert(asset);
      }
    }
    ASSERT_EQ(row["made"], std::to_string(made.size()));
    ASSERT_EQ(row["used"], std::to_string(NaiveBoth(made, used).size()));
    ASSERT_EQ(row["used_by_sales"], std::to_string(NaiveBoth(made, by_sales).size()));
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, AccountsProperty, ::testing::Range<uint64_t>(1, 17));

}  // namespace
}  // namespace vesica
