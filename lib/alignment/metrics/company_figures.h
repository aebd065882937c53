#ifndef VESICA_LIB_ALIGNMENT_METRICS_COMPANY_FIGURES_H_
#define VESICA_LIB_ALIGNMENT_METRICS_COMPANY_FIGURES_H_

#include <cstdint>
#include <vector>

#include "alignment/metrics/cube.h"

namespace vesica {

// A share or ratio as what it is of; undefined where `whole` is 0.
struct Fraction {
  uint64_t part = 0, whole = 0;
  bool defined() const { return whole != 0; }
  double value() const { return static_cast<double>(part) / static_cast<double>(whole); }
};
// Exactly; both are defined.
inline bool Less(const Fraction& a, const Fraction& b) {
  return static_cast<unsigned __int128>(a.part) * b.whole < static_cast<unsigned __int128>(b.part) * a.whole;
}

// What companies are compared by.
struct CompanyFigures {
  uint32_t company = kNoId;
  uint64_t marketing = 0, sales = 0, both = 0, brand = 0, demand = 0, brand_demand = 0;

  Fraction coverage() const { return {both, sales}; }
  Fraction size_ratio() const { return {marketing, sales}; }
  Fraction brand_demand_coefficient() const { return {brand_demand, brand < demand ? brand : demand}; }
  CompanyFigures& operator+=(const CompanyFigures& other);
};

// Of every company in the order of their names; of the unnamed one alone, if the study names none.
std::vector<CompanyFigures> FiguresOfCompanies(const Cube& cube);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_COMPANY_FIGURES_H_
