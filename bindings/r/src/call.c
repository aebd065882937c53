#include <math.h>
#include <time.h>

#include "vesica_r.h"

/* Elements of the list that a context handle keeps. */
enum { KEPT_HOOK, KEPT_PROGRESS, KEPT_CONDITION, KEPT_COUNT };

typedef struct progress {
  SEXP kept;
  double from, to; /* of the whole that the function running now does */
  double fraction; /* to tell */
  double told;     /* when the hook was called last, in seconds */
  int jumped;      /* by an interrupt, or anything else that leads to the top level */
  int stop;        /* as the hook said, or as it jumped */
} progress;

static progress* progress_of(SEXP context) {
  return (progress*)RAW(VECTOR_ELT(R_ExternalPtrProtected(context), KEPT_PROGRESS));
}

static void check_interrupt(void* unused) {
  (void)unused;
  R_CheckUserInterrupt();
}

/* Calls the hook, an R function that catches what it can: FALSE is to cancel, a condition to cancel and be raised. */
static void call_hook(void* user) {
  progress* self = user;
  SEXP fraction = PROTECT(Rf_ScalarReal(self->fraction));
  SEXP call = PROTECT(Rf_lang2(VECTOR_ELT(self->kept, KEPT_HOOK), fraction));
  SEXP answer = PROTECT(Rf_eval(call, R_GlobalEnv));
  if (Rf_inherits(answer, "condition")) SET_VECTOR_ELT(self->kept, KEPT_CONDITION, answer);
  const int is_false = Rf_isLogical(answer) && Rf_length(answer) == 1 && LOGICAL(answer)[0] == FALSE;
  self->stop = is_false || Rf_inherits(answer, "condition");
  UNPROTECT(3);
}

/* A call of several functions of the library hears from each of them at once. */
#define TELL_EVERY 0.05

static double now(void) {
  struct timespec time;
  return timespec_get(&time, TIME_UTC) == TIME_UTC ? (double)time.tv_sec + 1e-9 * (double)time.tv_nsec : 0;
}

/* The library's progress callback, which it calls at least every 0.1 s. R_ToplevelExec lets no jump through to the
 * frames of the library. */
static int32_t on_progress(void* user, double fraction) {
  progress* self = user;
  if (self->stop) return 1;
  self->fraction = self->from + (self->to - self->from) * fraction;
  const double time = now();
  const int tells = VECTOR_ELT(self->kept, KEPT_HOOK) != R_NilValue && fabs(time - self->told) >= TELL_EVERY;
  if (tells) self->told = time;
  if (!R_ToplevelExec(check_interrupt, NULL) || (tells && !R_ToplevelExec(call_hook, self))) {
    self->jumped = self->stop = 1;
  }
  return self->stop;
}

uint32_t vesica_r_threads(SEXP call) { return (uint32_t)Rf_asInteger(VECTOR_ELT(call, 0)); }

SEXP vesica_r_context(SEXP call) {
  SEXP kept = PROTECT(Rf_allocVector(VECSXP, KEPT_COUNT));
  SET_VECTOR_ELT(kept, KEPT_HOOK, VECTOR_ELT(call, 2));
  SET_VECTOR_ELT(kept, KEPT_PROGRESS, Rf_allocVector(RAWSXP, sizeof(progress)));
  progress* self = (progress*)RAW(VECTOR_ELT(kept, KEPT_PROGRESS));
  *self = (progress){.kept = kept, .to = 1};
  SEXP handle = PROTECT(vesica_r_handle(VESICA_R_CONTEXT, kept));

  const double memory = Rf_asReal(VECTOR_ELT(call, 1));
  const vesica_context_options options = {.struct_size = sizeof(options),
                                          .threads = vesica_r_threads(call),
                                          .memory_budget_bytes = ISNAN(memory) ? 0 : (uint64_t)memory,
                                          .progress = on_progress,
                                          .progress_user = self};
  vesica_context* context = NULL;
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_context_create(&options, &context, &error), &error);
  vesica_r_fill(handle, context);
  UNPROTECT(2);
  return handle;
}

void vesica_r_part(SEXP context, double from, double to) {
  progress* self = progress_of(context);
  self->from = from;
  self->to = to;
}

void vesica_r_finish(SEXP context, vesica_status status, const vesica_error* error) {
  const progress* self = progress_of(context);
  vesica_r_release(context);
  SEXP condition = VECTOR_ELT(R_ExternalPtrProtected(context), KEPT_CONDITION);
  if (self->jumped) vesica_r_eval("stop_by_interrupt", R_NilValue);
  if (condition != R_NilValue) vesica_r_eval("stop_by_hook", condition);
  vesica_r_check(status, error);
}
