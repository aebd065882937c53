/* What the library does to its process: nothing. Runs first. */
#include <float.h>
#include <locale.h>
#include <stdlib.h>
#if defined(__unix__)
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "check.h"

/* Linking -ffast-math code flushes denormals to zero in the whole process. */
static void test_denormals(void) {
  volatile double tiny = DBL_MIN;
  tiny /= 4;
  CHECK(tiny != 0);
}

static void test_locale(void) { CHECK(strcmp(setlocale(LC_ALL, NULL), "C") == 0); }

#if defined(__unix__)
static void test_fork(void) {
  static const char* const kKeys[] = {"a", "b", "c"};
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("raw/1");
  vesica_audience* audience = audience_of(context, profile, kKeys, 3);
  int result = -1;
  const pid_t child = fork();
  if (child == 0) {
    vesica_overlap overlap = {.struct_size = sizeof(overlap)};
    vesica_audience* other = audience_of(context, profile, kKeys, 2);
    vesica_error error;
    CHECK_OK(vesica_overlap_of_audiences(context, audience, other, &overlap, &error));
    CHECK(overlap.intersection.value == 2);
    vesica_audience_free(other);
    vesica_audience_free(audience);
    vesica_profile_free(profile);
    vesica_context_free(context);
    _exit(check_failures == 0 ? 0 : 1);
  }
  CHECK(child > 0 && waitpid(child, &result, 0) == child);
  CHECK(result == 0);
  vesica_audience_free(audience);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
#endif

void test_process(void) {
  test_denormals();
  test_locale();
#if defined(__unix__)
  test_fork();
#endif
}
