#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"
#include "alignment/stages.h"

namespace vesica {
namespace {

// People disqualified, and those who entered a stage of the order later.
struct Counts {
  uint64_t people = 0, recycled = 0;
  void operator+=(const Counts& other) {
    people += other.people;
    recycled += other.recycled;
  }
};

constexpr uint32_t kAnyReason = UINT32_MAX - 1;  // each person once, whatever the reasons

// Why people were disqualified: entries of a stage of that kind, or of any stage with a reason.
class ReasonsFold : public Fold {
 public:
  // Company, source, segment, reason.
  using Key = std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>;

  explicit ReasonsFold(const FoldScope& scope) : Fold(scope), stages_(*scope.data) {}

  absl::Status Visit(const Timeline& timeline) override {
    found_.clear();
    int64_t last_stage = kNoTime;  // of the order
    for (const Event& event : timeline.events) {
      if (event.kind != EventKind::kStage) continue;
      const EventDetails& details = data().DetailsOf(event);
      if (stages_.KindOf(details.stage) == StageKind::kDisqualified || details.reason != kNoId) {
        for (uint32_t reason : {details.reason, kAnyReason}) {
          for (uint32_t source : {details.source, kAnySource}) found_.emplace(std::pair(source, reason), event.time);
        }
      } else if (stages_.PlaceOf(details.stage) >= 0) {
        last_stage = event.time;
      }
    }
    for (const auto& [group, first_time] : found_) {
      Counts& counts = counts_[{timeline.company, group.first, timeline.segment, group.second}];
      ++counts.people;
      counts.recycled += first_time != kNoTime && first_time < last_stage;
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const Fold& other) override {
    const auto& from = static_cast<const ReasonsFold&>(other);
    for (const auto& [key, counts] : from.counts_) {
      auto [company, source, segment, reason] = key;
      if (segment != kNoId && segment >= data().segment_count()) {
        segment = scope().segments->Intern((*from.scope().segments)[segment]);
      }
      counts_[{company, source, segment, reason}] += counts;
    }
    return absl::OkStatus();
  }
  uint64_t held_bytes() const override { return counts_.capacity() * (sizeof(Key) + sizeof(Counts) + 1); }

  PartialSection section() const override { return PartialSection::kReasons; }
  void Show(PartialArchive& archive) override {
    std::map<std::tuple<uint32_t, uint32_t, PartialArchive::SegmentTuple, uint32_t>, Counts> rows;
    if (!archive.reading()) {
      for (const auto& [key, counts] : counts_) {
        const auto& [company, source, segment, reason] = key;
        rows[{company, source, scope().segments->Tuple(segment), reason}] += counts;
      }
    }
    archive.Entries(&rows, [&](auto& key, Counts& counts) {
      auto& [company, source, tuple, reason] = key;
      archive.Company(&company);
      bool any_source = source == kAnySource, any_reason = reason == kAnyReason;
      archive.Flag(&any_source);
      any_source ? void(source = kAnySource) : archive.Source(&source);
      archive.Segment(&tuple);
      archive.Flag(&any_reason);
      any_reason ? void(reason = kAnyReason) : archive.Reason(&reason);
      archive.Count(&counts.people);
      archive.Number(&counts.recycled, counts.people);
      archive.Require(counts.people > 0);
    });
    if (!archive.reading()) return;
    for (const auto& [key, counts] : rows) {
      const auto& [company, source, tuple, reason] = key;
      counts_[{company, source, scope().segments->InternTuple(tuple), reason}] += counts;
    }
  }

  static constexpr uint32_t kAnySource = UINT32_MAX - 1;

  // A group of people: of a source (kAnySource: all) or of a value of a dimension (kNoId: of all values).
  struct Group {
    CompanyKey company;
    bool one_source;
    uint32_t source, dimension, value;
    friend auto operator<=>(const Group&, const Group&) = default;
  };
  std::map<Group, std::map<uint32_t, Counts>> ByGroup() const {
    std::map<Group, std::map<uint32_t, Counts>> groups;
    for (const auto& [key, counts] : counts_) {
      const auto& [company, source, segment, reason] = key;
      const std::span<const uint32_t> values = (*scope().segments)[segment];
      ForEachCompanyKey(data(), company, [&, &from = source, &why = reason, &of_key = counts](CompanyKey of) {
        const bool one_source = from != kAnySource;
        groups[{of, one_source, from, kNoId, kNoId}][why] += of_key;
        for (uint32_t k = 0; k < values.size() && !one_source; ++k)
          groups[{of, false, from, k, values[k]}][why] += of_key;
      });
    }
    return groups;
  }

 private:
  const Stages stages_;
  absl::flat_hash_map<Key, Counts> counts_;
  // Of the person at hand: source and reason, with the time of the first.
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, int64_t> found_;
};

absl::StatusOr<Table> Finish(const Fold& fold) {
  const StudyData& data = fold.data();
  TableBuilder to("reasons",
                  {{"company", ColumnType::kText},
                   {"all_sources", ColumnType::kBool},
                   {"source", ColumnType::kText},
                   {"dimension", ColumnType::kText},
                   {"value", ColumnType::kText},
                   {"reason", ColumnType::kText},
                   {"people", ColumnType::kUint64},
                   {"n_disqualified", ColumnType::kUint64},
                   {"share", ColumnType::kDouble},
                   {"recycled", ColumnType::kUint64}},
                  ReasonsMetric().table.description);
  for (const auto& [group, reasons] : static_cast<const ReasonsFold&>(fold).ByGroup()) {
    const uint64_t all = reasons.at(kAnyReason).people;
    for (const auto& [reason, counts] : reasons) {
      if (reason == kAnyReason) continue;
      to.Row().Text(CompanyCell(data, group.company)).Bool(!group.one_source);
      !group.one_source || group.source == kNoId ? to.Null() : to.Text(data.sources[group.source]);
      group.dimension == kNoId ? to.Null() : to.Text(data.options.by[group.dimension]);
      group.value == kNoId ? to.Null() : to.Text(data.dimensions[group.dimension][group.value]);
      reason == kNoId ? to.Null() : to.Text(data.reasons[reason]);
      to.Uint64(counts.people).Uint64(all).Ratio(counts.people, all).Uint64(counts.recycled);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric ReasonsMetric() {
  return {{"reasons",
           "Why people were disqualified, by source and by segment, and how many came back; a person of several "
           "reasons counts for each"},
          MakeFolds<ReasonsFold>,
          Finish,
          {{"company", "all_sources", "source", "dimension", "value", "reason"},
           {{"company"}, {"reason"}, {"value"}, {"all_sources", "source"}}}};
}

}  // namespace vesica
