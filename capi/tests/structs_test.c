/* Callers of other versions: older, with the structs of version 1, and newer, with structs that have grown.
 *
 * Version 1 is today's: sizes below are written out, so that this test keeps meaning it when structs grow. */
#include <stdlib.h>

#include "check.h"

enum { kGrown = 64 };

/* A struct of version 1 in a block of exactly its size, so that a sanitizer sees a step beyond it. */
static void* older(const void* value, uint32_t v1_size) {
  void* block = malloc(v1_size);
  memcpy(block, value, v1_size);
  memcpy(block, &v1_size, sizeof(v1_size));
  return block;
}

/* The struct with kGrown more bytes, filled with `filler`. */
static void* newer(const void* value, size_t size, int filler) {
  const uint32_t grown = (uint32_t)size + kGrown;
  char* block = malloc(grown);
  memset(block, filler, grown);
  memcpy(block, value, size);
  memcpy(block, &grown, sizeof(grown));
  return block;
}

/* What every function that fills a struct keeps: version 1 is filled, bytes beyond are the caller's, a size that was
 * not set is refused. */
#define CHECK_RESULT(type, v1_size, call)                                                  \
  do {                                                                                     \
    const type zero_ = {.struct_size = sizeof(type)};                                      \
    type* out = newer(&zero_, sizeof(type), 0x5a);                                         \
    type* full_ = out;                                                                     \
    CHECK_OK(call);                                                                        \
    CHECK(out->struct_size == sizeof(type) + kGrown);                                      \
    for (size_t i_ = 0; i_ < kGrown; ++i_) CHECK(((char*)out)[sizeof(type) + i_] == 0x5a); \
    out = older(&zero_, (v1_size));                                                        \
    CHECK_OK(call);                                                                        \
    CHECK(memcmp((char*)out + 4, (char*)full_ + 4, (v1_size)-4) == 0);                     \
    out->struct_size = (v1_size)-1;                                                        \
    CHECK_INVALID(call);                                                                   \
    free(out);                                                                             \
    free(full_);                                                                           \
  } while (0)

/* What every function that reads a struct keeps: version 1 will do, zeros beyond are ignored, others refused. */
#define CHECK_OPTIONS(type, value, v1_size, call, undo) \
  do {                                                  \
    type* options = older(&(value), (v1_size));         \
    CHECK_OK(call);                                     \
    undo;                                               \
    options->struct_size = (v1_size)-1;                 \
    CHECK_INVALID(call);                                \
    options->struct_size = 0;                           \
    CHECK_INVALID(call);                                \
    options->struct_size = UINT32_MAX;                  \
    CHECK_INVALID(call);                                \
    free(options);                                      \
    options = newer(&(value), sizeof(type), 0);         \
    CHECK_OK(call);                                     \
    undo;                                               \
    free(options);                                      \
    options = newer(&(value), sizeof(type), 1);         \
    CHECK_STATUS(VESICA_UNSUPPORTED, call);             \
    free(options);                                      \
  } while (0)

static void test_results(vesica_context* context, const vesica_audience* audience, const vesica_regions* regions,
                         const vesica_matrix* matrix, const vesica_table* table, const vesica_study* study) {
  const vesica_plan_question question = {.struct_size = sizeof(question),
                                         .size_a = 1000,
                                         .size_b = 2000,
                                         .share_of_smaller = 0.5,
                                         .relative_half_width = 0.5};
  vesica_error error;
  CHECK_RESULT(vesica_memory, 24, vesica_context_memory(context, out, &error));
  CHECK_RESULT(vesica_profile_info, 32, vesica_profile_list(0, out, &error));
  CHECK_RESULT(vesica_quality, 72, vesica_audience_quality(audience, out, &error));
  CHECK_RESULT(vesica_quality, 72, vesica_regions_quality(regions, 0, out, &error));
  CHECK_RESULT(vesica_invalid, 80, vesica_audience_invalid(audience, 0, out, &error));
  CHECK_RESULT(vesica_invalid, 80, vesica_regions_invalid(regions, 0, 0, out, &error));
  CHECK_RESULT(vesica_plan_answer, 48, vesica_plan(&question, NULL, out, &error));
  CHECK_RESULT(vesica_image_info, 696, vesica_audience_describe(audience, out, &error));
  CHECK_RESULT(vesica_answer_info, 24, vesica_regions_info(regions, out, &error));
  CHECK_RESULT(vesica_answer_info, 24, vesica_matrix_info(matrix, out, &error));
  CHECK_RESULT(vesica_overlap, 272, vesica_regions_overlap(regions, 0, 1, out, &error));
  CHECK_RESULT(vesica_overlap, 272, vesica_matrix_overlap(matrix, 0, 1, out, &error));
  CHECK_RESULT(vesica_overlap, 272, vesica_overlap_of_audiences(context, audience, audience, out, &error));
  CHECK_RESULT(vesica_table_info, 40, vesica_table_describe(table, out, &error));
  CHECK_RESULT(vesica_column_view, 56, vesica_table_column(table, 0, out, &error));
  CHECK_RESULT(vesica_event_quality, 40, vesica_study_quality(study, out, &error));
  CHECK_RESULT(vesica_event_problem, 88, vesica_study_problem(study, 0, out, &error));
}

