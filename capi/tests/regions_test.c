/* One-shot regions: counts, figures, quality, text. */
#include <math.h>
#include <stdlib.h>

#include "check.h"

static const char* const kCrm[] = {"ann@x.com", "BOB@x.com ", "bob@x.com", NULL, "", "no-at", "eve@y.org"};
static const char* const kMarketing[] = {"bob@x.com", "eve@y.org", "dan@z.net", "info@z.net", "a@b@c", "q", "w"};

static vesica_regions* count_two(vesica_context* context, const vesica_profile* profile) {
  const vesica_column crm = column_of(kCrm, 7);
  const vesica_column marketing = column_of(kMarketing, 7);
  const vesica_source sets[] = {source_of("crm", &crm), source_of(NULL, &marketing)};
  vesica_regions* regions = STALE(vesica_regions);
  vesica_error error;
  CHECK_OK(vesica_regions_of_sources(context, profile, sets, 2, NULL, &regions, &error));
  return regions;
}

static void test_regions_and_overlap(const vesica_regions* regions) {
  static const double kExpected[] = {0, 1, 2, 2};
  vesica_estimate count;
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  vesica_answer_info info = {.struct_size = sizeof(info)};
  vesica_error error;
  for (uint32_t members = 1; members < 4; ++members) {
    CHECK_OK(vesica_regions_region(regions, members, &count, &error));
    CHECK(count.value == kExpected[members] && count.lower == count.value && count.upper == count.value);
  }
  CHECK_INVALID(vesica_regions_region(regions, 0, &count, &error));
  CHECK_INVALID(vesica_regions_region(regions, 4, &count, &error));
  CHECK_INVALID(vesica_regions_region(NULL, 1, &count, &error));
  CHECK_INVALID(vesica_regions_region(regions, 1, NULL, &error));

  CHECK_OK(vesica_regions_overlap(regions, 0, 1, &overlap, &error));
  CHECK(overlap.flags == VESICA_ANSWER_EXACT && overlap.method == VESICA_METHOD_EXACT_64 && overlap.reserved == 0);
  CHECK(overlap.a.value == 3 && overlap.b.value == 4 && overlap.intersection.value == 2);
  CHECK(overlap.union_size.value == 5 && overlap.jaccard.value == 2.0 / 5 && overlap.dice.value == 4.0 / 7);
  CHECK(overlap.share_of_a.value == 2.0 / 3 && overlap.share_of_b.value == 0.5);
  CHECK(overlap.overlap_coefficient.value == 2.0 / 3 && overlap.size_ratio.value == 0.75);
  CHECK_OK(vesica_regions_overlap(regions, 1, 0, &overlap, &error));
  CHECK(overlap.a.value == 4 && overlap.b.value == 3);
  CHECK_INVALID(vesica_regions_overlap(regions, 0, 2, &overlap, &error));
  CHECK_INVALID(vesica_regions_overlap(regions, 2, 0, &overlap, &error));
  CHECK_INVALID(vesica_regions_overlap(NULL, 0, 1, &overlap, &error));
  CHECK_INVALID(vesica_regions_overlap(regions, 0, 1, NULL, &error));

  CHECK_OK(vesica_regions_info(regions, &info, &error));
  CHECK(info.set_count == 2 && info.method == VESICA_METHOD_EXACT_64 && info.flags == VESICA_ANSWER_EXACT);
  CHECK(info.expected_false_matches > 0 && info.expected_false_matches < 1e-15);
  CHECK_INVALID(vesica_regions_info(NULL, &info, &error));
  CHECK_INVALID(vesica_regions_info(regions, NULL, &error));
}

static void test_quality(const vesica_regions* regions) {
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_invalid invalid = {.struct_size = sizeof(invalid)};
  vesica_error error;
  CHECK_OK(vesica_regions_quality(regions, 0, &quality, &error));
  CHECK(quality.flags == 0 && quality.rows == 7 && quality.blank == 2 && quality.invalid == 1);
  CHECK(quality.duplicate == 1 && quality.count == 3 && quality.invalid_reasons == 1 && quality.reserved == 0);
  CHECK_OK(vesica_regions_invalid(regions, 0, 0, &invalid, &error));
  CHECK(invalid.reason == VESICA_REASON_NO_AT && invalid.rows == 1);
  CHECK(invalid.first_rows[0] == 5 && invalid.first_rows[1] == VESICA_NO_ROW && invalid.first_rows[7] == VESICA_NO_ROW);
  CHECK_INVALID(vesica_regions_invalid(regions, 0, 1, &invalid, &error));

  CHECK_OK(vesica_regions_quality(regions, 1, &quality, &error));
  CHECK(quality.invalid == 3 && quality.invalid_reasons == 2 && quality.role == 1);
  CHECK_OK(vesica_regions_invalid(regions, 1, 1, &invalid, &error));
  CHECK(invalid.reason == VESICA_REASON_SEVERAL_AT && invalid.first_rows[0] == 4);
  CHECK_INVALID(vesica_regions_quality(regions, 2, &quality, &error));
  CHECK_INVALID(vesica_regions_quality(NULL, 0, &quality, &error));
  CHECK_INVALID(vesica_regions_quality(regions, 0, NULL, &error));
  CHECK_INVALID(vesica_regions_invalid(regions, 2, 0, &invalid, &error));
  CHECK_INVALID(vesica_regions_invalid(NULL, 0, 0, &invalid, &error));
  CHECK_INVALID(vesica_regions_invalid(regions, 0, 0, NULL, &error));
}

