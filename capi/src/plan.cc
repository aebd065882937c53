#include "builder_options.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "vesica/answer_tables.h"
#include "vesica/planner.h"

namespace vesica::capi {
namespace {

absl::StatusOr<PlanQuestion> ToQuestion(const vesica_plan_question* given) {
  VESICA_RETURN_IF_ERROR(NotNull({{given, "question"}}));
  VESICA_ASSIGN_OR_RETURN(const vesica_plan_question from, ReadStruct(given, "question"));
  if (from.reserved != 0) return Unsupported("question.reserved is not 0");
  return PlanQuestion{from.size_a, from.size_b, from.share_of_smaller, from.relative_half_width};
}

absl::StatusOr<BuilderOptions> ToPlanned(const vesica_builder_options* given) {
  VESICA_ASSIGN_OR_RETURN(const BuilderOptions options, ToBuilderOptions(given));
  if (options.mantissa_bits == 0) return Unsupported("plans are for registers with mantissa bits");
  return options;
}

absl::StatusOr<Table> TableOf(const vesica_plan_question* question) {
  VESICA_ASSIGN_OR_RETURN(const PlanQuestion asked, ToQuestion(question));
  return PlanTable(asked);
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_plan(const vesica_plan_question* question, const vesica_builder_options* options,
                          vesica_plan_answer* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    VESICA_ASSIGN_OR_RETURN(const vesica::PlanQuestion asked, ToQuestion(question));
    VESICA_ASSIGN_OR_RETURN(const vesica::BuilderOptions wanted, ToPlanned(options));
    VESICA_ASSIGN_OR_RETURN(const vesica::Plan plan, vesica::MakePlan(asked));
    const vesica::RepresentationPlan& from = plan.Of(wanted.representation);
    vesica_plan_answer answer{};
    answer.flags = (from.reaches_error ? VESICA_PLAN_REACHES_ERROR : 0) |
                   (plan.smallest == wanted.representation ? VESICA_PLAN_SMALLEST : 0);
    answer.sketch_bytes = from.sketch_bytes;
    answer.image_bytes_a = from.image_bytes_a;
    answer.image_bytes_b = from.image_bytes_b;
    answer.relative_half_width = from.half_width;
    answer.build_ns_per_row = from.build_ns_per_row;
    WriteStruct(answer, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_plan_half_width(const vesica_plan_question* question, const vesica_builder_options* options,
                                     double* relative_half_width, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{relative_half_width, "relative_half_width"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica::PlanQuestion asked, ToQuestion(question));
    VESICA_ASSIGN_OR_RETURN(const vesica::BuilderOptions wanted, ToPlanned(options));
    VESICA_ASSIGN_OR_RETURN(*relative_half_width,
                            vesica::ExpectedHalfWidth(asked, wanted.representation, wanted.bytes));
    return absl::OkStatus();
  });
}

vesica_status vesica_plan_table(const vesica_plan_question* question, vesica_table** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return TableOf(question); });
}

}  // extern "C"
