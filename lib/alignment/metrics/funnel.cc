#include <algorithm>
#include <cstdio>
#include <map>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/intervals.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"
#include "alignment/stages.h"
#include "alignment/time_text.h"
#include "alignment/time_zone.h"

namespace vesica {
namespace {

constexpr int32_t kAllCohorts = INT32_MIN;
constexpr int64_t kMostMonth = 12 * 10'001;  // of any time there is

// People at one stage; `times` are from the entry of the stage before to the entry of this one.
struct Counts {
  uint64_t entered = 0, from_previous = 0, from_first = 0, returned = 0;
  std::vector<int64_t> times;
  void operator+=(const Counts& other) {
    entered += other.entered;
    from_previous += other.from_previous;
    from_first += other.from_first;
    returned += other.returned;
    times.insert(times.end(), other.times.begin(), other.times.end());
  }
};

// When people first entered each stage of the order. Only entries with a time count.
class FunnelFold : public Fold {
 public:
  // Company, month of the person's first stage, place.
  using Key = std::tuple<uint32_t, int32_t, int32_t>;

  explicit FunnelFold(const FoldScope& scope)
      : Fold(scope),
        stages_(*scope.data),
        clock_(scope.data->zone),
        no_time_(scope.data->companies.size()),
        first_(stages_.order().size()) {}

