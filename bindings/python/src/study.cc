#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <utility>

#include "answers.h"
#include "context.h"
#include "keys.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace vesica::python {
namespace {

using StudyHandle = c::internal::Handle<vesica_study, vesica_study_free>;
using AnswerHandle = c::internal::Handle<vesica_study_answer, vesica_study_answer_free>;

// A study and the context that it works with.
struct Study {
  Context& context;
  StudyHandle handle;
};

struct StudyAnswer {
  AnswerHandle handle;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

// The pairs as structs of two texts.
template <class Struct>
std::vector<Struct> Structs(const Pairs& pairs) {
  std::vector<Struct> structs;
  for (const auto& [first, second] : pairs) structs.push_back({first.c_str(), second.c_str()});
  return structs;
}

Study* NewStudy(Context& context, const c::Profile& profile, const Pairs& settings,
                const std::string& spill_directory) {
  const std::vector<vesica_setting> c_settings = Structs<vesica_setting>(settings);
  auto options = c::internal::Sized<vesica_study_options>();
  options.settings = c_settings.data();
  options.setting_count = static_cast<uint32_t>(c_settings.size());
  options.spill_directory = c::internal::OrNull(spill_directory);
  vesica_study* made = nullptr;
  c::internal::Call(vesica_study_create, context.get().get(), profile.get(), &options, &made);
  return new Study{context, StudyHandle(made)};
}

void AddStream(Study& study, const nb::object& capsule, const Pairs& renames, nb::object progress) {
  const Owned<ArrowArrayStream> stream = TakeCapsule<ArrowArrayStream>(capsule, "arrow_array_stream");
  const std::vector<vesica_rename> c_renames = Structs<vesica_rename>(renames);
  study.context.Run(std::move(progress), [&](auto& call) {
    call.tells_end = false;
    call.stream = stream.get();
    c::internal::Call(vesica_study_add_stream, study.handle.get(), stream.get(), c_renames.data(),
                      static_cast<uint32_t>(c_renames.size()));
  });
}

void AddAudience(Study& study, const std::string& company, const std::string& circle, const Pairs& values,
                 const c::Audience& audience) {
  const std::vector<vesica_setting> c_values = Structs<vesica_setting>(values);
  auto labels = c::internal::Sized<vesica_circle>();
  labels.company = company.c_str();
  labels.circle = circle.c_str();
  labels.values = c_values.data();
  labels.value_count = static_cast<uint32_t>(c_values.size());
  c::internal::Call(vesica_study_add_audience, study.handle.get(), &labels, audience.get());
}

StudyAnswer Run(Study& study, const std::vector<std::string>& tables, nb::object progress) {
  std::vector<const char*> names;
  for (const std::string& name : tables) names.push_back(name.c_str());
  return study.context.Run(std::move(progress), [&](auto&) {
    vesica_study_answer* made = nullptr;
    c::internal::Call(vesica_study_run, study.handle.get(), static_cast<const char* const*>(names.data()),
                      static_cast<uint32_t>(names.size()), &made);
    return StudyAnswer{AnswerHandle(made)};
  });
}

// What was counted for the tables, as a partial.
nb::bytes Save(Study& study, const std::vector<std::string>& tables, nb::object progress) {
  std::vector<const char*> names;
  for (const std::string& name : tables) names.push_back(name.c_str());
  const std::string partial = study.context.Run(std::move(progress), [&](auto&) {
    size_t length = 0;
    const auto write = [&](void* buffer, size_t capacity) {
      c::internal::Call(vesica_study_save, study.handle.get(), static_cast<const char* const*>(names.data()),
                        static_cast<uint32_t>(names.size()), buffer, capacity, &length);
    };
    write(nullptr, 0);
    std::string bytes(length, '\0');
    write(bytes.data(), bytes.size());
    return bytes;
  });
  return nb::bytes(partial.data(), partial.size());
}

void Load(Study& study, const nb::bytes& partial) {
  study.context.Run(nb::none(), [&](auto&) {
    c::internal::Call(vesica_study_load, study.handle.get(), static_cast<const void*>(partial.data()), partial.size());
  });
}

// Rows read and taken, and the rows of each problem: (reason, rows, first rows).
nb::dict Quality(const Study& study) {
  const vesica_study* const handle = study.handle.get();
  const auto quality = c::internal::Filled<vesica_event_quality>(vesica_study_quality, handle);
  nb::list problems;
  for (uint32_t i = 0; i < quality.problems; ++i) {
    const auto problem = c::internal::Filled<vesica_event_problem>(vesica_study_problem, handle, i);
    nb::list first_rows;
    for (const uint64_t row : problem.first_rows) {
      if (row != VESICA_NO_ROW) first_rows.append(row);
    }
    problems.append(nb::make_tuple(problem.reason, problem.rows, first_rows));
  }
  nb::dict dict;
  dict["rows"] = quality.rows;
  dict["taken"] = quality.taken;
  dict["free_mail"] = quality.free_mail;
  dict["role"] = quality.role;
  dict["problems"] = problems;
  return dict;
}

std::vector<c::Table> Tables(const StudyAnswer& answer) {
  const vesica_study_answer* const handle = answer.handle.get();
  uint32_t count = 0;
  c::internal::Call(vesica_study_answer_count, handle, &count);
  std::vector<c::Table> tables;
  for (uint32_t i = 0; i < count; ++i) {
    vesica_table* table = nullptr;
    c::internal::Call(vesica_study_answer_table, handle, i, &table);
    tables.emplace_back(table);
  }
  return tables;
}

std::string Json(const StudyAnswer& answer) {
  const nb::gil_scoped_release unlocked;
  return c::internal::Text(vesica_study_answer_json, static_cast<const vesica_study_answer*>(answer.handle.get()));
}

std::string Report(const StudyAnswer& answer, uint32_t format, uint32_t theme, const std::string& title,
                   const std::string& company, const std::string& figure) {
  const nb::gil_scoped_release unlocked;
  return c::internal::Report({format, theme, title, company, figure}, vesica_study_answer_report,
                             static_cast<const vesica_study_answer*>(answer.handle.get()));
}

c::Table Figures() {
  vesica_table* table = nullptr;
  c::internal::Call(vesica_report_figures, &table);
  return c::Table(table);
}

c::Table Contents() {
  vesica_table* table = nullptr;
  c::internal::Call(vesica_study_contents, &table);
  return c::Table(table);
}

}  // namespace

void BindStudy(nb::module_& module) {
  nb::class_<Study>(module, "Study")
      .def("add_stream", &AddStream, "stream"_a, "renames"_a, "progress"_a.none())
      .def("add_audience", &AddAudience, "company"_a, "circle"_a, "values"_a, "audience"_a)
      .def("run", &Run, "tables"_a, "progress"_a.none())
      .def("save", &Save, "tables"_a, "progress"_a.none())
      .def("load", &Load, "partial"_a)
      .def("quality", &Quality);
  nb::class_<StudyAnswer>(module, "StudyAnswer")
      .def("tables", &Tables)
      .def("json", &Json)
      .def("report", &Report, "format"_a, "theme"_a, "title"_a, "company"_a, "figure"_a);
  module.def("study", &NewStudy, "context"_a, "profile"_a, "settings"_a, "spill_directory"_a, nb::keep_alive<0, 1>());
  module.def("study_contents", &Contents);
  module.def("study_figures", &Figures);
}

}  // namespace vesica::python
