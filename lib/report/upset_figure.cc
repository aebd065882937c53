#include "report/upset_figure.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {
namespace {

constexpr double kWidth = 600, kEdge = 10, kRow = 22, kColumn = 22, kCount = 190;
constexpr size_t kMostRows = 24;

std::string Key(size_t set) { return std::string(1, static_cast<char>('A' + set)); }

// A bar with its interval and its figure.
void DrawBar(double x, double y, double room, double most, const Estimate& size, std::string_view classes,
             Drawing* to) {
  const double scale = most > 0 ? room / most : 0;
  to->Rect(x, y + 4, size.value * scale, kRow - 8, classes);
  double end = size.value * scale;
  if (size.lower < size.upper) {
    const double low = x + size.lower * scale, middle = y + kRow / 2;
    end = std::max(end, size.upper * scale);
    to->Line(low, middle, x + end, middle, "v-whisker");
    for (const double tick : {low, x + end}) to->Line(tick, middle - 4, tick, middle + 4, "v-whisker");
  }
  to->Text(x + end + 8, y + kRow / 2 + 4, CountText(size), "v-small");
}

double MostOf(const std::vector<Estimate>& sizes) {
  double most = 0;
  for (const Estimate& size : sizes) most = std::max({most, size.value, size.upper});
  return most;
}

// The sets, each with the letter of its column.
double DrawSets(const Regions& regions, Drawing* to) {
  constexpr double kName = 150;
  std::vector<Estimate> sizes;
  for (const Regions::Set& set : regions.sets) sizes.push_back(set.size());
  const double most = MostOf(sizes);
  double y = kEdge;
  for (size_t i = 0; i < sizes.size(); ++i, y += kRow) {
    to->Text(kEdge, y + kRow / 2 + 4, Key(i), "v-text v-strong");
    to->Text(kEdge + kColumn, y + kRow / 2 + 4, FitText(regions.sets[i].name, kTextSize, kName), "v-text");
    const double from = kEdge + kColumn + kName + 12;
    DrawBar(from, y, kWidth - from - kCount, most, sizes[i], "v-s5", to);
  }
  return y;
}

void DrawDots(uint32_t members, size_t sets, double y, Drawing* to) {
  const auto x = [](size_t set) { return kEdge + kColumn * (static_cast<double>(set) + 0.5); };
  size_t first = sets, last = 0;
  for (size_t set = 0; set < sets; ++set) {
    const bool in = (members >> set & 1) != 0;
    to->Circle(x(set), y + kRow / 2, in ? 6 : 4, in ? "v-s1" : "v-none");
    if (in) first = std::min(first, set), last = set;
  }
  if (first < last) to->Line(x(first), y + kRow / 2, x(last), y + kRow / 2, "v-l1");
}

// Regions with anything in them, the largest first.
std::vector<uint32_t> Ordered(const Regions& regions) {
  std::vector<uint32_t> order;
  for (uint32_t m = 1; m < 1u << regions.sets.size(); ++m) {
    if (regions.Region(m).value > 0) order.push_back(m);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return regions.Region(a).value > regions.Region(b).value; });
  return order;
}

std::string NamesOf(const Regions& regions, uint32_t members) {
  std::string names;
  for (size_t i = 0; i < regions.sets.size(); ++i) {
    if ((members >> i & 1) != 0) names += (names.empty() ? "" : " & ") + FitText(regions.sets[i].name, 1, 40);
  }
  return names;
}

std::string DescriptionOf(const Regions& regions, const std::vector<uint32_t>& order) {
  std::string text = "Sizes of " + std::to_string(regions.sets.size()) + " sets and of their exact combinations.";
  constexpr size_t kMost = 5;
  for (size_t i = 0; i < std::min(kMost, order.size()); ++i) {
    text += " Exactly in " + NamesOf(regions, order[i]) + ": " + CountText(regions.Region(order[i])) + ".";
  }
  return text;
}

}  // namespace

Figure UpsetFigure(const Regions& regions, std::string title) {
  const size_t sets = regions.sets.size();
  const std::vector<uint32_t> order = Ordered(regions);
  const size_t shown = std::min(kMostRows, order.size());
  std::vector<Estimate> sizes;
  double rest = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const Estimate size = regions.Region(order[i]);
    i < shown ? sizes.push_back(size) : void(rest += size.value);
  }
  Drawing to;
  double y = DrawSets(regions, &to) + 14;
  to.Text(kEdge + kColumn * static_cast<double>(sets) + 12, y + kRow / 2 + 4, "In exactly these sets",
          "v-small v-muted");
  for (size_t set = 0; set < sets; ++set) {
    const double x = kEdge + kColumn * (static_cast<double>(set) + 0.5);
    to.Text(x, y + kRow / 2 + 4, Key(set), "v-text v-strong", Anchor::kMiddle);
  }
  y += kRow;
  const double from = kEdge + kColumn * static_cast<double>(sets) + 12, most = MostOf(sizes);
  for (size_t i = 0; i < shown; ++i, y += kRow) {
    if (i % 2 == 0) to.Rect(kEdge, y, kColumn * static_cast<double>(sets), kRow, "v-none v-soft");
    DrawDots(order[i], sets, y, &to);
    DrawBar(from, y, kWidth - from - kCount, most, sizes[i], "v-s1", &to);
  }
  if (shown < order.size()) {
    const std::string more = std::to_string(order.size() - shown) +
                             " smaller combinations are not drawn: " + CountText(rest) + " keys in all.";
    to.Text(kEdge, y += 16, more, "v-small v-muted");
  }
  if (title.empty()) title = "How " + std::to_string(sets) + " sets overlap";
  return {"upset", std::move(title), DescriptionOf(regions, order), kWidth, y + kEdge, std::move(to).Finish()};
}

}  // namespace vesica
