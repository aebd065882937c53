#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/heat.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 760, kLeft = 148, kHead = 44, kCellHeight = 42, kGap = 2, kWidest = 110;
constexpr size_t kMost = 10;  // values of a dimension

std::string ValueOf(const StudyRows& rows, size_t i, std::string_view column) {
  return rows.IsNull(i, column) ? "(unknown)" : std::string(rows.Text(i, column));
}

// The values with most sales people, most first.
std::vector<std::string> Largest(const StudyRows& rows, std::string_view column) {
  std::map<std::string, double> people;
  for (size_t i = 0; i < rows.size(); ++i) people[ValueOf(rows, i, column)] += std::fmax(0, rows.Number(i, "n_b"));
  std::vector<std::string> values;
  for (const auto& one : people) values.push_back(one.first);
  std::stable_sort(values.begin(), values.end(), [&](const auto& x, const auto& y) { return people[x] > people[y]; });
  if (values.size() > kMost) values.resize(kMost);
  return values;
}

}  // namespace

MaybeFigure SegmentPairsFigure(const StudyView& view) {
  const StudyRows all = view.Rows("segments");
  StudyRows rows = all.Where([&](size_t i) {
    return !all.IsNull(i, "dimension_2") && all.Text(i, "a") == "marketing" && all.Text(i, "b") == "sales";
  });
  if (rows.empty()) return std::nullopt;
  // The first pair; the others are in the table.
  const std::string down(rows.Text(0, "dimension")), across(rows.Text(0, "dimension_2"));
  rows = rows.Where("dimension", down).Where("dimension_2", across);
  const std::vector<std::string> values = Largest(rows, "value"), columns = Largest(rows, "value_2");
  const double cell = std::min(kWidest, (kWidth - kLeft - 4) / static_cast<double>(columns.size()));
  const double top = kHeatKeyHeight + kHead + 14;
  Drawing to;
  DrawHeatKey(8, 4, &to);
  for (size_t c = 0; c < columns.size(); ++c) {
    const std::vector<std::string> lines = WrapText(columns[c], kSmallSize, cell - 6, 2);
    double y = top - 8 - 14 * static_cast<double>(lines.size() - 1);
    for (const std::string& line : lines) {
      to.Text(kLeft + cell * (static_cast<double>(c) + 0.5), y, line, "v-small", Anchor::kMiddle), y += 14;
    }
  }
  for (size_t r = 0; r < values.size(); ++r) {
    const double y = top + kCellHeight * static_cast<double>(r);
    to.Text(kLeft - 10, y + kCellHeight / 2 + 4, FitText(values[r], kTextSize, kLeft - 14), "v-text", Anchor::kEnd);
    for (size_t c = 0; c < columns.size(); ++c) {
      const double x = kLeft + cell * static_cast<double>(c);
      size_t i = 0;
      while (i < rows.size() && (ValueOf(rows, i, "value") != values[r] || ValueOf(rows, i, "value_2") != columns[c]))
        ++i;
      i == rows.size() ? DrawEmptyHeatCell(x, y, cell - kGap, kCellHeight - kGap, &to)
                       : DrawHeatCell(rows, i, x, y, cell - kGap, kCellHeight - kGap, &to);
    }
  }
  return DrawnFigure("segment_pairs", Concat({DimensionName(down), " by ", DimensionName(across)}),
                     Concat({"A table of tiles: share of sales' people whom marketing reaches, of ",
                             CountText(uint64_t{values.size()}), " values of ", DimensionName(down), " by ",
                             CountText(uint64_t{columns.size()}), " of ", DimensionName(across), "."}),
                     kWidth, top + kCellHeight * static_cast<double>(values.size()) + 4, std::move(to));
}

}  // namespace vesica
