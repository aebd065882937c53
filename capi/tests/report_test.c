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
  static const uint32_t kFormats[] = {VESICA_REPORT_SVG, VESICA_REPORT_LAYOUT};
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

void test_report(void) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  vesica_regions* regions = make_regions(context, profile);
  test_ways_out(regions);
  test_overlap(regions);
  test_refusals(regions);
  vesica_regions_free(regions);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
