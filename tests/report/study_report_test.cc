// Reports on studies: what is in them, what is not, and that labels stay text.
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/report/markup_check.h"
#include "tests/report/studies.h"
#include "tests/report/svg_check.h"
#include "vesica/report.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

size_t CountOf(const std::string& text, std::string_view what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

std::string SvgOf(const StudyAnswer& answer, const std::string& figure) {
  return ReportOf(answer, {.format = ReportFormat::kSvg, .figure = figure}).value();
}

TEST(StudyReport, SaysWhatWasReadAndWhatMakesPeopleTheSame) {
  const std::string page = *ReportOf(SharedAnswer());
  EXPECT_THAT(page, HasSubstr("<code>email/1 data="));
  EXPECT_THAT(page, HasSubstr(" rows were read, of which "));
  ReportOptions of_one;
  of_one.company = std::string(SharedAnswer().Find("companies")->Find("company")->TextAt(3));
  EXPECT_THAT(*ReportOf(SharedAnswer(), of_one), Not(HasSubstr(" rows were read")));
}

TEST(StudyReport, HasEveryFigureOfAFullStudy) {
  const std::string page = ReportOf(SharedAnswer()).value();
  for (const StudyFigure& figure : StudyFigures()) EXPECT_TRUE(HasFigure(page, figure.name)) << figure.name;
  EXPECT_EQ(CountOf(page, "<figure "), StudyFigures().size());
  EXPECT_EQ(CountOf(page, "<figure "), CountOf(page, "<details class=\"data"));
}

TEST(StudyReport, ItsPicturesAreWellFormedAndSayWhatTheyShow) {
  for (const StudyFigure& figure : StudyFigures()) {
    SCOPED_TRACE(figure.name);
    const std::string svg = SvgOf(SharedAnswer(), figure.name);
    EXPECT_EQ(MarkupCheck::ProblemOf(svg), "");
    EXPECT_EQ(ProblemOf(svg), "");
    EXPECT_THAT(svg, HasSubstr("xmlns=\"http://www.w3.org/2000/svg\""));
    EXPECT_THAT(svg, HasSubstr("<title id="));
    EXPECT_THAT(svg, HasSubstr("<desc id="));
    EXPECT_THAT(svg, Not(HasSubstr(">nan")));
    EXPECT_THAT(svg, Not(HasSubstr("style=")));
  }
}

TEST(StudyReport, TheMarkupCheckFindsFaults) {
  EXPECT_EQ(MarkupCheck::ProblemOf("<svg a=\"1\"><g/>x &amp; y</svg>"), "");
  for (const char* bad : {"<svg>", "<svg></g></svg>", "<svg>a & b</svg>", "<svg a=1/>", "<svg a=\"<\"/>", "<a/><b/>",
                          "<svg a=\"1\" a=\"2\"/>", "<svg><g id=\"x\"/><g id=\"x\"/></svg>", "x<svg/>"}) {
    EXPECT_NE(MarkupCheck::ProblemOf(bad), "") << bad;
  }
}

TEST(StudyReport, LeavesOutWhatHasNoData) {
  const std::vector<std::string> tables = {"circles"};
  const std::string page = ReportOf(AnswerOfSimulation(3, 500, {}, tables)).value();
  const std::set<std::string> expected = {"circles", "ideal", "reached"};
  for (const StudyFigure& figure : StudyFigures()) {
    // Lanes of the benchmark need no table but circles; without others or published figures beside it says the same.
    if (std::string(figure.name) == "benchmark") continue;
    EXPECT_EQ(HasFigure(page, figure.name), expected.contains(figure.name)) << figure.name;
  }
  EXPECT_THAT(page, Not(HasSubstr("data-tab=\"Funnel\"")));
}

TEST(StudyReport, OfNothingIsAPageStill) {
  const StudyAnswer answer = AnswerOfRows({}, {});
  const std::string page = ReportOf(answer).value();
  EXPECT_THAT(page, HasSubstr("No events were added."));
  for (const char* figure : {"circles", "ideal", "reached", "regions", "gaps", "recency", "flows", "trend"}) {
    EXPECT_FALSE(HasFigure(page, figure)) << figure;
  }
}

TEST(StudyReport, SaysWhatTheHeadlineMeans) {
  std::vector<EventRow> rows;
  for (int i = 0; i < 100; ++i) {
    const std::string person = "p" + std::to_string(i) + "@firm.example";
    rows.push_back({{"person", person}, {"event", "contacted"}, {"team", "sales"}});
    if (i < 16) rows.push_back({{"person", person}, {"event", "exposed"}, {"team", "brand"}});
  }
  const std::string page = ReportOf(AnswerOfRows(rows, {})).value();
  EXPECT_THAT(page, HasSubstr("<p class=\"figure\">16.0\u00A0%</p>"));
  EXPECT_THAT(page, HasSubstr("Marketing reaches 16 of the 100 people whom sales contacts; 84 it does not."));
  EXPECT_THAT(page, HasSubstr("16.0\u00A0% (Marketing Week, 2024): this is the same."));
  EXPECT_THAT(page, HasSubstr("1,984 people short of the target of 20 times."));
}

TEST(StudyReport, HasOneTargetEverywhere) {
  StudyOptions options;
  options.target_ratio = 1.25;
  const std::string page = ReportOf(AnswerOfSimulation(1, 300, options)).value();
  EXPECT_THAT(page, HasSubstr("the target of 1.25 times"));
  EXPECT_THAT(page, HasSubstr("target: 1.25 : 1"));
  EXPECT_THAT(page, HasSubstr("The ideal: 1.25 to 1"));
}

TEST(StudyReport, SaysWhereTheHeadlineIsHiddenOrOfFew) {
  const std::vector<EventRow> rows = {{{"person", "a@firm.example"}, {"event", "contacted"}, {"team", "sales"}},
                                      {{"person", "b@firm.example"}, {"event", "contacted"}, {"team", "sales"}},
                                      {{"person", "b@firm.example"}, {"event", "exposed"}, {"team", "demand"}}};
  EXPECT_THAT(ReportOf(AnswerOfRows(rows, {})).value(), HasSubstr("one person more or less is 50.0 points."));
  StudyOptions options;
  options.min_cell = 5;
  const std::string hidden = ReportOf(AnswerOfRows(rows, options)).value();
  EXPECT_THAT(hidden, HasSubstr("Hidden: some of the counts are below 5 people."));
  EXPECT_FALSE(HasFigure(hidden, "circles"));
}

TEST(StudyReport, LabelsStayText) {
  const std::vector<std::string> hostile = {"<script>window.pwned=1</script>",
                                            "\"><img src=x onerror=alert(1)>",
                                            "' onload='x",
                                            "\u202Egnp.exe",
                                            "=HYPERLINK(1)",
                                            "&lt;b&gt;",
                                            "]]>--><!--",
                                            "</style></svg></bdi></td>",
                                            std::string(10'000, 'w'),
                                            std::string("\x01\xFF\xC3(\x00z", 6)};
  std::vector<EventRow> rows;
  for (int i = 0; i < 600; ++i) {
    const std::string person = "p" + std::to_string(i) + "@firm" + std::to_string(i % 7) + ".example";
    const std::string& label = hostile[static_cast<size_t>(i) % hostile.size()];
    const std::string day = "2024-0" + std::to_string(1 + i % 8) + "-1" + std::to_string(i % 9) + "T10:00:00Z";
    const auto add = [&](EventRow row) {
      row.insert({{"person", person}, {"time", day}, {"company", label}, {"kind", label}, {"company_region", label}});
      rows.push_back(std::move(row));
    };
    add({{"event", "contacted"}, {"team", "sales"}});
    if (i % 3 == 0) add({{"event", "exposed"}, {"team", i % 2 == 0 ? "brand" : "demand"}});
    add({{"event", "stage"}, {"stage", "MQL"}, {"source", label}});
    if (i % 4 == 0) add({{"event", "stage"}, {"stage", "Disqualified"}, {"reason", label}});
    if (i % 5 == 0) add({{"event", "deal"}, {"deal", label}, {"stage", "won"}, {"amount", "1"}, {"currency", label}});
  }
  StudyOptions options;
  options.by = {"kind"};
  options.force_by = true;
  options.role = "kind";
  options.stages = {"MQL", "</script>", "\"><svg onload=x>"};
  const StudyAnswer answer = AnswerOfRows(rows, options);
  for (const std::string& company : {std::string(), hostile[0], hostile[1], hostile[8]}) {
    const std::string page = ReportOf(answer, {.title = hostile[7], .company = company}).value();
    EXPECT_EQ(CountOf(page, "<script"), 1u);
    EXPECT_EQ(CountOf(page, "<style"), 1u);
    EXPECT_EQ(CountOf(page, "<!"), 1u) << "the doctype alone";
    for (const char* bad : {"<img", "<b>", "\u202E", " onerror=\"", "onload='", "\x01", "\xFF"}) {
      EXPECT_THAT(page, Not(HasSubstr(bad)));
    }
    EXPECT_EQ(page.find(std::string(2'000, 'w')), std::string::npos) << "long labels are cut";
    EXPECT_THAT(page, HasSubstr("<bdi>"));
  }
  for (const StudyFigure& figure : StudyFigures()) {
    const absl::StatusOr<std::string> svg = ReportOf(answer, {.format = ReportFormat::kSvg, .figure = figure.name});
    EXPECT_EQ(svg.ok() ? MarkupCheck::ProblemOf(*svg) : "", "") << figure.name;
    EXPECT_EQ(svg.ok() ? ProblemOf(*svg) : "", "") << figure.name;
  }
}

TEST(StudyReport, OfACompanyNamesNoOther) {
  const std::string company = "synthetic-00007";
  const std::string page = ReportOf(SharedAnswer(), {.company = company}).value();
  EXPECT_THAT(page, HasSubstr(company));
  EXPECT_EQ(CountOf(page, "synthetic-"), CountOf(page, company));
  EXPECT_THAT(page, HasSubstr("You are here"));
  for (const StudyFigure& figure : StudyFigures()) {
    const auto svg =
        ReportOf(SharedAnswer(), {.format = ReportFormat::kSvg, .company = company, .figure = figure.name});
    const std::string text = svg.value_or("");
    EXPECT_EQ(CountOf(text, "synthetic-"), CountOf(text, company)) << figure.name;
  }
  EXPECT_GT(CountOf(ReportOf(SharedAnswer()).value(), "synthetic-00011"), 0u) << "all companies are named otherwise";
}

TEST(StudyReport, OfACompanyShowsOthersOnlyInAHandful) {
  const StudyAnswer few = AnswerOfSimulation(5, 500, {});
  const ReportOptions options = {.format = ReportFormat::kSvg, .company = "synthetic-00001", .figure = "benchmark"};
  EXPECT_THAT(ReportOf(few, options).value(), Not(HasSubstr("Companies&#39; median")));
  EXPECT_THAT(ReportOf(SharedAnswer(), options).value(), HasSubstr("Companies&#39; median"));
  const std::string page = ReportOf(few, {.company = "synthetic-00001"}).value();
  EXPECT_THAT(page, Not(HasSubstr("synthetic-00002")));
}

TEST(StudyReport, OfACompanyCountsNoRowsOfOthers) {
  std::vector<EventRow> rows;
  for (const char* company : {"Acme", "Other"}) {
    rows.push_back({{"person", "a@firm.example"},
                    {"event", "contacted"},
                    {"team", "sales"},
                    {"company", company},
                    {"time", "no time"}});
  }
  const StudyAnswer answer = AnswerOfRows(rows, {});
  EXPECT_THAT(ReportOf(answer).value(), HasSubstr("2 rows have a time that cannot be read"));
  const std::string page = ReportOf(answer, {.company = "Acme"}).value();
  EXPECT_THAT(page, Not(HasSubstr("2 rows have")));
  EXPECT_THAT(page, HasSubstr("has warnings about its data"));
}

TEST(StudyReport, ItsBytesDependOnNothingElse) {
  const StudyAnswer one = AnswerOfSimulation(6, 400, FullOptions(), {}, 1);
  const StudyAnswer four = AnswerOfSimulation(6, 400, FullOptions(), {}, 4);
  EXPECT_EQ(ReportOf(one).value(), ReportOf(four).value());
  EXPECT_EQ(ReportOf(one).value(), ReportOf(one).value());
}

TEST(StudyReport, OfSketchesSaysSo) {
  StudyOptions options;
  options.by = {"region"};
  options.sketch_bytes = 4096;
  const std::string page = ReportOf(AnswerOfSimulation(8, 4000, options)).value();
  EXPECT_THAT(page, HasSubstr("Estimated from sketches"));
  EXPECT_THAT(page, HasSubstr("class=\"interval\""));
  EXPECT_THAT(page, HasSubstr("Methods: "));
  for (const char* figure : {"circles", "reached", "segments", "benchmark"}) EXPECT_TRUE(HasFigure(page, figure));
  EXPECT_FALSE(HasFigure(page, "recency"));
}

TEST(StudyReport, IsSmallAndQuickForAllCompaniesOfTheStudy) {
  const StudyAnswer answer = AnswerOfSimulation(7056, 60, FullOptions());
  const auto begin = std::chrono::steady_clock::now();
  const std::string page = ReportOf(answer).value();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_LE(page.size(), 1'500'000u);
  EXPECT_LE(took.count(), 10.0) << "seconds; 1 is what a release build has to keep";
  EXPECT_THAT(page, HasSubstr("synthetic-07055"));
}

TEST(StudyReport, RefusesWhatThereIsNot) {
  const StudyAnswer& answer = SharedAnswer();
  const auto code = [&](const ReportOptions& options) { return GetErrorInfo(ReportOf(answer, options).status()).code; };
  EXPECT_EQ(code({.company = "nobody"}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({.format = ReportFormat::kSvg, .figure = "nothing"}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({.format = ReportFormat::kLayout}), ErrorCode::kUnsupported);
  const StudyAnswer circles = AnswerOfSimulation(2, 300, {}, {"circles"});
  EXPECT_EQ(GetErrorInfo(ReportOf(circles, {.format = ReportFormat::kSvg, .figure = "trend"}).status()).code,
            ErrorCode::kInvalidArgument);
}

TEST(StudyReport, EndsWhereTheSinkFails) {
  const absl::Status full = absl::ResourceExhaustedError("full");
  EXPECT_EQ(WriteReport(SharedAnswer(), {}, [&](std::string_view) { return full; }), full);
}

}  // namespace
}  // namespace vesica
