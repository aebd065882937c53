#include "study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vesica.h>

enum { kMost = 64, kMaxRows = 4096, kMaxBytes = 1 << 16 };

/* A column of text as Arrow lays it out. */
typedef struct {
  char name[64], bytes[kMaxBytes];
  int32_t offsets[kMaxRows + 1];
  uint8_t validity[kMaxRows / 8];
  const void* buffers[3];
  struct ArrowSchema schema;
  struct ArrowArray array;
} Column;

typedef struct {
  char profile[64], texts[kMost][2][256], tables[kMost][64];
  uint32_t settings, table_count, columns;
  int64_t rows;
  Column column[kMost];
} Study;

static void Fail(const char* what, const char* detail) {
  fprintf(stderr, "cross: %s: %s\n", what, detail);
  exit(1);
}

static void Check(vesica_status status, const vesica_error* error) {
  if (status != VESICA_OK) Fail(vesica_status_text(status), error->message);
}

static void AddCell(Column* column, int64_t row, const char* cell, size_t size) {
  const int32_t begin = column->offsets[row];
  if (row >= kMaxRows || (size_t)begin + size > kMaxBytes) Fail("too much in", column->name);
  memcpy(column->bytes + begin, cell, size);
  column->offsets[row + 1] = begin + (int32_t)size;
  if (size > 0) column->validity[row / 8] |= (uint8_t)(1u << (row % 8));
}

/* Cells are between '|'; an empty one is null. */
static void AddRow(Study* it, const char* line) {
  for (uint32_t i = 0; i < it->columns; ++i) {
    const size_t size = strcspn(line, "|");
    AddCell(&it->column[i], it->rows, line, size);
    line += size + (line[size] == '|');
  }
  ++it->rows;
}

static void NameColumns(Study* it, const char* names) {
  while (*names != '\0' && it->columns < kMost) {
    const size_t size = strcspn(names, "|");
    snprintf(it->column[it->columns++].name, sizeof(it->column[0].name), "%.*s", (int)size, names);
    names += size + (names[size] == '|');
  }
}

static void ReadLine(Study* it, char* line) {
  char* const value = strchr(line, ' ');
  if (line[0] == '=') {
    AddRow(it, line + 1);
  } else if (value == NULL) {
    Fail("not a line of a study", line);
  } else if (strncmp(line, "option ", 7) == 0 && it->settings < kMost) {
    char* const text = strchr(value + 1, ' ');
    if (text == NULL) Fail("an option without a value", line);
    snprintf(it->texts[it->settings][0], sizeof(it->texts[0][0]), "%.*s", (int)(text - value - 1), value + 1);
    snprintf(it->texts[it->settings++][1], sizeof(it->texts[0][1]), "%s", text + 1);
  } else if (strncmp(line, "table ", 6) == 0 && it->table_count < kMost) {
    snprintf(it->tables[it->table_count++], sizeof(it->tables[0]), "%s", value + 1);
  } else if (strncmp(line, "columns ", 8) == 0) {
    NameColumns(it, value + 1);
  } else if (strncmp(line, "profile ", 8) == 0) {
    snprintf(it->profile, sizeof(it->profile), "%s", value + 1);
  } else {
    Fail("not a line of a study", line);
  }
}

static void ReadStudy(const char* path, Study* it) {
  FILE* const file = fopen(path, "rb");
  if (file == NULL) Fail("cannot read", path);
  char line[4096];
  while (fgets(line, sizeof(line), file) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    ReadLine(it, line);
  }
  fclose(file);
}

static void ReleaseSchema(struct ArrowSchema* schema) { schema->release = NULL; }
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }

