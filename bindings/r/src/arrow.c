#include <string.h>

#include "vesica_r.h"

/* nanoarrow's objects in R are external pointers of the structs of the Arrow C interfaces; the tag of an array's is
 * that of its schema (https://arrow.apache.org/nanoarrow/latest/r/). What is made here is the same: the struct lies in
 * a raw vector that the pointer keeps, and is released with it. */

static void* struct_of(SEXP pointer, const char* class, uint32_t index) {
  if (TYPEOF(pointer) != EXTPTRSXP || !Rf_inherits(pointer, class) || R_ExternalPtrAddr(pointer) == NULL) {
    vesica_r_stop_argument("the Arrow object is dead, or not of the kind that it says", index, VESICA_NO_ROW);
  }
  return R_ExternalPtrAddr(pointer);
}

static SEXP new_struct(size_t size, const char* class, R_CFinalizer_t release) {
  SEXP bytes = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)size));
  memset(RAW(bytes), 0, size);
  SEXP pointer = PROTECT(R_MakeExternalPtr(RAW(bytes), R_NilValue, bytes));
  R_RegisterCFinalizerEx(pointer, release, FALSE);
  Rf_setAttrib(pointer, R_ClassSymbol, PROTECT(Rf_mkString(class)));
  UNPROTECT(3);
  return pointer;
}

static void release_schema(SEXP pointer) {
  struct ArrowSchema* schema = R_ExternalPtrAddr(pointer);
  if (schema != NULL && schema->release != NULL) schema->release(schema);
}

static void release_stream(SEXP pointer) {
  struct ArrowArrayStream* stream = R_ExternalPtrAddr(pointer);
  if (stream != NULL && stream->release != NULL) stream->release(stream);
}

void vesica_r_arrow_column(SEXP array, uint32_t index, vesica_column* out) {
  out->layout = VESICA_LAYOUT_ARROW;
  out->array = struct_of(array, "nanoarrow_array", index);
  out->schema = struct_of(R_ExternalPtrTag(array), "nanoarrow_schema", index);
}

struct ArrowArrayStream* vesica_r_arrow_stream(SEXP stream, uint32_t index) {
  return struct_of(stream, "nanoarrow_array_stream", index);
}

/* An empty stream, for a producer to fill. */
SEXP vesica_r_arrow_new_stream(void) {
  return new_struct(sizeof(struct ArrowArrayStream), "nanoarrow_array_stream", release_stream);
}

/* The schema of a nanoarrow_array or of a nanoarrow_array_stream. */
static SEXP schema_of(SEXP from) {
  if (Rf_inherits(from, "nanoarrow_array")) {
    struct_of(from, "nanoarrow_array", VESICA_NO_INDEX);
    return R_ExternalPtrTag(from);
  }
  struct ArrowArrayStream* stream = vesica_r_arrow_stream(from, VESICA_NO_INDEX);
  if (stream->release == NULL) {
    vesica_r_stop_argument("the Arrow stream has been read or released", VESICA_NO_INDEX, VESICA_NO_ROW);
  }
  SEXP pointer = PROTECT(new_struct(sizeof(struct ArrowSchema), "nanoarrow_schema", release_schema));
  if (stream->get_schema(stream, R_ExternalPtrAddr(pointer)) != 0) {
    vesica_error error = VESICA_R_ERROR;
    strcpy(error.message, "the Arrow stream has no schema");
    vesica_r_stop(VESICA_IO, &error);
  }
  UNPROTECT(1);
  return pointer;
}

/* The names of the columns of record batches; NULL for what is a plain column. */
SEXP vesica_r_arrow_column_names(SEXP from) {
  SEXP pointer = PROTECT(schema_of(from));
  const struct ArrowSchema* schema = struct_of(pointer, "nanoarrow_schema", VESICA_NO_INDEX);
  if (schema->release == NULL || schema->format == NULL || strcmp(schema->format, "+s") != 0) {
    UNPROTECT(1);
    return R_NilValue;
  }
  const int64_t count = schema->n_children < 0 || schema->children == NULL ? 0 : schema->n_children;
  SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)count));
  for (int64_t i = 0; i < count; ++i) {
    const char* name = schema->children[i] == NULL ? NULL : schema->children[i]->name;
    SET_STRING_ELT(names, (R_xlen_t)i, Rf_mkCharCE(name == NULL ? "" : name, CE_UTF8));
  }
  UNPROTECT(2);
  return names;
}
