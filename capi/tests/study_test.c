/* Studies: events of Arrow batches and streams in, tables and JSON out, hand-worked. */
#include <stdlib.h>

#include "check.h"

enum { kRows = 8, kColumns = 5 };

/* Marketing reaches a, b and c; sales contacts b and d: one of two is reached. A row has no person, another an event
 * that is none. */
static const char* const kEvents[kRows][kColumns] = {
    {"a@x.com", "exposed", "brand", "2024-03-01", "EMEA"}, {"b@x.com", "exposed", "demand", "2024-03-02", "EMEA"},
    {"c@y.com", "exposed", "brand", "2024-03-03", "APAC"}, {"b@x.com", "contacted", "sales", "2024-03-05", "EMEA"},
    {"d@y.com", "contacted", "sales", "2024-03-06", ""},   {"", "engaged", "", "2024-03-06", ""},
    {"a@x.com", "sneezed", "", "2024-03-06", ""},          {"a@x.com", "engaged", "", "2024-03-06T10:00:00", ""}};
static const char* const kNames[kColumns] = {"person", "event", "team", "time", "region"};
static const char* const kVendorNames[kColumns] = {"Email", "Type", "By", "When", "event"};

/* A record batch of kEvents from row `begin` on, whose memory is one struct. */
struct batch {
  struct ArrowSchema schema, child_schemas[kColumns], *schema_children[kColumns];
  struct ArrowArray array, children[kColumns], *array_children[kColumns];
  int32_t offsets[kColumns][kRows + 1];
  char text[kColumns][256];
  const void* buffers[kColumns][3];
  const void* no_buffer[1];
};

static int releases = 0;
static void release_schema(struct ArrowSchema* schema) {
  ++releases;
  schema->release = NULL;
}
static void release_array(struct ArrowArray* array) {
  ++releases;
  array->release = NULL;
}

static void fill(struct batch* out, const char* const* names, int begin, int end) {
  memset(out, 0, sizeof(*out));
  for (int column = 0; column < kColumns; ++column) {
    int32_t size = 0;
    for (int row = begin; row < end; ++row) {
      const char* cell = kEvents[row][column];
      memcpy(out->text[column] + size, cell, strlen(cell));
      size += (int32_t)strlen(cell);
      out->offsets[column][row - begin + 1] = size;
    }
    out->buffers[column][1] = out->offsets[column];
    out->buffers[column][2] = out->text[column];
    out->child_schemas[column].format = "u";
    out->child_schemas[column].name = names[column];
    out->child_schemas[column].release = release_schema;
    out->children[column].length = end - begin;
    out->children[column].n_buffers = 3;
    out->children[column].buffers = out->buffers[column];
    out->children[column].release = release_array;
    out->schema_children[column] = &out->child_schemas[column];
    out->array_children[column] = &out->children[column];
  }
  out->schema.format = "+s";
  out->schema.n_children = out->array.n_children = kColumns;
  out->schema.children = out->schema_children;
  out->schema.release = release_schema;
  out->array.length = end - begin;
  out->array.n_buffers = 1;
  out->array.buffers = out->no_buffer;
  out->array.children = out->array_children;
  out->array.release = release_array;
}

/* A stream of kEvents in batches of two rows; fails at batch `fail_at`. */
struct feed {
  int given, fail_at;
  struct batch batch;
};
static int get_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  struct feed* feed = stream->private_data;
  fill(&feed->batch, kNames, 0, 2);
  *out = feed->batch.schema;
  return 0;
}
static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  struct feed* feed = stream->private_data;
  if (feed->given == feed->fail_at) return 5;
  memset(out, 0, sizeof(*out));
  if (feed->given == kRows / 2) return 0;
  fill(&feed->batch, kNames, feed->given * 2, feed->given * 2 + 2);
  *out = feed->batch.array;
  ++feed->given;
  return 0;
}
static const char* get_last_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return "a@x.com broke it";
}
static void release_stream(struct ArrowArrayStream* stream) { stream->release = NULL; }
static struct ArrowArrayStream stream_of(struct feed* feed, int fail_at) {
  struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, feed};
  memset(feed, 0, sizeof(*feed));
  feed->fail_at = fail_at;
  return stream;
}

static vesica_study* make_study(vesica_context* context, const vesica_profile* profile) {
  static const vesica_setting kSettings[] = {{"by", "title"}, {"by", "region"}, {"min_support", "1"}};
  vesica_study_options options = {.struct_size = sizeof(options), .setting_count = 3};
  vesica_study* study = NULL;
  vesica_error error;
  options.settings = kSettings;
  CHECK_OK(vesica_study_create(context, profile, &options, &study, &error));
  return study;
}

