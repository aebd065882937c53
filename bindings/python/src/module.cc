#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include "answers.h"
#include "audience.h"
#include "context.h"
#include "errors.h"
#include "keys.h"

namespace nb = nanobind;
using namespace nb::literals;

// The C interface as the package's Python modules use it; what people see is made there.
NB_MODULE(_core, module) {
  using vesica::python::Context;
  using vesica::python::Keys;

  module.def("version", &vesica_version);
  vesica::python::TranslateErrors();

  nb::class_<Context>(module, "Context")
      .def(nb::init<uint32_t, uint64_t>(), "threads"_a, "memory"_a)
      .def("held_bytes", [](const Context& context) { return context.Memory().held_bytes; })
      .def("peak_bytes", [](const Context& context) { return context.Memory().peak_bytes; })
      .def("trim", &Context::Trim);

  nb::class_<Keys>(module, "Keys")
      .def_static("of_objects", &Keys::OfObjects, "objects"_a, "coerce"_a)
      .def_static("of_integers", &Keys::OfIntegers, "integers"_a, "missing"_a.none())
      .def_static("of_arrow_array", &Keys::OfArrowArray, "schema"_a, "array"_a, "column"_a.none())
      .def_static("of_arrow_stream", &Keys::OfArrowStream, "stream"_a, "column"_a.none(), "in_memory"_a);

  vesica::python::BindProfile(module);
  vesica::python::BindAudience(module);
  vesica::python::BindAnswers(module);
  vesica::python::BindTable(module);
  vesica::python::BindStudy(module);
}
