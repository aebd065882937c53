/* Profiles: the list, opening, stamps, canonical bytes. */
#include "check.h"

static const char kSecret[] = "0123456789abcdef0123456789abcdef";

static void test_list(void) {
  const uint32_t count = vesica_profile_count();
  vesica_profile_info info = {.struct_size = sizeof(info)};
  vesica_error error;
  int found_email = 0;
  CHECK(count >= 3);
  for (uint32_t i = 0; i < count; ++i) {
    CHECK_OK(vesica_profile_list(i, &info, &error));
    CHECK(strchr(info.name, '/') != NULL && info.summary[0] != '\0' && info.source[0] != '\0');
    CHECK((info.flags & ~(VESICA_PROFILE_NEEDS_COUNTRY | VESICA_PROFILE_DIGEST)) == 0);
    found_email |= strcmp(info.name, "email/1") == 0;
  }
  CHECK(found_email);
  CHECK_INVALID(vesica_profile_list(count, &info, &error));
  CHECK_INVALID(vesica_profile_list(UINT32_MAX, &info, &error));
  CHECK_INVALID(vesica_profile_list(0, NULL, &error));
}

static vesica_status open_with(const char* name, uint32_t bits, const void* secret, uint64_t secret_size,
                               const char* country, vesica_error* error) {
  vesica_profile_options options = {.struct_size = sizeof(options)};
  vesica_profile* profile = STALE(vesica_profile);
  vesica_status status;
  options.hash_bits = bits;
  options.secret = secret;
  options.secret_size = secret_size;
  options.country = country;
  status = vesica_profile_open(name, &options, &profile, error);
  CHECK((status == VESICA_OK) == (profile != NULL));
  vesica_profile_free(profile);
  return status;
}

static void test_open(void) {
  vesica_profile* profile = STALE(vesica_profile);
  vesica_error error;
  CHECK_OK(open_with("raw/1", 0, NULL, 0, NULL, &error));
  CHECK_OK(open_with("raw/1", 64, NULL, 0, NULL, &error));
  CHECK_OK(open_with("raw/1", 128, NULL, 0, "", &error));
  CHECK_OK(open_with("raw/1", 128, kSecret, 16, NULL, &error));
  CHECK_OK(open_with("phone-digits/1", 0, NULL, 0, "EE", &error));
  CHECK_INVALID(open_with("raw/1", 65, NULL, 0, NULL, &error));
  CHECK_INVALID(open_with("raw/1", 64, kSecret, 15, NULL, &error));
  CHECK_INVALID(open_with("raw/1", 64, kSecret, 0, NULL, &error));
  CHECK_INVALID(open_with("raw/1", 64, NULL, 16, NULL, &error));
  CHECK_INVALID(open_with("raw/1", 64, kSecret, UINT64_MAX, NULL, &error));
  CHECK_INVALID(open_with("raw/1", 64, NULL, 0, "EE", &error));
  CHECK_INVALID(open_with("phone-digits/1", 64, NULL, 0, NULL, &error));
  CHECK_INVALID(open_with("phone-digits/1", 64, NULL, 0, "E", &error));
  CHECK_INVALID(open_with("raw", 64, NULL, 0, NULL, &error));
  CHECK_INVALID(open_with("", 64, NULL, 0, NULL, &error));
  CHECK_INVALID(open_with(NULL, 64, NULL, 0, NULL, &error));
  CHECK_INVALID(vesica_profile_open("raw/2", NULL, &profile, &error));
  CHECK(profile == NULL);
  CHECK_INVALID(vesica_profile_open("raw/1", NULL, NULL, &error));
  vesica_profile_free(NULL);
}

static void test_stamp(void) {
  vesica_profile* profile = make_profile("raw/1");
  char text[128];
  char tight[128];
  size_t length = 0;
  vesica_error error;
  CHECK_OK(vesica_profile_stamp(profile, NULL, 0, &length, &error));
  CHECK(length > 0 && length < sizeof(text));
  CHECK_OK(vesica_profile_stamp(profile, text, sizeof(text), &length, &error));
  CHECK(strlen(text) == length && strncmp(text, "raw/1 ", 6) == 0 && strstr(text, "xxh3-64") != NULL);
  CHECK_OK(vesica_profile_stamp(profile, tight, length + 1, &length, &error));
  CHECK(strcmp(text, tight) == 0);
  memset(tight, 0x5a, sizeof(tight));
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_profile_stamp(profile, tight, length, &length, &error));
  CHECK(length == strlen(text) && tight[0] == 0x5a);
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL, vesica_profile_stamp(profile, tight, 0, &length, &error));
  CHECK_INVALID(vesica_profile_stamp(profile, NULL, 1, &length, &error));
  CHECK_INVALID(vesica_profile_stamp(profile, text, sizeof(text), NULL, &error));
  CHECK_INVALID(vesica_profile_stamp(NULL, text, sizeof(text), &length, &error));
  vesica_profile_free(profile);
}

static void test_canonicalize(void) {
  vesica_profile* profile = make_profile("email/1");
  char bytes[64];
  size_t length = 77;
  uint32_t reason = 55;
  vesica_error error;
  memset(bytes, 0x5a, sizeof(bytes));
  CHECK_OK(vesica_profile_canonicalize(profile, " Anna@Example.COM ", 18, VESICA_ENCODING_PLAIN, bytes, 16, &length,
                                       &reason, &error));
  CHECK(length == 16 && memcmp(bytes, "anna@example.com\x5a", 17) == 0 && reason == 55);
  CHECK_OK(vesica_profile_canonicalize(profile, "a@b.co", 6, 0, NULL, 0, &length, NULL, &error));
  CHECK(length == 6);
  CHECK_STATUS(VESICA_BUFFER_TOO_SMALL,
               vesica_profile_canonicalize(profile, "a@b.co", 6, 0, bytes, 5, &length, NULL, &error));
  CHECK(length == 6);
  length = 77;
  CHECK_STATUS(VESICA_INVALID_KEY,
               vesica_profile_canonicalize(profile, "annaexample", 11, 0, bytes, 64, &length, &reason, &error));
  CHECK(reason == VESICA_REASON_NO_AT && length == 77 && strstr(error.message, "anna") == NULL);
  CHECK_STATUS(VESICA_INVALID_KEY,
               vesica_profile_canonicalize(profile, NULL, 0, 0, bytes, 64, &length, &reason, &error));
  CHECK(reason == VESICA_REASON_BLANK);
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_profile_canonicalize(profile, "a", 1, 9, bytes, 64, &length, NULL, &error));
  CHECK_INVALID(vesica_profile_canonicalize(profile, NULL, 1, 0, bytes, 64, &length, NULL, &error));
  CHECK_INVALID(vesica_profile_canonicalize(NULL, "a", 1, 0, bytes, 64, &length, NULL, &error));
  CHECK_INVALID(vesica_profile_canonicalize(profile, "a", 1, 0, bytes, 64, NULL, NULL, &error));
  vesica_profile_free(profile);
}

void test_profile(void) {
  test_list();
  test_open();
  test_stamp();
  test_canonicalize();
}
