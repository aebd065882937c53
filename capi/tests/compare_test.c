/* Audiences compared: overlap, regions, matrix. */
#include <stdlib.h>

#include "check.h"

static const char* const kKeys[] = {"a", "b", "c", "d"};

struct three {
  vesica_context* context;
  const vesica_audience* audiences[4]; /* {a b}, {b c d}, {}; then a stranger of another profile */
};

static void test_overlap(const struct three* three) {
  const vesica_audience* const* of = three->audiences;
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  vesica_error error;
  CHECK_OK(vesica_overlap_of_audiences(three->context, of[0], of[1], &overlap, &error));
  CHECK(overlap.a.value == 2 && overlap.b.value == 3 && overlap.intersection.value == 1);
  CHECK(overlap.method == VESICA_METHOD_EXACT_64 && overlap.flags == VESICA_ANSWER_EXACT);
  CHECK_OK(vesica_overlap_of_audiences(three->context, of[0], of[0], &overlap, &error));
  CHECK(overlap.jaccard.value == 1);
  CHECK_STATUS(VESICA_IDENTITY_MISMATCH, vesica_overlap_of_audiences(three->context, of[0], of[3], &overlap, &error));
  CHECK(error.field == VESICA_FIELD_PROFILE && overlap.jaccard.value == 1);
  CHECK_INVALID(vesica_overlap_of_audiences(NULL, of[0], of[1], &overlap, &error));
  CHECK_INVALID(vesica_overlap_of_audiences(three->context, NULL, of[1], &overlap, &error));
  CHECK_INVALID(vesica_overlap_of_audiences(three->context, of[0], NULL, &overlap, &error));
  CHECK_INVALID(vesica_overlap_of_audiences(three->context, of[0], of[1], NULL, &error));
}

/* The JSON of an answer, which the caller frees. */
#define JSON_OF(function, handle, text)                              \
  do {                                                               \
    size_t length_ = 0;                                              \
    CHECK_OK(function(handle, NULL, 0, &length_, &error));           \
    text = malloc(length_ + 1);                                      \
    CHECK_OK(function(handle, text, length_ + 1, &length_, &error)); \
  } while (0)

static void test_regions_of_audiences(const struct three* three) {
  const char* const names[] = {"crm", NULL, "none"};
  const vesica_audience* with_null[2] = {three->audiences[0], NULL};
  vesica_regions* regions = STALE(vesica_regions);
  vesica_estimate count;
  char* json = NULL;
  vesica_error error;
  CHECK_OK(vesica_regions_of_audiences(three->context, three->audiences, names, 3, &regions, &error));
  CHECK_OK(vesica_regions_region(regions, 3, &count, &error));
  CHECK(count.value == 1);
  CHECK_OK(vesica_regions_region(regions, 7, &count, &error));
  CHECK(count.value == 0);
  JSON_OF(vesica_regions_json, regions, json);
  CHECK(strstr(json, "\"crm\"") != NULL && strstr(json, "\"B\"") != NULL && strstr(json, "\"none\"") != NULL);
  free(json);
  vesica_regions_free(regions);
  regions = STALE(vesica_regions);
  CHECK_STATUS(VESICA_IDENTITY_MISMATCH,
               vesica_regions_of_audiences(three->context, three->audiences, NULL, 4, &regions, &error));
  CHECK(regions == NULL && error.index == 3 && error.field == VESICA_FIELD_PROFILE);
  CHECK_INVALID(vesica_regions_of_audiences(three->context, with_null, NULL, 2, &regions, &error));
  CHECK(error.index == 1);
  CHECK_INVALID(vesica_regions_of_audiences(three->context, three->audiences, NULL, 0, &regions, &error));
  CHECK_INVALID(vesica_regions_of_audiences(three->context, three->audiences, NULL, 9, &regions, &error));
  CHECK_INVALID(vesica_regions_of_audiences(NULL, three->audiences, NULL, 1, &regions, &error));
  CHECK_INVALID(vesica_regions_of_audiences(three->context, NULL, NULL, 1, &regions, &error));
  CHECK_INVALID(vesica_regions_of_audiences(three->context, three->audiences, NULL, 1, NULL, &error));
}

