#include <cmath>
#include <cstring>

#include "keys.h"

namespace nb = nanobind;

namespace vesica::python {
namespace {

std::string_view BytesOf(PyObject* bytes) {
  char* data = nullptr;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) != 0) throw nb::python_error();
  return {data, static_cast<size_t>(size)};
}

bool IsNan(PyObject* object) { return PyFloat_Check(object) && std::isnan(PyFloat_AsDouble(object)); }

vesica_column ColumnOf(uint32_t layout, const void* data, uint64_t length) {
  auto column = c::internal::Sized<vesica_column>();
  column.layout = layout;
  column.data = data;
  column.length = length;
  return column;
}

}  // namespace

// Reads a list into the spans or the integers of `keys`, which keeps alive what they refer to.
class Keys::ObjectReader {
 public:
  ObjectReader(Keys& keys, const nb::object& coerce) : keys_(keys), coerce_(coerce), rows_(nb::len(keys.objects_)) {}

  void Read() {
    const size_t rows = rows_;
    if (ReadIntegers(rows)) {
      keys_.columns_ = {ColumnOf(VESICA_LAYOUT_INT64, keys_.integers_.data(), rows)};
      keys_.columns_[0].validity = keys_.validity_.empty() ? nullptr : keys_.validity_.data();
      return;
    }
    keys_.integers_ = {};
    keys_.spans_.resize(rows);
    for (size_t row = 0; row < rows; ++row) keys_.spans_[row] = SpanOf(Plain(row));
    keys_.columns_ = {ColumnOf(VESICA_LAYOUT_SPANS, keys_.spans_.data(), rows)};
  }

 private:
  // The object of a row, or what it was coerced to: a str, bytes, int or None.
  PyObject* Plain(size_t row) {
    if (row % kRowsPerSignalCheck == 0 && PyErr_CheckSignals() != 0) throw nb::python_error();
    if (row + kPrefetchRows < rows_) {
      const auto ahead = static_cast<Py_ssize_t>(row + kPrefetchRows);
      __builtin_prefetch(PyList_GetItem(keys_.objects_.ptr(), ahead));
    }
    PyObject* const object = PyList_GetItem(keys_.objects_.ptr(), static_cast<Py_ssize_t>(row));
    if (object == nullptr) throw nb::python_error();
    if (PyUnicode_Check(object) || object == Py_None || PyBytes_Check(object)) return object;
    if (PyLong_Check(object) && !PyBool_Check(object)) return object;
    if (IsNan(object)) return Py_None;
    nb::object plain = coerce_(row, nb::handle(object));
    if (PyList_SetItem(keys_.objects_.ptr(), static_cast<Py_ssize_t>(row), nb::object(plain).release().ptr()) != 0) {
      throw nb::python_error();
    }
    return plain.ptr();  // which the list keeps alive
  }

  // False if there is anything but None and integers of 64 bits; or nothing but None, which is any kind of key.
  bool ReadIntegers(size_t rows) {
    bool any = false;
    std::vector<size_t> missing;
    for (size_t row = 0; row < rows; ++row) {
      PyObject* const object = Plain(row);
      int64_t value = 0;
      if (object == Py_None) {
        missing.push_back(row);
      } else if (PyLong_Check(object)) {
        int overflow = 0;
        value = PyLong_AsLongLongAndOverflow(object, &overflow);
        if (overflow != 0) return false;
        if (value == -1 && PyErr_Occurred() != nullptr) throw nb::python_error();
        any = true;
      } else {
        return false;
      }
      keys_.integers_.push_back(value);
    }
    if (!missing.empty()) {
      keys_.validity_.assign((rows + 7) / 8, 0xFF);
      for (const size_t row : missing) keys_.validity_[row / 8] &= static_cast<uint8_t>(~(1u << (row % 8)));
    }
    return any;
  }

  vesica_span SpanOf(PyObject* object) {
    if (object == Py_None) return {nullptr, 0};
    if (PyUnicode_Check(object)) {
      Py_ssize_t size = 0;
      const char* const data = PyUnicode_AsUTF8AndSize(object, &size);  // where the object keeps it
      if (data != nullptr) return {data, static_cast<uint64_t>(size)};
      PyErr_Clear();  // its text would hold the key
      return Keep(Encoded(object, "surrogatepass"));
    }
    if (PyBytes_Check(object)) {
      const std::string_view bytes = BytesOf(object);
      return {bytes.data(), bytes.size()};
    }
    const nb::object digits = nb::steal(PyObject_Str(object));
    if (!digits.is_valid()) throw nb::python_error();
    return Keep(Encoded(digits.ptr(), "strict"));
  }

  static std::string Encoded(PyObject* text, const char* errors) {
    const nb::object bytes = nb::steal(PyUnicode_AsEncodedString(text, "utf-8", errors));
    if (!bytes.is_valid()) throw nb::python_error();
    return std::string(BytesOf(bytes.ptr()));
  }

  vesica_span Keep(std::string text) {
    keys_.texts_.push_back(std::move(text));
    return {keys_.texts_.back().data(), keys_.texts_.back().size()};
  }

  // Objects of a list lie anywhere: they are asked for before they are looked at.
  static constexpr size_t kPrefetchRows = 16;
  static constexpr size_t kRowsPerSignalCheck = 1 << 16;

  Keys& keys_;
  const nb::object& coerce_;
  const size_t rows_;
};

Keys Keys::OfObjects(nb::list objects, const nb::object& coerce) {
  Keys keys;
  keys.objects_ = nb::steal<nb::list>(PyList_GetSlice(objects.ptr(), 0, PY_SSIZE_T_MAX));  // nobody else changes it
  if (!keys.objects_.is_valid()) throw nb::python_error();
  ObjectReader(keys, coerce).Read();
  return keys;
}

namespace {

// A contiguous buffer of a Python object, held while it is read.
class Buffer {
 public:
  explicit Buffer(const nb::object& object) {
    if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_SIMPLE) != 0) throw nb::python_error();
  }
  ~Buffer() { PyBuffer_Release(&view_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  const void* data() const { return view_.buf; }
  size_t size() const { return static_cast<size_t>(view_.len); }

 private:
  Py_buffer view_{};
};

}  // namespace

Keys Keys::OfIntegers(const nb::object& integers, const nb::object& missing) {
  Keys keys;
  const Buffer values(integers);
  const size_t rows = values.size() / sizeof(int64_t);
  keys.integers_.resize(rows);
  if (rows != 0) std::memcpy(keys.integers_.data(), values.data(), rows * sizeof(int64_t));
  keys.columns_ = {ColumnOf(VESICA_LAYOUT_INT64, keys.integers_.data(), rows)};
  if (missing.is_none()) return keys;
  const Buffer mask(missing);
  if (mask.size() != rows) throw std::invalid_argument("the mask has another length than the integers");
  keys.validity_.assign((rows + 7) / 8, 0);
  for (size_t row = 0; row < rows; ++row) {
    const bool valid = static_cast<const uint8_t*>(mask.data())[row] == 0;
    keys.validity_[row / 8] |= static_cast<uint8_t>(valid << (row % 8));
  }
  keys.columns_[0].validity = keys.validity_.data();
  return keys;
}

}  // namespace vesica::python
