#include <algorithm>
#include <vector>

#include "alignment/intervals.h"
#include "alignment/metrics/handoff_fold.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

void AppendMedianHours(std::vector<int64_t> delays, TableBuilder* to) {
  std::sort(delays.begin(), delays.end());
  std::vector<double> hours;
  for (int64_t delay : delays) hours.push_back(static_cast<double>(delay) / static_cast<double>(kHour));
  hours.empty() ? to->Null() : to->Double(Quantile(hours, 0.5));
}

absl::StatusOr<Table> FinishHandoff(const Fold& fold) {
  TableBuilder to("handoff",
                  {{"company", ColumnType::kText},
                   {"all_sources", ColumnType::kBool},
                   {"source", ColumnType::kText},
                   {"handed_off", ColumnType::kUint64},
                   {"not_due", ColumnType::kUint64},
                   {"due", ColumnType::kUint64},
                   {"accepted", ColumnType::kUint64},
                   {"accepted_share", ColumnType::kDouble},
                   {"disqualified_untouched", ColumnType::kUint64},
                   {"contacted", ColumnType::kUint64},
                   {"ignored", ColumnType::kUint64},
                   {"ignored_share", ColumnType::kDouble},
                   {"within_sla", ColumnType::kUint64},
                   {"within_sla_share", ColumnType::kDouble},
                   {"median_hours", ColumnType::kDouble}},
                  HandoffMetric().table.description);
  for (const auto& [key, c] : static_cast<const HandoffFold&>(fold).BySource()) {
    const auto& [company, source] = key;
    to.Row().Text(CompanyCell(fold.data(), company)).Bool(!source.has_value());
    source.value_or(kNoId) == kNoId ? to.Null() : to.Text(fold.data().sources[*source]);
    to.Uint64(c.handed_off).Uint64(c.not_due).Uint64(c.due()).Uint64(c.accepted).Ratio(c.accepted, c.due());
    to.Uint64(c.disqualified_untouched).Uint64(c.contacted).Uint64(c.ignored).Ratio(c.ignored, c.due());
    to.Uint64(c.within_sla).Ratio(c.within_sla, c.due());
    AppendMedianHours(c.delays, &to);
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> FinishDelay(const Fold& fold) {
  TableBuilder to("response_delay",
                  {{"company", ColumnType::kText},
                   {"bucket", ColumnType::kText},
                   {"due", ColumnType::kUint64},
                   {"leads", ColumnType::kUint64},
                   {"responses", ColumnType::kUint64},
                   {"rate", ColumnType::kDouble, kWithInterval}},
                  ResponseDelayMetric().table.description);
  for (const auto& [key, c] : static_cast<const HandoffFold&>(fold).BySource()) {
    if (key.second.has_value()) continue;
    for (size_t bucket = 0; bucket < kDelayBuckets; ++bucket) {
      to.Row().Text(CompanyCell(fold.data(), key.first)).Text(DelayBucketText(bucket)).Uint64(c.due());
      to.Uint64(c.leads[bucket]).Uint64(c.responses[bucket]);
      to.Interval(WilsonShare({c.responses[bucket], c.leads[bucket]}));
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric HandoffMetric() {
  return {
      {"handoff", "People handed to sales, by the source of their lead: accepted, contacted, disqualified or ignored"},
      MakeFolds<HandoffFold>,
      FinishHandoff,
      {{"company", "all_sources", "source"}, {{"company"}, {"all_sources", "source"}}}};
}

Metric ResponseDelayMetric() {
  return {{"response_delay",
           "Responses by the time from the hand-off to the first contact of sales. The table compares; "
           "it does not prove cause"},
          MakeFolds<HandoffFold>,
          FinishDelay,
          {{"company", "bucket"}, {{"company"}, {"bucket"}}}};
}

}  // namespace vesica
