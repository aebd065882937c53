#include "vesica_r.h"

#define ADDING 0.8 /* of the work, roughly; the rest makes the tables */

/* Elements of the list that the parts of a study are, and of the list of its settings. */
enum { PART_DATA, PART_FROM, PART_TO };
enum { SETTING_NAMES, SETTING_VALUES };

static const char** texts(SEXP strings) {
  const R_xlen_t count = XLENGTH(strings);
  const char** out = (const char**)R_alloc((size_t)count + 1, sizeof(*out));
  for (R_xlen_t i = 0; i < count; ++i) out[i] = vesica_r_utf8(strings, i);
  return out;
}

static SEXP new_study(SEXP context, SEXP identity, SEXP settings, SEXP spill) {
  SEXP profile = PROTECT(vesica_r_profile(identity));
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_STUDY, context));
  const R_xlen_t count = XLENGTH(VECTOR_ELT(settings, SETTING_NAMES));
  const char** names = texts(VECTOR_ELT(settings, SETTING_NAMES));
  const char** values = texts(VECTOR_ELT(settings, SETTING_VALUES));
  vesica_setting* pairs = (vesica_setting*)R_alloc((size_t)count + 1, sizeof(*pairs));
  for (R_xlen_t i = 0; i < count; ++i) {
    pairs[i].name = names[i];
    pairs[i].value = values[i];
  }
  const vesica_study_options options = {.struct_size = sizeof(options),
                                        .setting_count = (uint32_t)count,
                                        .settings = pairs,
                                        .spill_directory = spill == R_NilValue ? NULL : vesica_r_utf8(spill, 0)};
  vesica_error error = VESICA_R_ERROR;
  vesica_study* study = NULL;
  const vesica_status status = vesica_study_create(vesica_r_get(context, VESICA_R_CONTEXT),
                                                   vesica_r_get(profile, VESICA_R_PROFILE), &options, &study, &error);
  vesica_r_fill(handle, study);
  error.index = VESICA_NO_INDEX; /* the message names the option */
  vesica_r_check(status, &error);
  UNPROTECT(2);
  return handle;
}

static vesica_status add_part(SEXP study, SEXP part, SEXP context, double from, double to, vesica_error* error) {
  SEXP data = VECTOR_ELT(part, PART_DATA);
  const char** old_names = texts(VECTOR_ELT(part, PART_FROM));
  const char** new_names = texts(VECTOR_ELT(part, PART_TO));
  const R_xlen_t count = XLENGTH(VECTOR_ELT(part, PART_FROM));
  vesica_rename* renames = (vesica_rename*)R_alloc((size_t)count + 1, sizeof(*renames));
  for (R_xlen_t i = 0; i < count; ++i) {
    renames[i].from = old_names[i];
    renames[i].to = new_names[i];
  }
  if (TYPEOF(data) == VECSXP) {
    return vesica_r_add_frame(study, data, renames, (uint32_t)count, context, from, to, error);
  }
  struct ArrowArrayStream* stream = vesica_r_arrow_stream(data, VESICA_NO_INDEX);
  vesica_r_part(context, from, to);
  return vesica_study_add_stream(vesica_r_get(study, VESICA_R_STUDY), stream, renames, (uint32_t)count, error);
}

/* list(rows, taken, free_mail, role, reason, reason_rows, first_rows) of what was read. */
static SEXP quality_of(SEXP handle) {
  const vesica_study* study = vesica_r_get(handle, VESICA_R_STUDY);
  vesica_event_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_study_quality(study, &quality, &error), &error);
  static const char* const names[] = {"rows", "taken", "free_mail", "role", "reason", "reason_rows", "first_rows"};
  SEXP list = PROTECT(vesica_r_list(names, 7));
  SET_VECTOR_ELT(list, 0, Rf_ScalarReal((double)quality.rows));
  SET_VECTOR_ELT(list, 1, Rf_ScalarReal((double)quality.taken));
  SET_VECTOR_ELT(list, 2, Rf_ScalarReal((double)quality.free_mail));
  SET_VECTOR_ELT(list, 3, Rf_ScalarReal((double)quality.role));
  SEXP reasons = Rf_allocVector(STRSXP, quality.problems);
  SET_VECTOR_ELT(list, 4, reasons);
  SEXP rows = Rf_allocVector(REALSXP, quality.problems);
  SET_VECTOR_ELT(list, 5, rows);
  SEXP first_rows = Rf_allocVector(VECSXP, quality.problems);
  SET_VECTOR_ELT(list, 6, first_rows);
  for (uint32_t i = 0; i < quality.problems; ++i) {
    vesica_event_problem problem = {.struct_size = sizeof(problem)};
    vesica_r_check(vesica_study_problem(study, i, &problem, &error), &error);
    SET_STRING_ELT(reasons, i, Rf_mkChar(problem.reason));
    REAL(rows)[i] = (double)problem.rows;
    SET_VECTOR_ELT(first_rows, i, vesica_r_row_numbers(problem.first_rows, 8));
  }
  UNPROTECT(1);
  return list;
}

