// The pictures of studies of every kind: of few people and many, hidden counts, sketches, and one company.
#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "report/figures_text.h"
#include "tests/report/markup_check.h"
#include "tests/report/studies.h"
#include "tests/report/svg_check.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

size_t CheckPictures(const StudyAnswer& answer, const std::string& company = "") {
  size_t drawn = 0;
  for (const StudyFigure& figure : StudyFigures()) {
    SCOPED_TRACE(figure.name);
    const auto svg = ReportOf(answer, {.format = ReportFormat::kSvg, .company = company, .figure = figure.name});
    if (!svg.ok()) continue;
    ++drawn;
    EXPECT_EQ(MarkupCheck::ProblemOf(*svg), "");
    EXPECT_EQ(ProblemOf(*svg), "");
  }
  return drawn;
}

std::string SvgOf(const StudyAnswer& answer, const std::string& figure) {
  return ReportOf(answer, {.format = ReportFormat::kSvg, .figure = figure}).value();
}

TEST(StudyFigures, OfAllSizesHaveNoTextOnAnother) {
  for (const auto& [companies, people] : {std::pair{1u, 60u}, {2u, 60u}, {3u, 300u}, {40u, 50u}, {2u, 20'000u}}) {
    SCOPED_TRACE(std::to_string(companies) + " companies of " + std::to_string(people));
    EXPECT_GE(CheckPictures(AnswerOfSimulation(companies, people, FullOptions())), 8u);
  }
}

TEST(StudyFigures, OfEveryCompanyHaveNoTextOnAnother) {
  for (int i = 0; i < 40; i += 3) {
    char name[32];
    std::snprintf(name, sizeof(name), "synthetic-%05d", i);
    SCOPED_TRACE(name);
    EXPECT_GE(CheckPictures(SharedAnswer(), name), 8u);
  }
}

TEST(StudyFigures, HideWhatIsHidden) {
  StudyOptions options = FullOptions();
  options.min_cell = 10;
  const StudyAnswer answer = AnswerOfSimulation(12, 200, options);
  EXPECT_GE(CheckPictures(answer), 5u);
  EXPECT_THAT(SvgOf(answer, "segments"), HasSubstr("class=\"v-hatch\""));
  const Table& segments = *answer.Find("segments");
  size_t hidden = 0;
  for (uint64_t row = 0; row < segments.rows(); ++row) hidden += segments.Find("suppressed")->BoolAt(row);
  EXPECT_GT(hidden, 0u) << "the study hides some";
}

TEST(StudyFigures, OfSketchesHaveIntervals) {
  StudyOptions options;
  options.by = {"region"};
  options.sketch_bytes = 2048;
  const StudyAnswer answer = AnswerOfSimulation(10, 3'000, options);
  EXPECT_GE(CheckPictures(answer), 4u);
  EXPECT_THAT(SvgOf(answer, "reached"), HasSubstr("class=\"v-band\""));
}

TEST(StudyFigures, OfWeeksThinOutTheirLabels) {
  StudyOptions options;
  options.period = "week";
  const StudyAnswer answer = AnswerOfSimulation(2, 500, options, {"trend"});
  ASSERT_GT(answer.Find("trend")->rows(), 50u);
  EXPECT_EQ(CheckPictures(answer), 1u);
}

TEST(StudyFigures, OfManyStagesAndLongNames) {
  std::vector<EventRow> rows;
  StudyOptions options;
  for (int stage = 0; stage < 9; ++stage) options.stages.push_back("A stage with a long name " + std::to_string(stage));
  for (int i = 0; i < 200; ++i) {
    for (int stage = 0; stage <= i % 9; ++stage) {
      rows.push_back({{"person", "p" + std::to_string(i) + "@firm.example"},
                      {"event", "stage"},
                      {"stage", options.stages[static_cast<size_t>(stage)]},
                      {"time", "2024-01-" + std::to_string(10 + stage) + "T10:00:00Z"}});
    }
  }
  const StudyAnswer answer = AnswerOfRows(rows, options);
  EXPECT_GE(CheckPictures(answer), 2u);
  EXPECT_THAT(SvgOf(answer, "flows"), HasSubstr("Untouched"));
}

// The bar of people reached is as long as the share is.
TEST(StudyFigures, LengthsAreTrue) {
  const StudyAnswer& answer = SharedAnswer();
  const Table& circles = *answer.Find("circles");
  const double share = circles.Find("share_of_b")->numbers[0];
  const std::string svg = SvgOf(answer, "reached");
  const auto width_of = [&](std::string_view classes) {
    const size_t at = svg.find("<rect class=\"" + std::string(classes) + "\"");
    return NumberOf(std::string_view(svg).substr(at, svg.find('>', at) - at), "width");
  };
  EXPECT_NEAR(width_of("v-both") / width_of("v-s2 v-soft"), share, 1e-4);
}

TEST(StudyFigures, TheMedianIsThatOfTheTable) {
  const StudyAnswer& answer = SharedAnswer();
  const double median = answer.Find("benchmark")->Find("median")->numbers[0];  // of all companies' coverage
  EXPECT_THAT(SvgOf(answer, "benchmark"), HasSubstr("Companies&#39; median: " + PercentText(median) + "<"));
}

TEST(StudyFigures, GapsComeLargestFirst) {
  const StudyAnswer& answer = SharedAnswer();
  const Table& gaps = *answer.Find("gaps");
  const std::string svg = SvgOf(answer, "gaps");
  size_t last = 0;
  for (uint64_t row = 0; row < 3; ++row) {
    const size_t at = svg.find(": " + std::string(gaps.Find("values")->TextAt(row)) + "</text>");
    ASSERT_NE(at, std::string::npos);
    EXPECT_GT(at, last);
    last = at;
  }
}

}  // namespace
}  // namespace vesica
