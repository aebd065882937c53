// Whatever is thrown inside, every function of the C interface returns a status, fills the error and leaves no handle.
//
// The sources are built here with VESICA_TEST_THROW, which puts a call of vesica_test_throw() into the guard. A
// function that the header declares and the table below lacks fails the test, and so does one that escapes the guard.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <new>
#include <set>
#include <stdexcept>
#include <string>

#include "vesica.h"

namespace {

enum class Thrown { kNothing, kBadAlloc, kLogicError, kInt };
Thrown what_to_throw = Thrown::kNothing;

}  // namespace

extern "C" void vesica_test_throw() {
  switch (what_to_throw) {
    case Thrown::kNothing:
      return;
    case Thrown::kBadAlloc:
      throw std::bad_alloc();
    case Thrown::kLogicError:
      throw std::logic_error("holds a key: anna@example.com");
    case Thrown::kInt:
      throw 42;
  }
}

namespace {

// A handle that is never used: what is thrown comes first.
template <class T>
T* Stale() {
  static char memory[64];
  return reinterpret_cast<T*>(memory);
}

// A call that makes a handle: the handle must be NULL afterwards.
template <class T, class Function, class... Arguments>
vesica_status Make(vesica_error* error, Function function, Arguments... arguments) {
  T* out = Stale<T>();
  const vesica_status status = function(arguments..., &out, error);
  EXPECT_EQ(out, nullptr);
  return status;
}

using Call = std::function<vesica_status(vesica_error*)>;

// Every function that returns a status, called with arguments that are all there.
std::map<std::string, Call> Calls() {
  static vesica_memory memory{};
  static vesica_profile_info info{};
  static vesica_quality quality{};
  static vesica_invalid invalid{};
  static vesica_answer_info answer{};
  static vesica_overlap overlap{};
  static vesica_estimate estimate{};
  static vesica_column column{};
  static vesica_source source{};
  static vesica_image_info image{};
  static vesica_plan_question question{};
  static vesica_plan_answer plan{};
  static vesica_table_info table_info{};
  static vesica_column_view column_view{};
  static ArrowArrayStream stream{};
  static ArrowSchema schema{};
  static ArrowArray array{};
  static vesica_circle circle{};
  static vesica_output output{};
  static vesica_event_quality event_quality{};
  static vesica_event_problem event_problem{};
  static double half_width;
  static char buffer[8];
  static uint8_t found[1];
  static size_t length;
  static uint32_t reason;
  auto* const context = Stale<vesica_context>();
  auto* const profile = Stale<vesica_profile>();
  auto* const builder = Stale<vesica_builder>();
  auto* const audience = Stale<vesica_audience>();
  auto* const regions = Stale<vesica_regions>();
  auto* const matrix = Stale<vesica_matrix>();
  auto* const table = Stale<vesica_table>();
  auto* const study = Stale<vesica_study>();
  auto* const study_answer = Stale<vesica_study_answer>();
  static const vesica_audience* const audiences[] = {audience, audience};
  using E = vesica_error*;
  return {
      {"vesica_context_create", [=](E e) { return Make<vesica_context>(e, vesica_context_create, nullptr); }},
      {"vesica_context_trim", [=](E e) { return vesica_context_trim(context, e); }},
      {"vesica_context_memory", [=](E e) { return vesica_context_memory(context, &memory, e); }},
      {"vesica_profile_list", [=](E e) { return vesica_profile_list(0, &info, e); }},
      {"vesica_profile_open", [=](E e) { return Make<vesica_profile>(e, vesica_profile_open, "raw/1", nullptr); }},
      {"vesica_profile_stamp", [=](E e) { return vesica_profile_stamp(profile, buffer, 8, &length, e); }},
      {"vesica_profile_canonicalize",
       [=](E e) { return vesica_profile_canonicalize(profile, "a", 1, 0, buffer, 8, &length, &reason, e); }},
      {"vesica_regions_of_sources",
       [=](E e) { return Make<vesica_regions>(e, vesica_regions_of_sources, context, profile, &source, 1u, nullptr); }},
      {"vesica_regions_info", [=](E e) { return vesica_regions_info(regions, &answer, e); }},
      {"vesica_regions_region", [=](E e) { return vesica_regions_region(regions, 1, &estimate, e); }},
      {"vesica_regions_quality", [=](E e) { return vesica_regions_quality(regions, 0, &quality, e); }},
      {"vesica_regions_invalid", [=](E e) { return vesica_regions_invalid(regions, 0, 0, &invalid, e); }},
      {"vesica_regions_overlap", [=](E e) { return vesica_regions_overlap(regions, 0, 1, &overlap, e); }},
      {"vesica_regions_stamp", [=](E e) { return vesica_regions_stamp(regions, buffer, 8, &length, e); }},
      {"vesica_regions_json", [=](E e) { return vesica_regions_json(regions, buffer, 8, &length, e); }},
      {"vesica_builder_create",
       [=](E e) { return Make<vesica_builder>(e, vesica_builder_create, context, profile, nullptr); }},
      {"vesica_builder_add", [=](E e) { return vesica_builder_add(builder, &column, e); }},
      {"vesica_builder_add_source", [=](E e) { return vesica_builder_add_source(builder, &source, e); }},
      {"vesica_builder_merge", [=](E e) { return vesica_builder_merge(builder, audience, e); }},
      {"vesica_builder_build", [=](E e) { return Make<vesica_audience>(e, vesica_builder_build, builder); }},
      {"vesica_audience_count", [=](E e) { return vesica_audience_count(audience, &estimate, e); }},
      {"vesica_audience_quality", [=](E e) { return vesica_audience_quality(audience, &quality, e); }},
      {"vesica_audience_invalid", [=](E e) { return vesica_audience_invalid(audience, 0, &invalid, e); }},
      {"vesica_audience_stamp", [=](E e) { return vesica_audience_stamp(audience, buffer, 8, &length, e); }},
      {"vesica_audience_sketch",
       [=](E e) { return Make<vesica_audience>(e, vesica_audience_sketch, context, audience, nullptr); }},
      {"vesica_audience_merge",
       [=](E e) { return Make<vesica_audience>(e, vesica_audience_merge, context, audiences, uint32_t{2}, nullptr); }},
      {"vesica_audience_describe", [=](E e) { return vesica_audience_describe(audience, &image, e); }},
      {"vesica_audience_save", [=](E e) { return vesica_audience_save(audience, buffer, 8, &length, e); }},
      {"vesica_audience_load",
       [=](E e) { return Make<vesica_audience>(e, vesica_audience_load, context, buffer, size_t{8}); }},
      {"vesica_image_inspect", [=](E e) { return vesica_image_inspect(buffer, 8, &image, e); }},
      {"vesica_plan", [=](E e) { return vesica_plan(&question, nullptr, &plan, e); }},
      {"vesica_plan_half_width", [=](E e) { return vesica_plan_half_width(&question, nullptr, &half_width, e); }},
      {"vesica_audience_contains",
       [=](E e) { return vesica_audience_contains(context, audience, profile, &column, found, 1, e); }},
      {"vesica_audience_union",
       [=](E e) { return Make<vesica_audience>(e, vesica_audience_union, context, audience, audience); }},
      {"vesica_audience_intersection",
       [=](E e) { return Make<vesica_audience>(e, vesica_audience_intersection, context, audience, audience); }},
      {"vesica_audience_difference",
       [=](E e) { return Make<vesica_audience>(e, vesica_audience_difference, context, audience, audience); }},
      {"vesica_overlap_of_audiences",
       [=](E e) { return vesica_overlap_of_audiences(context, audience, audience, &overlap, e); }},
      {"vesica_regions_of_audiences",
       [=](E e) { return Make<vesica_regions>(e, vesica_regions_of_audiences, context, audiences, nullptr, 2u); }},
      {"vesica_matrix_of_audiences",
       [=](E e) { return Make<vesica_matrix>(e, vesica_matrix_of_audiences, context, audiences, nullptr, 2u); }},
      {"vesica_matrix_info", [=](E e) { return vesica_matrix_info(matrix, &answer, e); }},
      {"vesica_matrix_overlap", [=](E e) { return vesica_matrix_overlap(matrix, 0, 1, &overlap, e); }},
      {"vesica_matrix_json", [=](E e) { return vesica_matrix_json(matrix, buffer, 8, &length, e); }},
      {"vesica_regions_table", [=](E e) { return Make<vesica_table>(e, vesica_regions_table, regions, 1u); }},
      {"vesica_matrix_table", [=](E e) { return Make<vesica_table>(e, vesica_matrix_table, matrix, 1u); }},
      {"vesica_plan_table", [=](E e) { return Make<vesica_table>(e, vesica_plan_table, &question); }},
      {"vesica_profiles_table", [=](E e) { return Make<vesica_table>(e, vesica_profiles_table); }},
      {"vesica_table_describe", [=](E e) { return vesica_table_describe(table, &table_info, e); }},
      {"vesica_table_column", [=](E e) { return vesica_table_column(table, 0, &column_view, e); }},
      {"vesica_table_arrow", [=](E e) { return vesica_table_arrow(table, &stream, e); }},
      {"vesica_table_json", [=](E e) { return vesica_table_json(table, buffer, 8, &length, e); }},
      {"vesica_table_inert_csv", [=](E e) { return vesica_table_inert_csv(table, buffer, 8, &length, e); }},
      {"vesica_overlap_report", [=](E e) { return vesica_overlap_report(&overlap, "A", "B", nullptr, &output, e); }},
      {"vesica_study_answer_report",
       [=](E e) { return vesica_study_answer_report(study_answer, nullptr, &output, e); }},
      {"vesica_report_figures", [=](E e) { return Make<vesica_table>(e, vesica_report_figures); }},
      {"vesica_regions_report", [=](E e) { return vesica_regions_report(regions, nullptr, &output, e); }},
      {"vesica_study_create",
       [=](E e) { return Make<vesica_study>(e, vesica_study_create, context, profile, nullptr); }},
      {"vesica_study_add", [=](E e) { return vesica_study_add(study, &array, &schema, nullptr, 0, e); }},
      {"vesica_study_add_stream", [=](E e) { return vesica_study_add_stream(study, &stream, nullptr, 0, e); }},
      {"vesica_study_add_audience", [=](E e) { return vesica_study_add_audience(study, &circle, audience, e); }},
      {"vesica_study_quality", [=](E e) { return vesica_study_quality(study, &event_quality, e); }},
      {"vesica_study_problem", [=](E e) { return vesica_study_problem(study, 0, &event_problem, e); }},
      {"vesica_study_contents", [=](E e) { return Make<vesica_table>(e, vesica_study_contents); }},
      {"vesica_study_save", [=](E e) { return vesica_study_save(study, nullptr, 0, buffer, 8, &length, e); }},
      {"vesica_study_load", [=](E e) { return vesica_study_load(study, buffer, 8, e); }},
      {"vesica_study_run", [=](E e) { return Make<vesica_study_answer>(e, vesica_study_run, study, nullptr, 0u); }},
      {"vesica_study_answer_count", [=](E e) { return vesica_study_answer_count(study_answer, &reason, e); }},
      {"vesica_study_answer_table",
       [=](E e) { return Make<vesica_table>(e, vesica_study_answer_table, study_answer, 0u); }},
      {"vesica_study_answer_find",
       [=](E e) { return Make<vesica_table>(e, vesica_study_answer_find, study_answer, "circles"); }},
      {"vesica_study_answer_json", [=](E e) { return vesica_study_answer_json(study_answer, buffer, 8, &length, e); }},
      {"vesica_table_csv", [=](E e) { return vesica_table_csv(table, buffer, 8, &length, e); }},
  };
}

std::set<std::string> FallibleFunctionsOfTheHeader() {
  std::ifstream file(VESICA_HEADER);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string before = "VESICA_API vesica_status ";
  std::set<std::string> names;
  for (size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
    at += before.size();
    names.insert(text.substr(at, text.find('(', at) - at));
  }
  return names;
}

void CheckAll(Thrown thrown, vesica_status expected) {
  for (const auto& [name, call] : Calls()) {
    SCOPED_TRACE(name);
    vesica_error error{};
    error.struct_size = sizeof(error);
    what_to_throw = thrown;
    const vesica_status status = call(&error);
    const vesica_status status_without_error = call(nullptr);
    what_to_throw = Thrown::kNothing;
    EXPECT_EQ(status, expected);
    EXPECT_EQ(status_without_error, expected);
    EXPECT_EQ(error.status, expected);
    EXPECT_NE(error.message[0], '\0');
    EXPECT_EQ(std::string(error.message).find("anna"), std::string::npos);
  }
}

TEST(Throw, EveryFallibleFunctionIsTried) {
  std::set<std::string> tried;
  for (const auto& [name, call] : Calls()) tried.insert(name);
  EXPECT_EQ(tried, FallibleFunctionsOfTheHeader());
}

TEST(Throw, BadAllocIsOutOfMemory) { CheckAll(Thrown::kBadAlloc, VESICA_OUT_OF_MEMORY); }
TEST(Throw, LogicErrorIsInternal) { CheckAll(Thrown::kLogicError, VESICA_INTERNAL); }
TEST(Throw, WhateverIsThrownIsInternal) { CheckAll(Thrown::kInt, VESICA_INTERNAL); }

}  // namespace