/* list(answer, quality) of a study of `parts`: list(list(frame or stream, from, to), ...). */
SEXP vesica_r_study_run(SEXP parts, SEXP identity, SEXP settings, SEXP spill, SEXP tables, SEXP call) {
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP study = PROTECT(new_study(context, identity, settings, spill));
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_STUDY_ANSWER, R_NilValue));
  const char** names = texts(tables);
  const R_xlen_t count = XLENGTH(parts);
  vesica_error error = VESICA_R_ERROR;
  vesica_status status = VESICA_OK;
  for (R_xlen_t i = 0; i < count && status == VESICA_OK; ++i) {
    status = add_part(study, VECTOR_ELT(parts, i), context, ADDING * (double)i / (double)count,
                      ADDING * (double)(i + 1) / (double)count, &error);
  }
  vesica_r_part(context, ADDING, 1);
  vesica_study_answer* answer = NULL;
  if (status == VESICA_OK) {
    status = vesica_study_run(vesica_r_get(study, VESICA_R_STUDY), names, (uint32_t)XLENGTH(tables), &answer, &error);
  }
  vesica_r_fill(handle, answer);
  error.index = VESICA_NO_INDEX; /* of a column or a table, which the message names */
  if (status != VESICA_OK) vesica_r_release(study);
  vesica_r_finish(context, status, &error);

  static const char* const parts_of_answer[] = {"answer", "quality"};
  SEXP list = PROTECT(vesica_r_list(parts_of_answer, 2));
  SET_VECTOR_ELT(list, 0, handle);
  SET_VECTOR_ELT(list, 1, quality_of(study));
  vesica_r_release(study);
  UNPROTECT(4);
  return list;
}

/* The table of tables, as a handle. */
SEXP vesica_r_study_contents(void) {
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_TABLE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_table* table = NULL;
  const vesica_status status = vesica_study_contents(&table, &error);
  vesica_r_fill(handle, table);
  vesica_r_check(status, &error);
  UNPROTECT(1);
  return handle;
}

SEXP vesica_r_study_answer_count(SEXP answer) {
  uint32_t count = 0;
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_study_answer_count(vesica_r_get(answer, VESICA_R_STUDY_ANSWER), &count, &error), &error);
  return Rf_ScalarInteger((int)count);
}

/* Table `which`, a number from 0 or a name, as a handle. */
SEXP vesica_r_study_answer_table(SEXP answer, SEXP which) {
  const vesica_study_answer* from = vesica_r_get(answer, VESICA_R_STUDY_ANSWER);
  const char* name = TYPEOF(which) == STRSXP ? vesica_r_utf8(which, 0) : NULL;
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_TABLE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_table* table = NULL;
  const vesica_status status = name == NULL
                                   ? vesica_study_answer_table(from, (uint32_t)Rf_asInteger(which), &table, &error)
                                   : vesica_study_answer_find(from, name, &table, &error);
  vesica_r_fill(handle, table);
  vesica_r_check(status, &error);
  UNPROTECT(1);
  return handle;
}

static vesica_status write_json(const void* answer, char* buffer, size_t capacity, size_t* length,
                                vesica_error* error) {
  return vesica_study_answer_json(answer, buffer, capacity, length, error);
}

SEXP vesica_r_study_answer_json(SEXP answer) {
  return vesica_r_text(vesica_r_get(answer, VESICA_R_STUDY_ANSWER), write_json);
}
