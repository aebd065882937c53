#include "vesica_r.h"

static void free_context(void* p) { vesica_context_free(p); }
static void free_profile(void* p) { vesica_profile_free(p); }
static void free_builder(void* p) { vesica_builder_free(p); }
static void free_audience(void* p) { vesica_audience_free(p); }
static void free_regions(void* p) { vesica_regions_free(p); }
static void free_matrix(void* p) { vesica_matrix_free(p); }
static void free_table(void* p) { vesica_table_free(p); }
static void free_study(void* p) { vesica_study_free(p); }
static void free_study_answer(void* p) { vesica_study_answer_free(p); }

/* In the order of vesica_r_kind. The name is the class of the kind's external pointers, its symbol their tag. */
static const struct {
  const char* name;
  void (*free)(void*);
} kinds[VESICA_R_KINDS] = {
    {"vesica_context_handle", free_context},
    {"vesica_profile_handle", free_profile},
    {"vesica_builder_handle", free_builder},
    {"vesica_audience", free_audience},
    {"vesica_regions_handle", free_regions},
    {"vesica_matrix_handle", free_matrix},
    {"vesica_table_handle", free_table},
    {"vesica_study_handle", free_study},
    {"vesica_study_answer_handle", free_study_answer},
};
static SEXP tags[VESICA_R_KINDS];

void vesica_r_init_handles(void) {
  for (int i = 0; i < VESICA_R_KINDS; ++i) tags[i] = Rf_install(kinds[i].name);
}

void vesica_r_release(SEXP handle) {
  void* address = R_ExternalPtrAddr(handle);
  if (address == NULL) return;
  R_ClearExternalPtr(handle);
  for (int i = 0; i < VESICA_R_KINDS; ++i) {
    if (R_ExternalPtrTag(handle) == tags[i]) kinds[i].free(address);
  }
}

SEXP vesica_r_handle(vesica_r_kind kind, SEXP kept) {
  SEXP handle = PROTECT(R_MakeExternalPtr(NULL, tags[kind], kept));
  R_RegisterCFinalizerEx(handle, vesica_r_release, FALSE);
  Rf_setAttrib(handle, R_ClassSymbol, PROTECT(Rf_mkString(kinds[kind].name)));
  UNPROTECT(2);
  return handle;
}

void vesica_r_fill(SEXP handle, void* address) { R_SetExternalPtrAddr(handle, address); }

int vesica_r_is(SEXP handle, vesica_r_kind kind) {
  return TYPEOF(handle) == EXTPTRSXP && R_ExternalPtrTag(handle) == tags[kind];
}

void* vesica_r_get(SEXP handle, vesica_r_kind kind) {
  if (!vesica_r_is(handle, kind)) {
    vesica_r_stop_argument("not an object of this package, or not the one that is needed here", VESICA_NO_INDEX,
                           VESICA_NO_ROW);
  }
  void* address = R_ExternalPtrAddr(handle);
  if (address == NULL) {
    vesica_r_stop_argument(
        kind == VESICA_R_AUDIENCE
            ? "the audience is dead: it was saved with saveRDS() or save(), or comes from another process; save it "
              "with "
              "save_audience(), or keep as.raw() of it, and make it again with load_audience() or audience_from_raw()"
            : "the object is dead: it was saved with saveRDS() or save(), or comes from another process",
        VESICA_NO_INDEX, VESICA_NO_ROW);
  }
  return address;
}
