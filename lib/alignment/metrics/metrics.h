#ifndef VESICA_LIB_ALIGNMENT_METRICS_METRICS_H_
#define VESICA_LIB_ALIGNMENT_METRICS_METRICS_H_

#include <vector>

#include "alignment/fold.h"

namespace vesica {

// Every table of a study but `quality` and `settings`, which tell of the study itself. One file each.
Metric CirclesMetric();
Metric RegionsMetric();
Metric FunnelsMetric();
Metric SegmentsMetric();
Metric CompaniesMetric();
Metric BenchmarkMetric();
Metric PublishedMetric();
Metric MarketMetric();
Metric RecencyMetric();
Metric MixMetric();
Metric GapsMetric();
Metric ReachMetric();
Metric AccountsMetric();
Metric BuyingGroupsMetric();
Metric RolesMetric();
Metric FunnelMetric();
Metric FlowsMetric();
Metric HandoffMetric();
Metric ResponseDelayMetric();
Metric ReasonsMetric();
Metric ContentMetric();
Metric RevenueMetric();
Metric TrendMetric();

// All of them, in the order of their tables.
const std::vector<Metric>& Metrics();

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_METRICS_H_
