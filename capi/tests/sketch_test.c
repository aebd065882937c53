/* Sketches: built, merged, saved, loaded, compared. */
#include <math.h>
#include <stdlib.h>

#include "check.h"

#define KEYS 6000

/* `count` integers from `first` on, that live until the next call. */
static vesica_column integers(int64_t first, uint64_t count) {
  static int64_t keys[KEYS];
  vesica_column column;
  memset(&column, 0, sizeof(column));
  column.struct_size = sizeof(column);
  column.layout = VESICA_LAYOUT_INT64;
  column.length = count;
  column.data = keys;
  for (uint64_t i = 0; i < count; ++i) keys[i] = first + (int64_t)i;
  return column;
}

static vesica_audience* build(vesica_context* context, const vesica_profile* profile, uint32_t representation,
                              int64_t first, uint64_t count) {
  vesica_builder_options options = {.struct_size = sizeof(options)};
  const vesica_column column = integers(first, count);
  vesica_builder* builder = NULL;
  vesica_audience* audience = NULL;
  vesica_error error;
  options.representation = representation;
  options.sketch_bytes = 2048;
  CHECK_OK(vesica_builder_create(context, profile, &options, &builder, &error));
  CHECK_OK(vesica_builder_add(builder, &column, &error));
  CHECK_OK(vesica_builder_build(builder, &audience, &error));
  vesica_builder_free(builder);
  return audience;
}

/* Within twice the interval: how often intervals hold the truth is tested elsewhere. */
static int holds(vesica_estimate estimate, double truth) {
  const double width = estimate.upper - estimate.lower;
  return estimate.lower - width / 2 <= truth && truth <= estimate.upper + width / 2 &&
         estimate.lower <= estimate.value && estimate.value <= estimate.upper;
}

static vesica_image_info describe(const vesica_audience* audience) {
  vesica_image_info info = {.struct_size = sizeof(info)};
  vesica_error error;
  CHECK_OK(vesica_audience_describe(audience, &info, &error));
  return info;
}

static void* save(const vesica_audience* audience, size_t* length) {
  vesica_error error;
  CHECK_OK(vesica_audience_save(audience, NULL, 0, length, &error));
  void* image = malloc(*length);
  CHECK(image != NULL);
  CHECK_OK(vesica_audience_save(audience, image, *length, length, &error));
  return image;
}

static void test_options(vesica_context* context, const vesica_profile* profile) {
  vesica_builder_options options = {.struct_size = sizeof(options)};
  vesica_builder* builder = STALE(vesica_builder);
  vesica_error error;
  options.representation = VESICA_REPRESENTATION_MINHASH;
  options.sketch_bytes = 1023;
  CHECK_INVALID(vesica_builder_create(context, profile, &options, &builder, &error));
  CHECK(builder == NULL);
  options.sketch_bytes = (4 << 20) + 1;
  CHECK_INVALID(vesica_builder_create(context, profile, &options, &builder, &error));
  options.representation = VESICA_REPRESENTATION_HYPERLOGLOG;
  options.sketch_bytes = 15;
  CHECK_INVALID(vesica_builder_create(context, profile, &options, &builder, &error));
  options.sketch_bytes = 0;
  options.flags = 2;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_builder_create(context, profile, &options, &builder, &error));
  options.flags = VESICA_BUILDER_PLAIN_REGISTERS;
  options.representation = VESICA_REPRESENTATION_MINHASH;
  CHECK_INVALID(vesica_builder_create(context, profile, &options, &builder, &error));
  options.representation = VESICA_REPRESENTATION_HYPERLOGLOG;
  options.reserved = 1;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_builder_create(context, profile, &options, &builder, &error));
  options.reserved = 0;
  CHECK_OK(vesica_builder_create(context, profile, &options, &builder, &error));
  vesica_builder_free(builder);
}

