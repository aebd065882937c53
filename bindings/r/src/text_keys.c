#define _POSIX_C_SOURCE 200809L /* nl_langinfo */
#include <langinfo.h>
#include <string.h>

#include "vesica_r.h"

/* Strings lie anywhere in memory: asks for one that is needed soon, both lines of a short one. Always inline, as GCC
 * takes a function that does nothing else for one that does nothing, and drops calls of it. */
#define PREFETCH_ROWS 16
#if defined(__GNUC__)
static inline __attribute__((always_inline)) void prefetch(const SEXP* elements, R_xlen_t row, R_xlen_t length) {
  if (row + PREFETCH_ROWS >= length) return;
  const char* string = (const char*)elements[row + PREFETCH_ROWS];
  __builtin_prefetch(string);
  __builtin_prefetch(string + 64);
}
#else
#define prefetch(elements, row, length) ((void)0)
#endif

/* ---- strings as UTF-8 ---------------------------------------------------------------------------------- */

typedef enum { NATIVE_UTF8, NATIVE_ASCII, NATIVE_OTHER } native_encoding;

static native_encoding native(void) {
  const char* codeset = nl_langinfo(CODESET);
  if (strcmp(codeset, "UTF-8") == 0) return NATIVE_UTF8;
  /* The C locale: what bytes beyond ASCII mean there nobody knows, so they stay what they are. */
  if (strcmp(codeset, "ANSI_X3.4-1968") == 0 || strcmp(codeset, "US-ASCII") == 0) return NATIVE_ASCII;
  return NATIVE_OTHER;
}

static int is_ascii(const char* bytes, int size) {
  for (int i = 0; i < size; ++i) {
    if ((signed char)bytes[i] < 0) return 0;
  }
  return 1;
}

static int needs_translation(SEXP string, native_encoding native) {
  switch (Rf_getCharCE(string)) {
    case CE_UTF8:
    case CE_BYTES:
      return 0;
    case CE_NATIVE:
      return native == NATIVE_OTHER && !is_ascii(R_CHAR(string), LENGTH(string));
    default:
      return 1;
  }
}

static vesica_span span_of(SEXP string) {
  const vesica_span span = {R_CHAR(string), (uint64_t)LENGTH(string)};
  return span;
}

static vesica_span translated(SEXP string) {
  const char* utf8 = Rf_translateCharUTF8(string);
  const vesica_span span = {utf8, strlen(utf8)};
  return span;
}

/* ---- as one column of spans: for calls that need all rows at once, or read them on several threads -------- */

void vesica_r_text_column(SEXP strings, SEXP room, vesica_column* out) {
  const R_xlen_t length = XLENGTH(strings);
  const SEXP* elements = STRING_PTR_RO(strings); /* makes the elements of an ALTREP vector stay */
  vesica_span* spans = vesica_r_keep(room, length, sizeof(vesica_span));
  const native_encoding native_is = native();
  for (R_xlen_t i = 0; i < length; ++i) {
    prefetch(elements, i, length);
    const vesica_span missing = {NULL, 0};
    spans[i] = elements[i] == NA_STRING                    ? missing
               : needs_translation(elements[i], native_is) ? translated(elements[i])
                                                           : span_of(elements[i]);
    vesica_r_breathe(i);
  }
  out->layout = VESICA_LAYOUT_SPANS;
  out->data = spans;
}

/* ---- in batches, one after another on R's thread: each string is touched once, and batches stay in the cache ---- */

vesica_r_texts* vesica_r_new_texts(SEXP strings, SEXP room, R_xlen_t most_rows) {
  vesica_r_texts* self = (vesica_r_texts*)R_alloc(1, sizeof(*self));
  self->elements = STRING_PTR_RO(strings);
  self->length = XLENGTH(strings);
  self->native = native();
  self->room = room;
  self->bytes = NULL;
  self->capacity = 0;
  self->offsets = (int64_t*)R_alloc((size_t)most_rows + 1, sizeof(int64_t));
  self->validity = (uint8_t*)R_alloc((size_t)most_rows / 8 + 1, 1);
  return self;
}

static void grow(vesica_r_texts* self, size_t used, size_t needed) {
  SEXP larger = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)(2 * needed)));
  if (used > 0) memcpy(RAW(larger), self->bytes, used);
  SET_VECTOR_ELT(self->room, 0, larger);
  UNPROTECT(1);
  self->bytes = (char*)RAW(larger);
  self->capacity = 2 * needed;
}

static size_t append(vesica_r_texts* self, size_t used, vesica_span span) {
  if (span.size > self->capacity - used) grow(self, used, used + (size_t)span.size);
  if (span.size > 0) memcpy(self->bytes + used, span.data, (size_t)span.size);
  return used + (size_t)span.size;
}

void vesica_r_copy_texts(vesica_r_texts* self, R_xlen_t begin, R_xlen_t end) {
  if (self->capacity == 0) grow(self, 0, 64);
  memset(self->validity, 0xFF, (size_t)(end - begin) / 8 + 1);
  size_t used = 0;
  self->offsets[0] = 0;
  for (R_xlen_t i = begin; i < end; ++i) {
    prefetch(self->elements, i, self->length);
    SEXP string = self->elements[i];
    if (needs_translation(string, (native_encoding)self->native)) {
      const void* stack = vmaxget(); /* R translates to there */
      used = append(self, used, translated(string));
      vmaxset(stack);
    } else if (string != NA_STRING) {
      used = append(self, used, span_of(string));
    } else {
      self->validity[(i - begin) / 8] &= (uint8_t) ~(1u << (i - begin) % 8);
    }
    self->offsets[i - begin + 1] = (int64_t)used;
  }
}

#define BATCH_ROWS 4096
#define SHARD_ROWS (16 * BATCH_ROWS) /* progress is told after a shard */

typedef struct {
  vesica_r_texts* texts;
  uint32_t encoding;
  R_xlen_t begin, end; /* the batch to copy */
} text_batches;

/* May jump, and so runs in R_ToplevelExec. */
static void copy_batch(void* user) {
  text_batches* self = user;
  vesica_r_copy_texts(self->texts, self->begin, self->end);
}

static int32_t next_batch(void* user, uint64_t shard, uint64_t batch, vesica_column* out) {
  text_batches* self = user;
  const R_xlen_t length = self->texts->length;
  if (batch >= SHARD_ROWS / BATCH_ROWS) return 0;
  self->begin = (R_xlen_t)(shard * SHARD_ROWS + batch * BATCH_ROWS);
  if (self->begin >= length) return 0;
  self->end = length - self->begin < BATCH_ROWS ? length : self->begin + BATCH_ROWS;
  if (!R_ToplevelExec(copy_batch, self)) return -1;
  const vesica_column column = {.struct_size = sizeof(column),
                                .layout = VESICA_LAYOUT_OFFSETS64,
                                .encoding = self->encoding,
                                .length = (uint64_t)(self->end - self->begin),
                                .data = self->texts->bytes,
                                .offsets = self->texts->offsets,
                                .first_row = (uint64_t)self->begin};
  *out = column;
  return 1;
}

void vesica_r_text_batches(SEXP strings, uint32_t encoding, SEXP room, vesica_source* out) {
  text_batches* self = (text_batches*)R_alloc(1, sizeof(*self));
  self->texts = vesica_r_new_texts(strings, room, BATCH_ROWS);
  self->encoding = encoding;
  out->next = next_batch;
  out->next_user = self;
  out->shards = (uint64_t)(self->texts->length / SHARD_ROWS + 1);
  out->row_limit = (uint64_t)self->texts->length;
}
