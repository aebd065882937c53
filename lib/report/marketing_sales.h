#ifndef VESICA_LIB_REPORT_MARKETING_SALES_H_
#define VESICA_LIB_REPORT_MARKETING_SALES_H_

#include <optional>

#include "report/study_view.h"

namespace vesica {

// The two circles of the headline.
struct MarketingSales {
  Estimate marketing, sales, both;
  Estimate coverage;  // both of sales
  Estimate size_ratio;
  double target_ratio = 20;
  bool suppressed = false, below_resolution = false;

  bool exact() const { return coverage.lower == coverage.upper && both.lower == both.upper; }
};

// Of the table `circles`, or of `companies` where a company asked for is only there.
std::optional<MarketingSales> MarketingSalesOf(const StudyView& view);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_MARKETING_SALES_H_
