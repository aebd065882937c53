#include "answers.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "context.h"
#include "keys.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace vesica::python {
namespace {

c::Regions RegionsOfKeys(Context& context, const c::Profile& profile, const std::vector<std::string>& names,
                         const std::vector<Keys*>& sets, uint32_t encoding, bool byte_checked, nb::object progress) {
  std::vector<c::Source> sources;
  for (size_t i = 0; i < sets.size(); ++i) {
    sources.emplace_back(names.at(i), sets[i]->Source(names[i], encoding));
  }
  return context.Run(std::move(progress), [&](auto& call) {
    for (const Keys* keys : sets) {
      if (keys->stream() != nullptr) call.stream = keys->stream();
    }
    return c::Regions(context.get(), profile, sources, byte_checked ? VESICA_REGIONS_BYTE_CHECKED : 0);
  });
}

// Regions or Matrix.
template <class Answer>
Answer OfAudiences(Context& context, const std::vector<std::string>& names,
                   const std::vector<const c::Audience*>& audiences, nb::object progress) {
  return context.Run(std::move(progress), [&](auto&) { return Answer(context.get(), audiences, names); });
}

template <class Answer>
std::string Json(const Answer& answer) {
  const nb::gil_scoped_release unlocked;  // of a large matrix it is long
  return answer.Json();
}

template <class Answer>
c::Table TableOf(const Answer& answer, uint32_t which) {
  const nb::gil_scoped_release unlocked;
  return c::Table(answer, which);
}

}  // namespace

void BindAnswers(nb::module_& module) {
  nb::class_<c::Regions>(module, "Regions")
      .def("json", &Json<c::Regions>)
      .def("table", &TableOf<c::Regions>, "which"_a);
  nb::class_<c::Matrix>(module, "Matrix").def("json", &Json<c::Matrix>).def("table", &TableOf<c::Matrix>, "which"_a);
  module.def("regions_of_keys", &RegionsOfKeys, "context"_a, "profile"_a, "names"_a, "sets"_a, "encoding"_a,
             "byte_checked"_a, "progress"_a.none());
  module.def("regions_of_audiences", &OfAudiences<c::Regions>, "context"_a, "names"_a, "audiences"_a,
             "progress"_a.none());
  module.def("matrix_of_audiences", &OfAudiences<c::Matrix>, "context"_a, "names"_a, "audiences"_a,
             "progress"_a.none());
}

}  // namespace vesica::python