static void test_count_and_merge(vesica_context* context, const vesica_profile* profile, uint32_t representation) {
  vesica_builder_options options = {.struct_size = sizeof(options)};
  vesica_audience* whole = build(context, profile, representation, 0, 6000);
  vesica_audience* first = build(context, profile, representation, 0, 4000);
  vesica_audience* second = build(context, profile, VESICA_REPRESENTATION_EXACT, 3000, 3000);
  vesica_audience *merged = NULL, *united = NULL;
  vesica_builder* builder = NULL;
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_estimate count;
  vesica_error error;
  size_t whole_size, merged_size, united_size;
  options.representation = representation;
  options.sketch_bytes = 2048;
  CHECK_OK(vesica_builder_create(context, profile, &options, &builder, &error));
  CHECK_OK(vesica_builder_merge(builder, first, &error));
  CHECK_OK(vesica_builder_merge(builder, second, &error));
  CHECK_OK(vesica_builder_build(builder, &merged, &error));
  CHECK_OK(vesica_audience_union(context, second, first, &united, &error));
  void* whole_image = save(whole, &whole_size);
  void* merged_image = save(merged, &merged_size);
  void* united_image = save(united, &united_size);
  CHECK(whole_size == merged_size && memcmp(whole_image, merged_image, whole_size) == 0);
  CHECK(whole_size == united_size && memcmp(whole_image, united_image, whole_size) == 0);
  CHECK_OK(vesica_audience_count(whole, &count, &error));
  CHECK(holds(count, 6000) && count.lower < count.upper);
  CHECK_OK(vesica_audience_quality(whole, &quality, &error));
  CHECK(quality.rows == 6000 && fabs((double)quality.count - count.value) <= 0.5);
  CHECK(describe(whole).representation == representation && describe(whole).size_bytes == whole_size);
  free(whole_image);
  free(merged_image);
  free(united_image);
  vesica_builder_free(builder);
  vesica_audience_free(whole);
  vesica_audience_free(first);
  vesica_audience_free(second);
  vesica_audience_free(merged);
  vesica_audience_free(united);
}

static void test_small_sets_stay_exact(vesica_context* context, const vesica_profile* profile) {
  vesica_audience* audience = build(context, profile, VESICA_REPRESENTATION_MINHASH, 0, 100);
  vesica_estimate count;
  vesica_error error;
  CHECK(describe(audience).representation == VESICA_REPRESENTATION_EXACT);
  CHECK_OK(vesica_audience_count(audience, &count, &error));
  CHECK(count.value == 100 && count.lower == 100 && count.upper == 100);
  vesica_audience_free(audience);
}

static void test_merge_of_many(vesica_context* context, const vesica_profile* profile) {
  vesica_builder_options options = {.struct_size = sizeof(options)};
  vesica_audience *parts[3], *whole, *merged = NULL, *none = STALE(vesica_audience);
  const vesica_audience* list[3];
  size_t whole_size, merged_size;
  vesica_error error;
  options.representation = VESICA_REPRESENTATION_MINHASH;
  options.sketch_bytes = 2048;
  /* Parts that stay exact, and together do not. */
  for (int i = 0; i < 3; ++i) list[i] = parts[i] = build(context, profile, options.representation, 200 * i, 200);
  whole = build(context, profile, options.representation, 0, 600);
  CHECK(describe(parts[0]).representation == VESICA_REPRESENTATION_EXACT);
  CHECK_OK(vesica_audience_merge(context, list, 3, &options, &merged, &error));
  void* whole_image = save(whole, &whole_size);
  void* merged_image = save(merged, &merged_size);
  CHECK(describe(merged).representation == VESICA_REPRESENTATION_MINHASH);
  CHECK(whole_size == merged_size && memcmp(whole_image, merged_image, whole_size) == 0);
  CHECK_INVALID(vesica_audience_merge(context, list, 0, &options, &none, &error));
  CHECK(none == NULL);
  CHECK_INVALID(vesica_audience_merge(context, NULL, 3, &options, &none, &error));
  options.representation = VESICA_REPRESENTATION_HYPERLOGLOG;
  list[1] = merged;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_audience_merge(context, list, 2, &options, &none, &error));
  CHECK(error.index == 1);
  free(whole_image);
  free(merged_image);
  for (int i = 0; i < 3; ++i) vesica_audience_free(parts[i]);
  vesica_audience_free(whole);
  vesica_audience_free(merged);
}

