#include "vesica_r.h"

static SEXP count_or_na(uint64_t count, int known) { return Rf_ScalarReal(known ? (double)count : NA_REAL); }

/* What was read for an audience; NA where nobody knows. */
SEXP vesica_r_audience_quality(SEXP audience) {
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_audience_quality(vesica_r_get(audience, VESICA_R_AUDIENCE), &quality, &error), &error);
  const int known = (quality.flags & VESICA_QUALITY_DERIVED) == 0;
  static const char* const names[] = {"rows", "blank", "invalid", "duplicate", "free_mail", "role", "count"};
  SEXP list = PROTECT(vesica_r_list(names, 7));
  SET_VECTOR_ELT(list, 0, count_or_na(quality.rows, known));
  SET_VECTOR_ELT(list, 1, count_or_na(quality.blank, known));
  SET_VECTOR_ELT(list, 2, count_or_na(quality.invalid, known));
  SET_VECTOR_ELT(list, 3, count_or_na(quality.duplicate, known));
  SET_VECTOR_ELT(list, 4, count_or_na(quality.free_mail, known));
  SET_VECTOR_ELT(list, 5, count_or_na(quality.role, known));
  SET_VECTOR_ELT(list, 6, count_or_na(quality.count, 1));
  UNPROTECT(1);
  return list;
}

typedef struct {
  SEXP handle;
  vesica_r_kind kind; /* VESICA_R_AUDIENCE or VESICA_R_REGIONS */
  uint32_t set;       /* of regions */
} quality_of;

static uint32_t reasons_of(const quality_of* of) {
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error = VESICA_R_ERROR;
  const void* handle = vesica_r_get(of->handle, of->kind);
  vesica_r_check(of->kind == VESICA_R_AUDIENCE ? vesica_audience_quality(handle, &quality, &error)
                                               : vesica_regions_quality(handle, of->set, &quality, &error),
                 &error);
  return quality.invalid_reasons;
}

static vesica_invalid reason_of(const quality_of* of, uint32_t index) {
  vesica_invalid invalid = {.struct_size = sizeof(invalid)};
  vesica_error error = VESICA_R_ERROR;
  const void* handle = vesica_r_get(of->handle, of->kind);
  vesica_r_check(of->kind == VESICA_R_AUDIENCE ? vesica_audience_invalid(handle, index, &invalid, &error)
                                               : vesica_regions_invalid(handle, of->set, index, &invalid, &error),
                 &error);
  return invalid;
}

SEXP vesica_r_row_numbers(const uint64_t* rows, int most) {
  int count = 0;
  while (count < most && rows[count] != VESICA_NO_ROW) ++count;
  SEXP numbers = Rf_allocVector(REALSXP, count);
  for (int i = 0; i < count; ++i) REAL(numbers)[i] = (double)rows[i] + 1;
  return numbers;
}

/* list(reason, rows, first_rows): the invalid rows by reason, of an audience, or of a set (from 0) of regions. */
SEXP vesica_r_invalid_rows(SEXP handle, SEXP set) {
  const int of_audience = set == R_NilValue;
  const quality_of of = {handle, of_audience ? VESICA_R_AUDIENCE : VESICA_R_REGIONS,
                         of_audience ? 0 : (uint32_t)Rf_asInteger(set)};
  const uint32_t count = reasons_of(&of);
  static const char* const names[] = {"reason", "rows", "first_rows"};
  SEXP list = PROTECT(vesica_r_list(names, 3));
  SEXP reason = Rf_allocVector(STRSXP, (R_xlen_t)count);
  SET_VECTOR_ELT(list, 0, reason);
  SEXP rows = Rf_allocVector(REALSXP, (R_xlen_t)count);
  SET_VECTOR_ELT(list, 1, rows);
  SEXP first_rows = Rf_allocVector(VECSXP, (R_xlen_t)count);
  SET_VECTOR_ELT(list, 2, first_rows);
  for (uint32_t i = 0; i < count; ++i) {
    const vesica_invalid invalid = reason_of(&of, i);
    SET_STRING_ELT(reason, i, Rf_mkChar(vesica_reason_text(invalid.reason)));
    REAL(rows)[i] = (double)invalid.rows;
    SET_VECTOR_ELT(first_rows, i, vesica_r_row_numbers(invalid.first_rows, 8));
  }
  UNPROTECT(1);
  return list;
}
