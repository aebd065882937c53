#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "vesica_r.h"

#define DIGEST_BYTES 32

/* How canonical bytes are shown. */
enum { SHOWN_AS_TEXT, SHOWN_AS_HEX, SHOWN_AS_INTEGER };

/* Canonical bytes of one key after another. */
typedef struct {
  unsigned char* bytes;
  size_t capacity, length;
  uint32_t reason; /* why there are none, or VESICA_REASON_NONE */
} canonical_bytes;

static void canonicalize(const vesica_profile* profile, vesica_span key, uint32_t encoding, canonical_bytes* out) {
  out->reason = VESICA_REASON_BLANK;
  if (key.data == NULL) return;
  vesica_error error = VESICA_R_ERROR;
  vesica_status status = VESICA_BUFFER_TOO_SMALL;
  while (status == VESICA_BUFFER_TOO_SMALL) {
    status = vesica_profile_canonicalize(profile, key.data, (size_t)key.size, encoding, out->bytes, out->capacity,
                                         &out->length, &out->reason, &error);
    if (status == VESICA_BUFFER_TOO_SMALL) {
      out->capacity = out->length;
      out->bytes = (unsigned char*)R_alloc(out->capacity, 1);
    }
  }
  if (status == VESICA_INVALID_KEY) return;
  vesica_r_check(status, &error);
  out->reason = VESICA_REASON_NONE;
}

static SEXP hex_of(const unsigned char* bytes) {
  static const char digits[] = "0123456789abcdef";
  char text[2 * DIGEST_BYTES];
  for (int i = 0; i < DIGEST_BYTES; ++i) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  return Rf_mkCharLenCE(text, 2 * DIGEST_BYTES, CE_UTF8);
}

/* Of 8 bytes, little endian. */
static SEXP decimal_of(const unsigned char* bytes) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | bytes[i];
  char text[32];
  const int size = snprintf(text, sizeof(text), "%" PRId64, (int64_t)value);
  return Rf_mkCharLenCE(text, size, CE_UTF8);
}

static SEXP string_of(const canonical_bytes* canonical, int shown_as, cetype_t encoding) {
  if (shown_as == SHOWN_AS_HEX && canonical->length == DIGEST_BYTES) return hex_of(canonical->bytes);
  if (shown_as == SHOWN_AS_INTEGER && canonical->length == 8) return decimal_of(canonical->bytes);
  return Rf_mkCharLenCE((const char*)canonical->bytes, (int)canonical->length,
                        encoding == CE_BYTES ? CE_BYTES : CE_UTF8);
}

static SEXP raw_of(const canonical_bytes* canonical) {
  SEXP bytes = Rf_allocVector(RAWSXP, (R_xlen_t)canonical->length);
  memcpy(RAW(bytes), canonical->bytes, canonical->length);
  return bytes;
}

/* list(canonical, reason) for a source of text, or of raw vectors: what the profile makes of each key, or why not. */
SEXP vesica_r_canonicalize(SEXP source, SEXP identity, SEXP shown_as) {
  SEXP data = VECTOR_ELT(source, 0);
  const int of_text = TYPEOF(data) == STRSXP;
  vesica_column keys;
  vesica_r_column(source, VESICA_NO_INDEX, &keys);
  const vesica_span* spans = keys.data;
  SEXP profile = PROTECT(vesica_r_profile(identity));
  static const char* const names[] = {"canonical", "reason"};
  SEXP list = PROTECT(vesica_r_list(names, 2));
  SEXP values = Rf_allocVector(of_text ? STRSXP : VECSXP, (R_xlen_t)keys.length);
  SET_VECTOR_ELT(list, 0, values);
  SEXP reasons = Rf_allocVector(STRSXP, (R_xlen_t)keys.length);
  SET_VECTOR_ELT(list, 1, reasons);
  canonical_bytes canonical = {.bytes = (unsigned char*)R_alloc(4096, 1), .capacity = 4096};
  for (R_xlen_t i = 0; i < (R_xlen_t)keys.length; ++i) {
    vesica_r_breathe(i);
    canonicalize(vesica_r_get(profile, VESICA_R_PROFILE), spans[i], keys.encoding, &canonical);
    const int valid = canonical.reason == VESICA_REASON_NONE;
    SET_STRING_ELT(reasons, i, valid ? NA_STRING : Rf_mkChar(vesica_reason_text(canonical.reason)));
    if (of_text) {
      const cetype_t encoding = Rf_getCharCE(STRING_ELT(data, i));
      SET_STRING_ELT(values, i, valid ? string_of(&canonical, Rf_asInteger(shown_as), encoding) : NA_STRING);
    } else if (valid) {
      SET_VECTOR_ELT(values, i, raw_of(&canonical));
    }
  }
  vesica_r_release(profile);
  vesica_r_forget(source);
  UNPROTECT(2);
  return list;
}
