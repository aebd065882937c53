#include "guard.h"
#include "structs.h"
#include "vesica/planner.h"

namespace vesica::capi {
namespace {

absl::StatusOr<PlanQuestion> ToQuestion(const vesica_plan_question* given) {
  VESICA_RETURN_IF_ERROR(NotNull({{given, "question"}}));
  VESICA_ASSIGN_OR_RETURN(const vesica_plan_question from, ReadStruct(given, "question"));
  if (from.reserved != 0) return Unsupported("question.reserved is not 0");
  return PlanQuestion{from.size_a, from.size_b, from.share_of_smaller, from.error};
}

absl::StatusOr<Representation> ToRepresentation(uint32_t representation) {
  if (representation > VESICA_REPRESENTATION_HYPERLOGLOG) return Unsupported("the representation is unknown");
  return static_cast<Representation>(representation);
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_plan(const vesica_plan_question* question, uint32_t representation, vesica_plan_answer* out,
                          vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    VESICA_ASSIGN_OR_RETURN(const vesica::PlanQuestion asked, ToQuestion(question));
    VESICA_ASSIGN_OR_RETURN(const vesica::Representation wanted, ToRepresentation(representation));
    VESICA_ASSIGN_OR_RETURN(const vesica::Plan plan, vesica::MakePlan(asked));
    const vesica::RepresentationPlan& from = plan.Of(wanted);
    vesica_plan_answer answer{};
    answer.flags =
        (from.reaches_error ? VESICA_PLAN_REACHES_ERROR : 0) | (plan.smallest == wanted ? VESICA_PLAN_SMALLEST : 0);
    answer.sketch_bytes = from.sketch_bytes;
    answer.image_bytes_a = from.image_bytes_a;
    answer.image_bytes_b = from.image_bytes_b;
    answer.half_width = from.half_width;
    answer.build_ns_per_row = from.build_ns_per_row;
    WriteStruct(answer, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_plan_half_width(const vesica_plan_question* question, uint32_t representation,
                                     uint64_t sketch_bytes, double* half_width, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{half_width, "half_width"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica::PlanQuestion asked, ToQuestion(question));
    VESICA_ASSIGN_OR_RETURN(const vesica::Representation wanted, ToRepresentation(representation));
    VESICA_ASSIGN_OR_RETURN(*half_width, vesica::ExpectedHalfWidth(asked, wanted, sketch_bytes));
    return absl::OkStatus();
  });
}

}  // extern "C"
