/* What the files of this package share. Entry points for .Call are named vesica_r_<noun>_<verb>; calls.h has them all.
 *
 * R leaves its functions by longjmp whenever it raises, allocates or is interrupted, so here
 *   - what the library hands out lives in an external pointer with a finalizer, which is made before it is filled;
 *   - scratch memory is of R_alloc, which R takes back when .Call ends, however it ends; what is as long as the keys
 *     is of vesica_r_keep, as for so much R would first collect its garbage, which takes a second for many strings;
 *   - while the library runs, R runs only in callbacks on its own thread, in R_ToplevelExec, which lets no jump out;
 *   - the library's threads see plain memory, never R. */
#ifndef VESICA_R_H_
#define VESICA_R_H_

#define R_NO_REMAP
#define STRICT_R_HEADERS
#include <R.h>
#include <Rinternals.h>
#include <stdint.h>
#include <vesica.h>

#if defined(__GNUC__)
#define VESICA_R_NORETURN __attribute__((noreturn))
#else
#define VESICA_R_NORETURN
#endif

#define VESICA_R_ERROR \
  { .struct_size = sizeof(vesica_error), .row = VESICA_NO_ROW, .index = VESICA_NO_INDEX }

/* ---- stop.c: conditions --------------------------------------------------------------------------- */

/* Raises the R condition of a status, with what the error says. */
VESICA_R_NORETURN void vesica_r_stop(vesica_status status, const vesica_error* error);
/* Raises the condition of VESICA_INVALID_ARGUMENT. `index` and `row` are 0-based, or VESICA_NO_INDEX, VESICA_NO_ROW. */
VESICA_R_NORETURN void vesica_r_stop_argument(const char* message, uint32_t index, uint64_t row);
/* Goes on if the status is VESICA_OK. */
void vesica_r_check(vesica_status status, const vesica_error* error);
/* Calls a function of the package's R code. */
SEXP vesica_r_eval(const char* function, SEXP argument);

/* ---- handle.c: what the library hands out ---------------------------------------------------------- */

typedef enum {
  VESICA_R_CONTEXT,
  VESICA_R_PROFILE,
  VESICA_R_BUILDER,
  VESICA_R_AUDIENCE,
  VESICA_R_REGIONS,
  VESICA_R_MATRIX,
  VESICA_R_TABLE,
  VESICA_R_STUDY,
  VESICA_R_STUDY_ANSWER,
  VESICA_R_KINDS /* how many */
} vesica_r_kind;

void vesica_r_init_handles(void);
/* An empty handle that keeps `kept` alive: to be protected, then filled. */
SEXP vesica_r_handle(vesica_r_kind kind, SEXP kept);
/* Fills a handle; NULL is allowed. */
void vesica_r_fill(SEXP handle, void* address);
int vesica_r_is(SEXP handle, vesica_r_kind kind);
/* What is in a handle; raises if it is none of the kind, or dead since it was saved in another session. */
void* vesica_r_get(SEXP handle, vesica_r_kind kind);
/* Frees what is in a handle now. */
void vesica_r_release(SEXP handle);

/* ---- call.c: threads, memory, progress and interrupts of one call of the library --------------------- */

/* A context for list(threads, memory, hook), as run() of call.R makes it. */
SEXP vesica_r_context(SEXP call);
uint32_t vesica_r_threads(SEXP call);
/* The part of the whole, from 0 to 1, that the next function of the library does. */
void vesica_r_part(SEXP context, double from, double to);
/* Frees the context, then raises what there is to raise: an interrupt, what the hook raised, or the status. */
void vesica_r_finish(SEXP context, vesica_status status, const vesica_error* error);

/* ---- profile.c ------------------------------------------------------------------------------------- */

/* Opens the profile of list(name, hash_bits, secret, country) in a handle. */
SEXP vesica_r_profile(SEXP identity);

/* ---- keys.c: R objects as keys ----------------------------------------------------------------------- */

/* Fills `out` with the keys of a source as key_source() of keys.R makes it. `index` is that of the set, for errors.
 * `resident`: the keys lie in memory that any thread may read, all at once. What `out` points to lives as long as
 * `source`, which is an argument of .Call, and until vesica_r_forget. */
void vesica_r_source(SEXP source, uint32_t index, int resident, vesica_source* out);
/* The same as one column; raises for what is more than one. */
void vesica_r_column(SEXP source, uint32_t index, vesica_column* out);
void vesica_r_forget(SEXP source);

