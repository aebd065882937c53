// Tables as JSON and CSV, to the byte.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "base/error.h"
#include "table/figure_text.h"
#include "tests/model/naive_csv.h"
#include "vesica/table.h"

namespace vesica {
namespace {

using nlohmann::json;

Table TextsOf(const std::vector<std::optional<std::string>>& texts) {
  TableBuilder to("texts", {{"text", ColumnType::kText}, {"row", ColumnType::kUint64}});
  uint64_t row = 0;
  for (const auto& text : texts) to.Row().Text(text).Uint64(row++);
  return std::move(to).Finish().value();
}

const std::vector<std::optional<std::string>> kHostile = {"plain",
                                                          "",
                                                          std::nullopt,
                                                          "a,b",
                                                          "say \"no\"",
                                                          "two\nlines",
                                                          "cr\r",
                                                          " padded ",
                                                          std::string("nul\0", 4),
                                                          "\xff\xc3\x28",
                                                          "\xe2\x82\xac",
                                                          "back\\slash",
                                                          "\x7f\x01"};

TEST(TableJson, TextIsEscapedAndRepaired) {
  const json rows = json::parse(ToJson(TextsOf(kHostile)));
  ASSERT_EQ(rows.size(), kHostile.size());
  for (size_t i = 0; i < kHostile.size(); ++i) {
    if (!kHostile[i].has_value()) {
      EXPECT_TRUE(rows[i]["text"].is_null());
    } else if (i == 9) {
      EXPECT_EQ(rows[i]["text"], "\xef\xbf\xbd\xef\xbf\xbd(");
    } else {
      EXPECT_EQ(rows[i]["text"], *kHostile[i]);
    }
  }
}

TEST(TableJson, KeysAreInTheOrderOfTheColumns) {
  TableBuilder to("t", {{"z \"1\"", ColumnType::kBool}, {"a", ColumnType::kInt64}});
  to.Row().Bool(false).Int64(INT64_MIN).Row().Null().Int64(INT64_MAX);
  const Table table = std::move(to).Finish().value();
  EXPECT_EQ(ToJson(table), R"([{"z \"1\"":false,"a":-9223372036854775808},{"z \"1\"":null,"a":9223372036854775807}])");
  EXPECT_EQ(ToCsv(table), "\"z \"\"1\"\"\",a\nfalse,-9223372036854775808\n,9223372036854775807\n");
}

TEST(TableCsv, IsInertForSpreadsheetsOnRequest) {
  TableBuilder to("t", {{"=name", ColumnType::kText}, {"figure", ColumnType::kInt64}});
  for (const char* text : {"=1+1", "+1", "-1", "@sum", "\tx", "\rx", "1=1", "'quoted", ""})
    to.Row().Text(text).Int64(-1);
  to.Row().Null().Null();
  const Table table = std::move(to).Finish().value();
  EXPECT_EQ(ToInertCsv(table),
            "'=name,figure\n"
            "'=1+1,-1\n"
            "'+1,-1\n"
            "'-1,-1\n"
            "'@sum,-1\n"
            "'\tx,-1\n"
            "\"'\rx\",-1\n"
            "1=1,-1\n"
            "'quoted,-1\n"
            "\"\",-1\n"
            ",\n");
  EXPECT_EQ(ToCsv(table).substr(0, 21), "=name,figure\n=1+1,-1\n");
}

TEST(TableCsv, QuotesWhatHasToBe) {
  std::string nul("nul\0", 4);
  EXPECT_EQ(ToCsv(TextsOf(kHostile)),
            "text,row\n"
            "plain,0\n"
            "\"\",1\n"
            ",2\n"
            "\"a,b\",3\n"
            "\"say \"\"no\"\"\",4\n"
            "\"two\nlines\",5\n"
            "\"cr\r\",6\n"
            " padded ,7\n" +
                nul +
                ",8\n"
                "\xef\xbf\xbd\xef\xbf\xbd(,9\n"
                "\xe2\x82\xac,10\n"
                "back\\slash,11\n"
                "\x7f\x01,12\n");
}

