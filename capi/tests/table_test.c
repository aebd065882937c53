/* Answers as tables: columns read where they lie, Arrow, JSON and CSV. */
#include <stdlib.h>

#include "check.h"

/* The text of a table, which the caller frees. */
static char* text_of(const vesica_table* table,
                     vesica_status (*function)(const vesica_table*, char*, size_t, size_t*, vesica_error*)) {
  size_t length = 0, again = 0;
  char* text;
  vesica_error error;
  CHECK_OK(function(table, NULL, 0, &length, &error));
  text = malloc(length + 1);
  memset(text, 'x', length + 1);
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, function(table, text, length, &again, &error));
  CHECK(again == length && text[0] == 'x');
  CHECK_OK(function(table, text, length + 1, &again, &error));
  CHECK(again == length && strlen(text) == length);
  CHECK_INVALID(function(NULL, NULL, 0, &length, &error));
  CHECK_INVALID(function(table, NULL, 0, NULL, &error));
  CHECK_INVALID(function(table, NULL, 1, &length, &error));
  return text;
}

static void expect_text(const vesica_table* table, const char* json, const char* csv) {
  char* text = text_of(table, vesica_table_json);
  CHECK(strcmp(text, json) == 0);
  if (strcmp(text, json) != 0) fprintf(stderr, "%s\n", text);
  free(text);
  text = text_of(table, vesica_table_csv);
  CHECK(strcmp(text, csv) == 0);
  if (strcmp(text, csv) != 0) fprintf(stderr, "%s\n", text);
  free(text);
}

/* The column of that name; zeros where there is none. */
static vesica_column_view column_named(const vesica_table* table, const char* name) {
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_column_view view = {.struct_size = sizeof(view)};
  vesica_error error;
  CHECK_OK(vesica_table_describe(table, &info, &error));
  for (uint32_t i = 0; i < info.columns; ++i) {
    CHECK_OK(vesica_table_column(table, i, &view, &error));
    CHECK(view.length == info.rows);
    if (strcmp(view.name, name) == 0) return view;
  }
  CHECK(!"a column of that name");
  memset(&view, 0, sizeof(view));
  return view;
}

static int is_set(const void* bits, uint64_t row) { return ((const uint8_t*)bits)[row / 8] >> row % 8 & 1; }

static int text_is(const vesica_column_view* view, uint64_t row, const char* expected) {
  const int64_t size = view->offsets[row + 1] - view->offsets[row];
  return size == (int64_t)strlen(expected) &&
         memcmp((const char*)view->data + view->offsets[row], expected, (size_t)size) == 0;
}

static void test_columns(const vesica_regions* regions) {
  vesica_table* table = STALE(vesica_table);
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_column_view view = {.struct_size = sizeof(view)};
  vesica_error error;
  CHECK_OK(vesica_regions_table(regions, VESICA_TABLE_REGIONS, &table, &error));
  CHECK_OK(vesica_table_describe(table, &info, &error));
  CHECK(info.rows == 3 && info.columns == 7 && info.flags == 0);
  CHECK(strcmp(info.name, "regions") == 0 && strcmp(info.description, "") == 0);
  view = column_named(table, "region");
  CHECK(view.type == VESICA_TYPE_TEXT && text_is(&view, 0, "crm") && text_is(&view, 2, "crm & ads"));
  CHECK(view.validity == NULL && view.null_count == 0);
  view = column_named(table, "count");
  CHECK(view.type == VESICA_TYPE_UINT64 && view.offsets == NULL);
  CHECK(((const uint64_t*)view.data)[0] == 1 && ((const uint64_t*)view.data)[2] == 2);
  view = column_named(table, "in_ads");
  CHECK(view.type == VESICA_TYPE_BOOL);
  CHECK(!is_set(view.data, 0) && is_set(view.data, 1) && is_set(view.data, 2));
  CHECK_INVALID(vesica_table_column(table, 7, &view, &error));
  CHECK_INVALID(vesica_table_column(NULL, 0, &view, &error));
  CHECK_INVALID(vesica_table_column(table, 0, NULL, &error));
  CHECK_INVALID(vesica_table_describe(NULL, &info, &error));
  CHECK_INVALID(vesica_table_describe(table, NULL, &error));
  vesica_table_free(table);
  vesica_table_free(NULL);
}

