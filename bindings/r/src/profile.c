#include "vesica_r.h"

SEXP vesica_r_profile(SEXP identity) {
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_PROFILE, R_NilValue));
  SEXP secret = VECTOR_ELT(identity, 2);
  SEXP country = VECTOR_ELT(identity, 3);
  const vesica_profile_options options = {.struct_size = sizeof(options),
                                          .hash_bits = (uint32_t)Rf_asInteger(VECTOR_ELT(identity, 1)),
                                          .secret = secret == R_NilValue ? NULL : RAW_RO(secret),
                                          .secret_size = secret == R_NilValue ? 0 : (uint64_t)XLENGTH(secret),
                                          .country = country == R_NilValue ? NULL : vesica_r_utf8(country, 0)};
  vesica_profile* profile = NULL;
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_profile_open(vesica_r_utf8(VECTOR_ELT(identity, 0), 0), &options, &profile, &error), &error);
  vesica_r_fill(handle, profile);
  UNPROTECT(1);
  return handle;
}

/* The table of profiles, as a handle. */
SEXP vesica_r_profile_table(void) {
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_TABLE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_table* table = NULL;
  const vesica_status status = vesica_profiles_table(&table, &error);
  vesica_r_fill(handle, table);
  vesica_r_check(status, &error);
  UNPROTECT(1);
  return handle;
}
