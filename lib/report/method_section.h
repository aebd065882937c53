#ifndef VESICA_LIB_REPORT_METHOD_SECTION_H_
#define VESICA_LIB_REPORT_METHOD_SECTION_H_

#include <string>
#include <vector>

#include "report/study_view.h"

namespace vesica {

// How a study was made: its method, what was left out, what the words mean, and every setting.
std::string MethodMarkup(const StudyView& view);

// The same in a few words each, for the head of the page: whose figures, until when, how exact.
std::vector<std::string> StudyFacts(const StudyView& view);

// What a reader should know first, as <div class="warnings">; empty without any.
std::string WarningsMarkup(const StudyView& view);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_METHOD_SECTION_H_
