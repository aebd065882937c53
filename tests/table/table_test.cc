// Tables: what a builder makes, and what it refuses.
#include "vesica/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "vesica/status.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;

TableBuilder OneOfEach() {
  return TableBuilder("one_of_each",
                      {{"text", ColumnType::kText},
                       {"int64", ColumnType::kInt64},
                       {"uint64", ColumnType::kUint64},
                       {"double", ColumnType::kDouble},
                       {"bool", ColumnType::kBool},
                       {"time", ColumnType::kTime},
                       {"amount", ColumnType::kAmount}},
                      "A column of each type.");
}

void AddRow(TableBuilder* to) {
  to->Row().Text("a").Int64(-1).Uint64(UINT64_MAX).Double(0.5).Bool(true).Time(int64_t{0}).Amount(12'500);
}

void AddNulls(TableBuilder* to) {
  to->Row();
  for (int i = 0; i < 7; ++i) to->Null();
}

TEST(Table, HoldsACellOfEachType) {
  TableBuilder to = OneOfEach();
  AddRow(&to);
  const Table table = std::move(to).Finish().value();
  EXPECT_EQ(table.name(), "one_of_each");
  EXPECT_EQ(table.description(), "A column of each type.");
  EXPECT_EQ(table.rows(), 1u);
  ASSERT_EQ(table.columns().size(), 7u);
  EXPECT_EQ(table.Find("text")->TextAt(0), "a");
  EXPECT_EQ(table.Find("int64")->integers[0], -1);
  EXPECT_EQ(table.Find("uint64")->counts[0], UINT64_MAX);
  EXPECT_EQ(table.Find("double")->numbers[0], 0.5);
  EXPECT_TRUE(table.Find("bool")->BoolAt(0));
  EXPECT_EQ(table.Find("time")->integers[0], 0);
  EXPECT_EQ(table.Find("amount")->integers[0], 12'500);
  EXPECT_EQ(table.Find("else"), nullptr);
  for (const TableColumn& column : table.columns()) EXPECT_TRUE(column.validity.empty()) << column.name;
}

TEST(Table, TellsNullsWhereverTheyBegin) {
  for (int first_null = 0; first_null < 20; ++first_null) {
    TableBuilder to = OneOfEach();
    for (int row = 0; row < 20; ++row) row >= first_null&& row % 3 == first_null % 3 ? AddNulls(&to) : AddRow(&to);
    const Table table = std::move(to).Finish().value();
    for (const TableColumn& column : table.columns()) {
      uint64_t nulls = 0;
      for (int row = 0; row < 20; ++row) {
        const bool null = row >= first_null && row % 3 == first_null % 3;
        nulls += null ? 1 : 0;
        EXPECT_EQ(column.IsNull(static_cast<uint64_t>(row)), null) << column.name << " " << row << " " << first_null;
      }
      EXPECT_EQ(column.null_count, nulls);
      EXPECT_EQ(column.validity.size(), 3u);
      EXPECT_EQ(column.validity[2] >> 4, 0) << "bits past the last row";
    }
  }
}

TEST(Table, UndefinedAndInfiniteFiguresAreNull) {
  TableBuilder to("figures", {{"x", ColumnType::kDouble}});
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double x : {std::nan(""), kInfinity, -kInfinity, 1.0}) to.Row().Double(x);
  to.Row().Ratio(0u, 0u).Row().Ratio(1u, 4u);
  const Table table = std::move(to).Finish().value();
  EXPECT_EQ(ToJson(table), R"([{"x":null},{"x":null},{"x":null},{"x":1.0},{"x":null},{"x":0.25}])");
}

TEST(Table, EmptyOptionalsAreNull) {
  TableBuilder to = OneOfEach();
  const auto add = [&](auto of) {
    to.Row().Text(of(std::string("t"))).Int64(of(int64_t{1})).Uint64(of(uint64_t{2})).Double(of(0.5)).Bool(of(true));
    to.Time(of(int64_t{3})).Amount(of(int64_t{4}));
  };
  add([](auto value) { return std::optional(value); });
  add([](auto value) { return std::optional<decltype(value)>(); });
  const Table table = std::move(to).Finish().value();
  for (const TableColumn& column : table.columns()) {
    EXPECT_FALSE(column.IsNull(0)) << column.name;
    EXPECT_TRUE(column.IsNull(1)) << column.name;
  }
}

TEST(Table, IntervalsAreThreeColumnsOfFiguresOrWholeCounts) {
  TableBuilder to("intervals", {{"n", ColumnType::kUint64, kWithInterval}, {"x", ColumnType::kDouble, kWithInterval}});
  to.Row().Interval(Estimate{2.5, 1.4, 0x1p63}).Interval(Estimate{0.5, 0.25, 0.75});
  to.Row().Interval(Estimate::Undefined()).Interval(Estimate::Undefined());
  to.Row().Interval(Estimate{-1, 0, 0x1p64}).Interval(Estimate::Exact(1));
  EXPECT_EQ(ToCsv(std::move(to).Finish().value()),
            "n,n_lower,n_upper,x,x_lower,x_upper\n"
            "3,1,9223372036854775808,0.5,0.25,0.75\n"
            ",,,,,\n"
            ",0,,1.0,1.0,1.0\n");
}

// What a metric might get wrong, and how the failure puts it.
TEST(TableBuilder, RefusesWhatItsColumnsDoNotSay) {
  const std::vector<ColumnSpec> two = {{"a", ColumnType::kText}, {"b", ColumnType::kUint64}};
  const struct {
    const char* problem;
    std::function<void(TableBuilder&)> use;
  } cases[] = {
      {"at b: a cell is not of its column's type",
       [](auto& to) { to.Row().Text("x").Double(1.0).Row().Null().Null(); }},
      {"at b: a cell is not of its column's type", [](auto& to) { to.Row().Text("x").Double(std::nan("")); }},
      {"at a: a cell is not of its column's type", [](auto& to) { to.Row().Ratio(0u, 0u).Null(); }},
      {"at b: the row before has fewer", [](auto& to) { to.Row().Text("x").Row().Text("y").Uint64(1u); }},
      {"a row has more cells", [](auto& to) { to.Row().Text("x").Uint64(1u).Null().Row().Null(); }},
      {"a row has more cells", [](auto& to) { to.Text("x").Uint64(1u); }},
  };
  for (const auto& [problem, use] : cases) {
    TableBuilder to("two", two);
    use(to);
    for (int i = 0; i < 9; ++i) to.Null().Row();  // after a failure anything goes
    const absl::Status status = std::move(to).Finish().status();
    EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kInternal);
    EXPECT_THAT(std::string(status.message()), HasSubstr(problem));
  }
}