/* The events as one record batch. */
static void AddEvents(Study* it, vesica_study* study) {
  struct ArrowSchema* schemas[kMost];
  struct ArrowArray* arrays[kMost];
  for (uint32_t i = 0; i < it->columns; ++i) {
    Column* const column = &it->column[i];
    column->buffers[0] = column->validity;
    column->buffers[1] = column->offsets;
    column->buffers[2] = column->bytes;
    const struct ArrowSchema schema = {
        .format = "u", .name = column->name, .flags = ARROW_FLAG_NULLABLE, .release = ReleaseSchema};
    const struct ArrowArray array = {
        .length = it->rows, .null_count = -1, .n_buffers = 3, .buffers = column->buffers, .release = ReleaseArray};
    column->schema = schema;
    column->array = array;
    schemas[i] = &column->schema;
    arrays[i] = &column->array;
  }
  const void* none = NULL;
  const struct ArrowSchema schema = {
      .format = "+s", .n_children = it->columns, .children = schemas, .release = ReleaseSchema};
  const struct ArrowArray batch = {.length = it->rows,
                                   .n_buffers = 1,
                                   .n_children = it->columns,
                                   .buffers = &none,
                                   .children = arrays,
                                   .release = ReleaseArray};
  vesica_error error = {.struct_size = sizeof(error)};
  Check(vesica_study_add(study, &batch, &schema, NULL, 0, &error), &error);
}

static int32_t AppendTo(void* file, const char* bytes, size_t size) { return fwrite(bytes, 1, size, file) != size; }

static void WriteReport(const vesica_study_answer* answer, const char* out) {
  char path[4096];
  snprintf(path, sizeof(path), "%s/study.html", out);
  FILE* const file = fopen(path, "wb");
  if (file == NULL) Fail("cannot write", path);
  const vesica_output output = {.struct_size = sizeof(output), .write = AppendTo, .user = file};
  vesica_error error = {.struct_size = sizeof(error)};
  Check(vesica_study_answer_report(answer, NULL, &output, &error), &error);
  if (fclose(file) != 0) Fail("cannot write", path);
}

static void WriteAnswer(const vesica_study_answer* answer, const char* out) {
  vesica_error error = {.struct_size = sizeof(error)};
  size_t length = 0;
  Check(vesica_study_answer_json(answer, NULL, 0, &length, &error), &error);
  char* const json = malloc(length + 1);
  if (json == NULL) Fail("no memory", "");
  Check(vesica_study_answer_json(answer, json, length + 1, &length, &error), &error);
  char path[4096];
  snprintf(path, sizeof(path), "%s/study.json", out);
  FILE* const file = fopen(path, "wb");
  if (file == NULL || fwrite(json, 1, length, file) != length || fclose(file) != 0) Fail("cannot write", path);
  free(json);
}

void RunStudy(const char* path, const char* out) {
  static Study it;
  memset(&it, 0, sizeof(it));
  strcpy(it.profile, "email/1");
  ReadStudy(path, &it);

  vesica_error error = {.struct_size = sizeof(error)};
  vesica_context* context = NULL;
  vesica_profile* profile = NULL;
  vesica_study* study = NULL;
  vesica_study_answer* answer = NULL;
  vesica_setting settings[kMost];
  const char* tables[kMost];
  for (uint32_t i = 0; i < it.settings; ++i) {
    settings[i].name = it.texts[i][0];
    settings[i].value = it.texts[i][1];
  }
  for (uint32_t i = 0; i < it.table_count; ++i) tables[i] = it.tables[i];
  const vesica_study_options options = {
      .struct_size = sizeof(options), .setting_count = it.settings, .settings = settings};
  Check(vesica_context_create(NULL, &context, &error), &error);
  Check(vesica_profile_open(it.profile, NULL, &profile, &error), &error);
  Check(vesica_study_create(context, profile, &options, &study, &error), &error);
  AddEvents(&it, study);
  Check(vesica_study_run(study, tables, it.table_count, &answer, &error), &error);
  WriteAnswer(answer, out);
  WriteReport(answer, out);
  vesica_study_answer_free(answer);
  vesica_study_free(study);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
