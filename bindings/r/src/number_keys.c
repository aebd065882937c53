#include <math.h>

#include "vesica_r.h"

#define MOST_EXACT_DOUBLE 9007199254740992.0 /* 2^53: whole numbers above it are not all doubles */

static void integers_column(const int64_t* values, const uint8_t* validity, vesica_column* out) {
  out->layout = VESICA_LAYOUT_INT64;
  out->data = values;
  out->validity = validity;
}

void vesica_r_integer_column(SEXP integers, SEXP room, vesica_column* out) {
  const R_xlen_t length = XLENGTH(integers);
  const int* from = INTEGER_RO(integers);
  int64_t* values = vesica_r_keep(room, length, sizeof(int64_t));
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    values[i] = from[i];
    if (from[i] == NA_INTEGER) vesica_r_mark_missing(&validity, i, length);
    vesica_r_breathe(i);
  }
  integers_column(values, validity, out);
}

void vesica_r_double_column(SEXP doubles, SEXP room, uint32_t index, vesica_column* out) {
  const R_xlen_t length = XLENGTH(doubles);
  const double* from = REAL_RO(doubles);
  int64_t* values = vesica_r_keep(room, length, sizeof(int64_t));
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    values[i] = 0;
    if (ISNAN(from[i])) {
      vesica_r_mark_missing(&validity, i, length);
    } else if (fabs(from[i]) < MOST_EXACT_DOUBLE && from[i] == floor(from[i])) {
      values[i] = (int64_t)from[i];
    } else {
      vesica_r_stop_argument("a number is not whole or not below 2^53: use text or bit64::integer64", index,
                             (uint64_t)i);
    }
    vesica_r_breathe(i);
  }
  integers_column(values, validity, out);
}

/* bit64 keeps 64-bit integers in the bytes of doubles; the smallest of them is NA. */
void vesica_r_integer64_column(SEXP doubles, vesica_column* out) {
  const R_xlen_t length = XLENGTH(doubles);
  const int64_t* values = (const int64_t*)REAL_RO(doubles);
  uint8_t* validity = NULL;
  for (R_xlen_t i = 0; i < length; ++i) {
    if (values[i] == INT64_MIN) vesica_r_mark_missing(&validity, i, length);
    vesica_r_breathe(i);
  }
  integers_column(values, validity, out);
}