static char* json_of(const vesica_study_answer* answer) {
  size_t length = 0, again = 0;
  char* text;
  vesica_error error;
  CHECK_OK(vesica_study_answer_json(answer, NULL, 0, &length, &error));
  text = malloc(length + 1);
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_study_answer_json(answer, text, length, &again, &error));
  CHECK_OK(vesica_study_answer_json(answer, text, length + 1, &again, &error));
  CHECK(again == length && strlen(text) == length);
  CHECK_INVALID(vesica_study_answer_json(NULL, text, length, &again, &error));
  return text;
}

static char* csv_of(const vesica_table* table) {
  size_t length = 0;
  char* text;
  vesica_error error;
  CHECK_OK(vesica_table_csv(table, NULL, 0, &length, &error));
  text = malloc(length + 1);
  CHECK_OK(vesica_table_csv(table, text, length + 1, &length, &error));
  return text;
}

/* The circles of kEvents, after everything they were made from is gone. */
static char* circles_of(vesica_study* study) {
  static const char* const kCircles[] = {"circles"};
  vesica_study_answer* answer = NULL;
  vesica_table* table = NULL;
  uint32_t count = 0;
  char* text;
  vesica_error error;
  CHECK_OK(vesica_study_run(study, kCircles, 1, &answer, &error));
  vesica_study_free(study);
  CHECK_OK(vesica_study_answer_count(answer, &count, &error));
  CHECK(count == 3); /* and settings, and warnings */
  CHECK_OK(vesica_study_answer_find(answer, "circles", &table, &error));
  vesica_study_answer_free(answer);
  text = csv_of(table);
  vesica_table_free(table);
  return text;
}

static void test_answer(vesica_context* context, const vesica_profile* profile) {
  vesica_study* study = make_study(context, profile);
  vesica_event_quality quality = {.struct_size = sizeof(quality)};
  vesica_event_problem problem = {.struct_size = sizeof(problem)};
  vesica_study_answer* answer = STALE(vesica_study_answer);
  vesica_table* table = STALE(vesica_table);
  vesica_table_info info = {.struct_size = sizeof(info)};
  struct batch batch;
  uint32_t count = 0;
  char* text;
  vesica_error error;
  fill(&batch, kNames, 0, kRows);
  CHECK_OK(vesica_study_add(study, &batch.array, &batch.schema, NULL, 0, &error));
  CHECK_OK(vesica_study_quality(study, &quality, &error));
  CHECK(quality.rows == 8 && quality.taken == 6 && quality.problems == 3 && quality.free_mail == 0);
  CHECK_OK(vesica_study_problem(study, 0, &problem, &error));
  CHECK(strcmp(problem.reason, "blank") == 0 && problem.rows == 1 && problem.first_rows[0] == 5);
  CHECK_OK(vesica_study_problem(study, 1, &problem, &error));
  CHECK(strcmp(problem.reason, "unknown_event") == 0 && problem.first_rows[0] == 6);
  CHECK(problem.first_rows[1] == VESICA_NO_ROW);
  CHECK_OK(vesica_study_problem(study, 2, &problem, &error));
  CHECK(strcmp(problem.reason, "naive_time") == 0);
  CHECK_INVALID(vesica_study_problem(study, 3, &problem, &error));
  CHECK_OK(vesica_study_run(study, NULL, 0, &answer, &error));
  CHECK_OK(vesica_study_answer_count(answer, &count, &error));
  CHECK(count > 5);
  CHECK_OK(vesica_study_answer_table(answer, 0, &table, &error));
  CHECK_OK(vesica_table_describe(table, &info, &error));
  CHECK(strcmp(info.name, "circles") == 0 && info.description[0] != '\0');
  vesica_table_free(table);
  CHECK_INVALID(vesica_study_answer_table(answer, count, &table, &error));
  CHECK(table == NULL);
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_study_answer_find(answer, "circels", &table, &error));
  CHECK_OK(vesica_study_answer_find(answer, "warnings", &table, &error));
  CHECK_OK(vesica_table_describe(table, &info, &error));
  CHECK(info.rows == 1);
  vesica_table_free(table);
  text = json_of(answer);
  CHECK(strstr(text, "{\"tables\":{\"circles\":[{\"company\":null,\"a\":\"marketing\",\"b\":\"sales\",\"n_a\":3,") ==
        text);
  CHECK(strstr(text, "\"settings\":{\"by\":\"region\",") != NULL);
  CHECK(strstr(text, "],\"settings\":[") == NULL && strstr(text, "@") == NULL);
  CHECK(strstr(text, "\"warnings\":[\"1 rows have a time without an offset") != NULL);
  free(text);
  vesica_study_answer_free(answer);
  vesica_study_answer_free(NULL);
  text = circles_of(study);
  CHECK(strstr(text, "\n,marketing,sales,3,2,1,4,0.3333333333333333,0.5,0.5,0.25,") != NULL);
  CHECK(strstr(text, "\n,brand,demand,2,1,0,3,0.0,0.0,0.0,0.0,") != NULL);
  free(text);
  CHECK(releases == 0); /* only read */
}