static void test_sketch_of(vesica_context* context, const vesica_profile* profile) {
  vesica_builder_options options = {.struct_size = sizeof(options)};
  vesica_audience* exact = build(context, profile, VESICA_REPRESENTATION_EXACT, 0, 6000);
  vesica_audience *sketch = NULL, *other = STALE(vesica_audience);
  vesica_estimate count;
  vesica_error error;
  options.representation = VESICA_REPRESENTATION_MINHASH;
  options.sketch_bytes = 4096;
  CHECK_OK(vesica_audience_sketch(context, exact, &options, &sketch, &error));
  CHECK((describe(sketch).flags & VESICA_IMAGE_EXACT_COUNT) != 0 && describe(sketch).exact_count == 6000);
  CHECK(describe(sketch).sketch_bytes == 4096 && describe(sketch).size_bytes <= 4096);
  CHECK_OK(vesica_audience_count(sketch, &count, &error));
  CHECK(count.value == 6000 && count.lower == 6000 && count.upper == 6000);
  options.representation = VESICA_REPRESENTATION_HYPERLOGLOG;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_audience_sketch(context, sketch, &options, &other, &error));
  CHECK(other == NULL);
  CHECK_INVALID(vesica_audience_sketch(NULL, exact, &options, &other, &error));
  CHECK_INVALID(vesica_audience_sketch(context, exact, NULL, &other, &error));
  CHECK_INVALID(vesica_audience_sketch(context, NULL, &options, &other, &error));
  CHECK_INVALID(vesica_audience_sketch(context, exact, &options, NULL, &error));
  vesica_audience_free(exact);
  vesica_audience_free(sketch);
}

static void test_images(vesica_context* context, const vesica_profile* profile, uint32_t representation) {
  vesica_audience* audience = build(context, profile, representation, 0, 6000);
  vesica_audience* loaded = STALE(vesica_audience);
  vesica_image_info info = {.struct_size = sizeof(info)};
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error;
  size_t length = 0, again = 0;
  unsigned char* image = (unsigned char*)save(audience, &length);
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_audience_save(audience, image, length - 1, &again, &error));
  CHECK(again == length);
  CHECK_INVALID(vesica_audience_save(audience, NULL, 1, &again, &error));
  CHECK_INVALID(vesica_audience_save(NULL, NULL, 0, &again, &error));
  CHECK_INVALID(vesica_audience_save(audience, NULL, 0, NULL, &error));

  CHECK_OK(vesica_image_inspect(image, length, &info, &error));
  CHECK(info.format_version == 1 && info.representation == representation && info.size_bytes == length);
  CHECK(strcmp(info.profile, "int64/1") == 0 && strstr(info.stamp, "int64/1") == info.stamp && info.hash_bits == 64);
  CHECK_INVALID(vesica_image_inspect(NULL, 1, &info, &error));
  CHECK_INVALID(vesica_image_inspect(image, length, NULL, &error));

  CHECK_OK(vesica_audience_load(context, image, length, &loaded, &error));
  CHECK_OK(vesica_audience_quality(loaded, &quality, &error));
  CHECK(quality.flags == VESICA_QUALITY_DERIVED);
  void* saved = save(loaded, &again);
  CHECK(again == length && memcmp(saved, image, length) == 0);
  free(saved);
  vesica_audience_free(loaded);

  loaded = STALE(vesica_audience);
  CHECK_STATUS(VESICA_CORRUPT, vesica_audience_load(context, image, length - 1, &loaded, &error));
  CHECK(loaded == NULL);
  CHECK_STATUS(VESICA_CORRUPT, vesica_audience_load(context, NULL, 0, &loaded, &error));
  CHECK_INVALID(vesica_audience_load(context, NULL, 1, &loaded, &error));
  CHECK_INVALID(vesica_audience_load(NULL, image, length, &loaded, &error));
  CHECK_INVALID(vesica_audience_load(context, image, length, NULL, &error));
  image[length / 2] ^= 1;
  CHECK_STATUS(VESICA_CORRUPT, vesica_audience_load(context, image, length, &loaded, &error));
  CHECK_STATUS(VESICA_CORRUPT, vesica_image_inspect(image, length, &info, &error));
  free(image);
  vesica_audience_free(audience);
}

