#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string_view>

#include "answers.h"
#include "audience.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace vesica::python {
namespace {

std::vector<std::string> Columns(const c::Table& table) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < table.Info().columns; ++i) names.emplace_back(table.Column(i).name);
  return names;
}

bool BitOf(const void* bits, uint64_t row) { return (static_cast<const uint8_t*>(bits)[row / 8] >> row % 8 & 1) != 0; }

template <class T>
const T& CellOf(const vesica_column_view& column, uint64_t row) {
  return static_cast<const T*>(column.data)[row];
}

// datetime.datetime in UTC.
nb::object TimeOf(int64_t microseconds) {
  const nb::object datetime = nb::module_::import_("datetime");
  const nb::object epoch = datetime.attr("datetime")(1970, 1, 1, "tzinfo"_a = datetime.attr("timezone").attr("utc"));
  return epoch + datetime.attr("timedelta")("microseconds"_a = microseconds);
}

// decimal.Decimal.
nb::object AmountOf(int64_t ten_thousandths) {
  return nb::module_::import_("decimal").attr("Decimal")(ten_thousandths).attr("scaleb")(-4);
}

nb::object ObjectOf(const vesica_column_view& column, uint64_t row) {
  switch (column.type) {
    case VESICA_TYPE_TEXT: {
      const auto begin = static_cast<size_t>(column.offsets[row]);
      const auto end = static_cast<size_t>(column.offsets[row + 1]);
      return nb::str(static_cast<const char*>(column.data) + begin, end - begin);
    }
    case VESICA_TYPE_INT64:
      return nb::int_(CellOf<int64_t>(column, row));
    case VESICA_TYPE_UINT64:
      return nb::int_(CellOf<uint64_t>(column, row));
    case VESICA_TYPE_DOUBLE:
      return nb::float_(CellOf<double>(column, row));
    case VESICA_TYPE_BOOL:
      return nb::bool_(BitOf(column.data, row));
    case VESICA_TYPE_TIME:
      return TimeOf(CellOf<int64_t>(column, row));
    case VESICA_TYPE_AMOUNT:
      return AmountOf(CellOf<int64_t>(column, row));
    default:
      throw std::runtime_error("the table has a column of a type that this package does not know");
  }
}

nb::list Cells(const c::Table& table, uint32_t index) {
  const vesica_column_view column = table.Column(index);
  nb::list cells;
  for (uint64_t row = 0; row < column.length; ++row) {
    const bool null = column.validity != nullptr && !BitOf(column.validity, row);
    cells.append(null ? nb::none() : ObjectOf(column, row));
  }
  return cells;
}

void ReleaseStream(PyObject* capsule) noexcept {
  auto* const stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

// A capsule of the Arrow PyCapsule interface.
nb::object ArrowStream(const c::Table& table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  table.Arrow(stream.get());
  const nb::object capsule = nb::steal(PyCapsule_New(stream.get(), "arrow_array_stream", &ReleaseStream));
  if (!capsule.is_valid()) {
    stream->release(stream.get());
    throw nb::python_error();
  }
  stream.release();
  return capsule;
}

template <std::string (c::Table::*Write)() const>
std::string Text(const c::Table& table) {
  const nb::gil_scoped_release unlocked;
  return (table.*Write)();
}

double HalfWidth(double size_a, double size_b, double overlap, uint32_t representation, uint64_t sketch_bytes) {
  const vesica_plan_question question = c::PlanQuestion(size_a, size_b, overlap, 0.1);
  return c::PlanHalfWidth(question, BuilderOptions(representation, sketch_bytes, false));
}

}  // namespace

void BindTable(nb::module_& module) {
  nb::class_<c::Table>(module, "Table")
      .def("rows", [](const c::Table& table) { return table.Info().rows; })
      .def("columns", &Columns)
      .def("name", [](const c::Table& table) { return table.Info().name; })
      .def("description", [](const c::Table& table) { return table.Info().description; })
      .def("column", &Cells, "index"_a)
      .def("arrow_stream", &ArrowStream)
      .def("json", &Text<&c::Table::Json>)
      .def("csv", &Text<&c::Table::Csv>);
  module.attr("TABLE_SETS") = static_cast<uint32_t>(VESICA_TABLE_SETS);
  module.attr("TABLE_REGIONS") = static_cast<uint32_t>(VESICA_TABLE_REGIONS);
  module.attr("TABLE_PAIRS") = static_cast<uint32_t>(VESICA_TABLE_PAIRS);
  module.def("profiles_table", &c::Table::OfProfiles);
  module.def(
      "plan_table",
      [](double size_a, double size_b, double overlap, double error) {
        return c::Table::OfPlan(c::PlanQuestion(size_a, size_b, overlap, error));
      },
      "size_a"_a, "size_b"_a, "overlap"_a, "error"_a);
  module.def("plan_half_width", &HalfWidth, "size_a"_a, "size_b"_a, "overlap"_a, "representation"_a, "sketch_bytes"_a);
}

}  // namespace vesica::python
