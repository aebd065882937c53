#include <string.h>

#include "vesica_r.h"

/* A factor is a dictionary column of Arrow: its codes are the indices, its levels the values. */

static void release_array(struct ArrowArray* array) { array->release = NULL; }
static void release_schema(struct ArrowSchema* schema) { schema->release = NULL; }

static void* zeroed(size_t size) { return memset(R_alloc(size, 1), 0, size); }

static struct ArrowSchema* new_schema(const char* format) {
  struct ArrowSchema* schema = zeroed(sizeof(*schema));
  schema->format = format;
  schema->flags = ARROW_FLAG_NULLABLE;
  schema->release = release_schema;
  return schema;
}

static struct ArrowArray* new_array(int64_t length, int64_t buffers) {
  struct ArrowArray* array = zeroed(sizeof(*array));
  array->length = length;
  array->n_buffers = buffers;
  array->buffers = zeroed((size_t)buffers * sizeof(void*));
  array->release = release_array;
  return array;
}

/* The levels after an empty text, so that codes, which count from 1, are indices as they are. */
static struct ArrowArray* dictionary_of(SEXP levels, SEXP room) {
  vesica_column column = {.length = 0};
  vesica_r_text_column(levels, room, &column);
  const vesica_span* spans = column.data;
  const R_xlen_t count = XLENGTH(levels);
  int64_t* offsets = (int64_t*)R_alloc((size_t)count + 2, sizeof(int64_t));
  offsets[0] = offsets[1] = 0;
  for (R_xlen_t i = 0; i < count; ++i) offsets[i + 2] = offsets[i + 1] + (int64_t)spans[i].size;
  char* text = R_alloc((size_t)offsets[count + 1] + 1, 1);
  for (R_xlen_t i = 0; i < count; ++i) {
    if (spans[i].size > 0) memcpy(text + offsets[i + 1], spans[i].data, (size_t)spans[i].size);
  }
  struct ArrowArray* array = new_array((int64_t)count + 1, 3);
  array->buffers[1] = offsets;
  array->buffers[2] = text;
  return array;
}

void vesica_r_factor_column(SEXP factor, SEXP room, uint32_t index, vesica_column* out) {
  SEXP levels = PROTECT(Rf_getAttrib(factor, R_LevelsSymbol));
  if (TYPEOF(factor) != INTSXP || TYPEOF(levels) != STRSXP) {
    vesica_r_stop_argument("the factor has no levels", index, VESICA_NO_ROW);
  }
  const R_xlen_t length = XLENGTH(factor);
  const int* codes = INTEGER_RO(factor);
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    if (codes[i] == NA_INTEGER) vesica_r_mark_missing(&validity, i, length);
    vesica_r_breathe(i);
  }
  struct ArrowArray* array = new_array((int64_t)length, 2);
  array->null_count = validity == NULL ? 0 : -1;
  array->buffers[0] = validity;
  array->buffers[1] = codes;
  array->dictionary = dictionary_of(levels, room);
  struct ArrowSchema* schema = new_schema("i");
  schema->dictionary = new_schema("Z");
  out->layout = VESICA_LAYOUT_ARROW;
  out->array = array;
  out->schema = schema;
  UNPROTECT(1); /* the factor keeps its levels */
}
