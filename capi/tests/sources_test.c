/* Columns of every layout, chunks, and callbacks. */
#include "check.h"

/* Distinct keys of one set under the profile; -1 on failure, with `*error` filled. */
static double count_source(const char* profile_name, const vesica_source* source, vesica_status expected) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile(profile_name);
  vesica_regions* regions = STALE(vesica_regions);
  vesica_estimate count = {-1, -1, -1};
  vesica_error error;
  CHECK_STATUS(expected, vesica_regions_of_sources(context, profile, source, 1, NULL, &regions, &error));
  CHECK((regions != NULL) == (expected == VESICA_OK));
  if (expected != VESICA_OK) CHECK(error.index == 0);
  if (regions != NULL) CHECK_OK(vesica_regions_region(regions, 1, &count, &error));
  vesica_regions_free(regions);
  vesica_profile_free(profile);
  vesica_context_free(context);
  return count.value;
}

static double count_column(const char* profile_name, const vesica_column* column, vesica_status expected) {
  const vesica_source source = source_of(NULL, column);
  return count_source(profile_name, &source, expected);
}

static void test_layouts(void) {
  static const int32_t kOffsets32[] = {0, 1, 2, 2, 3};
  static const int64_t kOffsets64[] = {0, 1, 2, 2, 3};
  static const int32_t kBackwards[] = {0, 2, 1, 2, 3};
  static const uint8_t kValidity[] = {0x1a}; /* bits 1, 3, 4: from bit 1 on, rows 0, 2, 3 */
  static const int64_t kIntegers[] = {-1, 7, 7};
  static const uint8_t kDigests[64] = {1};
  vesica_column column = {.struct_size = sizeof(column)};
  column.layout = VESICA_LAYOUT_OFFSETS32;
  column.length = 4;
  column.data = "aba";
  column.offsets = kOffsets32;
  CHECK(count_column("raw/1", &column, VESICA_OK) == 2);
  column.validity = kValidity;
  column.validity_offset = 1;
  CHECK(count_column("raw/1", &column, VESICA_OK) == 1);
  column.validity = NULL;
  column.offsets = kBackwards;
  CHECK(count_column("raw/1", &column, VESICA_CORRUPT) == -1);
  column.offsets = NULL;
  count_column("raw/1", &column, VESICA_INVALID_ARGUMENT);
  column.layout = VESICA_LAYOUT_OFFSETS64;
  column.offsets = kOffsets64;
  CHECK(count_column("raw/1", &column, VESICA_OK) == 2);
  column.data = NULL;
  count_column("raw/1", &column, VESICA_INVALID_ARGUMENT);

  column.layout = VESICA_LAYOUT_INT64;
  column.data = kIntegers;
  column.length = 3;
  CHECK(count_column("int64/1", &column, VESICA_OK) == 2);
  count_column("email/1", &column, VESICA_INVALID_ARGUMENT);
  column.length = UINT64_MAX;
  count_column("int64/1", &column, VESICA_INVALID_ARGUMENT);
  column.layout = VESICA_LAYOUT_DIGEST32;
  column.data = kDigests;
  column.length = 2;
  CHECK(count_column("sha256/1", &column, VESICA_OK) == 2);
  column.layout = 77;
  count_column("raw/1", &column, VESICA_UNSUPPORTED);
  column.layout = VESICA_LAYOUT_DIGEST32;
  column.encoding = 77;
  count_column("sha256/1", &column, VESICA_UNSUPPORTED);
  column.encoding = VESICA_ENCODING_PLAIN;
  column.reserved = 1;
  count_column("sha256/1", &column, VESICA_UNSUPPORTED);
}

static void test_encodings(void) {
  static const char* const kHex[] = {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                     "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"};
  static const char* const kBase64[] = {"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="};
  const vesica_column chunks[1] = {column_of(kHex, 2)};
  vesica_column column = chunks[0];
  column.encoding = VESICA_ENCODING_HEX;
  CHECK(count_column("sha256/1", &column, VESICA_OK) == 1);
  count_column("email/1", &column, VESICA_INVALID_ARGUMENT);
  column = column_of(kBase64, 1);
  column.encoding = VESICA_ENCODING_BASE64;
  CHECK(count_column("sha256/1", &column, VESICA_OK) == 1);
}

