/* Arrow arrays and streams, built by hand as a foreign producer would. */
#include "check.h"

static int releases = 0;

static void release_schema(struct ArrowSchema* schema) {
  ++releases;
  schema->release = NULL;
}

static void release_array(struct ArrowArray* array) {
  ++releases;
  array->release = NULL;
}

static struct ArrowSchema utf8_schema(const char* name) {
  struct ArrowSchema schema = {.format = "u", .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
  return schema;
}

/* Rows "a", null, "b", "a". */
static struct ArrowArray utf8_array(void) {
  static const uint8_t kValidity[] = {0x0d};
  static const int32_t kOffsets[] = {0, 1, 1, 2, 3};
  static const void* buffers[3] = {kValidity, kOffsets, "aba"};
  struct ArrowArray array = {
      .length = 4, .null_count = 1, .n_buffers = 3, .buffers = buffers, .release = release_array};
  return array;
}

static vesica_quality quality_of(const vesica_source* source, vesica_status expected) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("raw/1");
  vesica_regions* regions = NULL;
  vesica_quality quality = {.struct_size = sizeof(quality)};
  vesica_error error;
  CHECK_STATUS(expected, vesica_regions_of_sources(context, profile, source, 1, NULL, &regions, &error));
  if (regions != NULL) CHECK_OK(vesica_regions_quality(regions, 0, &quality, &error));
  vesica_regions_free(regions);
  vesica_profile_free(profile);
  vesica_context_free(context);
  return quality;
}

static void test_array(void) {
  struct ArrowSchema schema = utf8_schema("");
  struct ArrowArray array = utf8_array();
  vesica_column column = {.struct_size = sizeof(column)};
  vesica_source source = source_of(NULL, &column);
  vesica_quality quality;
  column.layout = VESICA_LAYOUT_ARROW;
  column.array = &array;
  column.schema = &schema;
  quality = quality_of(&source, VESICA_OK);
  CHECK(quality.rows == 4 && quality.blank == 1 && quality.count == 2 && quality.duplicate == 1);
  array.offset = 2;
  array.length = 2;
  quality = quality_of(&source, VESICA_OK);
  CHECK(quality.rows == 2 && quality.count == 2);
  array.length = -1;
  quality_of(&source, VESICA_CORRUPT);
  array.length = 2;
  schema.format = "g";
  quality_of(&source, VESICA_UNSUPPORTED);
  column.array = NULL;
  quality_of(&source, VESICA_INVALID_ARGUMENT);
  column.array = &array;
  CHECK(releases == 0); /* only read */
  array.release(&array);
  quality_of(&source, VESICA_INVALID_ARGUMENT);
}

/* A stream of two arrays; with `records`, of record batches whose field "key" they are. */
struct feed {
  int records;
  int given;
  int fail_at;
  struct ArrowSchema child_schema;
  struct ArrowSchema* child_schemas[1];
  struct ArrowArray child;
  struct ArrowArray* children[1];
};

static int feed_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  struct feed* feed = stream->private_data;
  *out = utf8_schema("key");
  if (feed->records) {
    feed->child_schema = utf8_schema("key");
    feed->child_schemas[0] = &feed->child_schema;
    *out = (struct ArrowSchema){
        .format = "+s", .n_children = 1, .children = feed->child_schemas, .release = release_schema};
  }
  return 0;
}

static int feed_array(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  static const void* no_buffers[1] = {NULL};
  struct feed* feed = stream->private_data;
  memset(out, 0, sizeof(*out));
  if (feed->given == feed->fail_at) return 5;
  if (feed->given == 2) return 0;
  ++feed->given;
  *out = utf8_array();
  if (feed->records) {
    feed->child = *out;
    feed->children[0] = &feed->child;
    *out = (struct ArrowArray){.length = 4,
                               .n_buffers = 1,
                               .buffers = no_buffers,
                               .n_children = 1,
                               .children = feed->children,
                               .release = release_array};
  }
  return 0;
}

static const char* feed_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return NULL;
}

static void release_stream(struct ArrowArrayStream* stream) {
  ++releases;
  stream->release = NULL;
}

static struct ArrowArrayStream stream_of(struct feed* feed) {
  struct ArrowArrayStream stream = {feed_schema, feed_array, feed_error, release_stream, feed};
  feed->given = 0;
  releases = 0;
  return stream;
}

static void test_stream(void) {
  struct feed feed = {.fail_at = -1};
  struct ArrowArrayStream stream = stream_of(&feed);
  vesica_source source = {.struct_size = sizeof(source)};
  vesica_quality quality;
  source.stream = &stream;
  quality = quality_of(&source, VESICA_OK);
  CHECK(quality.rows == 8 && quality.blank == 2 && quality.count == 2);
  CHECK(releases == 3 && stream.release != NULL); /* two arrays and the schema; the stream is the caller's */

  stream = stream_of(&feed);
  source.stream_column = "key";
  quality_of(&source, VESICA_INVALID_ARGUMENT);
  feed.records = 1;
  stream = stream_of(&feed);
  CHECK(quality_of(&source, VESICA_OK).rows == 8);
  source.stream_column = "other";
  stream = stream_of(&feed);
  quality_of(&source, VESICA_INVALID_ARGUMENT);
  source.stream_column = NULL;
  stream = stream_of(&feed);
  quality_of(&source, VESICA_INVALID_ARGUMENT);

  feed.records = 0;
  feed.fail_at = 1;
  stream = stream_of(&feed);
  quality_of(&source, VESICA_IO);
  source.stream_encoding = 9;
  stream = stream_of(&feed);
  quality_of(&source, VESICA_UNSUPPORTED);
  source.stream_encoding = 0;
  stream.release = NULL;
  quality_of(&source, VESICA_INVALID_ARGUMENT);
}

void test_arrow(void) {
  test_array();
  test_stream();
}
