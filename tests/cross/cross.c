/* The cases of tests/cross through the C interface: cross IMAGES OUT CASE...; see README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vesica.h>

#include "study.h"

enum { kMaxSets = 8, kMaxPath = 4096 };

/* Of a set's rows: where each begins in `text` (kNoKey: it has none), and where it ends. */
typedef struct {
  char name[256];
  char* text;
  size_t* begins;
  size_t* ends;
  size_t size, rows, room, room_rows;
} Set;
static const size_t kNoKey = (size_t)-1;

typedef struct {
  char profile[64], secret[256], country[8];
  uint32_t hash_bits, encoding, representation, count;
  uint64_t bytes;
  Set sets[kMaxSets];
} Case;

static void Fail(const char* what, const char* detail) {
  fprintf(stderr, "cross: %s: %s\n", what, detail);
  exit(1);
}

static void Check(vesica_status status, const vesica_error* error) {
  if (status != VESICA_OK) Fail(vesica_status_text(status), error->message);
}

static void* Grown(void* memory, size_t size) {
  memory = realloc(memory, size);
  if (memory == NULL) Fail("no memory", "");
  return memory;
}

static void AddKey(Set* set, const char* key, size_t size) {
  if (set->room < set->size + size) set->text = Grown(set->text, set->room = 2 * (set->size + size));
  if (set->rows == set->room_rows) {
    set->room_rows = 2 * set->rows + 64;
    set->begins = Grown(set->begins, set->room_rows * sizeof(size_t));
    set->ends = Grown(set->ends, set->room_rows * sizeof(size_t));
  }
  set->begins[set->rows] = key == NULL ? kNoKey : set->size;
  if (size != 0) memcpy(set->text + set->size, key, size);
  set->size += size;
  set->ends[set->rows++] = set->size;
}

static void AddMany(Set* set, const char* range) {
  unsigned long first = 0, last = 0;
  if (sscanf(range, "%lu %lu", &first, &last) != 2) Fail("no range", range);
  for (; first < last; ++first) {
    char key[64];
    AddKey(set, key, (size_t)snprintf(key, sizeof(key), "person%lu@example.com", first));
  }
}

static uint32_t NumberOf(const char* name, const char* const* names) {
  uint32_t number = 0;
  while (names[number] != NULL && strcmp(names[number], name) != 0) ++number;
  if (names[number] == NULL) Fail("unknown", name);
  return number;
}

static void ReadOption(Case* it, const char* name, const char* value) {
  static const char* const encodings[] = {"plain", "hex", "base64", NULL};
  static const char* const representations[] = {"exact", "minhash", "hyperloglog", NULL};
  if (strcmp(name, "profile") == 0) {
    snprintf(it->profile, sizeof(it->profile), "%s", value);
  } else if (strcmp(name, "secret") == 0) {
    snprintf(it->secret, sizeof(it->secret), "%s", value);
  } else if (strcmp(name, "country") == 0) {
    snprintf(it->country, sizeof(it->country), "%s", value);
  } else if (strcmp(name, "hash_bits") == 0) {
    it->hash_bits = (uint32_t)strtoul(value, NULL, 10);
  } else if (strcmp(name, "bytes") == 0) {
    it->bytes = strtoul(value, NULL, 10);
  } else if (strcmp(name, "encoding") == 0) {
    it->encoding = NumberOf(value, encodings);
  } else if (strcmp(name, "representation") == 0) {
    it->representation = NumberOf(value, representations);
  } else {
    Fail("unknown option", name);
  }
}

