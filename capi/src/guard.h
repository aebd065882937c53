#ifndef VESICA_CAPI_SRC_GUARD_H_
#define VESICA_CAPI_SRC_GUARD_H_

#include <initializer_list>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/error.h"
#include "vesica.h"
#include "vesica/status.h"

#if defined(VESICA_TEST_THROW)
extern "C" void vesica_test_throw();  // defined by the test that wants exceptions: throws one
#endif

namespace vesica::capi {

// Fills `error`, if there is one, and returns the code.
vesica_status Fail(const ErrorInfo& info, std::string_view message, vesica_error* error) noexcept;
vesica_status Fail(const absl::Status& status, vesica_error* error);

// The one place where C++ failure becomes C failure. No exported function that can fail may call the library outside
// of it.
template <class Body>
vesica_status Guard(vesica_error* error, Body&& body) noexcept {
  try {
#if defined(VESICA_TEST_THROW)
    vesica_test_throw();
#endif
    const absl::Status status = body();
    return status.ok() ? VESICA_OK : Fail(status, error);
  } catch (const std::bad_alloc&) {
    return Fail(ErrorInfo{.code = ErrorCode::kOutOfMemory}, "the system gave no memory", error);
  } catch (...) {
    return Fail(ErrorInfo{.code = ErrorCode::kInternal}, "unexpected failure inside the library", error);
  }
}

struct Argument {
  const void* pointer;
  const char* name;
};

// InvalidArgument naming the first that is NULL.
absl::Status NotNull(std::initializer_list<Argument> arguments);

// Room for a handle, asked for before anything is done: what has been done cannot then fail to be handed over.
struct FreeRoom {
  void operator()(void* room) const { ::operator delete(room); }
};
using HandleRoom = std::unique_ptr<void, FreeRoom>;

// For functions that make a handle: `body` returns a StatusOr of what the handle holds. `*out` is NULL on failure.
template <class Handle, class Body>
vesica_status GuardNew(Handle** out, vesica_error* error, Body&& body) noexcept {
  static_assert(std::is_nothrow_move_constructible_v<Handle>);
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{out, "out"}}));
    HandleRoom room(::operator new(sizeof(Handle)));
    auto made = body();
    if (!made.ok()) return std::move(made).status();
    *out = ::new (room.release()) Handle{*std::move(made)};
    return absl::OkStatus();
  });
}

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_GUARD_H_
