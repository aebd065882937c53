#include "errors.h"

#include <nanobind/nanobind.h>

#include <cstring>

#include "vesica.hpp"

namespace nb = nanobind;

namespace vesica::python {

void TranslateErrors() {
  nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const c::Error& error) {
      const vesica_error& details = error.details();
      // A message cut at 255 bytes may end within a character.
      const nb::object message =
          nb::steal(PyUnicode_DecodeUTF8(error.what(), static_cast<Py_ssize_t>(std::strlen(error.what())), "ignore"));
      const nb::object row = details.row == VESICA_NO_ROW ? nb::object(nb::none()) : nb::int_(details.row);
      const nb::object index = details.index == VESICA_NO_INDEX ? nb::object(nb::none()) : nb::int_(details.index);
      const nb::object exception =
          nb::module_::import_("vesica._errors")
              .attr("of_status")(details.status, message, row, index, details.field, details.needed_bytes);
      PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
    }
  });
}

}  // namespace vesica::python
