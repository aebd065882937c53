#include <math.h>
#include <string.h>

#include "vesica_r.h"

/* A data frame becomes record batches of EVENT_ROWS rows. Text is copied batch by batch; all other columns are made, or
 * lie, as a whole, of which a batch is a slice. */

#define EVENT_ROWS 65536
#define MICROSECONDS 1e6

/* What a column is; as numbered in study.R. */
enum { EVENT_TEXT, EVENT_FACTOR, EVENT_INTEGER, EVENT_INTEGER64, EVENT_WHOLE, EVENT_AMOUNT, EVENT_TIME, EVENT_DAY };

/* Elements of a frame. */
enum { FRAME_COLUMNS, FRAME_NAMES, FRAME_KINDS, FRAME_ROOMS };

typedef struct {
  struct ArrowSchema schema;
  struct ArrowArray array;
  const void* buffers[3];
  vesica_r_texts* texts; /* of EVENT_TEXT, else NULL */
} event_column;

static void release_array(struct ArrowArray* array) { array->release = NULL; }
static void release_schema(struct ArrowSchema* schema) { schema->release = NULL; }

static void begin_struct(struct ArrowSchema* schema, struct ArrowArray* array, const char* format) {
  schema->format = format;
  schema->flags = ARROW_FLAG_NULLABLE;
  schema->release = release_schema;
  array->null_count = -1;
  array->release = release_array;
}

static void set_buffers(event_column* out, const char* format, const uint8_t* validity, const void* data) {
  begin_struct(&out->schema, &out->array, format);
  out->buffers[0] = validity;
  out->buffers[1] = data;
  out->array.n_buffers = 2;
  if (validity == NULL) out->array.null_count = 0;
}

static void set_integers(event_column* out, const vesica_column* column) {
  set_buffers(out, "l", column->validity, column->data);
}

static void set_factor(event_column* out, SEXP factor, SEXP room) {
  vesica_column column = {.length = 0};
  vesica_r_factor_column(factor, room, VESICA_NO_INDEX, &column);
  out->schema = *column.schema;
  out->array = *column.array;
  memcpy(out->buffers, column.array->buffers, 2 * sizeof(void*));
}

static void set_amounts(event_column* out, SEXP amounts) {
  const R_xlen_t length = XLENGTH(amounts);
  const double* from = REAL_RO(amounts);
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    if (ISNAN(from[i])) vesica_r_mark_missing(&validity, i, length);
    vesica_r_breathe(i);
  }
  set_buffers(out, "g", validity, from);
}

/* Seconds since 1970 in UTC to microseconds; what is finite has been found to fit. */
static void set_times(event_column* out, SEXP seconds, SEXP room) {
  const R_xlen_t length = XLENGTH(seconds);
  const double* from = REAL_RO(seconds);
  int64_t* ticks = vesica_r_keep(room, length, sizeof(int64_t));
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    if (R_FINITE(from[i])) {
      ticks[i] = (int64_t)round(from[i] * MICROSECONDS);
    } else {
      vesica_r_mark_missing(&validity, i, length);
    }
    vesica_r_breathe(i);
  }
  set_buffers(out, "tsu:UTC", validity, ticks);
}

static void set_days(event_column* out, SEXP days, SEXP room) {
  const R_xlen_t length = XLENGTH(days);
  const double* from = REAL_RO(days);
  int32_t* ticks = vesica_r_keep(room, length, sizeof(int32_t));
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    if (R_FINITE(from[i])) {
      ticks[i] = (int32_t)floor(from[i]);
    } else {
      vesica_r_mark_missing(&validity, i, length);
    }
    vesica_r_breathe(i);
  }
  set_buffers(out, "tdD", validity, ticks);
}

