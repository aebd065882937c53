#ifndef VESICA_LIB_REPORT_HEADLINE_H_
#define VESICA_LIB_REPORT_HEADLINE_H_

#include <string>
#include <vector>

#include "report/study_view.h"

namespace vesica {

// The figure that a study is about, large, and what it means in plain words; empty where no table has it.
std::string HeadlineMarkup(const StudyView& view);

// A few figures beside it, as <dl class="stats">; empty without any.
std::string StatsMarkup(const StudyView& view);

// How far the circles of brand, demand and sales cover each other, in a card; empty without data.
std::string ThreeCirclesMarkup(const StudyView& view);

// The reading alone, sentence by sentence: what the share is of, how it compares, and what to beware of.
std::vector<std::string> HeadlineReading(const StudyView& view);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_HEADLINE_H_
