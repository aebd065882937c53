#include "context.h"

namespace nb = nanobind;

namespace vesica::python {
namespace {

// Interrupts are looked for, and progress is told, so often: far below the second that people notice.
constexpr std::chrono::milliseconds kTellEvery{50};

}  // namespace

Context::Context(uint32_t threads, uint64_t memory_budget_bytes)
    : context_({threads, memory_budget_bytes, [this](double fraction) { return Tell(fraction); }}) {}

bool Context::Tell(double fraction) {
  const auto now = std::chrono::steady_clock::now();
  if (now - call_->last_told < kTellEvery) return true;
  call_->last_told = now;
  const nb::gil_scoped_acquire locked;
  try {
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
    if (call_->progress.is_none()) return true;
    return !call_->progress(call_->part_begin + fraction * call_->part_size).is(nb::bool_(false));
  } catch (nb::python_error& error) {
    call_->raised.emplace(std::move(error));
    return false;
  }
}

std::unique_lock<std::timed_mutex> Context::Wait() {
  std::unique_lock<std::timed_mutex> lock(mutex_, std::defer_lock);
  while (!lock.try_lock_for(kTellEvery)) {
    const nb::gil_scoped_acquire locked;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
  }
  return lock;
}

void Context::Trim() {
  Run(nb::none(), [this](Call&) { context_.Trim(); });
}

}  // namespace vesica::python