static void test_text(const vesica_regions* regions) {
  vesica_table* table = NULL;
  vesica_error error;
  CHECK_OK(vesica_regions_table(regions, VESICA_TABLE_REGIONS, &table, &error));
  expect_text(table,
              "[{\"region\":\"crm\",\"sets\":1,\"in_crm\":true,\"in_ads\":false,\"count\":1,\"lower\":1,\"upper\":1},"
              "{\"region\":\"ads\",\"sets\":1,\"in_crm\":false,\"in_ads\":true,\"count\":1,\"lower\":1,\"upper\":1},"
              "{\"region\":\"crm & ads\",\"sets\":2,\"in_crm\":true,\"in_ads\":true,\"count\":2,\"lower\":2,"
              "\"upper\":2}]",
              "region,sets,in_crm,in_ads,count,lower,upper\n"
              "crm,1,true,false,1,1,1\n"
              "ads,1,false,true,1,1,1\n"
              "crm & ads,2,true,true,2,2,2\n");
  vesica_table_free(table);
  CHECK_OK(vesica_regions_table(regions, VESICA_TABLE_SETS, &table, &error));
  expect_text(table,
              "[{\"name\":\"crm\",\"rows\":null,\"blank\":null,\"invalid\":null,\"duplicate\":null,"
              "\"free_mail\":null,\"role\":null,\"count\":3,\"lower\":3,\"upper\":3},"
              "{\"name\":\"ads\",\"rows\":4,\"blank\":0,\"invalid\":1,\"duplicate\":0,"
              "\"free_mail\":0,\"role\":0,\"count\":3,\"lower\":3,\"upper\":3}]",
              "name,rows,blank,invalid,duplicate,free_mail,role,count,lower,upper\n"
              "crm,,,,,,,3,3,3\n"
              "ads,4,0,1,0,0,0,3,3,3\n");
  vesica_table_free(table);
}

/* The undefined is null, in cells and in Arrow, which outlives the table. */
static void test_arrow_of(const vesica_matrix* matrix) {
  vesica_table* table = NULL;
  vesica_column_view view;
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray batch, end;
  int64_t ratio = -1;
  vesica_error error;
  CHECK_OK(vesica_matrix_table(matrix, VESICA_TABLE_PAIRS, &table, &error));
  view = column_named(table, "size_ratio");
  CHECK(view.type == VESICA_TYPE_DOUBLE && view.length == 3 && view.null_count == 2);
  CHECK(is_set(view.validity, 0) && !is_set(view.validity, 1) && !is_set(view.validity, 2));
  CHECK(((const double*)view.data)[0] == 1.0 && ((const double*)view.data)[1] == 0.0);
  CHECK_INVALID(vesica_table_arrow(NULL, &stream, &error));
  CHECK_INVALID(vesica_table_arrow(table, NULL, &error));
  CHECK_OK(vesica_table_arrow(table, &stream, &error));
  vesica_table_free(table);

  CHECK(stream.get_schema(&stream, &schema) == 0 && stream.get_next(&stream, &batch) == 0);
  CHECK(stream.get_next(&stream, &end) == 0 && end.release == NULL);
  stream.release(&stream);
  CHECK(stream.release == NULL);
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (strcmp(schema.children[i]->name, "size_ratio") == 0) ratio = i;
  }
  CHECK(ratio > 0 && batch.n_children == schema.n_children && batch.length == 3);
  if (ratio > 0) {
    struct ArrowArray moved = *batch.children[ratio];
    CHECK(strcmp(schema.children[ratio]->format, "g") == 0);
    batch.children[ratio]->release = NULL;
    batch.release(&batch);
    CHECK(moved.null_count == 2 && is_set(moved.buffers[0], 0) && !is_set(moved.buffers[0], 2));
    CHECK(((const double*)moved.buffers[1])[0] == 1.0);
    moved.release(&moved);
    CHECK(moved.release == NULL);
  }
  schema.release(&schema);
}

