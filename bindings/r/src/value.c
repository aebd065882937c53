#include <math.h>
#include <string.h>

#include "vesica_r.h"

SEXP vesica_r_string(const char* utf8) {
  SEXP text = PROTECT(Rf_mkCharCE(utf8, CE_UTF8));
  SEXP string = Rf_ScalarString(text);
  UNPROTECT(1);
  return string;
}

SEXP vesica_r_chars(const char* utf8, size_t size) {
  if (size > INT32_MAX) {
    vesica_error error = VESICA_R_ERROR;
    strcpy(error.message, "a text is longer than 2 GB, which no string of R is");
    vesica_r_stop(VESICA_UNSUPPORTED, &error);
  }
  if (size == 0 || memchr(utf8, '\0', size) == NULL) return Rf_mkCharLenCE(utf8, (int)size, CE_UTF8);
  const void* stack = vmaxget();
  char* shown = R_alloc(size, 1);
  for (size_t i = 0; i < size; ++i) shown[i] = utf8[i] == '\0' ? ' ' : utf8[i];
  SEXP chars = Rf_mkCharLenCE(shown, (int)size, CE_UTF8);
  vmaxset(stack);
  return chars;
}

const char* vesica_r_utf8(SEXP strings, R_xlen_t i) { return Rf_translateCharUTF8(STRING_ELT(strings, i)); }

SEXP vesica_r_text(const void* handle, vesica_r_text_fn write) {
  vesica_error error = VESICA_R_ERROR;
  size_t length = 0;
  vesica_r_check(write(handle, NULL, 0, &length, &error), &error);
  char* buffer = R_alloc(length + 1, 1);
  vesica_r_check(write(handle, buffer, length + 1, &length, &error), &error);
  SEXP text = PROTECT(vesica_r_chars(buffer, length));
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
