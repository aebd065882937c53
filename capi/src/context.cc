#include <utility>

#include "guard.h"
#include "handles.h"
#include "structs.h"

namespace vesica::capi {
namespace {

absl::StatusOr<Context> MakeContext(const vesica_context_options* given) {
  VESICA_ASSIGN_OR_RETURN(const vesica_context_options from, ReadOptions(given));
  ContextOptions options;
  options.threads = from.threads == 0 ? 1 : from.threads;
  options.memory_budget_bytes = from.memory_budget_bytes;
  if (from.progress != nullptr) {
    options.progress = [progress = from.progress, user = from.progress_user](double fraction) {
      return progress(user, fraction) == 0;
    };
  }
  return Context::Create(std::move(options));
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_context_create(const vesica_context_options* options, vesica_context** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return MakeContext(options); });
}

void vesica_context_free(vesica_context* context) { delete context; }

vesica_status vesica_context_trim(vesica_context* context, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}}));
    context->impl.Trim();
    return absl::OkStatus();
  });
}

vesica_status vesica_context_memory(const vesica_context* context, vesica_memory* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    vesica_memory memory{};
    memory.held_bytes = context->impl.held_bytes();
    memory.peak_bytes = context->impl.peak_bytes();
    WriteStruct(memory, out);
    return absl::OkStatus();
  });
}

}  // extern "C"
