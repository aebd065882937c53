#include <string.h>

#include "vesica_r.h"

SEXP vesica_r_eval(const char* function, SEXP argument) {
  SEXP name = PROTECT(Rf_mkString("vesica"));
  SEXP ask = PROTECT(Rf_lang2(Rf_install("getNamespace"), name));
  SEXP package = PROTECT(Rf_eval(ask, R_BaseEnv));
  SEXP call = PROTECT(Rf_lang2(Rf_install(function), argument));
  SEXP result = Rf_eval(call, package);
  UNPROTECT(4);
  return result;
}

void vesica_r_stop(vesica_status status, const vesica_error* error) {
  static const char* const names[] = {"status", "message", "row", "index", "field", "needed_bytes"};
  SEXP facts = PROTECT(vesica_r_list(names, 6));
  SET_VECTOR_ELT(facts, 0, Rf_ScalarInteger(status));
  SET_VECTOR_ELT(facts, 1, vesica_r_string(error->message));
  SET_VECTOR_ELT(facts, 2, Rf_ScalarReal(error->row == VESICA_NO_ROW ? NA_REAL : (double)error->row + 1));
  SET_VECTOR_ELT(facts, 3, Rf_ScalarInteger(error->index == VESICA_NO_INDEX ? NA_INTEGER : (int)error->index + 1));
  SET_VECTOR_ELT(facts, 4, Rf_ScalarInteger((int)error->field));
  SET_VECTOR_ELT(facts, 5, Rf_ScalarReal((double)error->needed_bytes));
  vesica_r_eval("stop_as_told", facts);
  Rf_error("stop_as_told() returned"); /* not reached */
}

void vesica_r_stop_argument(const char* message, uint32_t index, uint64_t row) {
  vesica_error error = VESICA_R_ERROR;
  error.index = index;
  error.row = row;
  strncpy(error.message, message, sizeof(error.message) - 1);
  vesica_r_stop(VESICA_INVALID_ARGUMENT, &error);
}

void vesica_r_check(vesica_status status, const vesica_error* error) {
  if (status != VESICA_OK) vesica_r_stop(status, error);
}