static void test_text(const vesica_regions* regions, const vesica_profile* profile) {
  char stamp[128];
  char expected[128];
  char* json;
  size_t length = 0;
  vesica_error error;
  CHECK_OK(vesica_regions_stamp(regions, stamp, sizeof(stamp), &length, &error));
  CHECK_OK(vesica_profile_stamp(profile, expected, sizeof(expected), &length, &error));
  CHECK(strcmp(stamp, expected) == 0);
  CHECK_INVALID(vesica_regions_stamp(NULL, stamp, sizeof(stamp), &length, &error));

  CHECK_OK(vesica_regions_json(regions, NULL, 0, &length, &error));
  json = malloc(length + 1);
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_regions_json(regions, json, length, &length, &error));
  CHECK_OK(vesica_regions_json(regions, json, length + 1, &length, &error));
  CHECK(strlen(json) == length && json[0] == '{' && json[length - 1] == '}');
  CHECK(strstr(json, "\"name\":\"crm\"") != NULL && strstr(json, "\"name\":\"B\"") != NULL);
  CHECK_INVALID(vesica_regions_json(NULL, json, length + 1, &length, &error));
  CHECK_INVALID(vesica_regions_json(regions, json, length + 1, NULL, &error));
  free(json);
}

static void test_arguments(vesica_context* context, const vesica_profile* profile) {
  const vesica_column column = column_of(kCrm, 7);
  vesica_source sets[9];
  vesica_regions_options options = {.struct_size = sizeof(options)};
  vesica_regions* regions = STALE(vesica_regions);
  vesica_estimate count;
  vesica_error error;
  for (int i = 0; i < 9; ++i) sets[i] = source_of(NULL, &column);
  CHECK_INVALID(vesica_regions_of_sources(context, profile, sets, 0, NULL, &regions, &error));
  CHECK(regions == NULL);
  regions = STALE(vesica_regions);
  CHECK_INVALID(vesica_regions_of_sources(context, profile, sets, 9, NULL, &regions, &error));
  CHECK(regions == NULL);
  CHECK_INVALID(vesica_regions_of_sources(NULL, profile, sets, 1, NULL, &regions, &error));
  CHECK_INVALID(vesica_regions_of_sources(context, NULL, sets, 1, NULL, &regions, &error));
  CHECK_INVALID(vesica_regions_of_sources(context, profile, NULL, 1, NULL, &regions, &error));
  CHECK_INVALID(vesica_regions_of_sources(context, profile, sets, 1, NULL, NULL, &error));
  options.flags = 0x80000000u;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_regions_of_sources(context, profile, sets, 1, &options, &regions, &error));

  options.flags = VESICA_REGIONS_BYTE_CHECKED;
  CHECK_OK(vesica_regions_of_sources(context, profile, sets, 8, &options, &regions, &error));
  CHECK_OK(vesica_regions_region(regions, 255, &count, &error));
  CHECK(count.value == 3);
  vesica_regions_free(regions);
}

static void test_empty_sets(vesica_context* context, const vesica_profile* profile) {
  vesica_source sets[2] = {{.struct_size = sizeof(sets[0])}, {.struct_size = sizeof(sets[0])}};
  vesica_regions* regions = NULL;
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  vesica_error error;
  CHECK_OK(vesica_regions_of_sources(context, profile, sets, 2, NULL, &regions, &error));
  CHECK_OK(vesica_regions_overlap(regions, 0, 1, &overlap, &error));
  CHECK(overlap.intersection.value == 0 && isnan(overlap.jaccard.value) && isnan(overlap.share_of_a.lower));
  vesica_regions_free(regions);
}

void test_regions(void) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  vesica_regions* regions = count_two(context, profile);
  test_regions_and_overlap(regions);
  test_quality(regions);
  test_text(regions, profile);
  test_arguments(context, profile);
  test_empty_sets(context, profile);
  vesica_profile_free(profile);
  vesica_context_free(context); /* in any order: the answer needs neither */
  test_quality(regions);
  vesica_regions_free(regions);
  vesica_regions_free(NULL);
}
