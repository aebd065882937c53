#include <math.h>
#include <string.h>

#include "vesica_r.h"

SEXP vesica_r_string(const char* utf8) {
  SEXP text = PROTECT(Rf_mkCharCE(utf8, CE_UTF8));
  SEXP string = Rf_ScalarString(text);
  UNPROTECT(1);
  return string;
}

const char* vesica_r_utf8(SEXP strings, R_xlen_t i) { return Rf_translateCharUTF8(STRING_ELT(strings, i)); }

SEXP vesica_r_text(const void* handle, vesica_r_text_fn write) {
  vesica_error error = VESICA_R_ERROR;
  size_t length = 0;
  vesica_r_check(write(handle, NULL, 0, &length, &error), &error);
  if (length >= INT32_MAX) {
    strcpy(error.message, "the text is longer than 2 GB, which no string of R is");
    vesica_r_stop(VESICA_UNSUPPORTED, &error);
  }
  char* buffer = R_alloc(length + 1, 1);
  vesica_r_check(write(handle, buffer, length + 1, &length, &error), &error);
  SEXP text = PROTECT(Rf_mkCharLenCE(buffer, (int)length, CE_UTF8));
  SEXP string = Rf_ScalarString(text);
  UNPROTECT(1);
  return string;
}

void vesica_r_write_estimate(const vesica_estimate* from, double* to) {
  to[0] = isnan(from->value) ? NA_REAL : from->value;
  to[1] = isnan(from->lower) ? NA_REAL : from->lower;
  to[2] = isnan(from->upper) ? NA_REAL : from->upper;
}

SEXP vesica_r_list(const char* const* names, int count) {
  SEXP list = PROTECT(Rf_allocVector(VECSXP, count));
  SEXP list_names = PROTECT(Rf_allocVector(STRSXP, count));
  for (int i = 0; i < count; ++i) SET_STRING_ELT(list_names, i, Rf_mkChar(names[i]));
  Rf_setAttrib(list, R_NamesSymbol, list_names);
  UNPROTECT(2);
  return list;
}
