/* Builders and audiences. */
#include <stdlib.h>

#include "check.h"

static const char* const kAb[] = {"a", "b", "a", NULL};
static const char* const kBcd[] = {"b", "c", "d"};

static double count_of(const vesica_audience* audience) {
  vesica_estimate count = {-1, -1, -1};
  vesica_error error;
  CHECK_OK(vesica_audience_count(audience, &count, &error));
  CHECK(count.lower == count.value && count.upper == count.value);
  return count.value;
}

static void test_builder(vesica_context* context, const vesica_profile* profile) {
  const vesica_column ab = column_of(kAb, 4);
  const vesica_column bcd = column_of(kBcd, 3);
  const vesica_source source = source_of(NULL, &bcd);
  vesica_builder_options options = {.struct_size = sizeof(options)};
  vesica_builder* builder = STALE(vesica_builder);
  vesica_audience* audience = STALE(vesica_audience);
  vesica_audience* merged = NULL;
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error;
  options.representation = 9;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_builder_create(context, profile, &options, &builder, &error));
  CHECK(builder == NULL);
  CHECK_INVALID(vesica_builder_create(NULL, profile, NULL, &builder, &error));
  CHECK_INVALID(vesica_builder_create(context, NULL, NULL, &builder, &error));
  CHECK_INVALID(vesica_builder_create(context, profile, NULL, NULL, &error));
  options.representation = VESICA_REPRESENTATION_EXACT;
  CHECK_OK(vesica_builder_create(context, profile, &options, &builder, &error));
  CHECK_OK(vesica_builder_add(builder, &ab, &error));
  CHECK_OK(vesica_builder_add_source(builder, &source, &error));
  CHECK_INVALID(vesica_builder_add(NULL, &ab, &error));
  CHECK_INVALID(vesica_builder_add(builder, NULL, &error));
  CHECK_INVALID(vesica_builder_add_source(NULL, &source, &error));
  CHECK_INVALID(vesica_builder_add_source(builder, NULL, &error));
  CHECK_INVALID(vesica_builder_build(NULL, &audience, &error));
  CHECK(audience == NULL);
  CHECK_INVALID(vesica_builder_build(builder, NULL, &error));
  CHECK_OK(vesica_builder_build(builder, &audience, &error));
  CHECK(count_of(audience) == 4);
  CHECK_OK(vesica_audience_quality(audience, &quality, &error));
  CHECK(quality.rows == 7 && quality.blank == 1 && quality.duplicate == 2 && quality.count == 4 && quality.flags == 0);

  CHECK_OK(vesica_builder_merge(builder, audience, &error)); /* empty again, and usable */
  CHECK_INVALID(vesica_builder_merge(NULL, audience, &error));
  CHECK_INVALID(vesica_builder_merge(builder, NULL, &error));
  CHECK_OK(vesica_builder_build(builder, &merged, &error));
  CHECK(count_of(merged) == 4);
  vesica_audience_free(merged);
  vesica_audience_free(audience);
  vesica_builder_free(builder);
  vesica_builder_free(NULL);
  vesica_audience_free(NULL);
}

static void test_failed_add_changes_nothing(vesica_context* context) {
  static const char* const kKeys[] = {"a@x.com", "bad"};
  static const int32_t kBackwards[] = {0, 2, 1};
  vesica_profile* profile = make_profile("email/1");
  vesica_builder* builder = NULL;
  vesica_audience* audience = NULL;
  vesica_column column = column_of(kKeys, 2);
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_invalid invalid = {.struct_size = sizeof(invalid)};
  vesica_error error;
  CHECK_OK(vesica_builder_create(context, profile, NULL, &builder, &error));
  CHECK_OK(vesica_builder_add(builder, &column, &error));
  column.layout = VESICA_LAYOUT_OFFSETS32;
  column.data = "bad";
  column.offsets = kBackwards;
  CHECK_STATUS(VESICA_CORRUPT, vesica_builder_add(builder, &column, &error));
  column = column_of(kKeys, 2);
  CHECK_OK(vesica_builder_add(builder, &column, &error));
  CHECK_OK(vesica_builder_build(builder, &audience, &error));
  CHECK_OK(vesica_audience_quality(audience, &quality, &error));
  CHECK(quality.rows == 4 && quality.invalid == 2 && quality.invalid_reasons == 1 && quality.count == 1);
  CHECK_OK(vesica_audience_invalid(audience, 0, &invalid, &error));
  CHECK(invalid.rows == 2 && invalid.first_rows[0] == 1 && invalid.first_rows[1] == 3);
  CHECK_INVALID(vesica_audience_invalid(audience, 1, &invalid, &error));
  CHECK_INVALID(vesica_audience_invalid(NULL, 0, &invalid, &error));
  CHECK_INVALID(vesica_audience_invalid(audience, 0, NULL, &error));
  vesica_audience_free(audience);
  vesica_builder_free(builder);
  vesica_profile_free(profile);
}

