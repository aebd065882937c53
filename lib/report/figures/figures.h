#ifndef VESICA_LIB_REPORT_FIGURES_FIGURES_H_
#define VESICA_LIB_REPORT_FIGURES_FIGURES_H_

#include <optional>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "report/figure.h"
#include "report/study_view.h"
#include "report/table_html.h"
#include "vesica/report.h"

namespace vesica {

// A picture of a study, or nothing where the study has no data for it.
using MaybeFigure = absl::StatusOr<std::optional<Figure>>;

struct FigureMaker {
  StudyFigure figure;  // the description is the sentence under its title
  MaybeFigure (*make)(const StudyView& view);
  // What is behind it: the table, and which rows (of all that the view has; nullptr: all) and columns of it.
  std::string_view table;
  StudyRows (*rows)(const StudyRows& all);
  TableLook look;
};

// Every picture, in the order of the report.
std::span<const FigureMaker> FigureMakers();
const FigureMaker* FindFigureMaker(std::string_view name);  // or nullptr

// One in each file of this folder.
MaybeFigure CirclesOfStudy(const StudyView& view);
MaybeFigure IdealCircles(const StudyView& view);
MaybeFigure ReachedFigure(const StudyView& view);
MaybeFigure RegionsFigure(const StudyView& view);
MaybeFigure BenchmarkFigure(const StudyView& view);
MaybeFigure SegmentsFigure(const StudyView& view);
MaybeFigure SegmentPairsFigure(const StudyView& view);
MaybeFigure GapsFigure(const StudyView& view);
MaybeFigure ReachFigure(const StudyView& view);
MaybeFigure RecencyFigure(const StudyView& view);
MaybeFigure MixFigure(const StudyView& view);
MaybeFigure FunnelFigure(const StudyView& view);
MaybeFigure FlowsFigure(const StudyView& view);
MaybeFigure HandoffFigure(const StudyView& view);
MaybeFigure ResponseDelayFigure(const StudyView& view);
MaybeFigure BuyingGroupsFigure(const StudyView& view);
MaybeFigure TrendFigure(const StudyView& view);
MaybeFigure MarketFigure(const StudyView& view);

// A figure without a picture yet.
Figure NewFigure(std::string_view name, std::string title, std::string description);

// A figure of this size with this picture.
Figure DrawnFigure(std::string_view name, std::string title, std::string description, double width, double height,
                   Drawing drawing);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_FIGURES_FIGURES_H_
