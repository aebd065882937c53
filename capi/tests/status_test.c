/* Version, constant texts, and the error struct. */
#include "check.h"

static void test_texts(void) {
  static const vesica_status kCodes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99};
  char version[32];
  (void)snprintf(version, sizeof(version), "%d.%d.%d", VESICA_VERSION_MAJOR, VESICA_VERSION_MINOR,
                 VESICA_VERSION_PATCH);
  CHECK(strcmp(vesica_version(), version) == 0);
  for (size_t i = 0; i < sizeof(kCodes) / sizeof(kCodes[0]); ++i) {
    CHECK(strcmp(vesica_status_text(kCodes[i]), "unknown status") != 0);
    for (size_t j = 0; j < i; ++j) {
      CHECK(strcmp(vesica_status_text(kCodes[i]), vesica_status_text(kCodes[j])) != 0);
    }
  }
  CHECK(strcmp(vesica_status_text(12), "unknown status") == 0);
  CHECK(strcmp(vesica_status_text(-1), "unknown status") == 0);
  for (uint32_t reason = VESICA_REASON_NONE; reason <= VESICA_REASON_NAME; ++reason) {
    CHECK(strcmp(vesica_reason_text(reason), "unknown reason") != 0 && vesica_reason_text(reason)[0] != '\0');
  }
  CHECK(strcmp(vesica_reason_text(VESICA_REASON_NAME + 1), "unknown reason") == 0);
  CHECK(strcmp(vesica_reason_text(UINT32_MAX), "unknown reason") == 0);
  CHECK(strcmp(vesica_method_text(VESICA_METHOD_EXACT_64), "exact-64") == 0);
  CHECK(strcmp(vesica_method_text(VESICA_METHOD_EXACT_128), "exact-128") == 0);
  CHECK(strcmp(vesica_method_text(VESICA_METHOD_EXACT_BYTES), "exact-bytes") == 0);
  CHECK(strcmp(vesica_method_text(0), "unknown") == 0);
  CHECK(strcmp(vesica_method_text(VESICA_METHOD_HYPERLOGLOG + 1), "unknown") == 0);
}

static void test_error(void) {
  vesica_error error = fresh_error();
  vesica_context* context = NULL;
  CHECK(vesica_context_create(NULL, NULL, &error) == VESICA_INVALID_ARGUMENT);
  CHECK(strcmp(error.message, "out must not be NULL") == 0);
  CHECK(error.status == VESICA_INVALID_ARGUMENT && error.row == VESICA_NO_ROW && error.index == VESICA_NO_INDEX);
  CHECK(error.field == VESICA_FIELD_NONE && error.needed_bytes == 0);
  CHECK(vesica_context_create(NULL, NULL, NULL) == VESICA_INVALID_ARGUMENT);

  /* Success does not touch it; too small a one is not filled. */
  memset(&error, 0x5a, sizeof(error));
  CHECK(vesica_context_create(NULL, &context, &error) == VESICA_OK);
  CHECK(error.message[0] == 0x5a);
  vesica_context_free(context);
  error.struct_size = VESICA_ERROR_V1_SIZE - 1;
  CHECK(vesica_context_create(NULL, NULL, &error) == VESICA_INVALID_ARGUMENT);
  CHECK(error.message[0] == 0x5a);
}

void test_status(void) {
  test_texts();
  test_error();
}
