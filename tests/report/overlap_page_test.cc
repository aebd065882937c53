// Overlaps and regions as pages, pictures and layouts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/report/svg_check.h"
#include "vesica/report.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Regions RegionsOf(std::vector<uint64_t> counts, const std::vector<std::string>& names) {
  Regions regions;
  regions.counts = std::move(counts);
  regions.stamp.profile = "email/1";
  for (uint32_t i = 0; i < names.size(); ++i) {
    uint64_t count = 0;
    for (uint32_t m = 1; m < regions.counts.size(); ++m) count += (m >> i & 1) != 0 ? regions.counts[m] : 0;
    regions.sets.push_back({.name = names[i], .quality = {}, .derived = true, .count = count});
  }
  return regions;
}

template <class... Answer>
absl::StatusOr<std::string> Report(const ReportOptions& options, const Answer&... answer) {
  std::string text;
  const absl::Status status = WriteReport(answer..., options, [&](std::string_view piece) {
    text += piece;
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return text;
}

Regions Mission() { return RegionsOf({0, 19'840, 840, 160}, {"Marketing", "Sales"}); }

TEST(OverlapPage, SaysTheOverlapInPlainWords) {
  const std::string page = *Report({}, Mission());
  EXPECT_THAT(page, HasSubstr("16.0 %"));
  EXPECT_THAT(page, HasSubstr("160 of the 1,000 in Sales are also in Marketing."));
  EXPECT_THAT(page, HasSubstr("Marketing is 20.0 times as large as Sales"));
  EXPECT_THAT(page, HasSubstr("id=\"figure-circles\""));
  EXPECT_THAT(page, HasSubstr("email/1"));
  EXPECT_THAT(page, HasSubstr("default-src &#39;none&#39;"));
}

TEST(OverlapPage, OfSketchesShowsIntervals) {
  Overlap overlap;
  overlap.method = Method::kMinHash;
  overlap.a = {20'000, 19'500, 20'500}, overlap.b = {1'000, 980, 1'020}, overlap.intersection = {160, 60, 300};
  overlap.overlap_coefficient = overlap.share_of_b = {0.16, 0.06, 0.3};
  overlap.below_resolution = true;
  overlap.design_error = 0.0193;
  const std::string page = *Report({}, overlap, std::string_view("M"), std::string_view("S"));
  EXPECT_THAT(page, HasSubstr("6.00 % to 30.0 % (95 % interval)"));
  EXPECT_THAT(page, HasSubstr("About 160 of the 1,000 in S are also in M."));
  EXPECT_THAT(page, HasSubstr("take larger sketches"));
  EXPECT_THAT(page, HasSubstr(">16.0 % (6.00 % to 30.0 %) of S<"));  // the overlap's own share
  EXPECT_THAT(page, HasSubstr("minhash"));
  EXPECT_THAT(page, HasSubstr("1.93 %"));  // of the design
}

TEST(OverlapPage, OfAnEmptySetHasNoShare) {
  const std::string page = *Report({}, RegionsOf({0, 5, 0, 0}, {"A", "B"}));
  EXPECT_THAT(page, HasSubstr("B is empty: there is no share of it."));
  EXPECT_THAT(page, HasSubstr("B&quot;: the set is empty."));
}

TEST(OverlapPage, OfManySetsIsAnUpsetPlot) {
  std::vector<uint64_t> counts(16, 3);
  const std::string page = *Report({}, RegionsOf(counts, {"A", "B", "C", "D"}));
  EXPECT_THAT(page, HasSubstr("id=\"figure-upset\""));
  EXPECT_THAT(page, HasSubstr("How far A, B, C and D overlap"));
  EXPECT_THAT(page, Not(HasSubstr("class=\"headline\"")));
}

TEST(OverlapPage, ShowsLabelsAndRunsNone) {
  const std::string name = "\"><img src=x onerror=alert(1)></style></script><script>alert(1)</script>";
  for (const size_t sets : {1, 2, 3, 4}) {
    std::vector<uint64_t> counts(size_t{1} << sets, 2);
    for (const ReportFormat format : {ReportFormat::kHtml, ReportFormat::kSvg}) {
      const std::string text =
          *Report({.format = format, .theme = Theme::kAuto, .title = name, .company = {}, .figure = {}},
                  RegionsOf(counts, std::vector<std::string>(sets, name)));
      EXPECT_THAT(text, Not(HasSubstr("<img")));
      EXPECT_THAT(text, Not(HasSubstr("alert(1)</script>")));
      const size_t svg = text.find("<svg ");
      EXPECT_EQ(ProblemOf(std::string_view(text).substr(svg, text.find("</svg>") + 6 - svg)), "");
    }
  }
}

TEST(OverlapPage, RefusesWhatItCannotDo) {
  const auto code = [](const absl::StatusOr<std::string>& report) { return GetErrorInfo(report.status()).code; };
  const auto with = [](ReportFormat format, Theme theme, std::string company) {
    return ReportOptions{.format = format, .theme = theme, .title = {}, .company = std::move(company), .figure = {}};
  };
  EXPECT_EQ(code(Report(with(static_cast<ReportFormat>(9), Theme::kAuto, ""), Mission())), ErrorCode::kUnsupported);
  EXPECT_EQ(code(Report(with(ReportFormat::kHtml, static_cast<Theme>(9), ""), Mission())), ErrorCode::kUnsupported);
  EXPECT_EQ(code(Report(with(ReportFormat::kHtml, Theme::kAuto, "Acme"), Mission())), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(Report(with(ReportFormat::kLayout, Theme::kAuto, ""),
                        RegionsOf(std::vector<uint64_t>(16, 1), {"A", "B", "C", "D"}))),
            ErrorCode::kUnsupported);
  Overlap undefined;
  EXPECT_EQ(code(Report({}, undefined, std::string_view("A"), std::string_view("B"))), ErrorCode::kInvalidArgument);
}

TEST(OverlapPage, EndsWhereTheSinkFails) {
  const absl::Status status =
      WriteReport(Mission(), {}, [](std::string_view) { return absl::CancelledError("enough"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
}

TEST(OverlapPage, ThemesAreFixedWhereAsked) {
  const auto svg = [](Theme theme) {
    return *Report({.format = ReportFormat::kSvg, .theme = theme, .title = {}, .company = {}, .figure = {}}, Mission());
  };
  EXPECT_THAT(svg(Theme::kAuto), HasSubstr("prefers-color-scheme"));
  EXPECT_THAT(svg(Theme::kLight), Not(HasSubstr("prefers-color-scheme")));
  EXPECT_THAT(svg(Theme::kDark), Not(HasSubstr("prefers-color-scheme")));
  EXPECT_NE(svg(Theme::kLight), svg(Theme::kDark));
}

}  // namespace
}  // namespace vesica
