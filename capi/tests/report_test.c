/* Reports: into a buffer, through a callback, and what is refused. */
#include <stdlib.h>

#include "check.h"

struct text {
  char* bytes;
  size_t size;
  int32_t failing; /* What the callback returns. */
};

static int32_t append(void* user, const char* bytes, size_t size) {
  struct text* text = user;
  char* grown;
  if (text->failing != 0) return text->failing;
  grown = realloc(text->bytes, text->size + size + 1);
  if (grown == NULL) return 1;
  text->bytes = grown;
  memcpy(text->bytes + text->size, bytes, size);
  text->size += size;
  text->bytes[text->size] = '\0';
  return 0;
}

static vesica_output to_callback(struct text* text, size_t* length) {
  vesica_output output = {.struct_size = sizeof(output)};
  output.write = append;
  output.user = text;
  output.length = length;
  return output;
}

static vesica_regions* make_regions(vesica_context* context, const vesica_profile* profile) {
  static const char* const kBoth[] = {"anna@x.com", "ben@x.com", "cleo@y.com"};
  static const char* const kSales[] = {"cleo@y.com", "dora@y.com"};
  const vesica_column columns[] = {column_of(kBoth, 3), column_of(kSales, 2)};
  const vesica_source sets[] = {source_of("<script>alert(1)</script>", &columns[0]), source_of("Sales", &columns[1])};
  vesica_regions* regions = NULL;
  vesica_error error;
  CHECK_OK(vesica_regions_of_sources(context, profile, sets, 2, NULL, &regions, &error));
  return regions;
}

/* The same text by either way, which names no key and runs nothing. */
static void test_ways_out(const vesica_regions* regions) {
  static const uint32_t kFormats[] = {VESICA_REPORT_HTML, VESICA_REPORT_SVG, VESICA_REPORT_LAYOUT};
  for (size_t i = 0; i < sizeof(kFormats) / sizeof(*kFormats); ++i) {
    vesica_report_options options = {.struct_size = sizeof(options), .format = kFormats[i]};
    struct text text = {NULL, 0, 0};
    size_t length = 0, told = 0;
    vesica_output output = to_callback(&text, &told), buffered = {.struct_size = sizeof(buffered), .length = &length};
    vesica_error error;
    CHECK_OK(vesica_regions_report(regions, &options, &output, &error));
    CHECK(told == text.size && text.size > 100);
    CHECK_OK(vesica_regions_report(regions, &options, &buffered, &error));
    CHECK(length == text.size);
    buffered.capacity = length + 1;
    buffered.buffer = malloc(buffered.capacity);
    CHECK_OK(vesica_regions_report(regions, &options, &buffered, &error));
    CHECK(memcmp(buffered.buffer, text.bytes, length + 1) == 0);
    buffered.capacity = length;
    CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_regions_report(regions, &options, &buffered, &error));
    if (kFormats[i] != VESICA_REPORT_LAYOUT) CHECK(strstr(text.bytes, "<script>alert") == NULL);
    CHECK(strstr(text.bytes, "@x.com") == NULL && strstr(text.bytes, "Sales") != NULL);
    free(buffered.buffer);
    free(text.bytes);
  }
}

static void test_overlap(const vesica_regions* regions) {
  vesica_report_options options = {.struct_size = sizeof(options), .format = VESICA_REPORT_SVG, .title = "A & B"};
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  struct text text = {NULL, 0, 0};
  vesica_output output = to_callback(&text, NULL);
  vesica_error error;
  CHECK_OK(vesica_regions_overlap(regions, 0, 1, &overlap, &error));
  CHECK_OK(vesica_overlap_report(&overlap, "Marketing", "Sales", &options, &output, &error));
  CHECK(strstr(text.bytes, "A &amp; B") != NULL && strstr(text.bytes, ">Marketing<") != NULL);
  overlap.intersection.value = -1.0 / 0.0;
  CHECK_INVALID(vesica_overlap_report(&overlap, "A", "B", &options, &output, &error));
  overlap.intersection.value = 1e9; /* more than either set has: drawn as all of it */
  overlap.intersection.upper = 1e9;
  CHECK_OK(vesica_overlap_report(&overlap, "A", "B", &options, &output, &error));
  overlap.method = 99;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_overlap_report(&overlap, "A", "B", &options, &output, &error));
  free(text.bytes);
}

