#include "vesica_r.h"

/* c(size_a, size_b, share, error) */
static vesica_plan_question question_of(SEXP numbers) {
  const double* from = REAL_RO(numbers);
  const vesica_plan_question question = {.struct_size = sizeof(question),
                                         .size_a = from[0],
                                         .size_b = from[1],
                                         .share_of_smaller = from[2],
                                         .relative_half_width = from[3]};
  return question;
}

/* The table of a plan, as a handle. */
SEXP vesica_r_plan_table(SEXP numbers) {
  const vesica_plan_question question = question_of(numbers);
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_TABLE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_table* table = NULL;
  const vesica_status status = vesica_plan_table(&question, &table, &error);
  vesica_r_fill(handle, table);
  vesica_r_check(status, &error);
  UNPROTECT(1);
  return handle;
}

/* The half-width to expect of sketches with these options. */
SEXP vesica_r_plan_half_width(SEXP numbers, SEXP options) {
  const vesica_plan_question question = question_of(numbers);
  const vesica_builder_options builder_options = vesica_r_builder_options(options);
  double half_width = 0;
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_plan_half_width(&question, &builder_options, &half_width, &error), &error);
  return Rf_ScalarReal(half_width);
}
