#include "check.h"

int check_failures = 0;

vesica_error fresh_error(void) {
  vesica_error error;
  memset(&error, 0x5a, sizeof(error));
  error.struct_size = sizeof(error);
  return error;
}

vesica_context* make_context(void) {
  vesica_context* context = NULL;
  vesica_error error;
  CHECK_OK(vesica_context_create(NULL, &context, &error));
  return context;
}

vesica_profile* make_profile(const char* name) {
  vesica_profile* profile = NULL;
  vesica_error error;
  CHECK_OK(vesica_profile_open(name, NULL, &profile, &error));
  return profile;
}

vesica_column column_of(const char* const* keys, uint64_t count) {
  static vesica_span spans[8][16];
  static unsigned turn = 0;
  vesica_span* of_turn = spans[turn++ % 8];
  vesica_column column = {.struct_size = sizeof(column)};
  for (uint64_t i = 0; i < count; ++i) {
    of_turn[i].data = keys[i];
    of_turn[i].size = keys[i] == NULL ? 0 : strlen(keys[i]);
  }
  column.layout = VESICA_LAYOUT_SPANS;
  column.length = count;
  column.data = of_turn;
  return column;
}

vesica_source source_of(const char* name, const vesica_column* column) {
  vesica_source source = {.struct_size = sizeof(source)};
  source.name = name;
  source.columns = column;
  source.column_count = 1;
  return source;
}

vesica_audience* audience_of(vesica_context* context, const vesica_profile* profile, const char* const* keys,
                             uint64_t count) {
  vesica_builder* builder = NULL;
  vesica_audience* audience = NULL;
  vesica_error error;
  const vesica_column column = column_of(keys, count);
  CHECK_OK(vesica_builder_create(context, profile, NULL, &builder, &error));
  CHECK_OK(vesica_builder_add(builder, &column, &error));
  CHECK_OK(vesica_builder_build(builder, &audience, &error));
  vesica_builder_free(builder);
  return audience;
}

int main(void) {
  test_process();
  test_status();
  test_context();
  test_profile();
  test_regions();
  test_sources();
  test_arrow();
  test_audience();
  test_compare();
  test_sketch();
  test_structs();
  test_study();
  test_sketch_study();
  test_table();
  test_report();
  if (check_failures != 0) fprintf(stderr, "%d checks failed\n", check_failures);
  return check_failures == 0 ? 0 : 1;
}