/* The same tables however the rows come. */
static void test_ways_in(vesica_context* context, const vesica_profile* profile) {
  static const vesica_rename kRenames[] = {
      {"Email", "person"}, {"Type", "event"}, {"By", "team"}, {"When", "time"}, {"event", "region"}};
  struct batch batch;
  struct feed feed;
  struct ArrowArrayStream stream;
  char *whole, *text;
  vesica_error error;
  vesica_study* study = make_study(context, profile);
  fill(&batch, kNames, 0, kRows);
  CHECK_OK(vesica_study_add(study, &batch.array, &batch.schema, NULL, 0, &error));
  whole = circles_of(study);
  study = make_study(context, profile);
  fill(&batch, kVendorNames, 0, 3);
  CHECK_OK(vesica_study_add(study, &batch.array, &batch.schema, kRenames, 5, &error));
  fill(&batch, kVendorNames, 3, kRows);
  CHECK_OK(vesica_study_add(study, &batch.array, &batch.schema, kRenames, 5, &error));
  text = circles_of(study);
  CHECK(strcmp(text, whole) == 0);
  free(text);
  study = make_study(context, profile);
  stream = stream_of(&feed, -1);
  CHECK_OK(vesica_study_add_stream(study, &stream, NULL, 0, &error));
  text = circles_of(study);
  CHECK(strcmp(text, whole) == 0);
  free(text);
  free(whole);
  CHECK(stream.release != NULL && releases == 1 + kRows / 2);
}

static void expect_refused(vesica_context* context, const vesica_profile* profile, vesica_status expected,
                           const vesica_rename* renames, uint32_t count, uint32_t index) {
  vesica_study* study = make_study(context, profile);
  vesica_study_answer* answer = STALE(vesica_study_answer);
  struct batch batch;
  vesica_error error;
  fill(&batch, kVendorNames, 0, kRows);
  CHECK_STATUS(expected, vesica_study_add(study, &batch.array, &batch.schema, renames, count, &error));
  CHECK(error.index == index);
  CHECK_INVALID(vesica_study_add(study, &batch.array, &batch.schema, NULL, 0, &error));
  CHECK_INVALID(vesica_study_run(study, NULL, 0, &answer, &error));
  CHECK(answer == NULL);
  vesica_study_free(study);
}

static void test_refusals(vesica_context* context, const vesica_profile* profile) {
  static const vesica_rename kNone[] = {{"Email", "person"}, {"Kind", "event"}};
  static const vesica_rename kTwice[] = {{"Email", "person"}, {"Type", "person"}};
  static const vesica_rename kNull[] = {{NULL, "person"}};
  static const vesica_setting kSettings[] = {{"by", "region"}, {"sla", "soon"}};
  static const char* const kNoTable[] = {"circles", "circels"};
  vesica_study_options options = {.struct_size = sizeof(options), .setting_count = 2};
  vesica_study* study = STALE(vesica_study);
  vesica_study_answer* answer = STALE(vesica_study_answer);
  struct feed feed;
  struct ArrowArrayStream stream = stream_of(&feed, 2);
  vesica_error error;
  expect_refused(context, profile, VESICA_INVALID_ARGUMENT, NULL, 0, VESICA_NO_INDEX);
  expect_refused(context, profile, VESICA_INVALID_ARGUMENT, kNone, 2, 1);
  expect_refused(context, profile, VESICA_INVALID_ARGUMENT, kTwice, 2, 1);
  expect_refused(context, profile, VESICA_INVALID_ARGUMENT, kNull, 1, 0);
  expect_refused(context, profile, VESICA_INVALID_ARGUMENT, NULL, 1, VESICA_NO_INDEX);
  options.settings = kSettings;
  CHECK_INVALID(vesica_study_create(context, profile, &options, &study, &error));
  CHECK(study == NULL && error.index == 1);
  options.settings = NULL;
  CHECK_INVALID(vesica_study_create(context, profile, &options, &study, &error));
  CHECK_INVALID(vesica_study_create(NULL, profile, NULL, &study, &error));
  CHECK_INVALID(vesica_study_create(context, NULL, NULL, &study, &error));
  study = make_study(context, profile);
  CHECK_INVALID(vesica_study_run(study, kNoTable, 2, &answer, &error));
  CHECK_INVALID(vesica_study_run(study, NULL, 1, &answer, &error));
  CHECK_STATUS(VESICA_IO, vesica_study_add_stream(study, &stream, NULL, 0, &error));
  CHECK(strstr(error.message, "@") == NULL);
  vesica_study_free(study);
  vesica_study_free(NULL);
}

