#include "report/segment_name.h"

#include <algorithm>

#include "report/label.h"

namespace vesica {
namespace {

std::string_view OrUnknown(std::string_view value) { return value.empty() ? "(unknown)" : value; }

constexpr double kLongestName = 60;  // in widths of a letter m: about 90 letters

}  // namespace

std::string ShortLabel(std::string_view label) { return FitText(label, 1, kLongestName); }

std::string SegmentName(const StudyRows& rows, size_t i) {
  if (rows.Has("values")) {
    const std::string_view values = OrUnknown(rows.Text(i, "values")), dimensions = rows.Text(i, "dimensions");
    // Of several the values tell enough, and are long enough.
    const bool one = dimensions.find(", ") == std::string_view::npos;
    return ShortLabel(one ? DimensionName(dimensions) + ": " + std::string(values) : std::string(values));
  }
  std::string name(OrUnknown(rows.Text(i, "value")));
  if (!rows.IsNull(i, "dimension_2")) name.append(", ").append(OrUnknown(rows.Text(i, "value_2")));
  return ShortLabel(name);
}

std::string DimensionName(std::string_view dimension) {
  std::string name(dimension);
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return ShortLabel(name);
}

}  // namespace vesica
