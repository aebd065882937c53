#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

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

// Asks memory for an object and the text that follows it: objects of a list lie anywhere.
inline void Prefetch([[maybe_unused]] const PyObject* object) {
#if defined(__GNUC__)
  __builtin_prefetch(object);
  __builtin_prefetch(reinterpret_cast<const char*>(object) + 64);
#endif
}

}  // namespace

// Reads a list into the text or the integers of `keys`. Text is copied as it is met: to find it again would cost more,
// and others may change the list.
class Keys::ObjectReader {
 public:
  ObjectReader(Keys& keys, const nb::list& list, const nb::object& coerce)
      : keys_(keys), list_(list), coerce_(coerce), rows_(nb::len(list)) {}

  void Read() {
    if (ReadIntegers()) {
      keys_.columns_ = {ColumnOf(VESICA_LAYOUT_INT64, keys_.integers_.data(), rows_)};
      keys_.columns_[0].validity = keys_.validity_.empty() ? nullptr : keys_.validity_.data();
      return;
    }
    keys_.integers_ = {};
    Forget(0);
    for (size_t row = 0; row < rows_; ++row) ReadText(row);
    for (const Text& text : keys_.texts_) {
      vesica_column column = ColumnOf(VESICA_LAYOUT_OFFSETS64, text.bytes.get(), text.offsets.size() - 1);
      column.offsets = text.offsets.data();
      column.validity = text.validity.data();
      keys_.columns_.push_back(column);
    }
  }

 private:
  // The object of a row, borrowed from the list until Python code runs. Rows are asked for in their order.
  PyObject* ObjectOf(size_t row) {
    if (row % kRowsPerSignalCheck == 0) {
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
      Forget(row);
    }
    for (; fetched_ < rows_ && fetched_ <= row + kRowsAhead; ++fetched_) {
      PyObject* const object = PyList_GetItem(list_.ptr(), static_cast<Py_ssize_t>(fetched_));
      if (object == nullptr) throw nb::python_error();
      Prefetch(object);
      ahead_[fetched_ % ahead_.size()] = object;
    }
    return ahead_[row % ahead_.size()];
  }

  // Python code may have run: rows from this one on are to be borrowed again.
  void Forget(size_t row) { fetched_ = row; }

  // The object, or what it is coerced to: a str, bytes, int or None.
  nb::object Plain(size_t row, PyObject* object) {
    const nb::object kept = nb::borrow(object);
    if (PyUnicode_Check(object) || PyBytes_Check(object) || object == Py_None) return kept;
    if (PyLong_Check(object) && !PyBool_Check(object)) return kept;
    if (IsNan(object)) return nb::none();
    Forget(row + 1);
    return nb::object(coerce_(row, kept));
  }

  // False if there is anything but None and integers of 64 bits; or nothing but None, which is any kind of key.
  bool ReadIntegers() {
    bool any = false;
    std::vector<size_t> missing;
    for (size_t row = 0; row < rows_; ++row) {
      const nb::object object = Plain(row, ObjectOf(row));
      int64_t value = 0;
      if (object.is_none()) {
        missing.push_back(row);
      } else if (PyLong_Check(object.ptr())) {
        int overflow = 0;
        value = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
        if (overflow != 0) return false;
        if (value == -1 && PyErr_Occurred() != nullptr) throw nb::python_error();
        any = true;
      } else {
        return false;
      }
      keys_.integers_.push_back(value);
    }
    if (!missing.empty()) {
      keys_.validity_.assign((rows_ + 7) / 8, 0xFF);
      for (const size_t row : missing) keys_.validity_[row / 8] &= static_cast<uint8_t>(~(1u << (row % 8)));
    }
    return any;
  }

  void ReadText(size_t row) {
    const nb::object object = nb::borrow(ObjectOf(row));  // what fails makes an exception, and so may run finalizers
    if (PyUnicode_CheckExact(object.ptr()) && AppendUtf8(object.ptr())) return;
    Forget(row + 1);
    AppendOther(row, Plain(row, object.ptr()));
  }

  // Of a str without surrogates.
  bool AppendUtf8(PyObject* text) {
    Py_ssize_t size = 0;
    const char* const data = PyUnicode_AsUTF8AndSize(text, &size);  // where the object keeps it
    if (data != nullptr) {
      Append({data, static_cast<size_t>(size)}, true);
    } else {
      PyErr_Clear();  // its text would hold the key
    }
    return data != nullptr;
  }

  void AppendOther(size_t row, const nb::object& object) {
    if (object.is_none()) {
      Append({}, false);
    } else if (PyBytes_Check(object.ptr())) {
      Append(BytesOf(object.ptr()), true);
    } else if (!PyUnicode_Check(object.ptr())) {
      Forget(row + 1);
      const nb::object digits = nb::steal(PyObject_Str(object.ptr()));
      if (!digits.is_valid()) {
        PyErr_Clear();
        throw nb::value_error(("row " + std::to_string(row) + ": an integer with too many digits is no key").c_str());
      }
      AppendEncoded(digits.ptr(), "strict");
    } else if (!AppendUtf8(object.ptr())) {
      Forget(row + 1);
      AppendEncoded(object.ptr(), "surrogatepass");
    }
  }

  void AppendEncoded(PyObject* text, const char* errors) {
    const nb::object bytes = nb::steal(PyUnicode_AsEncodedString(text, "utf-8", errors));
    if (!bytes.is_valid()) throw nb::python_error();
    Append(BytesOf(bytes.ptr()), true);
  }

  void Append(std::string_view key, bool valid) {
    if (keys_.texts_.empty() || key.size() > room_) AddText(key.size());
    Text& text = keys_.texts_.back();
    const size_t row = text.offsets.size() - 1;
    const auto begin = static_cast<size_t>(text.offsets.back());
    if (!key.empty()) std::memcpy(text.bytes.get() + begin, key.data(), key.size());
    room_ -= key.size();
    text.offsets.push_back(static_cast<int64_t>(begin + key.size()));
    if (row % 8 == 0) text.validity.push_back(0);
    text.validity.back() |= static_cast<uint8_t>(valid << (row % 8));
  }

  // Room for a key of `size` and those that follow it.
  void AddText(size_t size) {
    room_ = std::max(size, kTextBytes);
    Text& text = keys_.texts_.emplace_back();
    text.bytes.reset(new char[room_]);  // not zeros
    text.offsets.reserve(std::min(rows_, kTextRows) + 1);
    text.offsets.push_back(0);
    text.validity.reserve(std::min(rows_, kTextRows) / 8 + 1);
  }

  static constexpr size_t kRowsAhead = 16;
  static constexpr size_t kRowsPerSignalCheck = 1 << 16;
  static constexpr size_t kTextBytes = 1 << 20;
  static constexpr size_t kTextRows = 1 << 16;  // what may fit: more is a longer way, not a failure

  Keys& keys_;
  const nb::list& list_;
  const nb::object& coerce_;
  const size_t rows_;
  std::array<PyObject*, 2 * kRowsAhead> ahead_;
  size_t fetched_ = 0;  // rows of which ahead_ has the last
  size_t room_ = 0;     // bytes left in the last text
};

Keys Keys::OfObjects(const nb::list& objects, const nb::object& coerce) {
  Keys keys;
  ObjectReader(keys, objects, coerce).Read();
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
