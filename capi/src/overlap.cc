#include "figures.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"

using namespace vesica::capi;  // NOLINT: the function below is the C interface of this namespace.

extern "C" {

vesica_status vesica_overlap_of_audiences(vesica_context* context, const vesica_audience* a, const vesica_audience* b,
                                          vesica_overlap* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}, {a, "a"}, {b, "b"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    VESICA_ASSIGN_OR_RETURN(const vesica::Overlap overlap, vesica::OverlapOf(a->impl, b->impl, context->impl));
    WriteStruct(ToOverlap(overlap), out);
    return absl::OkStatus();
  });
}

}  // extern "C"
