#include <algorithm>

#include "audience_list.h"
#include "figures.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"
#include "vesica/answer_tables.h"
#include "vesica/json.h"

namespace vesica::capi {
namespace {

constexpr uint32_t kMaxMatrixSets = 1024;  // half a million pairs

absl::StatusOr<Matrix> MatrixOfAudiences(vesica_context* context, const vesica_audience* const* audiences,
                                         const char* const* names, uint32_t count) {
  VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}}));
  VESICA_ASSIGN_OR_RETURN(const AudienceList list, ToAudienceList(audiences, names, count, 2, kMaxMatrixSets));
  return MatrixOf(list.audiences, list.names, context->impl);
}

absl::StatusOr<Table> TableOf(const vesica_matrix* matrix, uint32_t which) {
  VESICA_RETURN_IF_ERROR(NotNull({{matrix, "matrix"}}));
  switch (which) {
    case VESICA_TABLE_SETS:
      return SetsTable(matrix->impl);
    case VESICA_TABLE_PAIRS:
      return PairsTable(matrix->impl);
    case VESICA_TABLE_WARNINGS:
      return WarningsTable(matrix->impl);
    default:
      return Unsupported("a matrix has no such table");
  }
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_matrix_of_audiences(vesica_context* context, const vesica_audience* const* audiences,
                                         const char* const* names, uint32_t count, vesica_matrix** out,
                                         vesica_error* error) {
  return GuardNew(out, error, [&] { return MatrixOfAudiences(context, audiences, names, count); });
}

void vesica_matrix_free(vesica_matrix* matrix) { delete matrix; }

vesica_status vesica_matrix_info(const vesica_matrix* matrix, vesica_answer_info* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{matrix, "matrix"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    double most = 0;
    for (const vesica::Overlap& pair : matrix->impl.pairs) most = std::max(most, pair.expected_false_matches);
    WriteStruct(ToAnswerInfo(matrix->impl.method, matrix->impl.sets.size(), most, matrix->impl.pairs), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_matrix_overlap(const vesica_matrix* matrix, uint32_t a, uint32_t b, vesica_overlap* out,
                                    vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{matrix, "matrix"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const size_t count = matrix->impl.sets.size();
    if (a >= count || b >= count) return vesica::InvalidArgument("a and b must be below the number of sets");
    WriteStruct(ToOverlap(matrix->impl.Pair(a, b)), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_matrix_json(const vesica_matrix* matrix, char* buffer, size_t capacity, size_t* length,
                                 vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{matrix, "matrix"}}));
    return WriteText(vesica::ToJson(matrix->impl), buffer, capacity, length);
  });
}

vesica_status vesica_matrix_table(const vesica_matrix* matrix, uint32_t which, vesica_table** out,
                                  vesica_error* error) {
  return GuardNew(out, error, [&] { return TableOf(matrix, which); });
}

}  // extern "C"
