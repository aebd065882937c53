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

std::string RegionsReport(const c::Regions& regions, uint32_t format, uint32_t theme, const std::string& title) {
  const nb::gil_scoped_release unlocked;
  return regions.Report({format, theme, title, "", ""});
}

// The code of a method by its name.
uint32_t MethodOf(const std::string& name) {
  for (uint32_t method = VESICA_METHOD_EXACT_64; method <= VESICA_METHOD_HYPERLOGLOG; ++method) {
    if (name == vesica_method_text(method)) return method;
  }
  throw nb::value_error("there is no such method");
}

// Of an overlap that is only its figures: value, lower and upper of a, b, and the eight of the JSON.
std::string OverlapReport(const std::vector<double>& figures, const std::string& method, bool below_resolution,
                          const std::string& name_a, const std::string& name_b, uint32_t format, uint32_t theme,
                          const std::string& title) {
  auto overlap = c::internal::Sized<vesica_overlap>();
  vesica_estimate* const fields[] = {
      &overlap.a,          &overlap.b,          &overlap.intersection,        &overlap.union_size,
      &overlap.share_of_a, &overlap.share_of_b, &overlap.overlap_coefficient, &overlap.jaccard,
      &overlap.dice,       &overlap.size_ratio};
  size_t next = 0;
  for (vesica_estimate* field : fields) {
    for (double* part : {&field->value, &field->lower, &field->upper}) *part = figures.at(next++);
  }
  overlap.method = MethodOf(method);
  const bool exact = overlap.method != VESICA_METHOD_MINHASH && overlap.method != VESICA_METHOD_HYPERLOGLOG;
  overlap.flags = (exact ? VESICA_ANSWER_EXACT : 0u) | (below_resolution ? VESICA_ANSWER_BELOW_RESOLUTION : 0u);
  const nb::gil_scoped_release unlocked;
  return c::ReportOf(overlap, name_a, name_b, {format, theme, title, "", ""});
}

}  // namespace

void BindAnswers(nb::module_& module) {
  nb::class_<c::Regions>(module, "Regions")
      .def("json", &Json<c::Regions>)
      .def("table", &TableOf<c::Regions>, "which"_a)
      .def("report", &RegionsReport, "format"_a, "theme"_a, "title"_a);
  nb::class_<c::Matrix>(module, "Matrix").def("json", &Json<c::Matrix>).def("table", &TableOf<c::Matrix>, "which"_a);
  module.def("regions_of_keys", &RegionsOfKeys, "context"_a, "profile"_a, "names"_a, "sets"_a, "encoding"_a,
             "byte_checked"_a, "progress"_a.none());
  module.def("regions_of_audiences", &OfAudiences<c::Regions>, "context"_a, "names"_a, "audiences"_a,
             "progress"_a.none());
  module.def("matrix_of_audiences", &OfAudiences<c::Matrix>, "context"_a, "names"_a, "audiences"_a,
             "progress"_a.none());
  module.def("overlap_report", &OverlapReport, "figures"_a, "method"_a, "below_resolution"_a, "name_a"_a, "name_b"_a,
             "format"_a, "theme"_a, "title"_a);
  module.attr("REPORT_HTML") = static_cast<uint32_t>(VESICA_REPORT_HTML);
  module.attr("REPORT_SVG") = static_cast<uint32_t>(VESICA_REPORT_SVG);
  module.attr("REPORT_LAYOUT") = static_cast<uint32_t>(VESICA_REPORT_LAYOUT);
}

}  // namespace vesica::python
