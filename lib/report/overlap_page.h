#ifndef VESICA_LIB_REPORT_OVERLAP_PAGE_H_
#define VESICA_LIB_REPORT_OVERLAP_PAGE_H_

#include <optional>
#include <string>
#include <vector>

#include "report/figure.h"
#include "vesica/overlap.h"
#include "vesica/report.h"
#include "vesica/table.h"

namespace vesica {

// What a page on an overlap shows.
struct OverlapPage {
  Figure picture;
  std::vector<std::string> names;
  std::optional<Overlap> pair;  // of two sets: the headline
  Method method = Method::kExact64;
  double expected_false_matches = 0;
  std::string stamp;                                    // what made keys the same; empty: not known
  std::optional<Table> sets, regions, pairs, warnings;  // pairs always, the others where there are any
};

std::string OverlapPageOf(const OverlapPage& page, const ReportOptions& options);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_OVERLAP_PAGE_H_
