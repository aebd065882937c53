#include "alignment/metrics/company_figures.h"

namespace vesica {

CompanyFigures& CompanyFigures::operator+=(const CompanyFigures& other) {
  marketing += other.marketing;
  sales += other.sales;
  both += other.both;
  brand += other.brand;
  demand += other.demand;
  brand_demand += other.brand_demand;
  return *this;
}

std::vector<CompanyFigures> FiguresOfCompanies(const Cube& cube) {
  std::vector<CompanyFigures> figures;
  for (const auto& [company, counts] : cube.ByCompany()) {
    if (company == kNoId && cube.data().has_companies()) continue;
    figures.push_back({company, CountIn(counts, kMarketing), CountIn(counts, kSales),
                       CountInBoth(counts, kMarketing, kSales), CountIn(counts, kBrand), CountIn(counts, kDemand),
                       CountInBoth(counts, kBrand, kDemand)});
  }
  return figures;
}

}  // namespace vesica
