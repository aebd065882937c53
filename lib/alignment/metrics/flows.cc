#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"
#include "alignment/stages.h"

namespace vesica {
namespace {

constexpr std::array<const char*, 3> kAttributions = {"first", "last", "any"};
constexpr std::array<const char*, 4> kTouches = {"untouched", "brand", "demand", "marketing"};  // by Team
constexpr std::array<const char*, 4> kOutcomes = {"open", "won", "lost", "disqualified"};

// What an edge joins: touches come first, then the stages in their order, then outcomes.
enum class NodeKind : uint8_t { kTouch, kStage, kOutcome };
struct Node {
  NodeKind kind;
  int32_t index;
  friend auto operator<=>(const Node&, const Node&) = default;
  template <class H>
  friend H AbslHashValue(H hash, const Node& node) {
    return H::combine(std::move(hash), node.kind, node.index);
  }
};

// The ways of people with a stage or a deal: from the team that touched them before, by their stages in the order of
// first entry, to the outcome.
class FlowsFold : public Fold {
 public:
  // Company, attribution, from, to.
  using Key = std::tuple<uint32_t, size_t, Node, Node>;

  explicit FlowsFold(const FoldScope& scope) : Fold(scope), stages_(*scope.data) {}

  absl::Status Visit(const Timeline& timeline) override {
    path_.clear();
    Team first = Team::kNone, last = Team::kNone;
    std::array<bool, kTouches.size()> any = {};
    size_t outcome = 0;
    bool started = false;
    for (const Event& event : timeline.events) {
      if (!event.has_time()) continue;
      if (!started && IsMarketingExposure(event)) {
        if (first == Team::kNone) first = event.team;
        last = event.team;
        any[static_cast<size_t>(event.team)] = true;
      }
      started = Follow(event, &outcome) || started;
    }
    if (!started) return absl::OkStatus();
    // Those of one time are by their place in the order.
    std::sort(path_.begin(), path_.end());
    any[0] = first == Team::kNone;
    for (size_t attribution = 0; attribution < kAttributions.size(); ++attribution) {
      for (size_t team = 0; team < any.size(); ++team) {
        const bool touched =
            attribution == 2 ? any[team] : team == static_cast<size_t>(attribution == 0 ? first : last);
        if (touched) Add(timeline, attribution, {NodeKind::kTouch, static_cast<int32_t>(team)}, After(0, outcome));
      }
      for (size_t i = 0; i < path_.size(); ++i) Add(timeline, attribution, After(i, outcome), After(i + 1, outcome));
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const Fold& other) override {
    for (const auto& [key, people] : static_cast<const FlowsFold&>(other).people_) people_[key] += people;
    return absl::OkStatus();
  }
  uint64_t held_bytes() const override { return people_.capacity() * (sizeof(Key) + sizeof(uint64_t) + 1); }

  PartialSection section() const override { return PartialSection::kFlows; }
  void Show(PartialArchive& archive) override {
    const auto show = [&](Node* node) {
      const size_t most[] = {kTouches.size(), stages_.order().size(), kOutcomes.size()};
      archive.Number(&node->kind, std::size(most) - 1);
      archive.Number(&node->index, INT32_MAX);
      archive.Require(static_cast<size_t>(node->index) < most[static_cast<size_t>(node->kind)]);
    };
    archive.Entries(&people_, [&](Key& key, uint64_t& people) {
      auto& [company, attribution, from, to] = key;
      archive.Company(&company);
      archive.Number(&attribution, kAttributions.size() - 1);
      show(&from);
      show(&to);
      archive.Count(&people);
      archive.Require(people > 0 && from.kind != NodeKind::kOutcome && to.kind != NodeKind::kTouch);
    });
  }

  std::map<std::tuple<CompanyKey, size_t, Node, Node>, uint64_t> Edges() const {
    std::map<std::tuple<CompanyKey, size_t, Node, Node>, uint64_t> edges;
    for (const auto& [key, people] : people_) {
      const auto& [company, attribution, from, to] = key;
      ForEachCompanyKey(data(), company, [&, &a = attribution, &f = from, &t = to, &n = people](CompanyKey of) {
        edges[{of, a, f, t}] += n;
      });
    }
    return edges;
  }

  std::string NameOf(const Node& node) const {
    const auto index = static_cast<size_t>(node.index);
    if (node.kind == NodeKind::kTouch) return kTouches[index];
    return node.kind == NodeKind::kStage ? stages_.order()[index] : kOutcomes[index];
  }

 private:
  struct Entry {
    int64_t time;
    int32_t place;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  // Whether the event is a stage or a deal; what it says of the way.
  bool Follow(const Event& event, size_t* outcome) {
    if (event.kind == EventKind::kDeal) {
      *outcome = event.deal_state == DealState::kWon ? 1 : event.deal_state == DealState::kLost ? 2 : 0;
      return true;
    }
    if (event.kind != EventKind::kStage) return false;
    const uint32_t stage = data().DetailsOf(event).stage;
    if (const StageKind kind = stages_.KindOf(stage); kind != StageKind::kOther) {
      *outcome = static_cast<size_t>(kind);
      return true;
    }
    const int32_t place = stages_.PlaceOf(stage);
    if (place < 0) return false;
    const bool known = std::any_of(path_.begin(), path_.end(), [&](const Entry& e) { return e.place == place; });
    if (!known) path_.push_back({event.time, place});
    return true;
  }

  Node After(size_t step, size_t outcome) const {
    if (step < path_.size()) return {NodeKind::kStage, path_[step].place};
    return {NodeKind::kOutcome, static_cast<int32_t>(outcome)};
  }
  void Add(const Timeline& timeline, size_t attribution, const Node& from, const Node& to) {
    ++people_[{timeline.company, attribution, from, to}];
  }

  const Stages stages_;
  absl::flat_hash_map<Key, uint64_t> people_;
  std::vector<Entry> path_;  // of the person at hand
};

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& flows = static_cast<const FlowsFold&>(fold);
  TableBuilder to("flows",
                  {{"company", ColumnType::kText},
                   {"attribution", ColumnType::kText},
                   {"from", ColumnType::kText},
                   {"to", ColumnType::kText},
                   {"people", ColumnType::kUint64}},
                  FlowsMetric().table.description);
  for (const auto& [key, people] : flows.Edges()) {
    const auto& [company, attribution, from, edge_to] = key;
    to.Row().Text(CompanyCell(fold.data(), company)).Text(kAttributions[attribution]);
    to.Text(flows.NameOf(from)).Text(flows.NameOf(edge_to)).Uint64(people);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric FlowsMetric() {
  return {{"flows",
           "The ways of people from the first, last or any team that touched them before their first stage, by "
           "stages, to the outcome"},
          MakeFolds<FlowsFold>,
          Finish,
          {{"company", "attribution", "from", "to"}, {{"company"}, {"from"}, {"to"}}}};
}

}  // namespace vesica
