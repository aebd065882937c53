/* Vesica in a C program: two lists in, one overlap out.
 *
 *   cc -std=c99 embed.c $(pkg-config --cflags --libs vesica) && ./a.out */
#include <stdio.h>
#include <vesica.h>

int main(void) {
  const vesica_span marketing[] = {{"ann@example.com", 15}, {"bo@example.com", 14}, {"bo@example.com", 14}};
  const vesica_span sales[] = {{" Ann@Example.com ", 17}, {"cy@example.com", 14}};
  const vesica_column columns[] = {
      {.struct_size = sizeof(vesica_column), .layout = VESICA_LAYOUT_SPANS, .length = 3, .data = marketing},
      {.struct_size = sizeof(vesica_column), .layout = VESICA_LAYOUT_SPANS, .length = 2, .data = sales}};
  const vesica_source sets[] = {
      {.struct_size = sizeof(vesica_source), .name = "marketing", .columns = &columns[0], .column_count = 1},
      {.struct_size = sizeof(vesica_source), .name = "sales", .columns = &columns[1], .column_count = 1}};

  vesica_error error = {.struct_size = sizeof(error)};
  vesica_overlap overlap = {.struct_size = sizeof(overlap)};
  vesica_context* context = NULL;
  vesica_profile* profile = NULL;
  vesica_regions* regions = NULL;
  vesica_status status = vesica_context_create(NULL, &context, &error);
  if (status == VESICA_OK) status = vesica_profile_open("email/1", NULL, &profile, &error);
  if (status == VESICA_OK) status = vesica_regions_of_sources(context, profile, sets, 2, NULL, &regions, &error);
  if (status == VESICA_OK) status = vesica_regions_overlap(regions, 0, 1, &overlap, &error);
  if (status == VESICA_OK) {
    printf("%.0f of %.0f and %.0f: %.0f %% of the smaller\n", overlap.intersection.value, overlap.a.value,
           overlap.b.value, 100 * overlap.overlap_coefficient.value);
  } else {
    fprintf(stderr, "%s: %s\n", vesica_status_text(status), error.message);
  }
  vesica_regions_free(regions);
  vesica_profile_free(profile);
  vesica_context_free(context);
  return status == VESICA_OK && overlap.intersection.value == 1 ? 0 : 1;
}