/* 6000 and 5000 keys that share 3000. */
static void test_overlap(vesica_context* context, const vesica_profile* profile, uint32_t first, uint32_t second) {
  vesica_audience* a = build(context, profile, first, 0, 6000);
  vesica_audience* b = build(context, profile, second, 3000, 5000);
  const vesica_audience* both[2];
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  vesica_answer_info info = {.struct_size = sizeof(info)};
  vesica_regions* regions = NULL;
  vesica_matrix* matrix = NULL;
  vesica_estimate region;
  vesica_error error;
  const uint32_t kind = first != VESICA_REPRESENTATION_EXACT ? first : second;
  const uint32_t method = kind == VESICA_REPRESENTATION_MINHASH ? VESICA_METHOD_MINHASH : VESICA_METHOD_HYPERLOGLOG;
  both[0] = a;
  both[1] = b;
  CHECK_OK(vesica_overlap_of_audiences(context, a, b, &overlap, &error));
  CHECK(overlap.method == method && (overlap.flags & VESICA_ANSWER_EXACT) == 0);
  CHECK(holds(overlap.a, 6000) && holds(overlap.b, 5000) && holds(overlap.intersection, 3000));
  CHECK(holds(overlap.union_size, 8000) && holds(overlap.share_of_a, 0.5) && holds(overlap.share_of_b, 0.6));
  CHECK(holds(overlap.jaccard, 0.375) && holds(overlap.size_ratio, 1.2));
  CHECK(overlap.intersection.lower < overlap.intersection.upper && overlap.design_error > 0);
  CHECK_OK(vesica_regions_of_audiences(context, both, NULL, 2, &regions, &error));
  CHECK_OK(vesica_regions_region(regions, 3, &region, &error));
  CHECK(holds(region, 3000));
  CHECK_INVALID(vesica_regions_region(regions, 4, &region, &error));
  CHECK_OK(vesica_regions_info(regions, &info, &error));
  CHECK(info.method == method && info.flags == 0);
  CHECK_OK(vesica_matrix_of_audiences(context, both, NULL, 2, &matrix, &error));
  CHECK_OK(vesica_matrix_overlap(matrix, 1, 0, &overlap, &error));
  CHECK(holds(overlap.a, 5000) && holds(overlap.share_of_a, 0.6) && holds(overlap.size_ratio, 5.0 / 6));
  CHECK_OK(vesica_matrix_overlap(matrix, 1, 1, &overlap, &error));
  CHECK(holds(overlap.a, 5000) && overlap.jaccard.value == 1);
  vesica_regions_free(regions);
  vesica_matrix_free(matrix);
  vesica_audience_free(a);
  vesica_audience_free(b);
}

