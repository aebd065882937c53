#ifndef VESICA_LIB_REPORT_CIRCLES_LABELS_H_
#define VESICA_LIB_REPORT_CIRCLES_LABELS_H_

#include <vector>

#include "report/circles_figure.h"
#include "report/diagram.h"
#include "report/labels.h"

namespace vesica {

// What is written in and beside circles, in lines of at most `width` pixels beside them.
std::vector<Label> LabelsOf(const CircleSets& sets, const Diagram& diagram, double width);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_CIRCLES_LABELS_H_