/* Zeroed memory for `count` elements that lives as long as the list `room`, which has one element. */
void* vesica_r_keep(SEXP room, R_xlen_t count, size_t size);

/* Of each kind of vector, in <kind>_keys.c and arrow.c. `out` comes with its size, length and encoding. */
void vesica_r_text_column(SEXP strings, SEXP room, vesica_column* out);
/* The same in batches that are made as they are asked for, on R's thread. */
void vesica_r_text_batches(SEXP strings, uint32_t encoding, SEXP room, vesica_source* out);
/* Strings copied a batch at a time, each as Arrow lays out text. */
typedef struct vesica_r_texts {
  const SEXP* elements;
  R_xlen_t length;
  int native; /* what the session's own encoding is */
  SEXP room;  /* a list whose element is the raw vector that `bytes` are of */
  char* bytes;
  size_t capacity;
  int64_t* offsets;  /* of the batch copied last, into `bytes` */
  uint8_t* validity; /* of that batch: a bit for each string, 0 for NA */
} vesica_r_texts;
vesica_r_texts* vesica_r_new_texts(SEXP strings, SEXP room, R_xlen_t most_rows);
/* Copies the strings from `begin` up to `end`, at most `most_rows`. */
void vesica_r_copy_texts(vesica_r_texts* texts, R_xlen_t begin, R_xlen_t end);
void vesica_r_integer_column(SEXP integers, SEXP room, vesica_column* out);
void vesica_r_integer64_column(SEXP doubles, vesica_column* out);
void vesica_r_double_column(SEXP doubles, SEXP room, uint32_t index, vesica_column* out);
void vesica_r_factor_column(SEXP factor, SEXP room, uint32_t index, vesica_column* out);
void vesica_r_arrow_column(SEXP array, uint32_t index, vesica_column* out);
struct ArrowArrayStream* vesica_r_arrow_stream(SEXP stream, uint32_t index);

/* Lets the user interrupt a loop over rows, which must hold nothing that a jump would lose. */
void vesica_r_breathe(R_xlen_t row);
/* Marks row `row` of `length` as missing in a validity bitmap, NULL until one is needed. */
void vesica_r_mark_missing(uint8_t** validity, R_xlen_t row, R_xlen_t length);

/* ---- events.c: data frames as record batches --------------------------------------------------------- */

/* Adds the rows of a frame as event_part() of study.R makes it, from..to of the whole work. */
vesica_status vesica_r_add_frame(SEXP study, SEXP frame, const vesica_rename* renames, uint32_t rename_count,
                                 SEXP context, double from, double to, vesica_error* error);

/* ---- audience.c ------------------------------------------------------------------------------------- */

/* The builder options of list(representation, bytes, plain_registers), as builder_options() of audience.R makes it. */
vesica_builder_options vesica_r_builder_options(SEXP options);
/* The audiences of a list of handles, in memory of R_alloc. */
const vesica_audience** vesica_r_audiences(SEXP handles);

/* ---- quality.c --------------------------------------------------------------------------------------- */

/* Row numbers up to the first VESICA_NO_ROW, counted from 1 as R does. */
SEXP vesica_r_row_numbers(const uint64_t* rows, int most);

/* ---- image.c ---------------------------------------------------------------------------------------- */

/* What an image says of itself, as a list. */
SEXP vesica_r_image_info(const vesica_image_info* info);

/* ---- value.c: figures and texts as R values ------------------------------------------------------------- */

typedef vesica_status (*vesica_r_text_fn)(const void* handle, char* buffer, size_t capacity, size_t* length,
                                          vesica_error* error);
/* The text that a function with (buffer, capacity, length) writes. */
SEXP vesica_r_text(const void* handle, vesica_r_text_fn write);
SEXP vesica_r_string(const char* utf8);
/* The CHARSXP of a text. What R's strings cannot hold, a NUL, becomes a space: R would show the text in its error. */
SEXP vesica_r_chars(const char* utf8, size_t size);
/* The UTF-8 of element `i` of a character vector. */
const char* vesica_r_utf8(SEXP strings, R_xlen_t i);
/* Writes estimate, lower and upper; NA where undefined. */
void vesica_r_write_estimate(const vesica_estimate* from, double* to);
/* A list with these names, in the order they are set. */
SEXP vesica_r_list(const char* const* names, int count);

#include "calls.h"

#endif /* VESICA_R_H_ */
