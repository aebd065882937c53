#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 860, kLeft = 128, kRight = 730, kTop = 52, kHeight = 250, kNodeWidth = 12;
constexpr double kLeastPitch = 36;  // between nodes of one column, for their labels
constexpr size_t kMostStages = 12;

constexpr std::string_view kTouches[] = {"untouched", "brand", "demand", "marketing"};
// From top to bottom: who got far above who did not.
constexpr std::string_view kOutcomes[] = {"won", "lost", "disqualified", "open"};

bool IsOne(auto& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

struct Node {
  std::string_view name;
  size_t column;
  double in = 0, out = 0;                      // people
  double y = 0;                                // of its top
  double in_taken = 0, out_taken = 0;          // pixels that ribbons have taken already
  bool in_hidden = false, out_hidden = false;  // some of those are not known
  double people() const { return std::max(in, out); }
  // Some of the people may be missing: a side that is known whole has all of them.
  bool some_hidden() const { return (in_hidden || in == 0) && (out_hidden || out == 0); }
};

struct Edge {
  size_t from, to;
  double people;
};

// A diagram of Sankey's kind: ribbons as wide as there are people, columns in the order of the stages.
class Flows {
 public:
  explicit Flows(const StudyRows& rows) {
    // Rows do not tell a stage from a touch or an outcome of its name.
    for (size_t i = 0; i < rows.size(); ++i) {
      if (IsOne(kOutcomes, rows.Text(i, "from")) || IsOne(kTouches, rows.Text(i, "to"))) return;
    }
    // Rows come by touches, stages in their order and outcomes: the first of a stage's gives its place.
    for (size_t i = 0; i < rows.size(); ++i) AddStage(rows.Text(i, "from"), kTouches);
    for (size_t i = 0; i < rows.size(); ++i) AddStage(rows.Text(i, "to"), kOutcomes);
    if (stages_.size() > kMostStages) return;
    for (const std::string_view touch : kTouches) nodes_.push_back({touch, 0});
    for (size_t i = 0; i < stages_.size(); ++i) nodes_.push_back({stages_[i], i + 1});
    for (const std::string_view outcome : kOutcomes) nodes_.push_back({outcome, columns() - 1});
    for (size_t i = 0; i < rows.size(); ++i)
      AddEdge(rows.Text(i, "from"), rows.Text(i, "to"), rows.Number(i, "people"));
    std::erase_if(edges_, [](const Edge& edge) { return edge.people == 0; });
  }

  bool empty() const { return edges_.empty(); }
  double returned() const { return returned_; }

  double Draw(Drawing* to) {
    Place();
    // Those that go to the nearest column leave at the top of their node, those that leave early below them.
    std::stable_sort(edges_.begin(), edges_.end(), [&](const Edge& a, const Edge& b) {
      return std::pair(nodes_[a.to].column, a.to) < std::pair(nodes_[b.to].column, b.to);
    });
    std::vector<double> leave(edges_.size());
    for (size_t i = 0; i < edges_.size(); ++i) {
      Node& node = nodes_[edges_[i].from];
      leave[i] = node.y + node.out_taken;
      node.out_taken += edges_[i].people * scale_;
    }
    std::vector<size_t> order(edges_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return Arrives(a) < Arrives(b); });
    for (const size_t i : order) {
      Node& node = nodes_[edges_[i].to];
      DrawRibbon(edges_[i], leave[i], node.y + node.in_taken, to);
      node.in_taken += edges_[i].people * scale_;
    }
    for (const Node& node : nodes_) DrawNode(node, to);
    return bottom_;
  }

 private:
  size_t columns() const { return stages_.size() + 2; }
  double At(size_t column) const {
    return kLeft + (kRight - kLeft) * static_cast<double>(column) / static_cast<double>(columns() - 1);
  }

  // Touches above each other in their order, then those that come from the stages nearest before.
  std::pair<size_t, size_t> Arrives(size_t edge) const {
    const Node& from = nodes_[edges_[edge].from];
    return {from.column == 0 ? 0 : columns() - from.column, edges_[edge].from};
  }

  void AddStage(std::string_view name, auto& others) {
    if (!IsOne(others, name) && !IsOne(stages_, name)) stages_.push_back(name);
  }

  size_t Find(std::string_view name, size_t first_column) const {
    size_t i = 0;
    while (i < nodes_.size() && (nodes_[i].name != name || nodes_[i].column < first_column)) ++i;
    return i;
  }

  void AddEdge(std::string_view from_name, std::string_view to_name, double people) {
    if (people == 0) return;
    const size_t from = Find(from_name, 0), to = Find(to_name, 1);
    if (from == nodes_.size() || to == nodes_.size()) return;
    if (std::isnan(people)) {
      nodes_[from].out_hidden = nodes_[to].in_hidden = true;
      return;
    }
    if (nodes_[to].column <= nodes_[from].column) {
      returned_ += people;
      return;
    }
    edges_.push_back({from, to, people});
    nodes_[from].out += people;
    nodes_[to].in += people;
  }

  void Place() {
    double most = 0;
    for (size_t column = 0; column < columns(); ++column) {
      double people = 0;
      for (const Node& node : nodes_) people += node.column == column ? node.people() : 0;
      most = std::max(most, people);
    }
    scale_ = (kHeight - 60) / most;
    bottom_ = kTop;
    for (size_t column = 0; column < columns(); ++column) {
      double y = kTop;
      for (Node& node : nodes_) {
        if (node.column != column || node.people() == 0) continue;
        node.y = y;
        y += std::max(node.people() * scale_ + 10, kLeastPitch);
      }
      bottom_ = std::max(bottom_, y);
    }
  }

  void DrawRibbon(const Edge& edge, double y1, double y2, Drawing* to) const {
    const std::string_view target = nodes_[edge.to].name;
    const bool ends = nodes_[edge.to].column == columns() - 1;
    const double x1 = At(nodes_[edge.from].column) + kNodeWidth, x2 = At(nodes_[edge.to].column);
    const double middle = (x1 + x2) / 2, thick = std::max(0.75, edge.people * scale_);
    std::string path = "M";
    const auto point = [&](double x, double y) {
      AppendLength(x, &path), path += ',', AppendLength(y, &path), path += ' ';
    };
    point(x1, y1), path += 'C', point(middle, y1), point(middle, y2), point(x2, y2);
    path += 'L', point(x2, y2 + thick);
    path += 'C', point(middle, y2 + thick), point(middle, y1 + thick), point(x1, y1 + thick), path += 'Z';
    to->Path(path, !ends              ? "v-s1 v-soft"
                   : target == "won"  ? "v-s4 v-soft"
                   : target == "open" ? "v-s5 v-soft"
                                      : "v-s2 v-soft");
  }

  void DrawNode(const Node& node, Drawing* to) const {
    if (node.people() == 0) return;
    const double x = At(node.column), height = std::max(1.5, node.people() * scale_);
    to->Rect(x, node.y, kNodeWidth, height, "v-s5");
    const std::string count = (node.some_hidden() ? "≥ " : "") + CountText(node.people());
    if (node.column == 0 || node.column == columns() - 1) {
      const bool first = node.column == 0;
      const double label_x = first ? x - 8 : x + kNodeWidth + 8;
      const Anchor anchor = first ? Anchor::kEnd : Anchor::kStart;
      to->Text(label_x, node.y + 12, DimensionName(node.name), "v-small v-strong", anchor);
      to->Text(label_x, node.y + 27, count, "v-small v-muted", anchor);
      return;
    }
    const double room = (kRight - kLeft) / static_cast<double>(columns() - 1) - 6;
    to->Text(x + kNodeWidth / 2, kTop - 28, FitText(node.name, kSmallSize, room), "v-small v-strong", Anchor::kMiddle);
    to->Text(x + kNodeWidth / 2, kTop - 12, FitText(count, kSmallSize, room), "v-small v-muted", Anchor::kMiddle);
  }

  std::vector<std::string_view> stages_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  double returned_ = 0, scale_ = 0, bottom_ = 0;
};

}  // namespace

