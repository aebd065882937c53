#ifndef VESICA_LIB_REPORT_RATES_CHART_H_
#define VESICA_LIB_REPORT_RATES_CHART_H_

#include <string>
#include <vector>

#include "report/figure.h"
#include "vesica/overlap.h"

namespace vesica {

// Shares of several groups beside each other as points with the whiskers of their intervals.
struct RatesChart {
  struct Group {
    std::string label;
    Estimate rate;        // undefined: no point
    double count = 0;     // what the rate is a share of
    bool hidden = false;  // suppressed
    bool apart = false;   // stands for itself: no line leads to it
  };
  std::vector<Group> groups = {};
  std::string unit = {};        // what is counted: "contacts"
  double base = 0;              // NaN or a rate to compare with, as a dashed line
  std::string base_label = {};  // of it
  bool joined = false;          // a line joins the groups: their order means something
};

// Fills in what is drawn: `figure` has its name, title and description already.
void DrawRates(const RatesChart& chart, Figure* figure);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_RATES_CHART_H_
