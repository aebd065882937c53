#include <algorithm>
#include <cstring>
#include <string_view>

#include "keys.h"

namespace nb = nanobind;

namespace vesica::python {
namespace {

bool IsRecords(const ArrowSchema& schema) {
  const bool records = schema.format != nullptr && std::string_view(schema.format) == "+s";
  if (records && schema.n_children > 0 && schema.children == nullptr) {
    throw std::invalid_argument("the Arrow schema has no children where it says so");
  }
  return records;
}

// The place of the column of keys among the children of record batches; -1 of a column without any.
int64_t FindColumn(const ArrowSchema& schema, std::optional<std::string>& column) {
  if (!IsRecords(schema)) {
    if (column) throw std::invalid_argument("the keys are one column already: leave out `column`");
    return -1;
  }
  if (!column) {
    if (schema.n_children != 1) {
      throw std::invalid_argument("the table has " + std::to_string(schema.n_children) +
                                  " columns: name the one that has the keys, column=...");
    }
    if (schema.children[0] == nullptr) throw std::invalid_argument("the Arrow schema has a child that is not there");
    column = schema.children[0]->name == nullptr ? "" : schema.children[0]->name;
    return 0;
  }
  int64_t found = -1;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr) throw std::invalid_argument("the Arrow schema has a child that is not there");
    const char* const name = schema.children[i]->name;
    if (name == nullptr || *column != name) continue;
    if (found >= 0) throw std::invalid_argument("the table has several columns of the name given");
    found = i;
  }
  if (found < 0) throw std::invalid_argument("the table has no column of the name given");
  return found;
}

bool HasNullRecords(const ArrowArray& records) {
  return records.null_count != 0 && records.n_buffers > 0 && records.buffers[0] != nullptr;
}

// Whether the stream failed because of Ctrl-C: what Python code feeds it can be told by its text only, which is not
// shown.
bool WasInterrupted(ArrowArrayStream& stream) {
  const char* const text = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
  return text != nullptr && std::string_view(text).find("KeyboardInterrupt") != std::string_view::npos;
}

int GetNext(ArrowArrayStream& stream, ArrowArray* out) {
  const nb::gil_scoped_release unlocked;  // the stream may wait for a thread that runs Python
  return stream.get_next(&stream, out);
}

void ThrowStreamFailure(ArrowArrayStream& stream, int error) {
  ThrowIfInterrupted(&stream);
  auto details = c::internal::Sized<vesica_error>();
  details.status = VESICA_IO;
  details.row = VESICA_NO_ROW;
  details.index = VESICA_NO_INDEX;
  const std::string message = "the Arrow stream failed with error number " + std::to_string(error);
  std::memcpy(details.message, message.c_str(), message.size() + 1);
  throw c::Error(details);
}

}  // namespace

void ThrowIfInterrupted(ArrowArrayStream* stream) {
  if (stream == nullptr || !WasInterrupted(*stream)) return;
  PyErr_SetNone(PyExc_KeyboardInterrupt);
  throw nb::python_error();
}

void Keys::AddArray(Owned<ArrowArray> array, int64_t child) {
  auto column = c::internal::Sized<vesica_column>();
  column.layout = VESICA_LAYOUT_ARROW;
  column.array = array.get();
  column.schema = schema_.get();
  if (child >= 0) {
    if (array->n_children <= child || array->children == nullptr || array->children[child] == nullptr)
      throw std::invalid_argument("a record batch has not the columns of its schema");
    ArrowArray& rows = children_.emplace_back(*array->children[child]);
    if (array->length < 0 || array->offset < 0 || rows.length < array->offset ||
        rows.length - array->offset < array->length) {
      throw std::invalid_argument("a column of a record batch is shorter than the batch");
    }
    rows.offset += array->offset;
    rows.length = array->length;
    rows.null_count = -1;  // of these rows it is not known
    column.array = &rows;
    column.schema = schema_->children[child];
  }
  if (column.schema->format != nullptr && std::string_view(column.schema->format) == "n") {
    column = AddBlanks(static_cast<uint64_t>(std::max<int64_t>(column.array->length, 0)));
  }
  columns_.push_back(column);
  arrays_.push_back(std::move(array));
}

// Of the type that has nothing but nulls.
vesica_column Keys::AddBlanks(uint64_t length) {
  auto column = c::internal::Sized<vesica_column>();
  column.layout = VESICA_LAYOUT_SPANS;
  column.data = blanks_.emplace_back(length, vesica_span{nullptr, 0}).data();
  column.length = length;
  return column;
}

Keys Keys::OfArrowArray(const nb::object& schema, const nb::object& array, std::optional<std::string> column) {
  Keys keys;
  keys.schema_ = TakeCapsule<ArrowSchema>(schema, "arrow_schema");
  Owned<ArrowArray> taken = TakeCapsule<ArrowArray>(array, "arrow_array");
  const int64_t child = FindColumn(*keys.schema_, column);
  if (child >= 0 && HasNullRecords(*taken)) throw std::invalid_argument("a record batch has null rows");
  keys.AddArray(std::move(taken), child);
  return keys;
}

std::optional<Keys> Keys::OfArrowStream(const nb::object& stream, std::optional<std::string> column, bool in_memory) {
  Keys keys;
  keys.stream_ = TakeCapsule<ArrowArrayStream>(stream, "arrow_array_stream");
  keys.schema_.reset(new ArrowSchema{});
  if (const int error = keys.stream_->get_schema(keys.stream_.get(), keys.schema_.get()); error != 0) {
    ThrowStreamFailure(*keys.stream_, error);
  }
  const int64_t child = FindColumn(*keys.schema_, column);
  if (!in_memory) {
    keys.stream_column_ = std::move(column);
    return keys;
  }
  while (true) {
    Owned<ArrowArray> array(new ArrowArray{});
    if (const int error = GetNext(*keys.stream_, array.get()); error != 0) ThrowStreamFailure(*keys.stream_, error);
    if (array->release == nullptr) break;
    if (child >= 0 && HasNullRecords(*array)) return std::nullopt;
    keys.AddArray(std::move(array), child);
  }
  keys.stream_.reset();
  return keys;
}

}  // namespace vesica::python