static void set_column(event_column* out, SEXP data, int kind, SEXP room) {
  vesica_column column = {.length = 0};
  switch (kind) {
    case EVENT_TEXT:
      out->texts = vesica_r_new_texts(data, room, EVENT_ROWS);
      begin_struct(&out->schema, &out->array, "U");
      out->array.n_buffers = 3;
      break;
    case EVENT_FACTOR:
      set_factor(out, data, room);
      break;
    case EVENT_INTEGER:
      vesica_r_integer_column(data, room, &column);
      set_integers(out, &column);
      break;
    case EVENT_INTEGER64:
      vesica_r_integer64_column(data, &column);
      set_integers(out, &column);
      break;
    case EVENT_WHOLE:
      vesica_r_double_column(data, room, VESICA_NO_INDEX, &column);
      set_integers(out, &column);
      break;
    case EVENT_AMOUNT:
      set_amounts(out, data);
      break;
    case EVENT_TIME:
      set_times(out, data, room);
      break;
    default:
      set_days(out, data, room);
  }
  out->array.buffers = out->buffers;
}

/* Makes a column the rows from `begin` up to `end`. */
static void take_rows(event_column* column, R_xlen_t begin, R_xlen_t end) {
  column->array.length = (int64_t)(end - begin);
  column->array.offset = column->texts == NULL ? (int64_t)begin : 0;
  if (column->texts == NULL) return;
  vesica_r_copy_texts(column->texts, begin, end);
  column->buffers[0] = column->texts->validity;
  column->buffers[1] = column->texts->offsets;
  column->buffers[2] = column->texts->bytes;
}

vesica_status vesica_r_add_frame(SEXP study, SEXP frame, const vesica_rename* renames, uint32_t rename_count,
                                 SEXP context, double from, double to, vesica_error* error) {
  SEXP columns = VECTOR_ELT(frame, FRAME_COLUMNS);
  SEXP names = VECTOR_ELT(frame, FRAME_NAMES);
  const int* kinds = INTEGER_RO(VECTOR_ELT(frame, FRAME_KINDS));
  SEXP rooms = VECTOR_ELT(frame, FRAME_ROOMS);
  const R_xlen_t count = XLENGTH(columns);
  const R_xlen_t rows = count == 0 ? 0 : XLENGTH(VECTOR_ELT(columns, 0));

  event_column* made = (event_column*)R_alloc((size_t)count + 1, sizeof(*made));
  memset(made, 0, ((size_t)count + 1) * sizeof(*made));
  struct ArrowSchema** schemas = (struct ArrowSchema**)R_alloc((size_t)count + 1, sizeof(*schemas));
  struct ArrowArray** arrays = (struct ArrowArray**)R_alloc((size_t)count + 1, sizeof(*arrays));
  for (R_xlen_t i = 0; i < count; ++i) {
    set_column(&made[i], VECTOR_ELT(columns, i), kinds[i], VECTOR_ELT(rooms, i));
    made[i].schema.name = vesica_r_utf8(names, i);
    schemas[i] = &made[i].schema;
    arrays[i] = &made[i].array;
  }
  const void* no_validity = NULL;
  struct ArrowSchema schema = {.n_children = (int64_t)count, .children = schemas};
  struct ArrowArray array = {.n_children = (int64_t)count, .children = arrays, .n_buffers = 1, .buffers = &no_validity};
  begin_struct(&schema, &array, "+s");
  schema.flags = 0;
  array.null_count = 0;

  vesica_status status = VESICA_OK;
  for (R_xlen_t begin = 0; status == VESICA_OK && (begin == 0 || begin < rows); begin += EVENT_ROWS) {
    R_CheckUserInterrupt();
    const R_xlen_t end = rows - begin < EVENT_ROWS ? rows : begin + EVENT_ROWS;
    for (R_xlen_t i = 0; i < count; ++i) take_rows(&made[i], begin, end);
    array.length = (int64_t)(end - begin);
    const double step = rows == 0 ? 0 : (to - from) / (double)rows;
    vesica_r_part(context, from + step * (double)begin, from + step * (double)end);
    status = vesica_study_add(vesica_r_get(study, VESICA_R_STUDY), &array, &schema, renames, rename_count, error);
  }
  return status;
}
