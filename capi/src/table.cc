#include "vesica/table.h"

#include <cstring>

#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"

namespace vesica::capi {
namespace {

vesica_column_view ToView(const TableColumn& from, uint64_t rows) {
  vesica_column_view view{};
  view.type = static_cast<uint32_t>(from.type);
  view.name = from.name.c_str();
  view.length = rows;
  view.null_count = from.null_count;
  view.data = from.cells();
  view.offsets = from.type == ColumnType::kText ? from.integers.data() : nullptr;
  view.validity = from.null_count == 0 ? nullptr : from.validity.data();
  return view;
}

using Write = absl::Status (*)(const Table&, const TextSink&);

// Writes text of `size` bytes straight to the buffer.
absl::Status WriteTable(const Table& table, uint64_t size, Write write, char* buffer, size_t capacity, size_t* length) {
  const auto fill = [&](char* to) {
    return write(table, [&](std::string_view piece) {
      std::memcpy(to, piece.data(), piece.size());
      to += piece.size();
      return absl::OkStatus();
    });
  };
  return WriteText(size, fill, buffer, capacity, length);
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

void vesica_table_free(vesica_table* table) { delete table; }

vesica_status vesica_table_describe(const vesica_table* table, vesica_table_info* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{table, "table"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    vesica_table_info info{};
    info.rows = table->impl.rows();
    info.columns = static_cast<uint32_t>(table->impl.columns().size());
    info.name = table->impl.name().c_str();
    info.description = table->impl.description().c_str();
    WriteStruct(info, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_table_column(const vesica_table* table, uint32_t index, vesica_column_view* out,
                                  vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{table, "table"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    if (index >= table->impl.columns().size()) return vesica::InvalidArgument("index is past the last column");
    WriteStruct(ToView(table->impl.columns()[index], table->impl.rows()), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_table_arrow(const vesica_table* table, struct ArrowArrayStream* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{table, "table"}, {out, "out"}}));
    vesica::ExportArrow(table->impl, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_table_json(const vesica_table* table, char* buffer, size_t capacity, size_t* length,
                                vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{table, "table"}}));
    return WriteTable(table->impl, table->impl.JsonSize(), vesica::WriteJson, buffer, capacity, length);
  });
}

vesica_status vesica_table_csv(const vesica_table* table, char* buffer, size_t capacity, size_t* length,
                               vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{table, "table"}}));
    return WriteTable(table->impl, table->impl.CsvSize(), vesica::WriteCsv, buffer, capacity, length);
  });
}

vesica_status vesica_table_inert_csv(const vesica_table* table, char* buffer, size_t capacity, size_t* length,
                                     vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{table, "table"}}));
    return WriteText(vesica::ToInertCsv(table->impl), buffer, capacity, length);
  });
}

}  // extern "C"