  absl::Status Visit(const Timeline& timeline) override {
    std::fill(first_.begin(), first_.end(), Entry{});
    int64_t start = kNoTime;
    int32_t last = -1;
    for (const Event& event : timeline.events) {
      if (event.kind != EventKind::kStage) continue;
      const int32_t place = stages_.PlaceOf(data().DetailsOf(event).stage);
      if (place < 0) continue;
      if (!event.has_time()) {
        ++no_time_[timeline.company];
        continue;
      }
      if (start == kNoTime) start = event.time;
      Entry& entry = first_[static_cast<size_t>(place)];
      entry.returned = entry.returned || (entry.time != kNoTime && last != place);
      if (entry.time == kNoTime) entry.time = event.time;
      last = place;
    }
    if (start == kNoTime) return absl::OkStatus();
    const int32_t cohort = MonthOf(clock_.ToLocal(start));
    for (size_t place = 0; place < first_.size(); ++place) {
      if (first_[place].time == kNoTime) continue;
      Counts& counts = counts_[{timeline.company, cohort, static_cast<int32_t>(place)}];
      ++counts.entered;
      counts.returned += first_[place].returned;
      counts.from_first += first_[0].time != kNoTime;
      if (place == 0) continue;
      const int64_t before = first_[place - 1].time;
      if (before == kNoTime || before > first_[place].time) continue;
      ++counts.from_previous;
      counts.times.push_back(first_[place].time - before);
      ++times_;
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const Fold& other) override {
    const auto& from = static_cast<const FunnelFold&>(other);
    for (const auto& [key, counts] : from.counts_) counts_[key] += counts;
    for (size_t i = 0; i < no_time_.size(); ++i) no_time_[i] += from.no_time_[i];
    times_ += from.times_;
    return absl::OkStatus();
  }

  // Vectors grow to at most twice what they hold.
  uint64_t held_bytes() const override {
    return counts_.capacity() * (sizeof(Key) + sizeof(Counts) + 1) + 2 * times_ * sizeof(int64_t);
  }
  void AppendLeftOut(std::vector<LeftOut>* rows) const override {
    for (uint32_t company = 0; company < no_time_.size(); ++company) {
      rows->push_back({"funnel", "no_time", company, no_time_[company]});
    }
  }

  PartialSection section() const override { return PartialSection::kFunnel; }
  void Show(PartialArchive& archive) override {
    archive.Entries(&counts_, [&](Key& key, Counts& counts) {
      auto& [company, cohort, place] = key;
      int64_t month = cohort;
      archive.Company(&company);
      archive.Signed(&month, kMostMonth);
      cohort = static_cast<int32_t>(month);
      archive.Number(&place, first_.size());
      archive.Require(static_cast<size_t>(place) < first_.size());
      archive.Count(&counts.entered);
      archive.Number(&counts.from_previous, counts.entered);
      archive.Number(&counts.from_first, counts.entered);
      archive.Number(&counts.returned, counts.entered);
      archive.Durations(&counts.times, PartialArchive::kMostTime);
      archive.Require(counts.entered > 0 && counts.times.size() == counts.from_previous);
    });
    archive.ByCompany(&no_time_);
    if (!archive.reading()) return;
    times_ = 0;
    for (const auto& [key, counts] : counts_) times_ += counts.times.size();
  }

  const Stages& stages() const { return stages_; }
  std::map<std::pair<CompanyKey, int32_t>, std::vector<Counts>> ByCohort() const {
    std::map<std::pair<CompanyKey, int32_t>, std::vector<Counts>> rows;
    for (const auto& [key, counts] : counts_) {
      const auto& [company, cohort, place] = key;
      for (int32_t month : {kAllCohorts, cohort}) {
        ForEachCompanyKey(data(), company, [&, &at = place, &of_key = counts](CompanyKey of) {
          std::vector<Counts>& row = rows[{of, month}];
          row.resize(stages_.order().size());
          row[static_cast<size_t>(at)] += of_key;
        });
      }
    }
    return rows;
  }

 private:
  struct Entry {
    int64_t time = kNoTime;
    bool returned = false;
  };

  static int32_t MonthOf(int64_t local) {
    const CivilDay day = CivilFromDays(local / kMicrosPerDay - (local % kMicrosPerDay < 0));
    return day.year * 12 + day.month - 1;
  }

  const Stages stages_;
  LocalClock clock_;
  absl::flat_hash_map<Key, Counts> counts_;
  std::vector<uint64_t> no_time_;  // by company
  uint64_t times_ = 0;
  std::vector<Entry> first_;  // by place, of the person at hand
};

void AppendDays(std::vector<int64_t> times, TableBuilder* to) {
  std::sort(times.begin(), times.end());
  std::vector<double> days;
  for (int64_t time : times) days.push_back(static_cast<double>(time) / static_cast<double>(kDay));
  for (double probability : {0.5, 0.25, 0.75}) {
    days.empty() ? to->Null() : to->Double(Quantile(days, probability));
  }
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& funnel = static_cast<const FunnelFold&>(fold);
  TableBuilder to("funnel",
                  {{"company", ColumnType::kText},
                   {"cohort", ColumnType::kText},
                   {"stage", ColumnType::kText},
                   {"position", ColumnType::kInt64},
                   {"entered", ColumnType::kUint64},
                   {"from_previous", ColumnType::kUint64},
                   {"n_previous", ColumnType::kUint64},
                   {"conversion", ColumnType::kDouble},
                   {"from_first", ColumnType::kUint64},
                   {"n_first", ColumnType::kUint64},
                   {"cumulative", ColumnType::kDouble},
                   {"median_days", ColumnType::kDouble},
                   {"p25_days", ColumnType::kDouble},
                   {"p75_days", ColumnType::kDouble},
                   {"skipped_into", ColumnType::kUint64},
                   {"returned", ColumnType::kUint64}},
                  FunnelMetric().table.description);
  for (const auto& [key, places] : funnel.ByCohort()) {
    for (size_t place = 0; place < places.size(); ++place) {
      const Counts& c = places[place];
      to.Row().Text(CompanyCell(fold.data(), key.first));
      if (key.second == kAllCohorts) {
        to.Null();
      } else {
        char month[32];
        std::snprintf(month, sizeof(month), "%04d-%02d", key.second / 12, key.second % 12 + 1);
        to.Text(month);
      }
      to.Text(funnel.stages().order()[place]).Int64(static_cast<int64_t>(place + 1)).Uint64(c.entered);
      if (place == 0) {
        to.Null().Null().Null();
      } else {
        to.Uint64(c.from_previous).Uint64(places[place - 1].entered).Ratio(c.from_previous, places[place - 1].entered);
      }
      to.Uint64(c.from_first).Uint64(places[0].entered).Ratio(c.from_first, places[0].entered);
      AppendDays(c.times, &to);
      to.Uint64(place == 0 ? 0 : c.entered - c.from_previous).Uint64(c.returned);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric FunnelMetric() {
  return {{"funnel",
           "People who entered each stage of the lifecycle, from where and how fast, in all and by the month of "
           "their first stage"},
          MakeFolds<FunnelFold>,
          Finish,
          {{"company", "cohort", "stage", "position"}, {{"company"}, {"cohort"}}}};
}

}  // namespace vesica