static void test_others(void) {
  const vesica_plan_question question = {.struct_size = sizeof(question),
                                         .size_a = 1000000,
                                         .size_b = 50000,
                                         .share_of_smaller = 0.16,
                                         .relative_half_width = 0.1};
  vesica_plan_question wrong = question;
  vesica_plan_answer answer = {.struct_size = sizeof(answer)};
  vesica_builder_options minhash = {.struct_size = sizeof(minhash)};
  vesica_profile_info profile = {.struct_size = sizeof(profile)};
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_table* table = NULL;
  vesica_column_view view;
  vesica_error error;
  minhash.representation = VESICA_REPRESENTATION_MINHASH;
  CHECK_OK(vesica_plan(&question, &minhash, &answer, &error));
  CHECK_OK(vesica_plan_table(&question, &table, &error));
  view = column_named(table, "representation");
  CHECK(view.length == 3 && text_is(&view, 1, "minhash"));
  view = column_named(table, "sketch_bytes");
  CHECK(((const uint64_t*)view.data)[1] == answer.sketch_bytes);
  view = column_named(table, "reaches_error");
  CHECK(is_set(view.data, 1) == ((answer.flags & VESICA_PLAN_REACHES_ERROR) != 0));
  vesica_table_free(table);
  table = STALE(vesica_table);
  wrong.share_of_smaller = 2;
  CHECK_INVALID(vesica_plan_table(&wrong, &table, &error));
  CHECK(table == NULL);
  CHECK_INVALID(vesica_plan_table(NULL, &table, &error));
  CHECK_INVALID(vesica_plan_table(&question, NULL, &error));

  CHECK_OK(vesica_profiles_table(&table, &error));
  CHECK_OK(vesica_table_describe(table, &info, &error));
  CHECK(info.rows == vesica_profile_count());
  CHECK_OK(vesica_profile_list(0, &profile, &error));
  view = column_named(table, "name");
  CHECK(text_is(&view, 0, profile.name));
  vesica_table_free(table);
  CHECK_INVALID(vesica_profiles_table(NULL, &error));
}

static void test_which(const vesica_regions* regions, const vesica_matrix* matrix) {
  vesica_table* table = STALE(vesica_table);
  vesica_error error;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_regions_table(regions, 0, &table, &error));
  CHECK(table == NULL);
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_regions_table(regions, 5, &table, &error));
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_matrix_table(matrix, VESICA_TABLE_REGIONS, &table, &error));
  CHECK_INVALID(vesica_regions_table(NULL, VESICA_TABLE_SETS, &table, &error));
  CHECK_INVALID(vesica_regions_table(regions, VESICA_TABLE_SETS, NULL, &error));
  CHECK_INVALID(vesica_matrix_table(NULL, VESICA_TABLE_SETS, &table, &error));
  CHECK_INVALID(vesica_matrix_table(matrix, VESICA_TABLE_SETS, NULL, &error));
  CHECK_OK(vesica_matrix_table(matrix, VESICA_TABLE_WARNINGS, &table, &error));
  CHECK(column_named(table, "warning").length == 1); /* "none" is empty */
  vesica_table_free(table);
}

void test_table(void) {
  static const char* const kCrm[] = {"a@x.com", "b@x.com", "c@x.com"};
  static const char* const kAds[] = {"b@x.com", "c@x.com", "d@x.com", "bad"};
  static const char* const kNames[] = {"crm", "ads", "none"};
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  vesica_audience* crm = audience_of(context, profile, kCrm, 3);
  vesica_audience* ads = audience_of(context, profile, kAds, 4);
  vesica_audience* none = audience_of(context, profile, NULL, 0);
  vesica_audience* derived = NULL;
  const vesica_audience* sets[3] = {NULL, NULL, NULL};
  vesica_regions* regions = NULL;
  vesica_matrix* matrix = NULL;
  vesica_error error;
  CHECK_OK(vesica_audience_union(context, crm, none, &derived, &error));
  sets[0] = derived;
  sets[1] = ads;
  sets[2] = none;
  CHECK_OK(vesica_regions_of_audiences(context, sets, kNames, 2, &regions, &error));
  CHECK_OK(vesica_matrix_of_audiences(context, sets, kNames, 3, &matrix, &error));
  test_columns(regions);
  test_text(regions);
  test_arrow_of(matrix);
  test_others();
  test_which(regions, matrix);
  vesica_matrix_free(matrix);
  vesica_regions_free(regions);
  vesica_audience_free(derived);
  vesica_audience_free(none);
  vesica_audience_free(ads);
  vesica_audience_free(crm);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
