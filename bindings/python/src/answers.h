#ifndef VESICA_BINDINGS_PYTHON_SRC_ANSWERS_H_
#define VESICA_BINDINGS_PYTHON_SRC_ANSWERS_H_

#include <nanobind/nanobind.h>

namespace vesica::python {

// Regions and matrices: classes Regions and Matrix of `module`.
void BindAnswers(nanobind::module_& module);

// Class Table of `module`, and the tables that need no answer: plans and profiles.
void BindTable(nanobind::module_& module);

// Classes Study and StudyAnswer of `module`.
void BindStudy(nanobind::module_& module);

}  // namespace vesica::python

#endif  // VESICA_BINDINGS_PYTHON_SRC_ANSWERS_H_