static void release_array(struct ArrowArray* array) { array->release = NULL; }
static void release_schema(struct ArrowSchema* schema) { schema->release = NULL; }

/* Two rows of nothing: the first problem of a study. */
static void add_rows_without_event(vesica_study* study) {
  static const int32_t kOffsets[] = {0, 0, 0};
  static const void* const kText[] = {NULL, kOffsets, ""};
  static const void* const kNone[] = {NULL};
  struct ArrowSchema names[] = {{.format = "u", .name = "person", .release = release_schema},
                                {.format = "u", .name = "event", .release = release_schema}};
  struct ArrowSchema *name_list[2], schema = {.format = "+s", .n_children = 2, .release = release_schema};
  struct ArrowArray column = {.length = 2, .n_buffers = 3, .release = release_array};
  struct ArrowArray *column_list[2], batch = {.length = 2, .n_buffers = 1, .n_children = 2, .release = release_array};
  vesica_error error;
  column.buffers = (const void**)(uintptr_t)kText;
  column_list[0] = column_list[1] = &column;
  name_list[0] = &names[0];
  name_list[1] = &names[1];
  schema.children = name_list;
  batch.children = column_list;
  batch.buffers = (const void**)(uintptr_t)kNone;
  CHECK_OK(vesica_study_add(study, &batch, &schema, NULL, 0, &error));
}

static void test_circle(vesica_context* context, const vesica_profile* profile, const vesica_audience* audience) {
  static const vesica_setting kSketched = {"sketch_bytes", "1024"};
  vesica_study_options study_options = {.struct_size = sizeof(study_options), .setting_count = 1};
  const vesica_circle circle = {.struct_size = sizeof(circle), .circle = "sales"};
  vesica_study* study = NULL;
  vesica_error error;
  study_options.settings = &kSketched;
  CHECK_OK(vesica_study_create(context, profile, &study_options, &study, &error));
  CHECK_OPTIONS(vesica_circle, circle, 32, vesica_study_add_audience(study, options, audience, &error), (void)0);
  vesica_study_free(study);
}

static void test_report_structs(const vesica_regions* regions) {
  const vesica_report_options report_options = {.struct_size = sizeof(report_options), .format = VESICA_REPORT_SVG};
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  size_t length;
  vesica_output output = {.struct_size = sizeof(output)};
  vesica_error error;
  output.length = &length;
  CHECK_OK(vesica_regions_overlap(regions, 0, 1, &overlap, &error));
  CHECK_OPTIONS(vesica_report_options, report_options, 40, vesica_regions_report(regions, options, &output, &error),
                (void)0);
  CHECK_OPTIONS(vesica_output, output, 48, vesica_regions_report(regions, &report_options, options, &error), (void)0);
  CHECK_OPTIONS(vesica_overlap, overlap, 272,
                vesica_overlap_report(options, "A", "B", &report_options, &output, &error), (void)0);
}

static void test_options(vesica_context* context, const vesica_profile* profile) {
  static const char* const kKeys[] = {"a@x.com", "b"};
  const vesica_context_options context_options = {.struct_size = sizeof(context_options)};
  const vesica_profile_options profile_options = {.struct_size = sizeof(profile_options)};
  const vesica_builder_options builder_options = {.struct_size = sizeof(builder_options)};
  const vesica_study_options study_options = {.struct_size = sizeof(study_options)};
  const vesica_regions_options regions_options = {.struct_size = sizeof(regions_options)};
  const vesica_column column = column_of(kKeys, 2);
  const vesica_source source = source_of(NULL, &column);
  vesica_context* made_context = NULL;
  vesica_profile* made_profile = NULL;
  vesica_builder* builder = NULL;
  vesica_regions* regions = NULL;
  vesica_study* study = NULL;
  vesica_audience* audience = NULL;
  vesica_plan_question question = {.struct_size = sizeof(question)};
  vesica_table* table = NULL;
  uint8_t found[2];
  vesica_error error;
  question.size_a = question.size_b = 1000;
  question.share_of_smaller = question.relative_half_width = 0.5;
  CHECK_OPTIONS(vesica_plan_question, question, 40, vesica_plan_table(options, &table, &error),
                vesica_table_free(table));
  CHECK_OPTIONS(vesica_context_options, context_options, 32, vesica_context_create(options, &made_context, &error),
                vesica_context_free(made_context));
  CHECK_OPTIONS(vesica_profile_options, profile_options, 32,
                vesica_profile_open("email/1", options, &made_profile, &error), vesica_profile_free(made_profile));
  CHECK_OPTIONS(vesica_builder_options, builder_options, 24,
                vesica_builder_create(context, profile, options, &builder, &error), vesica_builder_free(builder));
  CHECK_OPTIONS(vesica_study_options, study_options, 24, vesica_study_create(context, profile, options, &study, &error),
                vesica_study_free(study));
  CHECK_OPTIONS(vesica_regions_options, regions_options, 8,
                vesica_regions_of_sources(context, profile, &source, 1, options, &regions, &error),
                vesica_regions_free(regions));
  CHECK_OPTIONS(vesica_source, source, 88,
                vesica_regions_of_sources(context, profile, options, 1, NULL, &regions, &error),
                vesica_regions_free(regions));
  CHECK_OK(vesica_builder_create(context, profile, NULL, &builder, &error));
  CHECK_OPTIONS(vesica_column, column, 80, vesica_builder_add(builder, options, &error), (void)0);
  CHECK_OPTIONS(vesica_source, source, 88, vesica_builder_add_source(builder, options, &error), (void)0);
  CHECK_OK(vesica_builder_build(builder, &audience, &error));
  CHECK_OPTIONS(vesica_column, column, 80,
                vesica_audience_contains(context, audience, profile, options, found, 2, &error), (void)0);
  vesica_audience_free(audience);
  vesica_builder_free(builder);
}