TEST(TableBuilder, RefusesALastRowThatIsShort) {
  TableBuilder to("two", {{"a", ColumnType::kText}, {"b", ColumnType::kUint64}});
  to.Row().Text("x");
  const absl::Status status = std::move(to).Finish().status();
  EXPECT_EQ(status.message(), "table two, at b: the last row has fewer cells than columns");
}

TEST(TableBuilder, RefusesNamesThatDoNotServe) {
  for (const std::string& name : {std::string("a"), std::string("\xff"), std::string("x\0y", 3)}) {
    TableBuilder to("t", {{"a", ColumnType::kText}, {name, ColumnType::kText}});
    EXPECT_EQ(GetErrorInfo(std::move(to).Finish().status()).code, ErrorCode::kInternal);
  }
}

TEST(TableBuilder, RefusesTimesAndAmountsOutOfRange) {
  constexpr int64_t kFirst = -62'167'219'200'000'000, kLast = 253'402'300'799'999'999;
  const auto code_of = [](int64_t time, int64_t amount) {
    TableBuilder to("t", {{"time", ColumnType::kTime}, {"amount", ColumnType::kAmount}});
    to.Row().Time(time).Amount(amount);
    return GetErrorInfo(std::move(to).Finish().status()).code;
  };
  EXPECT_EQ(code_of(kFirst, -kMaxAmount), ErrorCode::kOk);
  EXPECT_EQ(code_of(kLast, kMaxAmount), ErrorCode::kOk);
  EXPECT_EQ(code_of(kFirst - 1, 0), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(kLast + 1, 0), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(INT64_MIN, 0), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(INT64_MAX, 0), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(0, kMaxAmount + 1), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(0, INT64_MIN), ErrorCode::kInvalidArgument);
}

TEST(Table, WithoutRowsOrColumns) {
  TableBuilder no_rows = OneOfEach();
  const Table empty = std::move(no_rows).Finish().value();
  EXPECT_EQ(empty.rows(), 0u);
  EXPECT_EQ(ToJson(empty), "[]");
  EXPECT_EQ(ToCsv(empty), "text,int64,uint64,double,bool,time,amount\n");

  TableBuilder no_columns("none", {});
  no_columns.Row().Row();
  const Table none = std::move(no_columns).Finish().value();
  EXPECT_EQ(none.rows(), 2u);
  EXPECT_EQ(ToJson(none), "[{},{}]");
  EXPECT_EQ(ToCsv(none), "\n\n\n");
}

TEST(Table, CopiesShareTheirCells) {
  TableBuilder to = OneOfEach();
  AddRow(&to);
  const Table table = std::move(to).Finish().value();
  const Table copy = table;
  EXPECT_EQ(copy.columns().data(), table.columns().data());
}

}  // namespace
}  // namespace vesica
