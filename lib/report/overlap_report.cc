// Overlaps and regions as pictures and pages.
#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"
#include "report/circles_figure.h"
#include "report/figure.h"
#include "report/overlap_page.h"
#include "report/upset_figure.h"
#include "vesica/answer_tables.h"
#include "vesica/report.h"

namespace vesica {
namespace {

constexpr size_t kMostCircles = 3;

absl::Status CheckOptions(const ReportOptions& options) {
  const auto format = static_cast<uint32_t>(options.format), theme = static_cast<uint32_t>(options.theme);
  if (format < 1 || format > 3) return MakeError(ErrorCode::kUnsupported, "the format of the report is not known");
  if (theme > 2) return MakeError(ErrorCode::kUnsupported, "the theme of the report is not known");
  if (!options.company.empty() || !options.figure.empty()) {
    return InvalidArgument("only reports of studies have a company and a figure to choose");
  }
  return absl::OkStatus();
}

absl::Status CheckSizes(const Overlap& overlap) {
  for (const Estimate* size : {&overlap.a, &overlap.b, &overlap.intersection}) {
    if (!std::isfinite(size->value) || !(size->lower <= size->upper)) {
      return InvalidArgument("the sizes of the overlap are finite, and their intervals in order");
    }
  }
  return absl::OkStatus();
}

// The overlap as a matrix of two sets, of which there are tables.
Matrix MatrixOf(const Overlap& overlap, std::string_view a, std::string_view b) {
  Matrix matrix;
  for (const auto& [name, size] : {std::pair(a, overlap.a), std::pair(b, overlap.b)}) {
    const uint64_t count = static_cast<uint64_t>(std::llround(std::fmin(std::fmax(size.value, 0), 0x1p62)));
    matrix.sets.push_back({.name = std::string(name), .quality = {}, .derived = true, .count = count});
    if (!IsExact(overlap.method)) matrix.sets.back().estimate = size;
  }
  matrix.pairs = {overlap};
  matrix.method = overlap.method;
  return matrix;
}

absl::StatusOr<std::string> PageOf(const Overlap& overlap, std::string_view a, std::string_view b, Figure picture,
                                   const ReportOptions& options) {
  const Matrix matrix = MatrixOf(overlap, a, b);
  OverlapPage page;
  page.picture = std::move(picture);
  page.names = {std::string(a), std::string(b)};
  page.pair = overlap;
  page.method = overlap.method;
  page.expected_false_matches = overlap.expected_false_matches;
  VESICA_ASSIGN_OR_RETURN(page.pairs, PairsTable(matrix));
  VESICA_ASSIGN_OR_RETURN(page.warnings, WarningsTable(matrix));
  return OverlapPageOf(page, options);
}

absl::StatusOr<std::string> PageOf(const Regions& regions, Figure picture, const ReportOptions& options) {
  OverlapPage page;
  page.picture = std::move(picture);
  page.method = regions.method;
  page.expected_false_matches = regions.expected_false_matches;
  page.stamp = regions.stamp.ToString();
  for (const Regions::Set& set : regions.sets) page.names.push_back(set.name);
  if (regions.sets.size() == 2) page.pair = regions.Pair(0, 1);
  VESICA_ASSIGN_OR_RETURN(page.sets, SetsTable(regions));
  VESICA_ASSIGN_OR_RETURN(page.regions, RegionsTable(regions));
  VESICA_ASSIGN_OR_RETURN(page.pairs, PairsTable(regions));
  VESICA_ASSIGN_OR_RETURN(page.warnings, WarningsTable(regions));
  return OverlapPageOf(page, options);
}

absl::StatusOr<std::string> TextOf(const Overlap& overlap, std::string_view a, std::string_view b,
                                   const ReportOptions& options) {
  VESICA_RETURN_IF_ERROR(CheckOptions(options));
  VESICA_RETURN_IF_ERROR(CheckSizes(overlap));
  const CircleSets sets = CircleSetsOf(overlap, std::string(a), std::string(b));
  if (options.format == ReportFormat::kLayout) return CirclesLayoutJson(sets);
  VESICA_ASSIGN_OR_RETURN(Figure figure, CirclesFigure(sets, options.title));
  if (options.format == ReportFormat::kSvg) return StandaloneSvg(figure, options.theme);
  return PageOf(overlap, a, b, std::move(figure), options);
}

absl::StatusOr<std::string> TextOf(const Regions& regions, const ReportOptions& options) {
  VESICA_RETURN_IF_ERROR(CheckOptions(options));
  const bool circles = regions.sets.size() <= kMostCircles;
  if (options.format == ReportFormat::kLayout) {
    if (!circles) return MakeError(ErrorCode::kUnsupported, "only up to 3 sets are laid out as circles");
    return CirclesLayoutJson(CircleSetsOf(regions));
  }
  Figure figure;
  if (circles) {
    VESICA_ASSIGN_OR_RETURN(figure, CirclesFigure(CircleSetsOf(regions), options.title));
  } else {
    figure = UpsetFigure(regions, options.title);
  }
  if (options.format == ReportFormat::kSvg) return StandaloneSvg(figure, options.theme);
  return PageOf(regions, std::move(figure), options);
}

}  // namespace

absl::Status WriteReport(const Overlap& overlap, std::string_view a, std::string_view b, const ReportOptions& options,
                         const TextSink& to) {
  VESICA_ASSIGN_OR_RETURN(const std::string text, TextOf(overlap, a, b, options));
  return to(text);
}

absl::Status WriteReport(const Regions& regions, const ReportOptions& options, const TextSink& to) {
  VESICA_ASSIGN_OR_RETURN(const std::string text, TextOf(regions, options));
  return to(text);
}

}  // namespace vesica
