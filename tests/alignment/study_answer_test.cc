#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/model/event_rows.h"
#include "tests/model/study_runner.h"
#include "vesica/study.h"

namespace vesica {
namespace {

StudyAnswer AnswerOfRows(const std::vector<EventRow>& rows, const StudyOptions& options,
                         const std::vector<std::string>& names) {
  const Context context = Context::Create({}).value();
  Study study = Study::Create(context, EmailIdentity(), options).value();
  const EventRows batch(rows);
  EXPECT_TRUE(study.Add(batch.batch()).ok());
  return AnswerOf(study, names).value();
}

std::vector<std::string> NamesOf(const StudyAnswer& answer) {
  std::vector<std::string> names;
  for (const Table& table : answer.tables) names.push_back(table.name());
  return names;
}

EventRow Row(const char* person, const char* time) {
  return {{"person", person}, {"event", "engaged"}, {"time", time}};
}

TEST(StudyAnswer, HasWhatWasAskedForThenSettingsAndWarnings) {
  using testing::ElementsAre;
  const std::vector<EventRow> rows = {Row("a@x.com", "2024-01-01")};
  EXPECT_THAT(NamesOf(AnswerOfRows(rows, {}, {"regions", "circles"})),
              ElementsAre("circles", "regions", "settings", "warnings"));
  EXPECT_THAT(NamesOf(AnswerOfRows(rows, {}, {"warnings"})), ElementsAre("settings", "warnings"));
  EXPECT_THAT(NamesOf(AnswerOfRows(rows, {}, {"quality"})), ElementsAre("quality", "settings", "warnings"));
  std::vector<std::string> all;
  const Table contents = ContentsTable().value();
  for (uint64_t row = 0; row < contents.rows(); ++row) all.emplace_back(contents.columns()[0].TextAt(row));
  EXPECT_EQ(NamesOf(AnswerOfRows(rows, {}, {})), all);
}

TEST(StudyAnswer, JsonHoldsTablesSettingsAndWarnings) {
  StudyOptions options;
  options.by = {"a \"b\""};
  options.as_of = 20 * kDay;
  const StudyAnswer answer = AnswerOfRows({Row("a@x.com", "1970-01-02")}, options, {"funnels", "quality"});
  const std::string json = ToJson(answer);
  EXPECT_EQ(json.size(), answer.JsonSize());
  EXPECT_EQ(json.substr(0, json.find(",\"settings\":")), "{\"tables\":{\"funnels\":" + ToJson(*answer.Find("funnels")) +
                                                             ",\"quality\":" + ToJson(*answer.Find("quality")) + "}");
  EXPECT_THAT(json, testing::HasSubstr(R"("settings":{"by":"a \"b\"","by_pairs":"",)"));
  EXPECT_THAT(json, testing::HasSubstr(R"("as_of":"1970-01-21T00:00:00Z")"));
  EXPECT_TRUE(json.ends_with("},\"warnings\":[]}"));
}

TEST(StudyAnswer, SettingsAreTextThatSetTakes) {
  const Table settings = AnswerOfRows({Row("a@x.com", "1970-01-02T03:04:05Z")}, {}, {"settings"}).tables.front();
  StudyOptions again;
  for (const auto& row : RowsOf(settings)) {
    if (row.at("value").empty()) continue;
    EXPECT_TRUE(again.Set(row.at("option"), row.at("value")).ok()) << row.at("option") << row.at("value");
  }
  EXPECT_EQ(again.as_of, kDay + 3 * kHour + 245'000'000);
}

TEST(StudyAnswer, WarnsOfWhatWouldMislead) {
  auto warnings = [](const std::vector<EventRow>& rows) {
    StudyOptions options;
    options.as_of = 20 * kDay;
    std::vector<std::string> texts;
    for (const auto& row : RowsOf(*AnswerOfRows(rows, options, {"warnings"}).Find("warnings"))) {
      texts.push_back(row.at("warning"));
    }
    return texts;
  };
  using testing::ElementsAre;
  EXPECT_THAT(warnings({}), ElementsAre("No events were added."));
  EXPECT_THAT(warnings({Row("a@x.com", "1970-01-02"), Row("b@x.com", "1970-01-02")}), ElementsAre());
  EXPECT_THAT(warnings({Row("", ""), Row("x", ""), Row("a@x.com", "")}),
              ElementsAre("2 of 3 rows were left out: see quality."));
  EXPECT_THAT(warnings({Row("a@x.com", "1970-02-02"), Row("a@x.com", "1970-01-02T10:00:00"), Row("a@x.com", "soon")}),
              ElementsAre("1 rows have a time without an offset from UTC and count as without one: set zone.",
                          "1 rows have a time that cannot be read and count as without one.",
                          "1 rows are later than as_of and were left out."));
  EXPECT_THAT(warnings({Row("a@gmail.com", "")}), ElementsAre("1 of 1 valid person keys are free-mail addresses."));
}

TEST(RenameColumns, TakesColumnsUnderOtherNames) {
  const std::vector<EventRow> cells = {
      {{"Mail", "a@x.com"}, {"event", "noise"}, {"Kind", "exposed"}, {"person", "Ann"}, {"x", "1"}}};
  const EventRows rows(cells);
  auto renamed = [&](const std::vector<ColumnRename>& renames) {
    EventBatch batch = rows.batch();
    EXPECT_TRUE(RenameColumns(renames, &batch).ok());
    std::map<std::string, std::string> taken;
    for (const EventColumn& column : batch.columns) {
      const auto& cell = static_cast<const KeySpan*>(column.values.data)[0];
      EXPECT_TRUE(taken.emplace(column.name, std::string(static_cast<const char*>(cell.data), cell.size)).second);
    }
    return taken;
  };
  using Cells = std::map<std::string, std::string>;
  EXPECT_EQ(renamed({}).size(), 5u);
  EXPECT_EQ(renamed({{"Mail", "person"}, {"Kind", "event"}}),
            (Cells{{"person", "a@x.com"}, {"event", "exposed"}, {"x", "1"}}));
  EXPECT_EQ(renamed({{"Kind", "event"}, {"Kind", "region"}, {"event", "source"}}), (Cells{{"event", "exposed"},
                                                                                          {"region", "exposed"},
                                                                                          {"source", "noise"},
                                                                                          {"person", "Ann"},
                                                                                          {"Mail", "a@x.com"},
                                                                                          {"x", "1"}}));
  EventBatch batch = rows.batch();
  EXPECT_EQ(GetErrorInfo(RenameColumns({{"Mail", "person"}, {"No", "event"}}, &batch)).index, 1u);
  EXPECT_EQ(GetErrorInfo(RenameColumns({{"Mail", "person"}, {"x", "person"}}, &batch)).index, 1u);
}

}  // namespace
}  // namespace vesica
