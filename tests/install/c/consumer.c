/* The C library from an installed tree: two lists in, one overlap out. */
#include <stdio.h>
#include <vesica.h>

static int fail(const vesica_error* error) {
  fprintf(stderr, "%s: %s\n", vesica_status_text(error->status), error->message);
  return 1;
}

int main(void) {
  const vesica_span marketing[] = {{"ann@example.com", 15}, {"bo@example.com", 14}};
  const vesica_span sales[] = {{" Ann@Example.com ", 17}, {"cy@example.com", 14}};
  vesica_error error = {.struct_size = sizeof(error)};
  vesica_profile* profile = NULL;
  vesica_context* context = NULL;
  vesica_regions* regions = NULL;
  vesica_column columns[2] = {{.struct_size = sizeof(vesica_column)}, {.struct_size = sizeof(vesica_column)}};
  vesica_source sources[2] = {{.struct_size = sizeof(vesica_source)}, {.struct_size = sizeof(vesica_source)}};
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  int i;

  columns[0].data = marketing;
  columns[1].data = sales;
  for (i = 0; i < 2; ++i) {
    columns[i].layout = VESICA_LAYOUT_SPANS;
    columns[i].length = 2;
    sources[i].columns = &columns[i];
    sources[i].column_count = 1;
  }
  if (vesica_profile_open("email/1", NULL, &profile, &error) != VESICA_OK ||
      vesica_context_create(NULL, &context, &error) != VESICA_OK ||
      vesica_regions_of_sources(context, profile, sources, 2, NULL, &regions, &error) != VESICA_OK ||
      vesica_regions_overlap(regions, 0, 1, &overlap, &error) != VESICA_OK) {
    return fail(&error);
  }
  printf("%.0f of %.0f and %.0f\n", overlap.intersection.value, overlap.a.value, overlap.b.value);
  vesica_regions_free(regions);
  vesica_context_free(context);
  vesica_profile_free(profile);
  return overlap.intersection.value == 1 ? 0 : 1;
}
