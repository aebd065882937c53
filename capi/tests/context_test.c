/* Contexts: options, progress and cancelling, memory. */
#include <stdlib.h>

#include "check.h"

enum { kRows = 200000 };

struct told {
  double last;
  int calls;
  int falls;
  int cancel_at; /* 0: never */
};

static int32_t tell(void* user, double fraction) {
  struct told* told = user;
  told->falls += fraction < told->last || fraction < 0 || fraction > 1;
  told->last = fraction;
  ++told->calls;
  return told->cancel_at != 0 && told->calls >= told->cancel_at;
}

static vesica_status count_many(vesica_context* context, const int64_t* keys, vesica_error* error) {
  vesica_profile* profile = make_profile("int64/1");
  vesica_regions* regions = NULL;
  vesica_column column = {.struct_size = sizeof(column)};
  vesica_status status;
  vesica_source set;
  column.layout = VESICA_LAYOUT_INT64;
  column.length = kRows;
  column.data = keys;
  set = source_of(NULL, &column);
  status = vesica_regions_of_sources(context, profile, &set, 1, NULL, &regions, error);
  CHECK((status == VESICA_OK) == (regions != NULL));
  vesica_regions_free(regions);
  vesica_profile_free(profile);
  return status;
}

static void test_progress(const int64_t* keys) {
  struct told told = {0};
  vesica_context_options options = {.struct_size = sizeof(options)};
  vesica_context* context = NULL;
  vesica_error error;
  options.progress = tell;
  options.progress_user = &told;
  CHECK_OK(vesica_context_create(&options, &context, &error));
  CHECK_OK(count_many(context, keys, &error));
  CHECK(told.calls > 0 && told.falls == 0);

  told = (struct told){.cancel_at = 1};
  CHECK_STATUS(VESICA_CANCELLED, count_many(context, keys, &error));
  CHECK(told.calls == 1);
  told = (struct told){0}; /* the context serves on after a cancelled call */
  CHECK_OK(count_many(context, keys, &error));
  vesica_context_free(context);
}

static void test_memory(const int64_t* keys) {
  vesica_context* context = make_context();
  vesica_memory memory = {.struct_size = sizeof(memory)};
  vesica_error error;
  CHECK_OK(count_many(context, keys, &error));
  CHECK_OK(vesica_context_memory(context, &memory, &error));
  CHECK(memory.peak_bytes > 0 && memory.held_bytes <= memory.peak_bytes);
  CHECK_OK(vesica_context_trim(context, &error));
  CHECK_OK(vesica_context_memory(context, &memory, &error));
  CHECK(memory.held_bytes == 0 && memory.peak_bytes > 0);
  CHECK_INVALID(vesica_context_memory(NULL, &memory, &error));
  CHECK_INVALID(vesica_context_memory(context, NULL, &error));
  CHECK_INVALID(vesica_context_trim(NULL, &error));
  vesica_context_free(context);
}

static void test_budget(const int64_t* keys) {
  vesica_context_options options = {.struct_size = sizeof(options)};
  vesica_context* context = NULL;
  vesica_error error;
  options.memory_budget_bytes = 4096;
  CHECK_OK(vesica_context_create(&options, &context, &error));
  CHECK_STATUS(VESICA_OVER_BUDGET, count_many(context, keys, &error));
  CHECK(error.needed_bytes > 4096);
  vesica_context_free(context);
}

static void test_threads(void) {
  vesica_context_options options = {.struct_size = sizeof(options)};
  vesica_context* context = STALE(vesica_context);
  vesica_error error;
  options.threads = 257;
  CHECK_INVALID(vesica_context_create(&options, &context, &error));
  CHECK(context == NULL);
  options.threads = 256;
  CHECK_OK(vesica_context_create(&options, &context, &error));
  vesica_context_free(context);
}

void test_context(void) {
  int64_t* keys = malloc(kRows * sizeof(*keys));
  for (int i = 0; i < kRows; ++i) keys[i] = i;
  test_progress(keys);
  test_memory(keys);
  test_budget(keys);
  test_threads();
  vesica_context_free(NULL);
  free(keys);
}