static void test_refusals(const vesica_regions* regions) {
  vesica_report_options options = {.struct_size = sizeof(options)};
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  struct text text = {NULL, 0, 7};
  vesica_output output = to_callback(&text, NULL), nowhere = {.struct_size = sizeof(nowhere)};
  vesica_error error;
  CHECK_OK(vesica_regions_overlap(regions, 0, 1, &overlap, &error));
  options.format = VESICA_REPORT_SVG;
  CHECK_STATUS(VESICA_IO, vesica_regions_report(regions, &options, &output, &error));
  text.failing = 0;
  CHECK_INVALID(vesica_regions_report(regions, &options, &nowhere, &error));
  CHECK_INVALID(vesica_regions_report(NULL, NULL, &output, &error));
  CHECK_INVALID(vesica_regions_report(regions, NULL, NULL, &error));
  CHECK_INVALID(vesica_overlap_report(NULL, "A", "B", NULL, &output, &error));
  CHECK_INVALID(vesica_overlap_report(&overlap, NULL, "B", NULL, &output, &error));
  CHECK_INVALID(vesica_overlap_report(&overlap, "A", NULL, NULL, &output, &error));
  options.format = 4;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_regions_report(regions, &options, &output, &error));
  options.format = VESICA_REPORT_SVG;
  options.theme = 3;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_regions_report(regions, &options, &output, &error));
  options.theme = VESICA_THEME_DARK;
  options.figure = "recency";
  CHECK_INVALID(vesica_regions_report(regions, &options, &output, &error));
  options.figure = NULL;
  options.reserved = 1;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_regions_report(regions, &options, &output, &error));
  CHECK(text.size == 0);
  free(text.bytes);
}

/* Two circles of a company, and what its name holds. */
static vesica_study_answer* make_answer(vesica_context* context, const vesica_profile* profile) {
  static const char* const kReached[] = {"anna@x.com", "ben@x.com", "cleo@y.com"};
  static const char* const kContacted[] = {"cleo@y.com", "dora@y.com"};
  static const vesica_setting kSketched = {"sketch_bytes", "4096"};
  vesica_study_options options = {.struct_size = sizeof(options), .setting_count = 1};
  vesica_circle reached = {.struct_size = sizeof(reached), .company = "<b>Acme", .circle = "brand"};
  vesica_circle contacted = {.struct_size = sizeof(contacted), .company = "<b>Acme", .circle = "sales"};
  vesica_audience *a = audience_of(context, profile, kReached, 3), *b = audience_of(context, profile, kContacted, 2);
  vesica_study* study = NULL;
  vesica_study_answer* answer = NULL;
  vesica_error error;
  options.settings = &kSketched;
  CHECK_OK(vesica_study_create(context, profile, &options, &study, &error));
  CHECK_OK(vesica_study_add_audience(study, &reached, a, &error));
  CHECK_OK(vesica_study_add_audience(study, &contacted, b, &error));
  CHECK_OK(vesica_study_run(study, NULL, 0, &answer, &error));
  vesica_study_free(study);
  vesica_audience_free(a);
  vesica_audience_free(b);
  return answer;
}

static void test_study_report(vesica_context* context, const vesica_profile* profile) {
  vesica_study_answer* answer = make_answer(context, profile);
  vesica_report_options options = {.struct_size = sizeof(options)};
  struct text page = {NULL, 0, 0}, picture = {NULL, 0, 0};
  vesica_output output = to_callback(&page, NULL);
  vesica_table* figures = NULL;
  vesica_table_info info = {.struct_size = sizeof(info)};
  vesica_error error;
  CHECK_OK(vesica_study_answer_report(answer, NULL, &output, &error));
  CHECK(strncmp(page.bytes, "<!DOCTYPE html>", 15) == 0 && strstr(page.bytes, "id=\"figure-circles\"") != NULL);
  CHECK(strstr(page.bytes, "&lt;b&gt;Acme") != NULL && strstr(page.bytes, "<b>") == NULL);
  CHECK(strstr(page.bytes, "@x.com") == NULL);
  output = to_callback(&picture, NULL);
  options.format = VESICA_REPORT_SVG;
  options.company = "<b>Acme";
  options.figure = "circles";
  CHECK_OK(vesica_study_answer_report(answer, &options, &output, &error));
  CHECK(strncmp(picture.bytes, "<svg ", 5) == 0);
  options.company = "Other";
  CHECK_INVALID(vesica_study_answer_report(answer, &options, &output, &error));
  options.company = NULL;
  options.figure = "no such";
  CHECK_INVALID(vesica_study_answer_report(answer, &options, &output, &error));
  options.format = VESICA_REPORT_LAYOUT;
  options.figure = NULL;
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_study_answer_report(answer, &options, &output, &error));
  CHECK_INVALID(vesica_study_answer_report(NULL, NULL, &output, &error));
  CHECK_INVALID(vesica_study_answer_report(answer, NULL, NULL, &error));
  CHECK_OK(vesica_report_figures(&figures, &error));
  CHECK_OK(vesica_table_describe(figures, &info, &error));
  CHECK(info.rows > 10 && strcmp(info.name, "figures") == 0);
  vesica_table_free(figures);
  vesica_study_answer_free(answer);
  free(page.bytes);
  free(picture.bytes);
}

void test_report(void) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  vesica_regions* regions = make_regions(context, profile);
  test_ways_out(regions);
  test_overlap(regions);
  test_refusals(regions);
  test_study_report(context, profile);
  vesica_regions_free(regions);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
