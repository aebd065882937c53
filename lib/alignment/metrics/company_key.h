#ifndef VESICA_LIB_ALIGNMENT_METRICS_COMPANY_KEY_H_
#define VESICA_LIB_ALIGNMENT_METRICS_COMPANY_KEY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "alignment/study_data.h"

namespace vesica {

// Companies in the order of tables: 0 is all of them, and alone where the study names none; else rank + 1.
using CompanyKey = uint64_t;

// add(key) for all companies and for `company`.
template <class Add>
void ForEachCompanyKey(const StudyData& data, uint32_t company, const Add& add) {
  add(CompanyKey{0});
  if (data.has_companies()) add(CompanyKey{company} + 1);
}

// The cell of column `company`.
inline std::optional<std::string_view> CompanyCell(const StudyData& data, CompanyKey key) {
  return data.CompanyName(key == 0 ? kNoId : static_cast<uint32_t>(key - 1));
}

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_COMPANY_KEY_H_