static void ReadCase(const char* path, Case* it) {
  FILE* const file = fopen(path, "rb");
  if (file == NULL) Fail("cannot read", path);
  char line[4096];
  while (fgets(line, sizeof(line), file) != NULL) {
    Set* const set = it->count == 0 ? NULL : &it->sets[it->count - 1];
    line[strcspn(line, "\n")] = '\0';
    char* const value = strchr(line, ' ');
    if (line[0] == '=' && set != NULL) {
      AddKey(set, line + 1, strlen(line) - 1);
    } else if (strcmp(line, "-") == 0 && set != NULL) {
      AddKey(set, NULL, 0);
    } else if (value == NULL) {
      Fail("not a line of a case", line);
    } else if (strncmp(line, "many ", 5) == 0 && set != NULL) {
      AddMany(set, value + 1);
    } else if (strncmp(line, "set ", 4) == 0 && it->count < kMaxSets) {
      snprintf(it->sets[it->count++].name, sizeof(it->sets[0].name), "%s", value + 1);
    } else {
      *value = '\0';
      ReadOption(it, line, value + 1);
    }
  }
  fclose(file);
}

static void WriteFile(const char* folder, const char* name, const char* suffix, const void* data, size_t size) {
  char path[kMaxPath];
  snprintf(path, sizeof(path), "%s/%s%s", folder, name, suffix);
  FILE* const file = fopen(path, "wb");
  if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) Fail("cannot write", path);
}

static vesica_audience* Load(vesica_context* context, const char* folder, const char* name) {
  char path[kMaxPath];
  snprintf(path, sizeof(path), "%s/%s.vsc", folder, name);
  FILE* const file = fopen(path, "rb");
  if (file == NULL) Fail("cannot read", path);
  static unsigned char image[1 << 20];
  const size_t size = fread(image, 1, sizeof(image), file);
  fclose(file);
  vesica_error error = {.struct_size = sizeof(error)};
  vesica_audience* audience = NULL;
  Check(vesica_audience_load(context, image, size, &audience, &error), &error);
  return audience;
}

static void Save(const vesica_audience* audience, const char* folder, const char* name) {
  vesica_error error = {.struct_size = sizeof(error)};
  size_t size = 0;
  Check(vesica_audience_save(audience, NULL, 0, &size, &error), &error);
  void* const image = Grown(NULL, size);
  Check(vesica_audience_save(audience, image, size, &size, &error), &error);
  WriteFile(folder, name, ".vsc", image, size);
  free(image);
}

static int32_t AppendTo(void* file, const char* bytes, size_t size) { return fwrite(bytes, 1, size, file) != size; }

/* The picture, the page and the layout. */
static void WriteReports(const vesica_regions* regions, const char* folder) {
  static const struct {
    uint32_t format;
    const char* name;
  } kinds[] = {
      {VESICA_REPORT_SVG, "images.svg"}, {VESICA_REPORT_HTML, "images.html"}, {VESICA_REPORT_LAYOUT, "layout.json"}};
  for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i) {
    char path[kMaxPath];
    snprintf(path, sizeof(path), "%s/%s", folder, kinds[i].name);
    FILE* const file = fopen(path, "wb");
    if (file == NULL) Fail("cannot write", path);
    const vesica_report_options options = {.struct_size = sizeof(options), .format = kinds[i].format};
    const vesica_output output = {.struct_size = sizeof(output), .write = AppendTo, .user = file};
    vesica_error error = {.struct_size = sizeof(error)};
    Check(vesica_regions_report(regions, &options, &output, &error), &error);
    if (fclose(file) != 0) Fail("cannot write", path);
  }
}

static void WriteJson(vesica_regions* regions, const char* folder, const char* name) {
  vesica_error error = {.struct_size = sizeof(error)};
  size_t length = 0;
  Check(vesica_regions_json(regions, NULL, 0, &length, &error), &error);
  char* const json = Grown(NULL, length + 1);
  Check(vesica_regions_json(regions, json, length + 1, &length, &error), &error);
  WriteFile(folder, name, ".json", json, length);
  free(json);
  vesica_regions_free(regions);
}

static vesica_regions* Compare(vesica_context* context, vesica_audience* const* audiences, const Case* it) {
  const char* names[kMaxSets];
  const vesica_audience* sets[kMaxSets];
  for (uint32_t i = 0; i < it->count; ++i) {
    names[i] = it->sets[i].name;
    sets[i] = audiences[i];
  }
  vesica_error error = {.struct_size = sizeof(error)};
  vesica_regions* regions = NULL;
  Check(vesica_regions_of_audiences(context, sets, names, it->count, &regions, &error), &error);
  return regions;
}