// Whatever text is in the cells, both kinds of text give it back to readers written apart from them.
TEST(TableText, AnyTextReadsBack) {
  constexpr uint64_t kSeed = 4180;
  const std::string pieces[] = {"a",  ",",   "\"", "\n", "\r", " ", "\\", "\x01", "\xc3\xa9", "\xf0\x9f\x98\x80",
                                "=1", "null"};
  std::mt19937_64 random(kSeed);
  std::vector<std::optional<std::string>> texts;
  for (int i = 0; i < 5'000; ++i) {
    texts.emplace_back(std::nullopt);
    if (random() % 8 == 0) continue;
    texts.back().emplace();
    for (uint64_t left = random() % 6; left > 0; --left) *texts.back() += pieces[random() % std::size(pieces)];
  }
  const Table table = TextsOf(texts);
  const json rows = json::parse(ToJson(table));
  const std::vector<vesica_model::NaiveRecord> records =
      vesica_model::NaiveCsv(ToCsv(table), ',', '\n', /*quotes=*/true, /*longest=*/1'000);
  ASSERT_EQ(rows.size(), texts.size());
  ASSERT_EQ(records.size(), texts.size() + 1);
  for (size_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(rows[i]["text"], texts[i].has_value() ? json(*texts[i]) : json()) << i;
    ASSERT_EQ(records[i + 1].fields.size(), 2u) << i;
    ASSERT_EQ(records[i + 1].fields[0], texts[i].value_or("")) << i;
  }
}

Table Long() {
  TableBuilder to("long", {{"x", ColumnType::kDouble}, {"name", ColumnType::kText}});
  std::mt19937_64 random(1);
  for (int i = 0; i < 50'000; ++i) to.Row().Double(static_cast<double>(random()) * 1e-19).Text("a name, quoted");
  return std::move(to).Finish().value();
}

TEST(TableText, ComesInBoundedPiecesOfTheWhole) {
  const Table table = Long();
  const struct {
    absl::Status (*write)(const Table&, const TextSink&);
    std::string whole;
    uint64_t size;
  } kinds[] = {{WriteJson, ToJson(table), table.JsonSize()}, {WriteCsv, ToCsv(table), table.CsvSize()}};
  for (const auto& [write, whole, size] : kinds) {
    std::string text;
    int pieces = 0;
    const absl::Status status = write(table, [&](std::string_view piece) {
      EXPECT_LT(piece.size(), (size_t{1} << 16) + 256);
      text += piece;
      ++pieces;
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(text, whole);
    EXPECT_EQ(size, whole.size());
    EXPECT_GT(pieces, 10);
  }
  EXPECT_EQ(table.JsonSize(), kinds[0].size);  // the remembered one
}

TEST(TableText, EndsWhereItsSinkFails) {
  const Table table = Long();
  for (const auto write : {WriteJson, WriteCsv}) {
    int pieces = 0;
    const absl::Status status = write(
        table, [&](std::string_view) { return ++pieces == 3 ? MakeError(ErrorCode::kIo, "full") : absl::OkStatus(); });
    EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kIo);
    EXPECT_EQ(pieces, 3);
  }
}

std::string Number(double value) {
  std::string text;
  AppendNumber(value, &text);
  return text;
}
std::string Amount(int64_t value) {
  std::string text;
  AppendAmount(value, &text);
  return text;
}
std::string Time(int64_t microseconds) {
  std::string text;
  AppendTime(microseconds, &text);
  return text;
}

TEST(FigureText, NumbersHaveThePointOrExponentThatTellsThemApart) {
  EXPECT_EQ(Number(0), "0.0");
  EXPECT_EQ(Number(-0.0), "-0.0");
  EXPECT_EQ(Number(20), "20.0");
  EXPECT_EQ(Number(0.1), "0.1");
  EXPECT_EQ(Number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(Number(1e-4), "0.0001");
  EXPECT_EQ(Number(std::nextafter(1e-4, 0)), "9.999999999999999e-05");
  EXPECT_EQ(Number(123456789012345.5), "123456789012345.5");
  EXPECT_EQ(Number(1e15), "1e+15");
  EXPECT_EQ(Number(2.5e-16), "2.5e-16");
  EXPECT_EQ(Number(-1.7976931348623157e308), "-1.7976931348623157e+308");
  EXPECT_EQ(Number(5e-324), "5e-324");
  EXPECT_EQ(Number(std::nan("")), "null");
  EXPECT_EQ(Number(-HUGE_VAL), "null");
}

TEST(FigureText, NumbersReadBackTheSame) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100'000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 160);
    ASSERT_EQ(json::parse(Number(value)).get<double>(), value) << Number(value);
  }
}

TEST(FigureText, AmountsHaveUpToFourDecimals) {
  EXPECT_EQ(Amount(0), "0");
  EXPECT_EQ(Amount(120'000), "12");
  EXPECT_EQ(Amount(1'000'000), "100");
  EXPECT_EQ(Amount(125'000), "12.5");
  EXPECT_EQ(Amount(-1), "-0.0001");
  EXPECT_EQ(Amount(-10'010), "-1.001");
  EXPECT_EQ(Amount(kMaxAmount), "99999999999999.9999");
  EXPECT_EQ(Amount(INT64_MIN), "-922337203685477.5808");
}

// Expected by `date -u -d @SECONDS +%FT%TZ` of GNU coreutils 9.1.
TEST(FigureText, TimesAreRfc3339) {
  EXPECT_EQ(Time(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(Time(1), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(Time(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(Time(951'782'400'000'000), "2000-02-29T00:00:00Z");
  EXPECT_EQ(Time(951'868'800'000'000), "2000-03-01T00:00:00Z");
  EXPECT_EQ(Time(4'107'542'399'500'000), "2100-02-28T23:59:59.500000Z");
  EXPECT_EQ(Time(4'107'542'400'000'000), "2100-03-01T00:00:00Z");
  EXPECT_EQ(Time(-2'203'891'200'000'000), "1900-03-01T00:00:00Z");
  EXPECT_EQ(Time(-62'167'219'200'000'000), "0000-01-01T00:00:00Z");
  EXPECT_EQ(Time(253'402'300'799'999'999), "9999-12-31T23:59:59.999999Z");
}

// Day after day: the date goes on as a calendar does.
TEST(FigureText, DatesFollowTheCalendar) {
  int64_t year = 0, month = 1, day = 1;
  for (int64_t days = -719'528; days < 2'932'897; ++days) {
    char expected[32];
    snprintf(expected, sizeof(expected), "%04d-%02d-%02dT00:00:00Z", static_cast<int>(year), static_cast<int>(month),
             static_cast<int>(day));
    ASSERT_EQ(Time(days * 86'400'000'000), expected);
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int64_t lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (++day <= lengths[month - 1]) continue;
    day = 1;
    if (++month <= 12) continue;
    month = 1;
    ++year;
  }
}

}  // namespace
}  // namespace vesica
