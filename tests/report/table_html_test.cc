// Tables on pages: figures as people read them, and as they sort.
#include "report/table_html.h"

#include <cmath>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "report/column_names.h"
#include "tests/report/markup_check.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

StudyRows All(const Table& table) {
  std::vector<uint64_t> rows(table.rows());
  for (uint64_t row = 0; row < rows.size(); ++row) rows[row] = row;
  return {table, rows};
}

Table Shares() {
  TableBuilder to("segments", {{"company", ColumnType::kText},
                               {"value", ColumnType::kText},
                               {"n_b", ColumnType::kUint64},
                               {"share_of_b", ColumnType::kDouble, kWithInterval},
                               {"size_ratio", ColumnType::kDouble},
                               {"suppressed", ColumnType::kBool}});
  to.Row().Null().Text("<b>EU").Uint64(12'345u).Interval({0.16, 0.142, 0.179}).Double(19.96).Bool(false);
  to.Row().Null().Null().Uint64(7u).Interval(Estimate::Exact(0.5)).Null().Bool(false);
  to.Row().Null().Text("US").Null().Interval(Estimate::Undefined()).Null().Bool(true);
  return std::move(to).Finish().value();
}

TEST(TableHtml, ShowsFiguresAsPeopleReadThem) {
  const Table table = Shares();
  const std::string html = TableMarkup(All(table), "People & shares");
  EXPECT_EQ(MarkupCheck::ProblemOf(html), "");
  EXPECT_THAT(html, HasSubstr("<caption>People &amp; shares</caption>"));
  EXPECT_THAT(html, HasSubstr("<bdi>&lt;b&gt;EU</bdi>"));
  EXPECT_THAT(html, HasSubstr("data-value=\"12345\">12,345</td>"));
  EXPECT_THAT(html, HasSubstr("data-value=\"0.16\">16.0\u00A0% (14.2\u00A0% to 17.9\u00A0%)</td>"));
  EXPECT_THAT(html, HasSubstr(">7</td>")) << "needs no other value to sort by";
  EXPECT_THAT(html, HasSubstr("data-value=\"0.5\">50.0 %</td>")) << "exact: no interval";
  EXPECT_THAT(html, HasSubstr("data-value=\"19.96\">20.0</td>"));
}

TEST(TableHtml, SaysWhatIsUnknownHiddenOrUndefined) {
  const std::string html = TableMarkup(All(Shares()), "");
  EXPECT_THAT(html, HasSubstr("<bdi>(unknown)</bdi>"));
  EXPECT_THAT(html, HasSubstr("data-value=\"\">hidden</td>"));
  EXPECT_THAT(html, HasSubstr("data-value=\"\">–</td>"));
}

TEST(TableHtml, ShowsWhatHoldsInEveryRow) {
  const auto html_of = [](bool corrected) {
    TableBuilder to("recency", {{"bucket", ColumnType::kText}, {"corrected", ColumnType::kBool}});
    to.Row().Text("never").Bool(corrected);
    to.Row().Text("7 to 30 days").Bool(corrected);
    const Table table = std::move(to).Finish().value();
    return TableMarkup(All(table), "");
  };
  EXPECT_THAT(html_of(true), HasSubstr(">yes</td>"));
  EXPECT_THAT(html_of(false), Not(HasSubstr(">no</td>")));
}

TEST(TableHtml, LeavesOutColumnsThatSayNothing) {
  const std::string html = TableMarkup(All(Shares()), "");
  for (const char* heading : {"Company", "Suppressed", "lower", "upper"}) EXPECT_THAT(html, Not(HasSubstr(heading)));
  const std::string chosen = TableMarkup(All(Shares()), "", {.columns = {"value", "nothing", "n_b"}});
  EXPECT_THAT(chosen, HasSubstr("People in B"));
  EXPECT_THAT(chosen, Not(HasSubstr("Share of B")));
}

TEST(TableHtml, NamesCompaniesWhereTheyDiffer) {
  TableBuilder to("companies", {{"company", ColumnType::kText}, {"n_sales", ColumnType::kUint64}});
  to.Row().Null().Uint64(5u);
  to.Row().Text("Acme").Uint64(5u);
  const Table table = std::move(to).Finish().value();
  const std::string html = TableMarkup(All(table), "");
  EXPECT_THAT(html, HasSubstr("<bdi>(all)</bdi>"));
  EXPECT_THAT(html, HasSubstr("<bdi>Acme</bdi>"));
}

TEST(TableHtml, SaysWhatItCuts) {
  TableBuilder to("accounts", {{"account", ColumnType::kText}, {"known", ColumnType::kUint64}});
  for (uint64_t i = 0; i < 1'500; ++i) to.Row().Text(std::string(5'000, 'x')).Uint64(i);
  const Table table = std::move(to).Finish().value();
  const std::string html = ScrollingTable(All(table), "Accounts", {.most_rows = 20});
  EXPECT_THAT(html, HasSubstr("The first 20 of 1,500 rows."));
  EXPECT_THAT(html, HasSubstr("“accounts”"));
  EXPECT_LT(html.size(), 20 * 500u);
  EXPECT_THAT(ScrollingTable(All(table), "Accounts", {.most_rows = 1'500}), Not(HasSubstr("The first")));
}

TEST(TableHtml, IsNothingWithoutRowsOrColumns) {
  const Table table = Shares();
  EXPECT_EQ(ScrollingTable(StudyRows(table, {}), ""), "");
  EXPECT_EQ(TableBehind(StudyRows(table, {}), ""), "");
  EXPECT_EQ(ScrollingTable(All(table), "", {.columns = {"company"}}), "");
}

TEST(TableHtml, WritesThousandsOfRowsInFewBytes) {
  TableBuilder to(
      "companies",
      {{"company", ColumnType::kText}, {"n_sales", ColumnType::kUint64}, {"coverage", ColumnType::kDouble}});
  for (uint64_t i = 0; i < 1'000; ++i) to.Row().Text("Company " + std::to_string(i)).Uint64(i).Double(1.0 / 3);
  const Table table = std::move(to).Finish().value();
  const TableLook compact = {.most_rows = 1'000, .compact = true};
  const std::string html = TableMarkup(All(table), "", compact);
  EXPECT_THAT(html, HasSubstr("\n<tr><td><bdi>Company 7</bdi><td>7<td data-value=\"0.3333\">33.3 %"));
  EXPECT_LT(html.size(), 0.6 * static_cast<double>(TableMarkup(All(table), "", {.most_rows = 1'000}).size()));
}

TEST(ColumnNames, AreForPeople) {
  EXPECT_EQ(NameOf("share_of_b").heading, "Share of B");
  EXPECT_EQ(NameOf("some_new_column").heading, "Some new column");
  EXPECT_EQ(ValueText("a", "target_sales"), "Sales' target list");
  EXPECT_EQ(ValueText("value", "sales"), "sales") << "a label of data stays as it is";
  EXPECT_EQ(NullText("company"), "(all)");
}

TEST(ColumnNames, BucketsAreWords) {
  EXPECT_EQ(BucketText("[0s,7d)"), "Up to 7 days");
  EXPECT_EQ(BucketText("(0,5m]"), "Up to 5 min");
  EXPECT_EQ(BucketText("[7d,30d)"), "7 to 30 days");
  EXPECT_EQ(BucketText("(1h,24h]"), "1 to 24 hours");
  EXPECT_EQ(BucketText("(30m,1h]"), "30 min to 1 hour");
  EXPECT_EQ(BucketText("[90d,inf)"), "Over 90 days");
  EXPECT_EQ(BucketText("never"), "Never");
  EXPECT_EQ(BucketText("?"), "?");
  EXPECT_EQ(DurationText("1d"), "1 day");
}

}  // namespace
}  // namespace vesica
