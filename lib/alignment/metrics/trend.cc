#include <algorithm>
#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/intervals.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"
#include "alignment/time_text.h"
#include "alignment/time_zone.h"

namespace vesica {
namespace {

struct Counts {
  uint64_t marketing = 0, sales = 0, both = 0;
  uint64_t marketing_joined = 0, marketing_left = 0, sales_joined = 0, sales_left = 0;
  void operator+=(const Counts& other) {
    marketing += other.marketing;
    sales += other.sales;
    both += other.both;
    marketing_joined += other.marketing_joined;
    marketing_left += other.marketing_left;
    sales_joined += other.sales_joined;
    sales_left += other.sales_left;
  }
};

constexpr int64_t kMostPeriod = 53 * 10'001;  // of any time there is

// The circles of the events within each month or week, in the study's zone.
class TrendFold : public Fold {
 public:
  explicit TrendFold(const FoldScope& scope)
      : Fold(scope),
        weeks_(scope.data->options.period == "week"),
        clock_(scope.data->zone),
        no_time_(scope.data->companies.size()) {}

  absl::Status Visit(const Timeline& timeline) override {
    periods_.clear();
    for (const Event& event : timeline.events) {
      const bool marketing = IsMarketingExposure(event), sales = IsSalesContact(event);
      if (!marketing && !sales) continue;
      if (!event.has_time()) {
        ++no_time_[timeline.company];
        continue;
      }
      const int32_t period = PeriodOf(clock_.ToLocal(event.time));
      if (periods_.empty() || periods_.back().period != period) periods_.push_back({period, false, false});
      periods_.back().marketing |= marketing;
      periods_.back().sales |= sales;
    }
    // Events are by time, so are the periods. In the one before and the one after a person may be in no circle.
    const In nobody{0, false, false};
    for (size_t i = 0; i < periods_.size(); ++i) {
      const In& in = periods_[i];
      const bool follows = i > 0 && periods_[i - 1].period + 1 == in.period;
      const In& before = follows ? periods_[i - 1] : nobody;
      Counts& counts = counts_[{timeline.company, in.period}];
      counts.marketing += in.marketing;
      counts.sales += in.sales;
      counts.both += in.marketing && in.sales;
      counts.marketing_joined += in.marketing && !before.marketing;
      counts.sales_joined += in.sales && !before.sales;
      counts.marketing_left += before.marketing && !in.marketing;
      counts.sales_left += before.sales && !in.sales;
      if (i + 1 < periods_.size() && periods_[i + 1].period == in.period + 1) continue;
      Counts& after = counts_[{timeline.company, in.period + 1}];
      after.marketing_left += in.marketing;
      after.sales_left += in.sales;
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const Fold& other) override {
    const auto& from = static_cast<const TrendFold&>(other);
    for (const auto& [key, counts] : from.counts_) counts_[key] += counts;
    for (size_t i = 0; i < no_time_.size(); ++i) no_time_[i] += from.no_time_[i];
    return absl::OkStatus();
  }

  uint64_t held_bytes() const override { return counts_.capacity() * (sizeof(Counts) + 9); }
  void AppendLeftOut(std::vector<LeftOut>* rows) const override {
    for (uint32_t company = 0; company < no_time_.size(); ++company) {
      rows->push_back({"trend", "no_time", company, no_time_[company]});
    }
  }

  PartialSection section() const override { return PartialSection::kTrend; }
  void Show(PartialArchive& archive) override {
    archive.Entries(&counts_, [&](auto& key, Counts& counts) {
      int64_t period = key.second;
      archive.Company(&key.first);
      archive.Signed(&period, kMostPeriod);
      key.second = static_cast<int32_t>(period);
      archive.Count(&counts.marketing);
      archive.Count(&counts.sales);
      archive.Number(&counts.both, std::min(counts.marketing, counts.sales));
      archive.Number(&counts.marketing_joined, counts.marketing);
      archive.Count(&counts.marketing_left);
      archive.Number(&counts.sales_joined, counts.sales);
      archive.Count(&counts.sales_left);
      archive.Require(counts.marketing + counts.sales + counts.marketing_left + counts.sales_left > 0);
    });
    archive.ByCompany(&no_time_);
  }

  // Periods up to that of as_of.
  std::map<CompanyKey, std::map<int32_t, Counts>> ByCompany() const {
    std::map<CompanyKey, std::map<int32_t, Counts>> companies;
    if (counts_.empty()) return companies;
    const int32_t last = PeriodOf(LocalClock(data().zone).ToLocal(data().as_of));
    for (const auto& [key, counts] : counts_) {
      if (key.second > last) continue;
      ForEachCompanyKey(data(), key.first, [&, &period = key.second, &of_period = counts](CompanyKey company) {
        companies[company][period] += of_period;
      });
    }
    return companies;
  }

  // "2024-03", or the Monday of the week.
  std::string PeriodText(int32_t period) const {
    char text[32];
    if (weeks_) {
      const CivilDay monday = CivilFromDays(int64_t{period} * 7 - 3);
      std::snprintf(text, sizeof(text), "%04d-%02d-%02d", monday.year, monday.month, monday.day);
    } else {
      std::snprintf(text, sizeof(text), "%04d-%02d", period / 12, period % 12 + 1);
    }
    return text;
  }

 private:
  struct In {
    int32_t period;
    bool marketing, sales;
  };

  int32_t PeriodOf(int64_t local) const {
    const int64_t days = local / kMicrosPerDay - (local % kMicrosPerDay < 0);
    // 1970-01-01 was a Thursday: weeks begin three days before it.
    if (weeks_) return static_cast<int32_t>((days + 3) / 7 - ((days + 3) % 7 < 0));
    const CivilDay day = CivilFromDays(days);
    return day.year * 12 + day.month - 1;
  }

  const bool weeks_;
  LocalClock clock_;
  absl::flat_hash_map<std::pair<uint32_t, int32_t>, Counts> counts_;
  std::vector<uint64_t> no_time_;  // by company
  std::vector<In> periods_;        // of the person at hand
};

void AppendRow(const Counts& counts, const Counts* before, TableBuilder* to) {
  to->Uint64(counts.marketing).Uint64(counts.sales).Uint64(counts.both).Ratio(counts.both, counts.sales);
  if (before == nullptr) {
    to->Interval(Estimate::Undefined()).Null().Null().Null().Null();
    return;
  }
  to->Interval(NewcombeDifference({counts.both, counts.sales}, {before->both, before->sales}));
  to->Uint64(counts.marketing_joined).Uint64(counts.marketing_left);
  to->Uint64(counts.sales_joined).Uint64(counts.sales_left);
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& trend = static_cast<const TrendFold&>(fold);
  TableBuilder to("trend",
                  {{"company", ColumnType::kText},
                   {"period", ColumnType::kText},
                   {"n_marketing", ColumnType::kUint64},
                   {"n_sales", ColumnType::kUint64},
                   {"n_both", ColumnType::kUint64},
                   {"coverage", ColumnType::kDouble},
                   {"change", ColumnType::kDouble, kWithInterval},
                   {"marketing_joined", ColumnType::kUint64},
                   {"marketing_left", ColumnType::kUint64},
                   {"sales_joined", ColumnType::kUint64},
                   {"sales_left", ColumnType::kUint64}},
                  TrendMetric().table.description);
  const Counts nobody;
  for (const auto& [company, periods] : trend.ByCompany()) {
    for (auto at = periods.begin(); at != periods.end(); ++at) {
      const bool first = at == periods.begin();
      const bool follows = !first && std::prev(at)->first + 1 == at->first;
      to.Row().Text(CompanyCell(fold.data(), company)).Text(trend.PeriodText(at->first));
      AppendRow(at->second, first ? nullptr : follows ? &std::prev(at)->second : &nobody, &to);
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric TrendMetric() {
  return {{"trend",
           "The circles of the events of each month or week, who joined and left them since the one before, and how "
           "coverage changed. The interval takes the two for independent"},
          MakeFolds<TrendFold>,
          Finish,
          {{"company", "period"}, {{"company"}}, {"change", "marketing_", "sales_"}, Base::kPrevious}};
}

}  // namespace vesica