static void test_matrix(const struct three* three) {
  vesica_matrix* matrix = STALE(vesica_matrix);
  vesica_answer_info info = {.struct_size = sizeof(info)};
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  char* json = NULL;
  size_t length = 0;
  vesica_error error;
  CHECK_OK(vesica_matrix_of_audiences(three->context, three->audiences, NULL, 3, &matrix, &error));
  CHECK_OK(vesica_matrix_info(matrix, &info, &error));
  CHECK(info.set_count == 3 && info.method == VESICA_METHOD_EXACT_64 && info.expected_false_matches > 0);
  CHECK_OK(vesica_matrix_overlap(matrix, 1, 0, &overlap, &error));
  CHECK(overlap.a.value == 3 && overlap.b.value == 2 && overlap.intersection.value == 1);
  CHECK_OK(vesica_matrix_overlap(matrix, 1, 1, &overlap, &error));
  CHECK(overlap.intersection.value == 3 && overlap.jaccard.value == 1);
  JSON_OF(vesica_matrix_json, matrix, json);
  CHECK(strstr(json, "\"pairs\":[{\"a\":\"A\",\"b\":\"B\"") != NULL && strstr(json, "\"regions\"") == NULL);
  free(json);
  CHECK_INVALID(vesica_matrix_info(NULL, &info, &error));
  CHECK_INVALID(vesica_matrix_info(matrix, NULL, &error));
  CHECK_INVALID(vesica_matrix_overlap(NULL, 0, 1, &overlap, &error));
  CHECK_INVALID(vesica_matrix_overlap(matrix, 0, 3, &overlap, &error));
  CHECK_INVALID(vesica_matrix_overlap(matrix, 3, 0, &overlap, &error));
  CHECK_INVALID(vesica_matrix_overlap(matrix, 0, 1, NULL, &error));
  CHECK_INVALID(vesica_matrix_json(NULL, NULL, 0, &length, &error));
  vesica_matrix_free(matrix);
  vesica_matrix_free(NULL);

  matrix = STALE(vesica_matrix);
  CHECK_STATUS(VESICA_IDENTITY_MISMATCH,
               vesica_matrix_of_audiences(three->context, three->audiences, NULL, 4, &matrix, &error));
  CHECK(matrix == NULL && error.index == 3);
  CHECK_INVALID(vesica_matrix_of_audiences(three->context, three->audiences, NULL, 1, &matrix, &error));
  CHECK_INVALID(vesica_matrix_of_audiences(three->context, three->audiences, NULL, 1025, &matrix, &error));
  CHECK_INVALID(vesica_matrix_of_audiences(NULL, three->audiences, NULL, 2, &matrix, &error));
  CHECK_INVALID(vesica_matrix_of_audiences(three->context, NULL, NULL, 2, &matrix, &error));
  CHECK_INVALID(vesica_matrix_of_audiences(three->context, three->audiences, NULL, 2, NULL, &error));
}

void test_compare(void) {
  vesica_context* context = make_context();
  vesica_profile* raw = make_profile("raw/1");
  vesica_profile* email = make_profile("email/1");
  vesica_audience* ab = audience_of(context, raw, kKeys, 2);
  vesica_audience* bcd = audience_of(context, raw, kKeys + 1, 3);
  vesica_audience* none = audience_of(context, raw, kKeys, 0);
  vesica_audience* stranger = audience_of(context, email, kKeys, 2);
  const struct three three = {context, {ab, bcd, none, stranger}};
  test_overlap(&three);
  test_regions_of_audiences(&three);
  test_matrix(&three);
  vesica_audience_free(stranger);
  vesica_audience_free(none);
  vesica_audience_free(bcd);
  vesica_audience_free(ab);
  vesica_profile_free(email);
  vesica_profile_free(raw);
  vesica_context_free(context);
}
