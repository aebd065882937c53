#ifndef VESICA_LIB_ARROW_OWNED_H_
#define VESICA_LIB_ARROW_OWNED_H_

#include "arrow/arrow_abi.h"

namespace vesica {

// An ArrowArray or ArrowSchema that is released with its owner.
template <class T>
class Owned {
 public:
  Owned() = default;
  ~Owned() { Release(); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;

  void Release() {
    if (value_.release != nullptr) value_.release(&value_);
    value_ = {};
  }
  T* get() { return &value_; }
  T* operator->() { return &value_; }
  const T& operator*() const { return value_; }

 private:
  T value_ = {};
};

}  // namespace vesica

#endif  // VESICA_LIB_ARROW_OWNED_H_
