// Answers as pictures and pages: area-proportional circles, and reports of one self-contained HTML file.
#ifndef VESICA_REPORT_H_
#define VESICA_REPORT_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "vesica/overlap.h"
#include "vesica/study.h"
#include "vesica/table.h"

namespace vesica {

// An ellipse with the half-axes a and b, the first along the unit vector (cosine, sine).
struct Ellipse {
  double x = 0, y = 0;
  double a = 0, b = 0;
  double cosine = 1, sine = 0;
};

// One to three sets as circles or ellipses whose regions have the areas they stand for.
struct EulerLayout {
  std::vector<Ellipse> sets;   // y grows downwards; an empty set has half-axes of 0
  bool circles = true;         // every set is a circle
  std::vector<double> wanted;  // [m]: the size of the region of exactly the members m, 2^sets of them; [0] is 0
  std::vector<double> drawn;   // their areas, in the same unit
  // Residual over total sum of squares of the best fit of `drawn` to `wanted` through the origin (venneuler); 0 is
  // true.
  double stress = 0;
  // The largest difference of a region's share of everything, drawn and wanted (eulerr's diagError).
  double diag_error = 0;

  // Whether no region's share is off by more than 1 %: what is drawn may be taken for what is.
  bool IsTrue() const { return diag_error <= 0.01; }
};

// Lays out 1..3 sets by the sizes of their regions, as in Regions::counts: [m] of members m, 2^sets of them, finite and
// not below 0; [0] does not count. Two sets are exact. Three are circles where circles fit, else ellipses, else what
// comes closest in the sum of squares. The same numbers on every machine. Fails with InvalidArgument. About
// 0.1 ms for two sets, 2 to 6 ms for three, 20 ms where nothing fits (bench/report_bench.cc).
absl::StatusOr<EulerLayout> LayoutEuler(std::span<const double> regions);

enum class ReportFormat : uint32_t {
  kHtml = 1,    // a page of its own: no script but for sorting and tabs, nothing from elsewhere
  kSvg = 2,     // one picture
  kLayout = 3,  // of overlaps: what the picture shows, as JSON, for those who draw it themselves
};

enum class Theme : uint32_t { kAuto = 0, kLight = 1, kDark = 2 };

struct ReportOptions {
  ReportFormat format = ReportFormat::kHtml;
  Theme theme = Theme::kAuto;  // kAuto: as the reader's machine prefers
  std::string title = {};      // of the page or picture; empty: one that says what it shows
  std::string company = {};    // of a study: whose figures, named in no other place; empty: of all companies
  std::string figure = {};     // of a study as SVG: one of StudyFigures(); empty: the circles
};

// Labels are shown as text, whatever is in them. The same bytes on every machine.

// Two sets by these names. InvalidArgument where a size is not finite.
absl::Status WriteReport(const Overlap& overlap, std::string_view a, std::string_view b, const ReportOptions& options,
                         const TextSink& to);

// One to three sets as circles, four and more as an UpSet plot.
absl::Status WriteReport(const Regions& regions, const ReportOptions& options, const TextSink& to);

// Everything that the answer's tables have data for. InvalidArgument for a figure or company there is not.
absl::Status WriteReport(const StudyAnswer& answer, const ReportOptions& options, const TextSink& to);

struct StudyFigure {
  const char* name;
  const char* description;
};

// Every picture of a study, in the order of the report.
std::span<const StudyFigure> StudyFigures();

// "figures": their names and descriptions.
absl::StatusOr<Table> FiguresTable();

}  // namespace vesica

#endif  // VESICA_REPORT_H_
