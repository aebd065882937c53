#ifndef VESICA_LIB_REPORT_DEFINITIONS_H_
#define VESICA_LIB_REPORT_DEFINITIONS_H_

#include <string>

#include "report/study_view.h"

namespace vesica {

// What the terms mean that a report on this study uses, as <dl class="terms">: docs/tables.md in short.
std::string DefinitionsMarkup(const StudyView& view);

// A reason of the table `quality` as people read it.
std::string QualityText(std::string_view reason);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_DEFINITIONS_H_