static void Run(const char* path, const char* images, const char* out) {
  static Case it;
  memset(&it, 0, sizeof(it));
  strcpy(it.profile, "email/1");
  ReadCase(path, &it);

  vesica_error error = {.struct_size = sizeof(error)};
  vesica_context* context = NULL;
  Check(vesica_context_create(NULL, &context, &error), &error);
  const vesica_profile_options profile_options = {.struct_size = sizeof(profile_options),
                                                  .hash_bits = it.hash_bits,
                                                  .secret = it.secret[0] == '\0' ? NULL : it.secret,
                                                  .secret_size = strlen(it.secret),
                                                  .country = it.country[0] == '\0' ? NULL : it.country};
  vesica_profile* profile = NULL;
  Check(vesica_profile_open(it.profile, &profile_options, &profile, &error), &error);

  vesica_column columns[kMaxSets];
  vesica_source sources[kMaxSets];
  vesica_audience* audiences[kMaxSets];
  vesica_audience* loaded[kMaxSets];
  const vesica_builder_options options = {
      .struct_size = sizeof(options), .representation = it.representation, .sketch_bytes = it.bytes};
  memset(columns, 0, sizeof(columns));
  memset(sources, 0, sizeof(sources));
  for (uint32_t i = 0; i < it.count; ++i) {
    const Set* const set = &it.sets[i];
    vesica_span* const spans = Grown(NULL, (set->rows + 1) * sizeof(vesica_span));
    for (size_t row = 0; row < set->rows; ++row) {
      const int missing = set->begins[row] == kNoKey;
      spans[row].data = missing ? NULL : set->text + set->begins[row];
      spans[row].size = missing ? 0 : set->ends[row] - set->begins[row];
    }
    columns[i].struct_size = sizeof(columns[i]);
    columns[i].layout = VESICA_LAYOUT_SPANS;
    columns[i].encoding = it.encoding;
    columns[i].length = set->rows;
    columns[i].data = spans;
    sources[i].struct_size = sizeof(sources[i]);
    sources[i].name = set->name;
    sources[i].columns = &columns[i];
    sources[i].column_count = 1;

    vesica_builder* builder = NULL;
    Check(vesica_builder_create(context, profile, &options, &builder, &error), &error);
    Check(vesica_builder_add(builder, &columns[i], &error), &error);
    Check(vesica_builder_build(builder, &audiences[i], &error), &error);
    vesica_builder_free(builder);
    Save(audiences[i], out, set->name);
    loaded[i] = Load(context, images, set->name);
  }
  vesica_regions* regions = NULL;
  if (it.representation == VESICA_REPRESENTATION_EXACT) {
    Check(vesica_regions_of_sources(context, profile, sources, it.count, NULL, &regions, &error), &error);
  } else {
    regions = Compare(context, audiences, &it);
  }
  WriteJson(regions, out, "columns");
  regions = Compare(context, loaded, &it);
  WriteReports(regions, out);
  WriteJson(regions, out, "images");

  for (uint32_t i = 0; i < it.count; ++i) {
    free((void*)columns[i].data);
    free(it.sets[i].text);
    free(it.sets[i].begins);
    free(it.sets[i].ends);
    vesica_audience_free(audiences[i]);
    vesica_audience_free(loaded[i]);
  }
  vesica_profile_free(profile);
  vesica_context_free(context);
}

int main(int argc, char** argv) {
  for (int i = 3; i < argc; ++i) {
    char images[kMaxPath], out[kMaxPath], stem[256];
    const char* const slash = strrchr(argv[i], '/');
    snprintf(stem, sizeof(stem), "%s", slash == NULL ? argv[i] : slash + 1);
    *strrchr(stem, '.') = '\0';
    snprintf(images, sizeof(images), "%s/%s", argv[1], stem);
    snprintf(out, sizeof(out), "%s/%s", argv[2], stem);
    if (strstr(argv[i], ".study") != NULL) {
      RunStudy(argv[i], out);
    } else {
      Run(argv[i], images, out);
    }
  }
  return argc > 3 ? 0 : 1;
}