MaybeFigure FlowsFigure(const StudyView& view) {
  const StudyRows rows = view.Rows("flows").Where("attribution", "first");
  Flows flows(rows);
  if (flows.empty()) return std::nullopt;
  Drawing to;
  double bottom = flows.Draw(&to);
  const auto note = [&](std::string_view text) { to.Text(4, (bottom += 20) - 6, text, "v-small v-muted"); };
  if (flows.returned() == 1) note("1 step back to an earlier stage is not drawn; the table has it.");
  if (flows.returned() > 1) {
    note(Concat({CountText(flows.returned()), " steps back to an earlier stage are not drawn; the table has them."}));
  }
  const size_t hidden = rows.Where([&](size_t i) { return rows.Suppressed(i); }).size();
  if (hidden > 0) {
    note(Concat({"Ways that few people went are hidden, ", CountText(static_cast<double>(hidden)),
                 " in all; a number with ≥ may lack some of their people."}));
  }
  std::string described = "Ribbons from the team that touched people first, by stages, to the outcome.";
  const size_t told = std::min<size_t>(rows.size(), 6);
  for (size_t i = 0; i < told; ++i) {
    described += Concat({" ", ShortLabel(rows.Text(i, "from")), " to ", ShortLabel(rows.Text(i, "to")), ": ",
                         CountText(rows.Number(i, "people")), "."});
  }
  return DrawnFigure("flows", "The ways of people, by who touched them first", std::move(described), kWidth, bottom + 4,
                     std::move(to));
}

}  // namespace vesica
