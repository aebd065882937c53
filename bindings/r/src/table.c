#include "vesica_r.h"

static int is_null(const vesica_column_view* view, uint64_t row) {
  return view->validity != NULL && (view->validity[row / 8] >> row % 8 & 1) == 0;
}

static SEXP texts(const vesica_column_view* view) {
  const char* bytes = view->data;
  SEXP out = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)view->length));
  for (uint64_t i = 0; i < view->length; ++i) {
    const int64_t begin = view->offsets[i];
    SET_STRING_ELT(
        out, (R_xlen_t)i,
        is_null(view, i) ? NA_STRING : vesica_r_chars(bytes + begin, (size_t)(view->offsets[i + 1] - begin)));
  }
  UNPROTECT(1);
  return out;
}

static SEXP bools(const vesica_column_view* view) {
  const uint8_t* bits = view->data;
  SEXP out = PROTECT(Rf_allocVector(LGLSXP, (R_xlen_t)view->length));
  for (uint64_t i = 0; i < view->length; ++i) {
    LOGICAL(out)[i] = is_null(view, i) ? NA_LOGICAL : bits[i / 8] >> i % 8 & 1;
  }
  UNPROTECT(1);
  return out;
}

static double number_at(const vesica_column_view* view, uint64_t row) {
  switch (view->type) {
    case VESICA_TYPE_UINT64:
      return (double)((const uint64_t*)view->data)[row];
    case VESICA_TYPE_DOUBLE:
      return ((const double*)view->data)[row];
    case VESICA_TYPE_TIME: /* to seconds */
      return (double)((const int64_t*)view->data)[row] / 1e6;
    case VESICA_TYPE_AMOUNT: /* to units of the currency */
      return (double)((const int64_t*)view->data)[row] / 1e4;
    default:
      return (double)((const int64_t*)view->data)[row];
  }
}

static SEXP numbers(const vesica_column_view* view) {
  SEXP out = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)view->length));
  for (uint64_t i = 0; i < view->length; ++i) REAL(out)[i] = is_null(view, i) ? NA_REAL : number_at(view, i);
  if (view->type == VESICA_TYPE_TIME) {
    SEXP class = PROTECT(Rf_allocVector(STRSXP, 2));
    SET_STRING_ELT(class, 0, Rf_mkChar("POSIXct"));
    SET_STRING_ELT(class, 1, Rf_mkChar("POSIXt"));
    Rf_setAttrib(out, R_ClassSymbol, class);
    Rf_setAttrib(out, Rf_install("tzone"), PROTECT(Rf_mkString("UTC")));
    UNPROTECT(2);
  }
  UNPROTECT(1);
  return out;
}

static SEXP cells(const vesica_column_view* view) {
  switch (view->type) {
    case VESICA_TYPE_TEXT:
      return texts(view);
    case VESICA_TYPE_BOOL:
      return bools(view);
    case VESICA_TYPE_INT64:
    case VESICA_TYPE_UINT64:
    case VESICA_TYPE_DOUBLE:
    case VESICA_TYPE_TIME:
    case VESICA_TYPE_AMOUNT:
      return numbers(view);
    default: { /* of a later library */
      SEXP unknown = PROTECT(Rf_allocVector(LGLSXP, (R_xlen_t)view->length));
      for (uint64_t i = 0; i < view->length; ++i) LOGICAL(unknown)[i] = NA_LOGICAL;
      UNPROTECT(1);
      return unknown;
    }
  }
}

SEXP vesica_r_table_name(SEXP handle) {
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_table_describe(vesica_r_get(handle, VESICA_R_TABLE), &info, &error), &error);
  return vesica_r_string(info.name);
}

SEXP vesica_r_table_data_frame(SEXP handle) {
  const vesica_table* table = vesica_r_get(handle, VESICA_R_TABLE);
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_table_describe(table, &info, &error), &error);
  SEXP frame = PROTECT(Rf_allocVector(VECSXP, (R_xlen_t)info.columns));
  SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)info.columns));
  for (uint32_t i = 0; i < info.columns; ++i) {
    vesica_column_view view = {.struct_size = sizeof(view)};
    vesica_r_check(vesica_table_column(table, i, &view, &error), &error);
    SET_STRING_ELT(names, i, Rf_mkCharCE(view.name, CE_UTF8));
    SET_VECTOR_ELT(frame, i, cells(&view));
  }
  Rf_setAttrib(frame, R_NamesSymbol, names);
  SEXP rows = PROTECT(Rf_allocVector(INTSXP, 2)); /* how R writes row names that are only counted */
  INTEGER(rows)[0] = NA_INTEGER;
  INTEGER(rows)[1] = -(int)info.rows;
  Rf_setAttrib(frame, R_RowNamesSymbol, rows);
  Rf_setAttrib(frame, R_ClassSymbol, PROTECT(Rf_mkString("data.frame")));
  UNPROTECT(4);
  return frame;
}

SEXP vesica_r_table_arrow(SEXP handle) {
  const vesica_table* table = vesica_r_get(handle, VESICA_R_TABLE);
  SEXP stream = PROTECT(vesica_r_arrow_new_stream());
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_table_arrow(table, R_ExternalPtrAddr(stream), &error), &error);
  UNPROTECT(1);
  return stream;
}

static vesica_status write_json(const void* table, char* buffer, size_t capacity, size_t* length, vesica_error* error) {
  return vesica_table_json(table, buffer, capacity, length, error);
}

SEXP vesica_r_table_json(SEXP handle) { return vesica_r_text(vesica_r_get(handle, VESICA_R_TABLE), write_json); }