static void test_what_cannot_meet(vesica_context* context, const vesica_profile* profile) {
  vesica_audience* min_hash = build(context, profile, VESICA_REPRESENTATION_MINHASH, 0, 6000);
  vesica_audience* registers = build(context, profile, VESICA_REPRESENTATION_HYPERLOGLOG, 0, 6000);
  vesica_audience* made = STALE(vesica_audience);
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  const vesica_column keys = integers(0, 10);
  uint8_t found[10];
  vesica_error error;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_overlap_of_audiences(context, min_hash, registers, &overlap, &error));
  CHECK(error.index == 1);
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_audience_union(context, min_hash, registers, &made, &error));
  CHECK(made == NULL);
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_audience_intersection(context, min_hash, min_hash, &made, &error));
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_audience_difference(context, registers, registers, &made, &error));
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_audience_contains(context, min_hash, profile, &keys, found, 10, &error));
  vesica_audience_free(min_hash);
  vesica_audience_free(registers);
}

static void test_plan(void) {
  vesica_plan_question question = {.struct_size = sizeof(question)};
  vesica_plan_answer answer = {.struct_size = sizeof(answer)};
  vesica_builder_options options = {.struct_size = sizeof(options)};
  vesica_error error;
  double half_width = 0;
  options.representation = VESICA_REPRESENTATION_MINHASH;
  question.size_a = 50000;
  question.size_b = 1000000;
  question.share_of_smaller = 0.16;
  question.relative_half_width = 0.16;
  CHECK_OK(vesica_plan(&question, &options, &answer, &error));
  CHECK(answer.flags == (VESICA_PLAN_REACHES_ERROR | VESICA_PLAN_SMALLEST));
  CHECK(answer.sketch_bytes > 8192 && answer.sketch_bytes < 32768 && answer.relative_half_width <= 0.16);
  options.sketch_bytes = answer.sketch_bytes;
  CHECK_OK(vesica_plan_half_width(&question, &options, &half_width, &error));
  CHECK(half_width == answer.relative_half_width);
  CHECK_OK(vesica_plan(&question, NULL, &answer, &error));
  CHECK(answer.flags == VESICA_PLAN_REACHES_ERROR && answer.relative_half_width == 0 && answer.image_bytes_b > 1000000);
  question.relative_half_width = 0;
  CHECK_INVALID(vesica_plan(&question, &options, &answer, &error));
  question.relative_half_width = 0.1;
  options.representation = 9;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_plan(&question, &options, &answer, &error));
  options.representation = VESICA_REPRESENTATION_HYPERLOGLOG;
  options.flags = VESICA_BUILDER_PLAIN_REGISTERS;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_plan(&question, &options, &answer, &error));
  options.flags = 0;
  question.reserved = 1;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_plan(&question, NULL, &answer, &error));
  question.reserved = 0;
  CHECK_INVALID(vesica_plan(NULL, NULL, &answer, &error));
  CHECK_INVALID(vesica_plan(&question, NULL, NULL, &error));
  CHECK_INVALID(vesica_plan_half_width(&question, &options, NULL, &error));
  CHECK_INVALID(vesica_plan_half_width(NULL, &options, &half_width, &error));
  options.sketch_bytes = 1;
  CHECK_INVALID(vesica_plan_half_width(&question, &options, &half_width, &error));
}

void test_sketch(void) {
  static const uint32_t kSketches[] = {VESICA_REPRESENTATION_MINHASH, VESICA_REPRESENTATION_HYPERLOGLOG};
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("int64/1");
  test_plan();
  test_options(context, profile);
  test_small_sets_stay_exact(context, profile);
  test_sketch_of(context, profile);
  test_merge_of_many(context, profile);
  test_what_cannot_meet(context, profile);
  test_images(context, profile, VESICA_REPRESENTATION_EXACT);
  for (int i = 0; i < 2; ++i) {
    test_count_and_merge(context, profile, kSketches[i]);
    test_images(context, profile, kSketches[i]);
    test_overlap(context, profile, kSketches[i], kSketches[i]);
    test_overlap(context, profile, kSketches[i], VESICA_REPRESENTATION_EXACT);
    test_overlap(context, profile, VESICA_REPRESENTATION_EXACT, kSketches[i]);
  }
  vesica_profile_free(profile);
  vesica_context_free(context);
}
