/* Studies of audiences: the circles that two lists and their segments give, with intervals. */
#include <stdlib.h>

#include "check.h"

static vesica_circle circle_of(const char* company, const char* circle) {
  vesica_circle made = {.struct_size = sizeof(made)};
  made.company = company;
  made.circle = circle;
  return made;
}

static vesica_study* make_sketch_study(vesica_context* context, const vesica_profile* profile, const char* bytes) {
  const vesica_setting settings[] = {{"by", "region"}, {"sketch_bytes", bytes}};
  vesica_study_options options = {.struct_size = sizeof(options), .setting_count = 2};
  vesica_study* study = NULL;
  vesica_error error;
  options.settings = settings;
  CHECK_OK(vesica_study_create(context, profile, &options, &study, &error));
  return study;
}

static void test_tables(vesica_context* context, const vesica_profile* profile) {
  static const char* const kReached[] = {"a@x.com", "b@x.com", "c@x.com"};
  static const char* const kContacted[] = {"c@x.com", "d@x.com"};
  static const vesica_setting kEurope = {"region", "EU"};
  static const char* const kWanted[] = {"circles", "segments"};
  vesica_study* study = make_sketch_study(context, profile, "4096");
  vesica_audience* reached = audience_of(context, profile, kReached, 3);
  vesica_audience* contacted = audience_of(context, profile, kContacted, 2);
  vesica_circle brand = circle_of("Acme", "brand"), sales = circle_of("Acme", "sales");
  vesica_study_answer* answer = NULL;
  size_t length = 0;
  char* text;
  vesica_error error;
  sales.values = &kEurope;
  sales.value_count = 1;
  CHECK_OK(vesica_study_add_audience(study, &brand, reached, &error));
  CHECK_OK(vesica_study_add_audience(study, &sales, contacted, &error));
  vesica_audience_free(reached); /* The study keeps what it needs. */
  vesica_audience_free(contacted);
  CHECK_OK(vesica_study_run(study, kWanted, 2, &answer, &error));
  CHECK_OK(vesica_study_answer_json(answer, NULL, 0, &length, &error));
  text = malloc(length + 1);
  CHECK_OK(vesica_study_answer_json(answer, text, length + 1, &length, &error));
  CHECK(strstr(text,
               "{\"company\":\"Acme\",\"a\":\"marketing\",\"b\":\"sales\",\"n_a\":3,\"n_a_lower\":3,"
               "\"n_a_upper\":3,\"n_b\":2,") != NULL);
  CHECK(strstr(text, "\"share_of_b\":0.5,\"share_of_b_lower\":0.5,\"share_of_b_upper\":0.5,") != NULL);
  CHECK(strstr(text, "\"dimension\":\"region\",\"value\":\"EU\"") != NULL);
  CHECK(strstr(text, "\"method\":\"exact-64\"") != NULL);
  CHECK(strstr(text, "@") == NULL);
  free(text);
  vesica_study_answer_free(answer);
  vesica_study_free(study);
}

static void test_refusals(vesica_context* context, const vesica_profile* profile) {
  static const char* const kKeys[] = {"a@x.com"};
  static const char* const kRecency = "recency";
  static const vesica_setting kUnnamed = {NULL, "EU"};
  vesica_study* study = NULL;
  vesica_study_answer* answer = NULL;
  vesica_audience* audience = audience_of(context, profile, kKeys, 1);
  vesica_circle circle = circle_of(NULL, "sales");
  vesica_error error;
  CHECK_OK(vesica_study_create(context, profile, NULL, &study, &error));
  CHECK_INVALID(vesica_study_add_audience(study, &circle, audience, &error)); /* a study of events */
  vesica_study_free(study);

  study = make_sketch_study(context, profile, "4096");
  CHECK_INVALID(vesica_study_add_audience(NULL, &circle, audience, &error));
  CHECK_INVALID(vesica_study_add_audience(study, NULL, audience, &error));
  CHECK_INVALID(vesica_study_add_audience(study, &circle, NULL, &error));
  circle.circle = NULL;
  CHECK_INVALID(vesica_study_add_audience(study, &circle, audience, &error));
  circle.circle = "sales";
  circle.value_count = 1;
  CHECK_INVALID(vesica_study_add_audience(study, &circle, audience, &error));
  circle.values = &kUnnamed;
  CHECK_INVALID(vesica_study_add_audience(study, &circle, audience, &error));
  circle.value_count = 0;
  CHECK_OK(vesica_study_add_audience(study, &circle, audience, &error)); /* what could not be read changed nothing */
  CHECK_STATUS(VESICA_UNSUPPORTED, vesica_study_run(study, &kRecency, 1, &answer, &error));
  circle.circle = "finance";
  CHECK_INVALID(vesica_study_add_audience(study, &circle, audience, &error));
  circle.circle = "sales";
  CHECK_INVALID(vesica_study_add_audience(study, &circle, audience, &error)); /* it can only be freed */
  vesica_study_free(study);
  vesica_audience_free(audience);
}

void test_sketch_study(void) {
  vesica_context* context = make_context();
  vesica_profile* profile = make_profile("email/1");
  test_tables(context, profile);
  test_refusals(context, profile);
  vesica_profile_free(profile);
  vesica_context_free(context);
}
