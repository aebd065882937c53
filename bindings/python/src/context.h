#ifndef VESICA_BINDINGS_PYTHON_SRC_CONTEXT_H_
#define VESICA_BINDINGS_PYTHON_SRC_CONTEXT_H_

#include <nanobind/nanobind.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#include "keys.h"
#include "vesica.hpp"

namespace vesica::python {

// A context whose calls run without the interpreter's lock, can be interrupted by signals, and tell a Python callable
// how far they are, in the end 1. Calls from several threads wait for one another.
class Context {
 public:
  Context(uint32_t threads, uint64_t memory_budget_bytes);

  // Runs work(call) and returns what it returns. What a signal handler or `progress` raises ends the call and comes
  // out of it; `progress` (None, or taking a fraction) cancels by returning False. It may not use this context.
  template <class Work>
  auto Run(nanobind::object progress, Work&& work);

  void Trim();
  vesica_memory Memory() const { return context_.Memory(); }

  // For use within Run().
  c::Context& get() { return context_; }

 private:
  struct Call;
  struct Running;

  bool Tell(double fraction);
  std::unique_lock<std::timed_mutex> Wait();  // for the calls of other threads, and for signals

  c::Context context_;
  std::timed_mutex mutex_;
  Call* call_ = nullptr;  // the one that runs, under mutex_
  std::atomic<std::thread::id> runner_{};
};

// One call of Run().
struct Context::Call {
  explicit Call(nanobind::object progress) : progress(std::move(progress)) {}

  // What follows is the part of the whole from `begin` to `end`.
  void Part(double begin, double end) {
    part_begin = begin;
    part_size = end - begin;
  }

  // A call that came to its end has done all, however little that was.
  void TellEnd() {
    if (tells_end && !progress.is_none()) progress(1.0);
  }

  nanobind::object progress;
  bool tells_end = true;               // not where a failure would have to undo what is done
  ArrowArrayStream* stream = nullptr;  // that the call reads, if any
  double part_begin = 0;
  double part_size = 1;
  std::chrono::steady_clock::time_point last_told{};
  std::optional<nanobind::python_error> raised;
};

// Makes a call the one that its context runs.
struct Context::Running {
  Running(Context& context, Call& call) : context(context) {
    context.call_ = &call;
    context.runner_ = std::this_thread::get_id();
  }
  ~Running() {
    context.runner_ = std::thread::id();
    context.call_ = nullptr;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  Context& context;
};

template <class Work>
auto Context::Run(nanobind::object progress, Work&& work) {
  if (runner_ == std::this_thread::get_id()) {
    throw std::runtime_error("the context is running the call that this one was made from; use another context");
  }
  Call call(std::move(progress));
  const auto run = [&] {
    const nanobind::gil_scoped_release unlocked;
    const std::unique_lock<std::timed_mutex> lock = Wait();
    const Running running(*this, call);
    return work(call);
  };
  try {
    if constexpr (std::is_void_v<decltype(run())>) {
      run();
      call.TellEnd();
    } else {
      auto result = run();
      call.TellEnd();
      return result;
    }
  } catch (const c::Error& error) {
    if (call.raised) throw std::move(*call.raised);
    if (error.status() == VESICA_IO) ThrowIfInterrupted(call.stream);
    throw;
  }
}

}  // namespace vesica::python

#endif  // VESICA_BINDINGS_PYTHON_SRC_CONTEXT_H_
