#ifndef VESICA_LIB_REPORT_SEGMENT_NAME_H_
#define VESICA_LIB_REPORT_SEGMENT_NAME_H_

#include <string>
#include <string_view>

#include "report/study_view.h"

namespace vesica {

// A label of data for a sentence or a heading: cut where it is longer than any name.
std::string ShortLabel(std::string_view label);

// The segment of a row of `segments`: its values; of `gaps` or `reach` with the dimension, "Title: User", where it is
// one. "(unknown)" where there are none.
std::string SegmentName(const StudyRows& rows, size_t i);

// The name of a dimension as a heading: "company_region" is "Company region".
std::string DimensionName(std::string_view dimension);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_SEGMENT_NAME_H_
