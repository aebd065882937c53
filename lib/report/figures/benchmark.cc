#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "report/axis.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/marketing_sales.h"

namespace vesica {
namespace {

constexpr double kWidth = 760, kLeft = 44, kRight = 520, kHistogram = 92, kMarkRow = 19;
constexpr size_t kMostBins = 40;
constexpr double kShown = 0.98;  // of the companies

// A figure of companies, on the axis that all lanes share.
struct Lane {
  const char* heading;
  const char* column;     // of `companies`; nullptr: no distribution
  const char* published;  // metric of `published`
  const char *a, *b;      // the pair of `circles`, and its column, that is one's own figure
  const char* own;
};
constexpr std::array<Lane, 3> kLanes = {
    {{"Sales' people whom marketing reaches", "coverage", "coverage", "marketing", "sales", "share_of_b"},
     {"Brand and demand in common, of the smaller", "brand_demand_coefficient", "brand_demand_overlap", "brand",
      "demand", "overlap_coefficient"},
     {"Target lists in common, of the smaller", nullptr, "target_overlap", "target_marketing", "target_sales",
      "overlap_coefficient"}}};

struct LaneData {
  std::vector<double> companies;  // those whose share is not hidden
  size_t hidden = 0;
  double own = std::nan(""), median = std::nan(""), published = std::nan("");
  std::string year;