/* The distance between the elements of an array is the size they say they have. */
static void test_arrays(vesica_context* context, const vesica_profile* profile) {
  static const char* const kKeys[] = {"a@x.com", "b@x.com", "c@x.com"};
  struct grown_column {
    vesica_column column;
    char more[8];
  } columns[2];
  struct grown_source {
    vesica_source source;
    char more[16];
  } sets[2];
  vesica_regions* regions = NULL;
  vesica_estimate count;
  vesica_error error;
  memset(columns, 0, sizeof(columns));
  memset(sets, 0, sizeof(sets));
  for (int i = 0; i < 2; ++i) {
    columns[i].column = column_of(kKeys + i, 2);
    columns[i].column.struct_size = sizeof(columns[i]);
    sets[i].source.struct_size = sizeof(sets[i]);
    sets[i].source.columns = &columns[0].column;
  }
  sets[0].source.column_count = 2;
  sets[1].source.column_count = 1;
  CHECK_OK(vesica_regions_of_sources(context, profile, &sets[0].source, 2, NULL, &regions, &error));
  CHECK_OK(vesica_regions_region(regions, 3, &count, &error));
  CHECK(count.value == 2);
  CHECK_OK(vesica_regions_region(regions, 1, &count, &error));
  CHECK(count.value == 1);
  vesica_regions_free(regions);
  columns[1].column.struct_size -= 8;
  CHECK_INVALID(vesica_regions_of_sources(context, profile, &sets[0].source, 2, NULL, &regions, &error));
  columns[1].column.struct_size += 8;
  columns[1].more[7] = 1;
  CHECK_STATUS(VESICA_UNSUPPORTED,
               vesica_regions_of_sources(context, profile, &sets[0].source, 2, NULL, &regions, &error));
  CHECK(error.index == 0);
  sets[1].source.struct_size -= 16;
  sets[0].source.column_count = 1;
  CHECK_INVALID(vesica_regions_of_sources(context, profile, &sets[0].source, 2, NULL, &regions, &error));
  CHECK(error.index == 1);
}

static void test_error_sizes(void) {
  const vesica_error zero = {.struct_size = sizeof(zero)};
  vesica_error* grown = newer(&zero, sizeof(zero), 0x5a);
  vesica_error* v1 = older(&zero, 288);
  CHECK(vesica_context_create(NULL, NULL, grown) == VESICA_INVALID_ARGUMENT);
  CHECK(grown->status == VESICA_INVALID_ARGUMENT && grown->struct_size == sizeof(zero) + kGrown);
  for (size_t i = 0; i < kGrown; ++i) CHECK(((char*)grown)[sizeof(zero) + i] == 0x5a);
  CHECK(vesica_context_create(NULL, NULL, v1) == VESICA_INVALID_ARGUMENT);
  CHECK(v1->status == VESICA_INVALID_ARGUMENT && v1->message[0] != '\0');
  free(v1);
  free(grown);
}

void test_structs(void) {
  static const char* const kKeys[] = {"a@x.com", "bad"};
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  vesica_audience* audience = audience_of(context, profile, kKeys, 2);
  const vesica_audience* both[2] = {NULL, NULL};
  vesica_regions* regions = NULL;
  vesica_matrix* matrix = NULL;
  vesica_table* table = NULL;
  vesica_study* study = NULL;
  vesica_error error;
  both[0] = both[1] = audience;
  CHECK_OK(vesica_regions_of_audiences(context, both, NULL, 2, &regions, &error));
  CHECK_OK(vesica_matrix_of_audiences(context, both, NULL, 2, &matrix, &error));
  CHECK_OK(vesica_matrix_table(matrix, VESICA_TABLE_PAIRS, &table, &error));
  CHECK_OK(vesica_study_create(context, profile, NULL, &study, &error));
  add_rows_without_event(study);
  test_results(context, audience, regions, matrix, table, study);
  test_options(context, profile);
  test_report_structs(regions);
  test_arrays(context, profile);
  test_error_sizes();
  vesica_study_free(study);
  test_circle(context, profile, audience);
  vesica_table_free(table);
  vesica_matrix_free(matrix);
  vesica_regions_free(regions);
  vesica_audience_free(audience);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
