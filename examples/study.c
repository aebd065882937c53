/* Vesica in a C program: a table of events in, the circles of marketing and sales out, as JSON and as columns.
 *
 *   cc -std=c99 study.c $(pkg-config --cflags --libs vesica) && ./a.out
 *
 * Events come as Arrow record batches: whatever gives such, a database's driver or a library for Arrow, is handed over
 * as it is. Here they are laid out by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vesica.h>

enum { kRows = 6, kColumns = 3 };
static const char* const kNames[kColumns] = {"person", "event", "team"};
static const char* const kEvents[kRows][kColumns] = {
    {"ann@example.com", "exposed", "brand"},  {"bo@example.com", "exposed", "demand"},
    {"cy@example.com", "exposed", "brand"},   {"Bo@example.com", "contacted", "sales"},
    {"di@example.com", "contacted", "sales"}, {"bo@example.com", "responded", ""}};

/* Columns of text: for each the place where every row begins, and the bytes of all rows. */
struct batch {
  struct ArrowSchema schema, columns[kColumns], *column_list[kColumns];
  struct ArrowArray array, cells[kColumns], *cell_list[kColumns];
  int32_t offsets[kColumns][kRows + 1];
  char text[kColumns][256];
  const void* buffers[kColumns][3];
  const void* no_nulls[1];
};

static void keep_schema(struct ArrowSchema* schema) { schema->release = NULL; }
static void keep_array(struct ArrowArray* array) { array->release = NULL; }

static void lay_out(struct batch* out) {
  memset(out, 0, sizeof(*out));
  for (int column = 0; column < kColumns; ++column) {
    for (int row = 0; row < kRows; ++row) {
      const int32_t at = out->offsets[column][row], size = (int32_t)strlen(kEvents[row][column]);
      memcpy(out->text[column] + at, kEvents[row][column], (size_t)size);
      out->offsets[column][row + 1] = at + size;
    }
    out->buffers[column][1] = out->offsets[column];
    out->buffers[column][2] = out->text[column];
    out->columns[column] = (struct ArrowSchema){.format = "u", .name = kNames[column], .release = keep_schema};
    out->cells[column] =
        (struct ArrowArray){.length = kRows, .n_buffers = 3, .buffers = out->buffers[column], .release = keep_array};
    out->column_list[column] = &out->columns[column];
    out->cell_list[column] = &out->cells[column];
  }
  out->schema = (struct ArrowSchema){
      .format = "+s", .n_children = kColumns, .children = out->column_list, .release = keep_schema};
  out->array = (struct ArrowArray){.length = kRows,
                                   .n_buffers = 1,
                                   .n_children = kColumns,
                                   .buffers = out->no_nulls,
                                   .children = out->cell_list,
                                   .release = keep_array};
}

/* The headline: the share of sales' people whom marketing reached, in the first row of the circles. */
static vesica_status headline(const vesica_study_answer* answer, double* share, vesica_error* error) {
  vesica_table* circles = NULL;
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_status status = vesica_study_answer_find(answer, "circles", &circles, error);
  if (status == VESICA_OK) status = vesica_table_describe(circles, &info, error);
  for (uint32_t i = 0; status == VESICA_OK && i < info.columns; ++i) {
    vesica_column_view column = {.struct_size = sizeof(column)};
    status = vesica_table_column(circles, i, &column, error);
    if (status == VESICA_OK && strcmp(column.name, "share_of_b") == 0) *share = ((const double*)column.data)[0];
  }
  vesica_table_free(circles);
  return status;
}

int main(void) {
  static const char* const kTables[] = {"circles", "regions"};
  static const vesica_setting kSettings[] = {{"min_cell", "0"}, {"target_ratio", "20"}};
  const vesica_study_options options = {.struct_size = sizeof(options), .setting_count = 2, .settings = kSettings};
  struct batch batch;
  vesica_error error = {.struct_size = sizeof(error)};
  vesica_context* context = NULL;
  vesica_profile* profile = NULL;
  vesica_study* study = NULL;
  vesica_study_answer* answer = NULL;
  double share = -1;
  size_t length = 0;
  char* json = NULL;
  lay_out(&batch);
  vesica_status status = vesica_context_create(NULL, &context, &error);
  if (status == VESICA_OK) status = vesica_profile_open("email/1", NULL, &profile, &error);
  if (status == VESICA_OK) status = vesica_study_create(context, profile, &options, &study, &error);
  if (status == VESICA_OK) status = vesica_study_add(study, &batch.array, &batch.schema, NULL, 0, &error);
  if (status == VESICA_OK) status = vesica_study_run(study, kTables, 2, &answer, &error);
  if (status == VESICA_OK) status = headline(answer, &share, &error);
  if (status == VESICA_OK) status = vesica_study_answer_json(answer, NULL, 0, &length, &error);
  if (status == VESICA_OK && (json = malloc(length + 1)) == NULL) status = VESICA_OUT_OF_MEMORY;
  if (status == VESICA_OK) status = vesica_study_answer_json(answer, json, length + 1, &length, &error);
  if (status == VESICA_OK) {
    printf("marketing reaches %.0f %% of the people sales talks to\n%s\n", 100 * share, json);
  } else {
    fprintf(stderr, "%s: %s\n", vesica_status_text(status), error.message);
  }
  free(json);
  vesica_study_answer_free(answer);
  vesica_study_free(study);
  vesica_profile_free(profile);
  vesica_context_free(context);
  return status == VESICA_OK && share == 0.5 ? 0 : 1;
}
