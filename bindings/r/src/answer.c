#include "vesica_r.h"

/* Answers are regions or matrices; what both can tell is asked of either by one function. */

static int is_matrix(SEXP answer) { return vesica_r_is(answer, VESICA_R_MATRIX); }

/* The names of sets as UTF-8, NULL for NA, in memory of R_alloc. */
static const char** set_names(SEXP names) {
  const R_xlen_t count = XLENGTH(names);
  const char** out = (const char**)R_alloc((size_t)count + 1, sizeof(*out));
  for (R_xlen_t i = 0; i < count; ++i) out[i] = STRING_ELT(names, i) == NA_STRING ? NULL : vesica_r_utf8(names, i);
  return out;
}

/* The regions of columns of keys, in one shot. */
SEXP vesica_r_regions_of_keys(SEXP sources, SEXP names, SEXP identity, SEXP exact_bytes, SEXP call) {
  const R_xlen_t count = XLENGTH(sources);
  const char** labels = set_names(names);
  vesica_source* sets = (vesica_source*)R_alloc((size_t)count + 1, sizeof(vesica_source));
  const int resident = Rf_asLogical(exact_bytes) || vesica_r_threads(call) > 1;
  for (R_xlen_t i = 0; i < count; ++i) {
    vesica_r_source(VECTOR_ELT(sources, i), (uint32_t)i, resident, &sets[i]);
    sets[i].name = labels[i];
  }
  const vesica_regions_options options = {.struct_size = sizeof(options),
                                          .flags = Rf_asLogical(exact_bytes) ? VESICA_REGIONS_BYTE_CHECKED : 0};
  SEXP profile = PROTECT(vesica_r_profile(identity));
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP answer = PROTECT(vesica_r_handle(VESICA_R_REGIONS, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_regions* regions = NULL;
  const vesica_status status =
      vesica_regions_of_sources(vesica_r_get(context, VESICA_R_CONTEXT), vesica_r_get(profile, VESICA_R_PROFILE), sets,
                                (uint32_t)count, &options, &regions, &error);
  vesica_r_fill(answer, regions);
  vesica_r_release(profile);
  for (R_xlen_t i = 0; i < count; ++i) vesica_r_forget(VECTOR_ELT(sources, i));
  vesica_r_finish(context, status, &error);
  UNPROTECT(3);
  return answer;
}

/* The regions of a list of audiences. */
SEXP vesica_r_regions_of_audiences(SEXP audiences, SEXP names, SEXP call) {
  const uint32_t count = (uint32_t)XLENGTH(audiences);
  const vesica_audience** sets = vesica_r_audiences(audiences);
  const char** labels = set_names(names);
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP answer = PROTECT(vesica_r_handle(VESICA_R_REGIONS, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_regions* regions = NULL;
  const vesica_status status =
      vesica_regions_of_audiences(vesica_r_get(context, VESICA_R_CONTEXT), sets, labels, count, &regions, &error);
  vesica_r_fill(answer, regions);
  vesica_r_finish(context, status, &error);
  UNPROTECT(2);
  return answer;
}

/* The overlap of every two of a list of audiences. */
SEXP vesica_r_matrix_of_audiences(SEXP audiences, SEXP names, SEXP call) {
  const uint32_t count = (uint32_t)XLENGTH(audiences);
  const vesica_audience** sets = vesica_r_audiences(audiences);
  const char** labels = set_names(names);
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP answer = PROTECT(vesica_r_handle(VESICA_R_MATRIX, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_matrix* matrix = NULL;
  const vesica_status status =
      vesica_matrix_of_audiences(vesica_r_get(context, VESICA_R_CONTEXT), sets, labels, count, &matrix, &error);
  vesica_r_fill(answer, matrix);
  vesica_r_finish(context, status, &error);
  UNPROTECT(2);
  return answer;
}

/* What holds for the whole answer. */
SEXP vesica_r_answer_info(SEXP answer) {
  vesica_answer_info info = {.struct_size = sizeof(info)};
  vesica_error error = VESICA_R_ERROR;
  const vesica_status status = is_matrix(answer)
                                   ? vesica_matrix_info(vesica_r_get(answer, VESICA_R_MATRIX), &info, &error)
                                   : vesica_regions_info(vesica_r_get(answer, VESICA_R_REGIONS), &info, &error);
  vesica_r_check(status, &error);
  static const char* const names[] = {"exact", "below_resolution", "method", "expected_false_matches"};
  SEXP list = PROTECT(vesica_r_list(names, 4));
  SET_VECTOR_ELT(list, 0, Rf_ScalarLogical((info.flags & VESICA_ANSWER_EXACT) != 0));
  SET_VECTOR_ELT(list, 1, Rf_ScalarLogical((info.flags & VESICA_ANSWER_BELOW_RESOLUTION) != 0));
  SET_VECTOR_ELT(list, 2, vesica_r_string(vesica_method_text(info.method)));
  SET_VECTOR_ELT(list, 3, Rf_ScalarReal(info.expected_false_matches));
  UNPROTECT(1);
  return list;
}

/* Table `which` (VESICA_TABLE_*) of the answer, as a handle. */
SEXP vesica_r_answer_table(SEXP answer, SEXP which) {
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_TABLE, R_NilValue));
  const uint32_t number = (uint32_t)Rf_asInteger(which);
  vesica_error error = VESICA_R_ERROR;
  vesica_table* table = NULL;
  const vesica_status status =
      is_matrix(answer) ? vesica_matrix_table(vesica_r_get(answer, VESICA_R_MATRIX), number, &table, &error)
                        : vesica_regions_table(vesica_r_get(answer, VESICA_R_REGIONS), number, &table, &error);
  vesica_r_fill(handle, table);
  vesica_r_check(status, &error);
  UNPROTECT(1);
  return handle;
}

static vesica_status write_regions_json(const void* handle, char* buffer, size_t capacity, size_t* length,
                                        vesica_error* error) {
  return vesica_regions_json(handle, buffer, capacity, length, error);
}

static vesica_status write_regions_stamp(const void* handle, char* buffer, size_t capacity, size_t* length,
                                         vesica_error* error) {
  return vesica_regions_stamp(handle, buffer, capacity, length, error);
}

static vesica_status write_matrix_json(const void* handle, char* buffer, size_t capacity, size_t* length,
                                       vesica_error* error) {
  return vesica_matrix_json(handle, buffer, capacity, length, error);
}

SEXP vesica_r_answer_json(SEXP answer) {
  if (is_matrix(answer)) return vesica_r_text(vesica_r_get(answer, VESICA_R_MATRIX), write_matrix_json);
  return vesica_r_text(vesica_r_get(answer, VESICA_R_REGIONS), write_regions_json);
}

SEXP vesica_r_answer_stamp(SEXP answer) {
  return vesica_r_text(vesica_r_get(answer, VESICA_R_REGIONS), write_regions_stamp);
}
