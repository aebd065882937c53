// Overlaps and regions as pictures and pages.
#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"
#include "report/circles_figure.h"
#include "report/figure.h"
#include "report/upset_figure.h"
#include "vesica/report.h"

namespace vesica {
namespace {

absl::Status CheckOptions(const ReportOptions& options) {
  const auto format = static_cast<uint32_t>(options.format), theme = static_cast<uint32_t>(options.theme);
  if (format < 1 || format > 3) return MakeError(ErrorCode::kUnsupported, "the format of the report is not known");
  if (theme > 2) return MakeError(ErrorCode::kUnsupported, "the theme of the report is not known");
  if (!options.company.empty() || !options.figure.empty()) {
    return InvalidArgument("only reports of studies have a company and a figure to choose");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteReport(const Overlap& overlap, std::string_view a, std::string_view b, const ReportOptions& options,
                         const TextSink& to) {
  VESICA_RETURN_IF_ERROR(CheckOptions(options));
  for (const Estimate* size : {&overlap.a, &overlap.b, &overlap.intersection}) {
    if (!std::isfinite(size->value) || !(size->lower <= size->upper)) {
      return InvalidArgument("the sizes of the overlap are finite, and their intervals in order");
    }
  }
  const CircleSets sets = CircleSetsOf(overlap, std::string(a), std::string(b));
  if (options.format == ReportFormat::kLayout) {
    VESICA_ASSIGN_OR_RETURN(const std::string layout, CirclesLayoutJson(sets));
    return to(layout);
  }
  VESICA_ASSIGN_OR_RETURN(const Figure figure, CirclesFigure(sets, options.title));
  if (options.format == ReportFormat::kSvg) return to(StandaloneSvg(figure, options.theme));
  return MakeError(ErrorCode::kUnsupported, "pages of overlaps");
}

absl::Status WriteReport(const Regions& regions, const ReportOptions& options, const TextSink& to) {
  VESICA_RETURN_IF_ERROR(CheckOptions(options));
  constexpr size_t kMostCircles = 3;
  const bool circles = regions.sets.size() <= kMostCircles;
  if (options.format == ReportFormat::kLayout) {
    if (!circles) return MakeError(ErrorCode::kUnsupported, "only up to 3 sets are laid out as circles");
    VESICA_ASSIGN_OR_RETURN(const std::string layout, CirclesLayoutJson(CircleSetsOf(regions)));
    return to(layout);
  }
  Figure figure;
  if (circles) {
    VESICA_ASSIGN_OR_RETURN(figure, CirclesFigure(CircleSetsOf(regions), options.title));
  } else {
    figure = UpsetFigure(regions, options.title);
  }
  if (options.format == ReportFormat::kSvg) return to(StandaloneSvg(figure, options.theme));
  return MakeError(ErrorCode::kUnsupported, "pages of regions");
}

}  // namespace vesica
