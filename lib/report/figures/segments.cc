#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/heat.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 760, kLeft = 8, kCell = 84, kCellHeight = 42, kLabelHeight = 34, kHeadHeight = 30;
constexpr size_t kColumns = 8, kMostValues = 24, kMostDimensions = 6;

// The rows of a dimension, those of most sales people first.
std::vector<size_t> Largest(const StudyRows& rows, std::string_view dimension) {
  std::vector<size_t> found;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows.Text(i, "dimension") == dimension) found.push_back(i);
  }
  const auto people = [&](size_t i) { return std::isnan(rows.Number(i, "n_b")) ? -1 : rows.Number(i, "n_b"); };
  std::stable_sort(found.begin(), found.end(), [&](size_t x, size_t y) { return people(x) > people(y); });
  if (found.size() > kMostValues) found.resize(kMostValues);
  return found;
}

}  // namespace

// Tiles, dimension by dimension: labels stand over them in lines of their own.
MaybeFigure SegmentsFigure(const StudyView& view) {
  const StudyRows all = view.Rows("segments");
  const StudyRows rows = all.Where([&](size_t i) {
    return all.IsNull(i, "dimension_2") && all.Text(i, "a") == "marketing" && all.Text(i, "b") == "sales";
  });
  if (rows.empty()) return std::nullopt;
  std::vector<std::string_view> dimensions;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string_view dimension = rows.Text(i, "dimension");
    if (std::find(dimensions.begin(), dimensions.end(), dimension) == dimensions.end()) dimensions.push_back(dimension);
  }
  if (dimensions.size() > kMostDimensions) dimensions.resize(kMostDimensions);
  Drawing to;
  DrawHeatKey(kLeft, 4, &to);
  double y = kHeatKeyHeight + 8;
  std::string described;
  for (const std::string_view dimension : dimensions) {
    to.Text(kLeft, y + 16, FitText(DimensionName(dimension), kTextSize, kWidth - 2 * kLeft), "v-text v-strong");
    y += kHeadHeight;
    const std::vector<size_t> values = Largest(rows, dimension);
    for (size_t k = 0; k < values.size(); ++k) {
      const double x = kLeft + static_cast<double>(k % kColumns) * (kCell + 9);
      const double top = y + static_cast<double>(k / kColumns) * (kCellHeight + kLabelHeight + 8);
      const std::vector<std::string> lines = WrapText(SegmentName(rows, values[k]), kSmallSize, kCell + 4, 2);
      double line_y = top + kLabelHeight - 6 - 14 * static_cast<double>(lines.size() - 1);
      for (const std::string& line : lines) to.Text(x, line_y, line, "v-small"), line_y += 14;
      DrawHeatCell(rows, values[k], x, top + kLabelHeight, kCell, kCellHeight, &to);
    }
    if (!values.empty()) {
      described += Concat({" ", DimensionName(dimension), ": ", SegmentName(rows, values[0]), " ",
                           PercentText(rows.Number(values[0], "share_of_b")), "."});
    }
    y += std::ceil(static_cast<double>(values.size()) / kColumns) * (kCellHeight + kLabelHeight + 8) + 8;
  }
  return DrawnFigure("segments", "Sales' people whom marketing reaches, by segment",
                     "A tile for each segment, those with most sales people first." + described, kWidth, y,
                     std::move(to));
}

}  // namespace vesica
