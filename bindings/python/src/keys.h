#ifndef VESICA_BINDINGS_PYTHON_SRC_KEYS_H_
#define VESICA_BINDINGS_PYTHON_SRC_KEYS_H_

#include <nanobind/nanobind.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "vesica.hpp"

namespace vesica::python {

// An ArrowArray, ArrowSchema or ArrowArrayStream that is released with its owner.
template <class T>
struct Release {
  void operator()(T* value) const {
    if (value->release != nullptr) value->release(value);
    delete value;
  }
};
template <class T>
using Owned = std::unique_ptr<T, Release<T>>;

// Takes the struct out of a capsule, as the Arrow PyCapsule interface has it: what is left there counts as released.
template <class T>
Owned<T> TakeCapsule(const nanobind::object& capsule, const char* name) {
  auto* const from = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (from == nullptr) throw nanobind::python_error();
  if (from->release == nullptr) throw std::invalid_argument("the Arrow data have been taken by somebody else before");
  Owned<T> taken(new T(*from));
  from->release = nullptr;
  return taken;
}

// Raises KeyboardInterrupt if that is why the stream failed; nullptr is no stream.
void ThrowIfInterrupted(ArrowArrayStream* stream);

// The keys of one set: where Arrow buffers hold them, kept alive here and not copied; of Python objects the text.
class Keys {
 public:
  // Of a list of str, bytes, int and None. Anything else is given to `coerce(row, value)`, which returns one of these
  // or raises. Numbers are integers, or their digits where there is text too.
  static Keys OfObjects(const nanobind::list& objects, const nanobind::object& coerce);

  // Of contiguous int64; where `missing`, contiguous bytes or None, is not 0 there is no key.
  static Keys OfIntegers(const nanobind::object& integers, const nanobind::object& missing);

  // Of the capsules of the Arrow PyCapsule interface, whose contents are taken. `column` names a column of record
  // batches; without it they must have only one. Throws std::invalid_argument about the column.
  static Keys OfArrowArray(const nanobind::object& schema, const nanobind::object& array,
                           std::optional<std::string> column);

  // `in_memory`: the stream's arrays exist already, so they are kept, and may be read in parallel and again. Otherwise
  // they are taken from the stream as they are counted, once. nullopt: in memory, but the record batches have rows
  // that are null as a whole, which only a stream can tell.
  static std::optional<Keys> OfArrowStream(const nanobind::object& stream, std::optional<std::string> column,
                                           bool in_memory);

  // Refers to these keys and to `name`.
  vesica_source Source(const std::string& name, uint32_t encoding);

  // What is read as it is counted; nullptr where all is in memory.
  ArrowArrayStream* stream() const { return stream_.get(); }

  // One after the other all rows of the set; none of a stream.
  const std::vector<vesica_column>& Columns(uint32_t encoding);

 private:
  class ObjectReader;

  void AddArray(Owned<ArrowArray> array, int64_t child);
  vesica_column AddBlanks(uint64_t length);

  std::vector<vesica_column> columns_;

  // The text of some rows, one after the other.
  struct Text {
    std::unique_ptr<char[]> bytes;
    std::vector<int64_t> offsets;
    std::vector<uint8_t> validity;
  };

  // Of objects and integers.
  std::vector<Text> texts_;
  std::vector<int64_t> integers_;
  std::vector<uint8_t> validity_;

  // Of Arrow.
  Owned<ArrowSchema> schema_;
  std::vector<Owned<ArrowArray>> arrays_;
  std::deque<std::vector<vesica_span>> blanks_;
  std::deque<ArrowArray> children_;  // of arrays_, which release them
  Owned<ArrowArrayStream> stream_;
  std::optional<std::string> stream_column_;
};

}  // namespace vesica::python

#endif  // VESICA_BINDINGS_PYTHON_SRC_KEYS_H_