static void test_getters(const vesica_audience* audience, const vesica_profile* profile) {
  char stamp[128];
  char expected[128];
  size_t length = 0;
  vesica_estimate count;
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error;
  CHECK_OK(vesica_audience_stamp(audience, stamp, sizeof(stamp), &length, &error));
  CHECK_OK(vesica_profile_stamp(profile, expected, sizeof(expected), &length, &error));
  CHECK(strcmp(stamp, expected) == 0);
  CHECK_INVALID(vesica_audience_stamp(NULL, stamp, sizeof(stamp), &length, &error));
  CHECK_INVALID(vesica_audience_count(NULL, &count, &error));
  CHECK_INVALID(vesica_audience_count(audience, NULL, &error));
  CHECK_INVALID(vesica_audience_quality(NULL, &quality, &error));
  CHECK_INVALID(vesica_audience_quality(audience, NULL, &error));
}

static void test_contains(vesica_context* context, const vesica_audience* audience, const vesica_profile* profile) {
  static const char* const kKeys[] = {"c", "a", NULL, "b"};
  const vesica_column column = column_of(kKeys, 4);
  vesica_profile* other = make_profile("email/1");
  uint8_t out[4] = {9, 9, 9, 9};
  vesica_error error;
  CHECK_OK(vesica_audience_contains(context, audience, profile, &column, out, 4, &error));
  CHECK(out[0] == 0 && out[1] == 1 && out[2] == 0 && out[3] == 1);
  CHECK_STATUS(VESICA_IDENTITY_MISMATCH, vesica_audience_contains(context, audience, other, &column, out, 4, &error));
  CHECK(error.field == VESICA_FIELD_PROFILE);
  CHECK_INVALID(vesica_audience_contains(context, audience, profile, &column, out, 3, &error));
  CHECK_INVALID(vesica_audience_contains(context, audience, profile, &column, NULL, 4, &error));
  CHECK_INVALID(vesica_audience_contains(NULL, audience, profile, &column, out, 4, &error));
  CHECK_INVALID(vesica_audience_contains(context, NULL, profile, &column, out, 4, &error));
  CHECK_INVALID(vesica_audience_contains(context, audience, NULL, &column, out, 4, &error));
  CHECK_INVALID(vesica_audience_contains(context, audience, profile, NULL, out, 4, &error));
  vesica_profile_free(other);
}

typedef vesica_status (*set_operation)(vesica_context*, const vesica_audience*, const vesica_audience*,
                                       vesica_audience**, vesica_error*);

static void test_operation(vesica_context* context, set_operation operation, double expected, const vesica_audience* a,
                           const vesica_audience* b) {
  vesica_profile* other_profile = make_profile("email/1");
  vesica_audience* other = audience_of(context, other_profile, kAb, 4);
  vesica_audience* out = STALE(vesica_audience);
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_invalid invalid = {.struct_size = sizeof(invalid)};
  vesica_error error;
  CHECK_OK(operation(context, a, b, &out, &error));
  CHECK(count_of(out) == expected);
  CHECK_OK(vesica_audience_quality(out, &quality, &error));
  CHECK(quality.flags == VESICA_QUALITY_DERIVED && quality.rows == 0 && quality.duplicate == 0);
  CHECK((double)quality.count == expected && quality.invalid_reasons == 0);
  CHECK_INVALID(vesica_audience_invalid(out, 0, &invalid, &error));
  vesica_audience_free(out);
  out = STALE(vesica_audience);
  CHECK_STATUS(VESICA_IDENTITY_MISMATCH, operation(context, a, other, &out, &error));
  CHECK(out == NULL && error.field == VESICA_FIELD_PROFILE);
  CHECK_INVALID(operation(NULL, a, b, &out, &error));
  CHECK_INVALID(operation(context, NULL, b, &out, &error));
  CHECK_INVALID(operation(context, a, NULL, &out, &error));
  CHECK_INVALID(operation(context, a, b, NULL, &error));
  vesica_audience_free(other);
  vesica_profile_free(other_profile);
}

static void test_arguments_in_use(vesica_profile* profile) {
  /* A builder outlives its context and profile. */
  const vesica_column ab = column_of(kAb, 4);
  vesica_context* context = make_context();
  vesica_profile* own = make_profile("raw/1");
  vesica_builder* builder = NULL;
  vesica_audience* audience = NULL;
  vesica_error error;
  CHECK_OK(vesica_builder_create(context, own, NULL, &builder, &error));
  vesica_context_free(context);
  vesica_profile_free(own);
  CHECK_OK(vesica_builder_add(builder, &ab, &error));
  CHECK_OK(vesica_builder_build(builder, &audience, &error));
  vesica_builder_free(builder);
  CHECK(count_of(audience) == 2);
  test_getters(audience, profile);
  vesica_audience_free(audience);
}

void test_audience(void) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("raw/1");
  vesica_audience* ab = audience_of(context, profile, kAb, 4);
  vesica_audience* bcd = audience_of(context, profile, kBcd, 3);
  test_builder(context, profile);
  test_failed_add_changes_nothing(context);
  test_getters(ab, profile);
  test_contains(context, ab, profile);
  test_operation(context, vesica_audience_union, 4, ab, bcd);
  test_operation(context, vesica_audience_intersection, 1, ab, bcd);
  test_operation(context, vesica_audience_difference, 1, ab, bcd);
  test_arguments_in_use(profile);
  vesica_audience_free(bcd);
  vesica_audience_free(ab);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
