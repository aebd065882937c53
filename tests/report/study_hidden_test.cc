// What pages of studies put together of several rows tells no count that a table hides, and nothing of one company.
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/report/studies.h"
#include "vesica/report.h"

namespace vesica {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

using Rows = std::vector<EventRow>;

// `count` people, numbered on from those of earlier calls, with these events each.
void AddPeople(int count, const std::vector<EventRow>& events, Rows* rows) {
  for (const size_t begin = rows->size(); count > 0; --count) {
    const std::string person = "p" + std::to_string(begin) + "-" + std::to_string(count) + "@firm.example";
    for (EventRow event : events) {
      event.insert({"person", person});
      rows->push_back(std::move(event));
    }
  }
}

const EventRow kContacted = {{"event", "contacted"}, {"team", "sales"}};
EventRow ExposedBy(const std::string& team) { return {{"event", "exposed"}, {"team", team}}; }

std::string PictureOf(const StudyAnswer& answer, const std::string& figure) {
  return ReportOf(answer, {.format = ReportFormat::kSvg, .figure = figure}).value();
}

TEST(StudyHidden, WhatTeamsLeaveOfThoseReachedIsNoSmallCount) {
  Rows rows;
  AddPeople(10, {kContacted, ExposedBy("brand")}, &rows);
  AddPeople(10, {kContacted, ExposedBy("demand")}, &rows);
  AddPeople(8, {kContacted}, &rows);
  AddPeople(20, {ExposedBy("marketing")}, &rows);
  AddPeople(2, {kContacted, ExposedBy("marketing")}, &rows);
  EXPECT_THAT(PictureOf(AnswerOfRows(rows, {}), "reached"), HasSubstr("Other marketing: 2"));
  StudyOptions options;
  options.min_cell = 5;
  const std::string hidden = PictureOf(AnswerOfRows(rows, options), "reached");
  EXPECT_THAT(hidden, HasSubstr("Reached: 22"));
  EXPECT_THAT(hidden, Not(HasSubstr("Other marketing")));
}

// The counts beside the nodes of a picture of flows.
std::vector<std::string> NodeCounts(const std::string& svg) {
  std::vector<std::string> counts;
  constexpr std::string_view kBefore = "class=\"v-small v-muted\"";
  for (size_t at = 0; (at = svg.find(kBefore, at)) != std::string::npos; ++at) {
    const size_t begin = svg.find('>', at) + 1;
    const std::string text = svg.substr(begin, svg.find('<', begin) - begin);
    if (text.find_first_not_of("0123456789,≥ ") == std::string::npos) counts.push_back(text);
  }
  return counts;
}

TEST(StudyHidden, PeopleOfAStageWithHiddenFlowsAreALeastCount) {
  StudyOptions options;
  const std::string whole = PictureOf(AnswerOfSimulation(6, 800, options, {"flows"}), "flows");
  EXPECT_THAT(NodeCounts(whole), Each(Not(HasSubstr("≥"))));
  options.min_cell = 5;
  const std::string hidden = PictureOf(AnswerOfSimulation(6, 800, options, {"flows"}), "flows");
  EXPECT_THAT(hidden, HasSubstr("a number with ≥ may lack"));
  EXPECT_THAT(NodeCounts(hidden), Contains(HasSubstr("≥")));
  for (const std::string& count : NodeCounts(hidden)) {
    if (count.starts_with("≥")) continue;
    EXPECT_THAT(NodeCounts(whole), Contains(count));
  }
}

TEST(StudyHidden, FlowsOfStagesThatAreCalledAsOutcomesAreNotDrawn) {
  const auto stage = [](const std::string& name, const std::string& day) {
    return EventRow{{"event", "stage"}, {"stage", name}, {"time", "2024-01-" + day + "T00:00:00Z"}};
  };
  for (const std::string name : {"New", "open", "brand"}) {
    Rows rows;
    AddPeople(10, {ExposedBy("brand"), stage("Lead", "01"), stage(name, "02"), stage("SQL", "03")}, &rows);
    AddPeople(10, {stage("Lead", "01"), stage(name, "02")}, &rows);
    StudyOptions options;
    options.stages = {"Lead", name, "SQL"};
    EXPECT_EQ(HasFigure(ReportOf(AnswerOfRows(rows, options)).value(), "flows"), name == "New") << name;
  }
}

// A company of so many people of sales, of whom marketing reaches `reached`.
void AddCompany(int number, int reached, const std::string& region, Rows* rows) {
  EventRow of = {{"company", "firm" + std::to_string(number)}, {"company_region", region}};
  const auto with = [&](EventRow event) {
    event.insert(of.begin(), of.end());
    return event;
  };
  AddPeople(20 - reached, {with(kContacted)}, rows);
  AddPeople(reached, {with(kContacted), with(ExposedBy("brand"))}, rows);
}

TEST(StudyHidden, ACompanyIsNotToldOfOneMoreByAGroupOfAllOthers) {
  Rows rows;
  for (int i = 0; i < 7; ++i) AddCompany(i, i + 1, "Northern", &rows);
  AddCompany(7, 15, "Southern", &rows);
  const std::string page = ReportOf(AnswerOfRows(rows, {}), {.company = "firm0"}).value();
  EXPECT_THAT(page, HasSubstr("How the companies are spread"));
  EXPECT_THAT(page, Not(HasSubstr("Northern")));
  EXPECT_THAT(page, Not(HasSubstr("Southern")));
  for (int i = 8; i < 14; ++i) AddCompany(i, i - 4, "Southern", &rows);
  const std::string larger = ReportOf(AnswerOfRows(rows, {}), {.company = "firm0"}).value();
  EXPECT_THAT(larger, HasSubstr("Northern"));
  EXPECT_THAT(larger, HasSubstr("Southern"));
}

TEST(StudyHidden, TheMedianOfTheCompaniesIsThatOfTheTable) {
  Rows rows;
  for (int i = 0; i < 6; ++i) AddCompany(i, 2 * i + 1, "Northern", &rows);  // 5 %, 15 %, 25 %, 35 % ...
  const std::string svg = PictureOf(AnswerOfRows(rows, {}), "benchmark");
  EXPECT_THAT(svg, HasSubstr("Companies&#39; median: 30.0 %"));
  EXPECT_THAT(svg, HasSubstr(": 1 company<"));
  EXPECT_THAT(svg, Not(HasSubstr(": 1 companies")));
}

TEST(StudyHidden, TheMedianOfTheCompaniesIsOfTheHiddenOnesToo) {
  Rows rows;
  for (int i = 0; i < 6; ++i) AddCompany(i, 10 + i, "Northern", &rows);  // 50 % to 75 %: none is hidden
  for (int i = 6; i < 15; ++i) AddCompany(i, 2, "Northern", &rows);
  StudyOptions options;
  options.min_cell = 5;
  const std::string svg = PictureOf(AnswerOfRows(rows, options), "benchmark");
  EXPECT_THAT(svg, HasSubstr("6 companies; 9 hidden"));
  EXPECT_THAT(svg, HasSubstr("Companies&#39; median: 10.0 %"));
  // Without the table it could only be told of those that are shown.
  const std::string alone = PictureOf(AnswerOfRows(rows, options, {"companies"}), "benchmark");
  EXPECT_THAT(alone, HasSubstr("6 companies; 9 hidden"));
  EXPECT_THAT(alone, Not(HasSubstr("median")));
}

TEST(StudyHidden, TheSpreadOfCompaniesNeedsNoOtherTable) {
  Rows rows;
  for (int i = 0; i < 3; ++i) AddCompany(i, i + 1, "Northern", &rows);
  EXPECT_THAT(ReportOf(AnswerOfRows(rows, {}, {"benchmark"})).value(), HasSubstr("How the companies are spread"));
}

TEST(StudyHidden, OnlyOneCompanyIsYou) {
  Rows rows;
  AddCompany(0, 5, "Northern", &rows);
  EXPECT_THAT(PictureOf(AnswerOfRows(rows, {}), "benchmark"), HasSubstr("You are here: 25.0 %"));
  AddCompany(1, 10, "Northern", &rows);
  const std::string svg = PictureOf(AnswerOfRows(rows, {}), "benchmark");
  EXPECT_THAT(svg, HasSubstr("All people pooled: 37.5 %"));
  EXPECT_THAT(svg, Not(HasSubstr("You are here")));
}

}  // namespace
}  // namespace vesica
