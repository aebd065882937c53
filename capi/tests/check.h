/* Checks of the C tests: a failed one prints where and what, and the program returns 1. */
#ifndef VESICA_CAPI_TESTS_CHECK_H_
#define VESICA_CAPI_TESTS_CHECK_H_

#include <stdio.h>
#include <string.h>

#include "vesica.h"

extern int check_failures;

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      ++check_failures;                                                       \
      fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
    }                                                                         \
  } while (0)

/* `call` has `error` as an argument and returns `expected`; a failure fills `error`, success leaves it alone. */
#define CHECK_STATUS(expected, call)                                                                                \
  do {                                                                                                              \
    const vesica_error before_ = fresh_error();                                                                     \
    error = before_;                                                                                                \
    const vesica_status got_ = (call);                                                                              \
    if (got_ != (expected)) {                                                                                       \
      ++check_failures;                                                                                             \
      fprintf(stderr, "%s:%d: %s: got %s (%s), expected %s\n", __FILE__, __LINE__, #call, vesica_status_text(got_), \
              error.message, vesica_status_text(expected));                                                         \
    } else if (got_ == VESICA_OK) {                                                                                 \
      CHECK(memcmp(&error, &before_, sizeof(error)) == 0);                                                          \
    } else {                                                                                                        \
      CHECK(error.status == got_ && error.struct_size == sizeof(error));                                            \
      CHECK(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);                                       \
    }                                                                                                               \
  } while (0)
#define CHECK_OK(call) CHECK_STATUS(VESICA_OK, call)
#define CHECK_INVALID(call) CHECK_STATUS(VESICA_INVALID_ARGUMENT, call)

/* An error with a text no call leaves behind. */
vesica_error fresh_error(void);

/* Handles and columns many tests begin with. The handles are the caller's. */
vesica_context* make_context(void);
vesica_profile* make_profile(const char* name);
/* `keys` of up to 16 texts as a column that lives until the next 8 calls. */
vesica_column column_of(const char* const* keys, uint64_t count);
vesica_source source_of(const char* name, const vesica_column* column);
/* An audience of texts under the profile. */
vesica_audience* audience_of(vesica_context* context, const vesica_profile* profile, const char* const* keys,
                             uint64_t count);
/* A handle that is not NULL and is never used: what an output handle holds before the call. */
#define STALE(type) ((type*)(void*)&check_failures)

void test_status(void);
void test_context(void);
void test_profile(void);
void test_regions(void);
void test_sources(void);
void test_arrow(void);
void test_audience(void);
void test_compare(void);
void test_sketch(void);
void test_structs(void);
void test_table(void);
void test_study(void);
void test_sketch_study(void);
void test_report(void);
void test_process(void);

#endif