static void test_chunks(void) {
  static const char* const kFirst[] = {"a@x.com", "bad"};
  static const char* const kSecond[] = {"bad", "a@x.com", "b@x.com"};
  static const char* const kThird[] = {"bad"};
  vesica_column chunks[3];
  vesica_source source = {.struct_size = sizeof(source)};
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  vesica_regions* regions = NULL;
  vesica_invalid invalid = {.struct_size = sizeof(invalid)};
  vesica_error error;
  chunks[0] = column_of(kFirst, 2);
  chunks[1] = column_of(kSecond, 3);
  chunks[2] = column_of(kThird, 1);
  chunks[2].first_row = 100;
  source.columns = chunks;
  source.column_count = 3;
  CHECK_OK(vesica_regions_of_sources(context, profile, &source, 1, NULL, &regions, &error));
  CHECK_OK(vesica_regions_invalid(regions, 0, 0, &invalid, &error));
  CHECK(invalid.rows == 3 && invalid.first_rows[0] == 1 && invalid.first_rows[1] == 2 && invalid.first_rows[2] == 100);
  vesica_regions_free(regions);
  source.columns = NULL;
  CHECK_INVALID(vesica_regions_of_sources(context, profile, &source, 1, NULL, &regions, &error));
  CHECK(regions == NULL);
  chunks[1].struct_size = 8;
  source.columns = chunks;
  CHECK_INVALID(vesica_regions_of_sources(context, profile, &source, 1, NULL, &regions, &error));
  vesica_profile_free(profile);
  vesica_context_free(context);
}

/* A callback's set: shard s has 3 batches of 2 integers each, 2 distinct in all of a shard. */
struct feed {
  int64_t keys[4][2];
  int fail_at; /* batch that fails; -1: none */
  int bad_struct;
};

static int32_t feed_next(void* user, uint64_t shard, uint64_t batch, vesica_column* out) {
  static const uint8_t kZeros[VESICA_COLUMN_ROOM - sizeof(uint32_t)] = {0};
  struct feed* feed = user;
  vesica_column column = {.struct_size = sizeof(column)};
  CHECK(out->struct_size == sizeof(vesica_column));
  CHECK(memcmp((const char*)out + sizeof(uint32_t), kZeros, sizeof(kZeros)) == 0);
  if ((int)batch == feed->fail_at) return -5;
  if (batch == 3) return 0;
  feed->keys[shard][0] = (int64_t)shard * 2;
  feed->keys[shard][1] = (int64_t)shard * 2 + 1;
  column.layout = VESICA_LAYOUT_INT64;
  column.length = 2;
  column.data = feed->keys[shard];
  *out = column;
  if (feed->bad_struct) out->struct_size = VESICA_COLUMN_ROOM + 1;
  return 1;
}

static void test_callback(void) {
  struct feed feed = {.fail_at = -1};
  vesica_source source = {.struct_size = sizeof(source)};
  source.next = feed_next;
  source.next_user = &feed;
  source.shards = 4;
  CHECK(count_source("int64/1", &source, VESICA_OK) == 8);
  source.flags = VESICA_SOURCE_READ_ONCE;
  source.row_limit = 24;
  CHECK(count_source("int64/1", &source, VESICA_OK) == 8);
  feed.fail_at = 2;
  count_source("int64/1", &source, VESICA_IO);
  feed.fail_at = -1;
  feed.bad_struct = 1;
  count_source("int64/1", &source, VESICA_INVALID_ARGUMENT);
  feed.bad_struct = 0;
  source.shards = 0;
  count_source("int64/1", &source, VESICA_INVALID_ARGUMENT);
  source.shards = 4;
  source.flags = 0x80;
  count_source("int64/1", &source, VESICA_UNSUPPORTED);
  source.flags = 0;
  source.reserved = 1;
  count_source("int64/1", &source, VESICA_UNSUPPORTED);
  source.reserved = 0;
  source.columns = (const vesica_column*)(const void*)&source;
  count_source("int64/1", &source, VESICA_INVALID_ARGUMENT);
}

void test_sources(void) {
  test_layouts();
  test_encodings();
  test_chunks();
  test_callback();
}
