#include "alignment/metrics/metrics.h"

namespace vesica {

const std::vector<Metric>& Metrics() {
  static const auto* metrics = new std::vector<Metric>{
      CirclesMetric(),   RegionsMetric(),   FunnelsMetric(),  SegmentsMetric(),      CompaniesMetric(),
      BenchmarkMetric(), PublishedMetric(), MarketMetric(),   RecencyMetric(),       MixMetric(),
      GapsMetric(),      ReachMetric(),     AccountsMetric(), BuyingGroupsMetric(),  RolesMetric(),
      FunnelMetric(),    FlowsMetric(),     HandoffMetric(),  ResponseDelayMetric(), ReasonsMetric(),
      ContentMetric(),   RevenueMetric(),   TrendMetric(),
  };
  return *metrics;
}

}  // namespace vesica
