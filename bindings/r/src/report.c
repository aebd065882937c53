#include <stdlib.h>
#include <string.h>

#include "vesica_r.h"

/* Reports: the library writes into memory of malloc, as R may not be called from its callback, and R copies that. */

typedef struct {
  char* bytes;
  size_t size, room;
} report_text;

static int32_t append(void* user, const char* bytes, size_t size) {
  report_text* text = user;
  if (size > text->room - text->size) {
    const size_t room = 2 * (text->size + size);
    char* grown = realloc(text->bytes, room);
    if (grown == NULL) return 1;
    text->bytes = grown;
    text->room = room;
  }
  if (size > 0) memcpy(text->bytes + text->size, bytes, size);
  text->size += size;
  return 0;
}

static SEXP to_string(void* user) {
  const report_text* text = user;
  SEXP chars = PROTECT(vesica_r_chars(text->bytes == NULL ? "" : text->bytes, text->size));
  SEXP string = Rf_ScalarString(chars);
  UNPROTECT(1);
  return string;
}

static void forget(void* user, Rboolean jump) {
  (void)jump;
  free(((report_text*)user)->bytes);
}

static const char* text_or_null(SEXP options, R_xlen_t i) {
  SEXP text = VECTOR_ELT(options, i);
  return text == R_NilValue ? NULL : vesica_r_utf8(text, 0);
}

/* The options of list(format, theme, title, company, figure), as report_options() of report.R makes it. */
static vesica_report_options options_of(SEXP options) {
  const vesica_report_options out = {.struct_size = sizeof(out),
                                     .format = (uint32_t)Rf_asInteger(VECTOR_ELT(options, 0)),
                                     .theme = (uint32_t)Rf_asInteger(VECTOR_ELT(options, 1)),
                                     .title = text_or_null(options, 2),
                                     .company = text_or_null(options, 3),
                                     .figure = text_or_null(options, 4)};
  return out;
}

static vesica_output output_to(report_text* text) {
  const vesica_output output = {.struct_size = sizeof(output), .write = append, .user = text};
  return output;
}

/* The text as a string of R, or the error. */
static SEXP finish(report_text* text, vesica_status status, const vesica_error* error) {
  if (status != VESICA_OK) {
    free(text->bytes);
    vesica_r_stop(status, error);
  }
  SEXP token = PROTECT(R_MakeUnwindCont());
  SEXP string = R_UnwindProtect(to_string, text, forget, text, token);
  UNPROTECT(1);
  return string;
}

SEXP vesica_r_regions_report(SEXP regions, SEXP options) {
  const vesica_regions* of = vesica_r_get(regions, VESICA_R_REGIONS);
  const vesica_report_options wanted = options_of(options);
  report_text text = {NULL, 0, 0};
  const vesica_output output = output_to(&text);
  vesica_error error = VESICA_R_ERROR;
  const vesica_status status = vesica_regions_report(of, &wanted, &output, &error);
  return finish(&text, status, &error);
}

static uint32_t method_of(const char* name) {
  for (uint32_t method = VESICA_METHOD_EXACT_64; method <= VESICA_METHOD_HYPERLOGLOG; ++method) {
    if (strcmp(name, vesica_method_text(method)) == 0) return method;
  }
  return 0;
}

/* Of an overlap that is only its figures: a column of estimate, lower and upper for each, in the order of the struct.
 */
SEXP vesica_r_overlap_report(SEXP figures, SEXP method, SEXP below_resolution, SEXP names, SEXP options) {
  vesica_overlap overlap = {.struct_size = sizeof(overlap), .method = method_of(vesica_r_utf8(method, 0))};
  vesica_estimate* const fields[] = {
      &overlap.a,          &overlap.b,          &overlap.intersection,        &overlap.union_size,
      &overlap.share_of_a, &overlap.share_of_b, &overlap.overlap_coefficient, &overlap.jaccard,
      &overlap.dice,       &overlap.size_ratio};
  const double* figure = REAL(figures);
  for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); ++i, figure += 3) {
    fields[i]->value = figure[0];
    fields[i]->lower = figure[1];
    fields[i]->upper = figure[2];
  }
  const int exact = overlap.method != VESICA_METHOD_MINHASH && overlap.method != VESICA_METHOD_HYPERLOGLOG;
  if (exact) overlap.flags |= VESICA_ANSWER_EXACT;
  if (Rf_asLogical(below_resolution) == TRUE) overlap.flags |= VESICA_ANSWER_BELOW_RESOLUTION;
  const char* name_a = vesica_r_utf8(names, 0);
  const char* name_b = vesica_r_utf8(names, 1);
  const vesica_report_options wanted = options_of(options);
  report_text text = {NULL, 0, 0};
  const vesica_output output = output_to(&text);
  vesica_error error = VESICA_R_ERROR;
  const vesica_status status = vesica_overlap_report(&overlap, name_a, name_b, &wanted, &output, &error);
  return finish(&text, status, &error);
}

SEXP vesica_r_study_answer_report(SEXP answer, SEXP options) {
  const vesica_study_answer* of = vesica_r_get(answer, VESICA_R_STUDY_ANSWER);
  const vesica_report_options wanted = options_of(options);
  report_text text = {NULL, 0, 0};
  const vesica_output output = output_to(&text);
  vesica_error error = VESICA_R_ERROR;
  const vesica_status status = vesica_study_answer_report(of, &wanted, &output, &error);
  return finish(&text, status, &error);
}

/* The table of pictures of a study, as a handle. */
SEXP vesica_r_report_figures(void) {
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_TABLE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_table* table = NULL;
  const vesica_status status = vesica_report_figures(&table, &error);
  vesica_r_fill(handle, table);
  vesica_r_check(status, &error);
  UNPROTECT(1);
  return handle;
}

/* Whether what is in a handle is still there: not if it was saved in another session. */
SEXP vesica_r_is_alive(SEXP handle) {
  return Rf_ScalarLogical(TYPEOF(handle) == EXTPTRSXP && R_ExternalPtrAddr(handle) != NULL);
}
