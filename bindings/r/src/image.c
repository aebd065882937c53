#include "vesica_r.h"

SEXP vesica_r_image_info(const vesica_image_info* info) {
  static const char* const names[] = {"representation", "profile",       "stamp",        "hash_bits",
                                      "size_bytes",     "entries",       "sketch_bytes", "mantissa_bits",
                                      "exact_count",    "format_version"};
  SEXP list = PROTECT(vesica_r_list(names, 10));
  SET_VECTOR_ELT(list, 0, Rf_ScalarInteger((int)info->representation));
  SET_VECTOR_ELT(list, 1, vesica_r_string(info->profile));
  SET_VECTOR_ELT(list, 2, vesica_r_string(info->stamp));
  SET_VECTOR_ELT(list, 3, Rf_ScalarInteger((int)info->hash_bits));
  SET_VECTOR_ELT(list, 4, Rf_ScalarReal((double)info->size_bytes));
  SET_VECTOR_ELT(list, 5, Rf_ScalarReal((double)info->entries));
  SET_VECTOR_ELT(list, 6, Rf_ScalarReal((double)info->sketch_bytes));
  SET_VECTOR_ELT(list, 7, Rf_ScalarInteger((int)info->mantissa_bits));
  SET_VECTOR_ELT(list, 8, Rf_ScalarReal(info->flags & VESICA_IMAGE_EXACT_COUNT ? (double)info->exact_count : NA_REAL));
  SET_VECTOR_ELT(list, 9, Rf_ScalarInteger((int)info->format_version));
  UNPROTECT(1);
  return list;
}

/* The image of an audience as a raw vector. */
SEXP vesica_r_image_save(SEXP audience) {
  const vesica_audience* set = vesica_r_get(audience, VESICA_R_AUDIENCE);
  vesica_error error = VESICA_R_ERROR;
  size_t length = 0;
  vesica_r_check(vesica_audience_save(set, NULL, 0, &length, &error), &error);
  SEXP image = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)length));
  vesica_r_check(vesica_audience_save(set, RAW(image), length, &length, &error), &error);
  UNPROTECT(1);
  return image;
}

/* The audience of an image. */
SEXP vesica_r_image_load(SEXP image, SEXP call) {
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP audience = PROTECT(vesica_r_handle(VESICA_R_AUDIENCE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_audience* loaded = NULL;
  const vesica_status status = vesica_audience_load(vesica_r_get(context, VESICA_R_CONTEXT), RAW_RO(image),
                                                    (size_t)XLENGTH(image), &loaded, &error);
  vesica_r_fill(audience, loaded);
  vesica_r_finish(context, status, &error);
  UNPROTECT(2);
  return audience;
}

/* What an image says of itself. */
SEXP vesica_r_image_inspect(SEXP image) {
  vesica_image_info info = {.struct_size = sizeof(info)};
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_image_inspect(RAW_RO(image), (size_t)XLENGTH(image), &info, &error), &error);
  return vesica_r_image_info(&info);
}