  bool empty() const { return companies.empty() && std::isnan(own); }
  // Of the sorted companies, as `benchmark` has it (type 7 of Hyndman and Fan, The American Statistician 50, 1996).
  double Quantile(double part) const {
    const double place = part * static_cast<double>(companies.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, companies.size() - 1);
    return companies[below] + (place - static_cast<double>(below)) * (companies[above] - companies[below]);
  }
  // What the axis shows: a few companies far beyond all others would leave no room for these.
  double Largest() const {
    const double marks = std::fmax(std::fmax(own, median), published);
    const double largest = std::fmax(marks, companies.empty() ? 0 : Quantile(kShown));
    return std::isnan(largest) ? 0 : largest;
  }
};

// How the companies are spread, and their median: with those that are hidden it is only in `benchmark`.
void AddCompanies(const StudyView& view, std::string_view column, LaneData* data) {
  const StudyRows companies = view.Companies();
  for (size_t i = 0; i < companies.size(); ++i) {
    const double share = companies.Number(i, column);
    if (companies.Suppressed(i)) {
      ++data->hidden;
    } else if (!std::isnan(share)) {
      data->companies.push_back(share);
    }
  }
  std::sort(data->companies.begin(), data->companies.end());
  if (data->companies.size() < kFewestOthers + (view.of_one_company() ? 1 : 0)) data->companies.clear();
  if (data->companies.empty()) return;
  if (data->hidden == 0) data->median = data->Quantile(0.5);
  const StudyRows benchmark = view.Rows("benchmark");
  for (size_t i = 0; i < benchmark.size(); ++i) {
    const bool of_all = benchmark.Text(i, "group") == "all" && benchmark.Text(i, "metric") == column;
    if (of_all) data->median = benchmark.Number(i, "median");
  }
}

LaneData DataOf(const StudyView& view, const Lane& lane) {
  LaneData data;
  if (lane.column != nullptr) AddCompanies(view, lane.column, &data);
  const StudyRows circles = view.Rows("circles");
  for (size_t i = 0; i < circles.size(); ++i) {
    if (circles.Text(i, "a") == lane.a && circles.Text(i, "b") == lane.b) data.own = circles.Number(i, lane.own);
  }
  if (std::isnan(data.own) && view.Rows("companies").size() == 1 && lane.column != nullptr) {
    data.own = view.Rows("companies").Number(0, lane.column);
  }
  const StudyRows published = view.Rows("published");
  for (size_t i = 0; i < published.size(); ++i) {
    if (published.Text(i, "metric") != lane.published || published.Text(i, "group") != "all") continue;
    data.published = published.Number(i, "figure");
    data.year = CellText(*published.table()->Find("year"), published.rows()[i]);
  }
  return data;
}

struct Mark {
  double share;
  std::string text;
  std::string_view classes;
};

// Marks under the axis, each in a row of its own that leads to its words beside the axis. Returns where they end.
double DrawMarks(const std::vector<Mark>& marks, const Axis& axis, double y, Drawing* to) {
  double row = y;
  for (const Mark& mark : marks) {
    const double x = axis.At(std::min(mark.share, axis.most));
    row += kMarkRow;
    to->Line(x, y, x, row - 4, "v-leader");
    to->Line(x + 8, row - 4, kRight + 14, row - 4, "v-grid");
    std::string path = "M";
    AppendLength(x - 5, &path), path += ',', AppendLength(row, &path);
    path += " L", AppendLength(x, &path), path += ',', AppendLength(row - 8, &path);
    path += " L", AppendLength(x + 5, &path), path += ',', AppendLength(row, &path), path += 'Z';
    to->Path(path, mark.classes);
    to->Text(kRight + 20, row, mark.text, "v-small");
  }
  return row;
}

double DrawHistogram(const LaneData& data, const Axis& axis, double top, Drawing* to) {
  const double bin = axis.step / (axis.most / axis.step > 10 ? 2 : 4);
  const size_t bins = std::min(kMostBins, static_cast<size_t>(std::ceil(axis.most / bin - 1e-9)));
  std::vector<double> counts(bins, 0);
  for (const double share : data.companies) {
    counts[std::min(bins - 1, static_cast<size_t>(std::max(0.0, share / bin + 1e-9)))] += 1;
  }
  const double largest = *std::max_element(counts.begin(), counts.end());
  const double bottom = top + kHistogram;
  const auto beyond = data.companies.end() - std::upper_bound(data.companies.begin(), data.companies.end(), axis.most);
  for (size_t i = 0; i < bins; ++i) {
    if (counts[i] == 0) continue;
    const double left = axis.At(bin * static_cast<double>(i)), right = axis.At(bin * static_cast<double>(i + 1));
    const double height = std::max(1.5, (kHistogram - 14) * counts[i] / largest);
    const bool open = beyond > 0 && i + 1 == bins;
    to->Rect(left + 0.5, bottom - height, right - left - 1, height, "v-s5 v-soft",
             Concat({ShareTick(bin * static_cast<double>(i)),
                     open ? " or more" : " to " + ShareTick(bin * static_cast<double>(i + 1)), ": ",
                     CountText(counts[i]), counts[i] == 1 ? " company" : " companies"}));
  }
  if (beyond > 0) {
    to->Text(kRight + 20, bottom - 20,
             Concat({CountText(static_cast<uint64_t>(beyond)), " beyond the scale: in the last bar"}),
             "v-small v-muted");
  }
  const std::string hidden = data.hidden == 0 ? "" : Concat({"; ", CountText(uint64_t{data.hidden}), " hidden"});
  to->Text(kRight + 20, bottom - 4, Concat({CountText(uint64_t{data.companies.size()}), " companies", hidden}),
           "v-small v-muted");
  return bottom;
}

std::string OwnName(const StudyView& view) {
  return view.of_one_company() || view.Companies().size() <= 1 ? "You are here" : "All people pooled";
}

// Draws a lane from `y` and returns where it ends.
double DrawLane(const StudyView& view, const Lane& lane, const LaneData& data, const Axis& axis, double y,
                Drawing* to) {
  to->Text(kLeft, y + 12, lane.heading, "v-text v-strong");
  y += 24;
  if (!data.companies.empty()) y = DrawHistogram(data, axis, y, to);
  to->Line(kLeft, y, kRight, y, "v-axis");
  for (const double tick : axis.Ticks()) {
    to->Line(axis.At(tick), y, axis.At(tick), y + 4, "v-axis");
    to->Text(axis.At(tick), y + 17, ShareTick(tick), "v-small v-muted", Anchor::kMiddle);
  }
  const double axis_y = y;
  std::vector<Mark> marks;
  const auto mark = [&](double share, std::string_view name, std::string_view classes) {
    if (!std::isnan(share)) marks.push_back({share, Concat({name, ": ", PercentText(share)}), classes});
  };
  mark(data.own, OwnName(view), "v-mark");
  mark(data.median, "Companies' median", "v-s5");
  mark(data.published, Concat({"Published, ", data.year}), "v-s2");
  y = DrawMarks(marks, axis, axis_y + 22, to);
  return y + 22;
}

}  // namespace

MaybeFigure BenchmarkFigure(const StudyView& view) {
  std::array<LaneData, kLanes.size()> lanes;
  double largest = 0;
  std::string described;
  bool others = false;
  for (size_t k = 0; k < lanes.size(); ++k) {
    lanes[k] = DataOf(view, kLanes[k]);
    if (lanes[k].empty()) continue;
    largest = std::max(largest, lanes[k].Largest());
    others = others || !lanes[k].companies.empty();
    const auto say = [&](std::string_view what, double share) {
      if (!std::isnan(share))
        described += Concat({described.ends_with(':') ? " " : ", ", what, " ", PercentText(share)});
    };
    described += Concat({" ", kLanes[k].heading, ":"});
    say(OwnName(view), lanes[k].own);
    say("companies' median", lanes[k].median);
    say("published", lanes[k].published);
    described += '.';
  }
  if (described.empty()) return std::nullopt;
  const Axis axis = ShareAxisFor(largest, kLeft, kRight, 6);
  Drawing to;
  double y = 4;
  for (size_t k = 0; k < lanes.size(); ++k) {
    if (!lanes[k].empty()) y = DrawLane(view, kLanes[k], lanes[k], axis, y, &to);
  }
  return DrawnFigure("benchmark",
                     others ? "Beside other companies, and what others published" : "Beside what others published",
                     "Marks on a scale of shares." + described, kWidth, y - 8, std::move(to));
}

}  // namespace vesica
