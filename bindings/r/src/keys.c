#include <stdlib.h>
#include <string.h>

#include "vesica_r.h"

/* Elements of a source. */
enum { SOURCE_DATA, SOURCE_COLUMN, SOURCE_ENCODING, SOURCE_ROOM };
/* Beside VESICA_ENCODING_*: raw vectors are SHA-256 digests. */
enum { ENCODING_RAW = 3 };

#define DIGEST_BYTES 32
#define INTERRUPT_ROWS (1 << 20)

static void free_kept(SEXP pointer) {
  free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

void* vesica_r_keep(SEXP room, R_xlen_t count, size_t size) {
  SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, R_NilValue, R_NilValue));
  R_RegisterCFinalizerEx(pointer, free_kept, FALSE);
  SET_VECTOR_ELT(room, 0, pointer);
  void* memory = calloc((size_t)count + 1, size);
  if (memory == NULL) {
    vesica_error error = VESICA_R_ERROR;
    strcpy(error.message, "the system gave no memory for the rows");
    vesica_r_stop(VESICA_OUT_OF_MEMORY, &error);
  }
  R_SetExternalPtrAddr(pointer, memory);
  UNPROTECT(1);
  return memory;
}

void vesica_r_forget(SEXP source) {
  SEXP kept = VECTOR_ELT(VECTOR_ELT(source, SOURCE_ROOM), 0);
  if (TYPEOF(kept) == EXTPTRSXP) free_kept(kept);
}

void vesica_r_breathe(R_xlen_t row) {
  if (row % INTERRUPT_ROWS == INTERRUPT_ROWS - 1) R_CheckUserInterrupt();
}

void vesica_r_mark_missing(uint8_t** validity, R_xlen_t row, R_xlen_t length) {
  if (*validity == NULL) {
    const size_t bytes = (size_t)length / 8 + 1;
    *validity = (uint8_t*)R_alloc(bytes, 1);
    memset(*validity, 0xFF, bytes);
  }
  (*validity)[row / 8] &= (uint8_t) ~(1u << row % 8);
}

static int is_bytes(SEXP element) { return TYPEOF(element) == RAWSXP || element == R_NilValue; }

static void bytes_column(SEXP list, SEXP room, uint32_t index, vesica_column* out) {
  const R_xlen_t length = XLENGTH(list);
  vesica_span* spans = vesica_r_keep(room, length, sizeof(vesica_span));
  for (R_xlen_t i = 0; i < length; ++i) {
    SEXP element = VECTOR_ELT(list, i);
    if (!is_bytes(element)) {
      vesica_r_stop_argument("an element of the list is neither raw nor NULL", index, (uint64_t)i);
    }
    spans[i].data = element == R_NilValue ? NULL : RAW_RO(element);
    spans[i].size = element == R_NilValue ? 0 : (uint64_t)XLENGTH(element);
    vesica_r_breathe(i);
  }
  out->layout = VESICA_LAYOUT_SPANS;
  out->data = spans;
}

static void digest_column(SEXP list, SEXP room, uint32_t index, vesica_column* out) {
  const R_xlen_t length = XLENGTH(list);
  uint8_t* digests = vesica_r_keep(room, length, DIGEST_BYTES);
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    SEXP element = VECTOR_ELT(list, i);
    if (!is_bytes(element) || (element != R_NilValue && XLENGTH(element) != DIGEST_BYTES)) {
      vesica_r_stop_argument("an element of the list is neither 32 raw bytes nor NULL", index, (uint64_t)i);
    }
    if (element == R_NilValue) {
      vesica_r_mark_missing(&validity, i, length);
    } else {
      memcpy(digests + i * DIGEST_BYTES, RAW_RO(element), DIGEST_BYTES);
    }
    vesica_r_breathe(i);
  }
  out->layout = VESICA_LAYOUT_DIGEST32;
  out->data = digests;
  out->validity = validity;
}

/* Fills a column, zeroed but for its size, with the keys of `data`. */
static void fill_column(SEXP data, SEXP room, int encoding, uint32_t index, vesica_column* out) {
  out->encoding = encoding == ENCODING_RAW ? VESICA_ENCODING_PLAIN : (uint32_t)encoding;
  if (TYPEOF(data) == EXTPTRSXP) {
    vesica_r_arrow_column(data, index, out);
    return;
  }
  out->length = (uint64_t)XLENGTH(data);
  if (Rf_inherits(data, "factor")) {
    vesica_r_factor_column(data, room, index, out);
  } else if (TYPEOF(data) == STRSXP) {
    vesica_r_text_column(data, room, out);
  } else if (TYPEOF(data) == INTSXP) {
    vesica_r_integer_column(data, room, out);
  } else if (TYPEOF(data) == REALSXP && Rf_inherits(data, "integer64")) {
    vesica_r_integer64_column(data, out);
  } else if (TYPEOF(data) == REALSXP) {
    vesica_r_double_column(data, room, index, out);
  } else if (TYPEOF(data) == VECSXP && encoding == ENCODING_RAW) {
    digest_column(data, room, index, out);
  } else if (TYPEOF(data) == VECSXP) {
    bytes_column(data, room, index, out);
  } else {
    vesica_r_stop_argument("keys of this type are not supported", index, VESICA_NO_ROW);
  }
}

void vesica_r_column(SEXP source, uint32_t index, vesica_column* out) {
  SEXP data = VECTOR_ELT(source, SOURCE_DATA);
  if (Rf_inherits(data, "nanoarrow_array_stream")) {
    vesica_r_stop_argument("what is an Arrow stream elsewhere has to be a vector here: as.vector() makes one", index,
                           VESICA_NO_ROW);
  }
  memset(out, 0, sizeof(*out));
  out->struct_size = sizeof(*out);
  fill_column(data, VECTOR_ELT(source, SOURCE_ROOM), Rf_asInteger(VECTOR_ELT(source, SOURCE_ENCODING)), index, out);
}

void vesica_r_source(SEXP source, uint32_t index, int resident, vesica_source* out) {
  SEXP data = VECTOR_ELT(source, SOURCE_DATA);
  SEXP column = VECTOR_ELT(source, SOURCE_COLUMN);
  const int encoding = Rf_asInteger(VECTOR_ELT(source, SOURCE_ENCODING));
  memset(out, 0, sizeof(*out));
  out->struct_size = sizeof(*out);
  if (Rf_inherits(data, "nanoarrow_array_stream")) {
    out->stream = vesica_r_arrow_stream(data, index);
    out->stream_column = column == R_NilValue ? NULL : vesica_r_utf8(column, 0);
    out->stream_encoding = encoding == ENCODING_RAW ? VESICA_ENCODING_PLAIN : (uint32_t)encoding;
    return;
  }
  if (TYPEOF(data) == STRSXP && !resident) {
    vesica_r_text_batches(data, (uint32_t)encoding, VECTOR_ELT(source, SOURCE_ROOM), out);
    return;
  }
  vesica_column* keys = (vesica_column*)R_alloc(1, sizeof(vesica_column));
  vesica_r_column(source, index, keys);
  out->columns = keys;
  out->column_count = 1;
}