static int32_t stop(void* user, double fraction) {
  (void)fraction;
  return *(const int32_t*)user;
}

/* Progress and cancel are the context's, which may go before the study. */
static void test_cancel(const vesica_profile* profile) {
  int32_t answer_of_callback = 0;
  vesica_context_options options = {.struct_size = sizeof(options), .progress = stop};
  vesica_context* context = NULL;
  vesica_study* study;
  vesica_study_answer* answer = NULL;
  struct batch batch;
  char* text;
  vesica_error error;
  options.progress_user = &answer_of_callback;
  CHECK_OK(vesica_context_create(&options, &context, &error));
  study = make_study(context, profile);
  vesica_context_free(context);
  fill(&batch, kNames, 0, kRows);
  CHECK_OK(vesica_study_add(study, &batch.array, &batch.schema, NULL, 0, &error));
  answer_of_callback = 1;
  CHECK_STATUS(VESICA_CANCELLED, vesica_study_run(study, NULL, 0, &answer, &error));
  answer_of_callback = 0;
  text = circles_of(study);
  CHECK(strstr(text, ",marketing,sales,3,2,1,") != NULL);
  free(text);
}

static vesica_study* make_slice(vesica_context* context, const vesica_profile* profile, const char* slice) {
  const vesica_setting settings[] = {{"as_of", "2030-01-01"}, {"stages", "MQL,SQL"}, {"slice", slice}};
  const vesica_study_options options = {.struct_size = sizeof(options), .settings = settings, .setting_count = 3};
  vesica_study* study = NULL;
  vesica_error error;
  CHECK_OK(vesica_study_create(context, profile, &options, &study, &error));
  return study;
}

/* Two halves say what the whole says. */
static void test_partials(vesica_context* context, const vesica_profile* profile) {
  static const char* const kSlices[] = {"1/2", "2/2"};
  vesica_study *whole = make_slice(context, profile, "1/1"), *sum = make_slice(context, profile, "1/1");
  struct batch batch;
  vesica_error error;
  char *expected, *text;
  fill(&batch, kNames, 0, kRows);
  CHECK_OK(vesica_study_add(whole, &batch.array, &batch.schema, NULL, 0, &error));
  expected = circles_of(whole);
  for (int i = 0; i < 2; ++i) {
    vesica_study* slice = make_slice(context, profile, kSlices[i]);
    size_t size = 0, length = 0;
    char *partial, *again;
    CHECK_OK(vesica_study_add(slice, &batch.array, &batch.schema, NULL, 0, &error));
    CHECK_OK(vesica_study_save(slice, NULL, 0, NULL, 0, &size, &error));
    partial = malloc(size);
    again = malloc(size);
    CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_study_save(slice, NULL, 0, partial, size - 1, &length, &error));
    CHECK(length == size);
    CHECK_OK(vesica_study_save(slice, NULL, 0, partial, size, &length, &error));
    CHECK_OK(vesica_study_save(slice, NULL, 0, again, size, &length, &error));
    CHECK(length == size && memcmp(partial, again, size) == 0);
    CHECK_STATUS(VESICA_CORRUPT, vesica_study_load(sum, partial, size - 1, &error));
    CHECK_OK(vesica_study_load(sum, partial, size, &error));
    CHECK_INVALID(vesica_study_load(sum, partial, size, &error));
    CHECK_INVALID(vesica_study_load(sum, NULL, size, &error));
    CHECK_INVALID(vesica_study_save(slice, NULL, 0, NULL, size, &length, &error));
    CHECK_INVALID(vesica_study_save(slice, NULL, 1, NULL, 0, &length, &error));
    free(again);
    free(partial);
    vesica_study_free(slice);
  }
  text = circles_of(sum);
  CHECK(strcmp(text, expected) == 0);
  free(text);
  free(expected);
}

static void test_contents(void) {
  vesica_table* table = NULL;
  vesica_error error;
  char* text;
  CHECK_OK(vesica_study_contents(&table, &error));
  text = csv_of(table);
  CHECK(strncmp(text, "table,description\ncircles,", 26) == 0 && strstr(text, "\nwarnings,") != NULL);
  free(text);
  vesica_table_free(table);
}

void test_study(void) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  test_answer(context, profile);
  test_ways_in(context, profile);
  test_refusals(context, profile);
  test_cancel(profile);
  test_partials(context, profile);
  test_contents();
  vesica_profile_free(profile);
  vesica_context_free(context);
}
