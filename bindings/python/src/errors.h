#ifndef VESICA_BINDINGS_PYTHON_SRC_ERRORS_H_
#define VESICA_BINDINGS_PYTHON_SRC_ERRORS_H_

namespace vesica::python {

// From here on a vesica::c::Error that reaches Python becomes the exception of its status (vesica/_errors.py).
void TranslateErrors();

}  // namespace vesica::python

#endif  // VESICA_BINDINGS_PYTHON_SRC_ERRORS_H_
