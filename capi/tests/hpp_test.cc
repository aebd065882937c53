// vesica.hpp: the C interface through C++ handles and exceptions.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "vesica.hpp"

namespace {

namespace vc = vesica::c;

const std::vector<std::string> kCrm = {"ann@x.com", "BOB@x.com", "eve@y.org", "not an address"};
const std::vector<std::string> kMarketing = {"bob@x.com", "eve@y.org", "dan@z.net", "kim@z.net"};

TEST(Hpp, OverlapsTwoVectorsInOneCall) {
  const vesica_overlap overlap = vc::OverlapOf(kCrm, kMarketing);
  EXPECT_EQ(overlap.intersection.value, 2);
  EXPECT_EQ(overlap.overlap_coefficient.value, 2.0 / 3);
}

TEST(Hpp, TakesAnyRangeOfStrings) {
  const std::array<std::string_view, 2> views = {"a", ""};
  const char* const pointers[] = {"a", "b"};
  EXPECT_EQ(vc::OverlapOf(views, pointers, "raw/1").intersection.value, 1);
}

TEST(Hpp, CountsRegionsAndQuality) {
  vc::Context context;
  std::vector<vc::Source> sets;
  sets.emplace_back("crm", kCrm);
  sets.emplace_back("marketing", kMarketing);
  const vc::Regions regions(context, vc::Profile("email/1"), sets);
  EXPECT_EQ(regions.Region(3).value, 2);
  EXPECT_EQ(regions.Quality(0).invalid, 1u);
  EXPECT_EQ(regions.Invalid(0, 0).reason, uint32_t{VESICA_REASON_NO_AT});
  EXPECT_EQ(regions.Info().set_count, 2u);
  EXPECT_EQ(regions.Stamp(), vc::Profile("email/1").Stamp());
  EXPECT_NE(regions.Json().find("\"name\":\"marketing\""), std::string::npos);
  vc::ReportOptions picture;
  picture.format = VESICA_REPORT_SVG;
  EXPECT_EQ(regions.Report(picture).substr(0, 5), "<svg ");
  EXPECT_EQ(regions.Report(picture), vc::ReportOf(regions.Overlap(0, 1), "crm", "marketing", picture));
  picture.theme = 9;
  EXPECT_THROW(regions.Report(picture), vc::Error);
}

TEST(Hpp, AddsColumnsToASource) {
  const std::vector<int64_t> first = {1, 2}, second = {2, 3};
  vc::Source source("ids");
  source.Add(vc::Column::OfIntegers(first.data(), first.size()))
      .Add(vc::Column::OfIntegers(second.data(), second.size()));
  const vc::Source moved = std::move(source);
  vc::Context context;
  EXPECT_EQ(vc::Builder(context, vc::Profile("int64/1")).Add(moved).Build().Count().value, 3);
}

TEST(Hpp, BuildsAndComparesAudiences) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = vc::Builder(context, profile).Add(vc::Column::OfStrings(kCrm)).Build();
  const vc::Audience b = vc::Builder(context, profile).Add(vc::Column::OfStrings(kMarketing)).Build();
  EXPECT_EQ(vc::Union(context, a, b).Count().value, 5);
  EXPECT_EQ(vc::Intersection(context, a, b).Count().value, 2);
  EXPECT_EQ(vc::MergeOf(context, {&a, &b}, vc::SketchOptions(VESICA_REPRESENTATION_EXACT)).Count().value, 5);
  EXPECT_THROW(vc::MergeOf(context, {&a, nullptr}, vc::SketchOptions(VESICA_REPRESENTATION_EXACT)), vc::Error);
  EXPECT_EQ(vc::Difference(context, a, b).Count().value, 1);
  EXPECT_EQ(vc::OverlapOf(context, a, b).intersection.value, 2);
  EXPECT_EQ(vc::Regions(context, {&a, &b}).Overlap(0, 1).intersection.value, 2);
  EXPECT_EQ(vc::Matrix(context, {&a, &b}, {"x", ""}).Overlap(1, 0).intersection.value, 2);
  EXPECT_EQ(vc::Matrix(context, {&a, &b}, {"x", ""}).Info().set_count, 2u);
  EXPECT_EQ(a.Quality().invalid, 1u);
  EXPECT_EQ(a.Invalid(0).rows, 1u);
  EXPECT_EQ(a.Stamp(), profile.Stamp());
  EXPECT_EQ(a.Contains(context, profile, vc::Column::OfStrings(kMarketing)), (std::vector<uint8_t>{1, 1, 0, 0}));
  EXPECT_THROW(vc::Matrix(context, {&a, &b}, {"one name"}), std::invalid_argument);
  EXPECT_THROW(vc::Matrix(context, {&a, nullptr}), vc::Error);
}

TEST(Hpp, FailureThrowsWhatTheLibrarySays) {
  try {
    vc::Profile("email/1").Canonicalize("nobody");
    FAIL();
  } catch (const vc::Error& error) {
    EXPECT_EQ(error.status(), VESICA_INVALID_KEY);
    EXPECT_EQ(error.details().status, VESICA_INVALID_KEY);
    EXPECT_EQ(std::string(error.what()).find("nobody"), std::string::npos);
  }
  EXPECT_EQ(vc::Profile("email/1").Canonicalize(" Bob@X.com"), "bob@x.com");
}

TEST(Hpp, ProgressCancelsByReturningOrThrowing) {
  const std::vector<int64_t> keys(200000, 7);
  for (const bool throws : {false, true}) {
    vc::ContextOptions options;
    options.progress = [&](double) {
      if (throws) throw std::runtime_error("enough");
      return false;
    };
    auto context = std::make_unique<vc::Context>(options);
    vc::Builder builder(*context, vc::Profile("int64/1"));
    context.reset();  // the builder goes on telling progress
    try {
      vc::Source source("keys");
      source.Add(vc::Column::OfIntegers(keys.data(), keys.size()));
      builder.Add(source);
      FAIL();
    } catch (const vc::Error& error) {
      EXPECT_EQ(error.status(), VESICA_CANCELLED);
    }
  }
}

TEST(Hpp, ShowsAnswersAsTables) {
  vc::Context context;
  const vc::Audience a = vc::Builder(context, vc::Profile("email/1")).Add(vc::Column::OfStrings(kCrm)).Build();
  const vc::Table sets(vc::Regions(context, {&a, &a}), VESICA_TABLE_SETS);
  EXPECT_EQ(sets.Info().rows, 2u);
  EXPECT_STREQ(sets.Info().name, "sets");
  EXPECT_STREQ(sets.Column(0).name, "name");
  EXPECT_EQ(sets.Csv().substr(0, 10), "name,rows,");
  const vc::Table pairs(vc::Matrix(context, {&a, &a}, {"x", "y"}), VESICA_TABLE_PAIRS);
  EXPECT_EQ(pairs.InertCsv(), pairs.Csv());
  EXPECT_EQ(pairs.Json().substr(0, 18), R"([{"a":"x","b":"y",)");
  ArrowArrayStream stream{};
  pairs.Arrow(&stream);
  stream.release(&stream);
  EXPECT_EQ(vc::Table::OfPlan(vc::PlanQuestion(1000, 100, 0.5, 0.1)).Info().rows, 3u);
  EXPECT_EQ(vc::Table::OfProfiles().Info().rows, vesica_profile_count());
  EXPECT_THROW(vc::Table(vc::Matrix(context, {&a, &a}), VESICA_TABLE_REGIONS), vc::Error);
}

// The names of profiles as persons, all of them contacted by sales: what matters is that it all arrives.
TEST(Hpp, StudiesEvents) {
  const auto context = std::make_unique<vc::Context>();
  vc::Study study(*context, vc::Profile("raw/1"), {{"min_support", "1"}});
  const vc::Table profiles = vc::Table::OfProfiles();
  ArrowArrayStream stream{};
  profiles.Arrow(&stream);
  study.Add(stream, {{"name", "person"}, {"summary", "event"}});
  stream.release(&stream);
  EXPECT_EQ(study.Quality().rows, vesica_profile_count());
  EXPECT_EQ(study.Quality().taken, 0u);
  EXPECT_STREQ(study.Problem(0).reason, "unknown_event");
  const vc::StudyAnswer answer = study.Run({"circles"});
  ASSERT_EQ(answer.Tables().size(), 3u);
  EXPECT_STREQ(answer.Tables()[1].Info().name, "settings");
  EXPECT_EQ(answer.Find("warnings").Info().rows, 1u);
  EXPECT_EQ(answer.Json().substr(0, 21), R"({"tables":{"circles":)");
  EXPECT_THROW(answer.Find("regions"), vc::Error);
  EXPECT_GT(vc::Study::Contents().Info().rows, 10u);
  EXPECT_GT(vc::Study::Figures().Info().rows, 10u);
  EXPECT_EQ(answer.Report().substr(0, 15), "<!DOCTYPE html>");
  EXPECT_THROW(vc::Study(*context, vc::Profile("raw/1"), {{"no such", "1"}}), vc::Error);
}

TEST(Hpp, StudiesAudiences) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = vc::Builder(context, profile).Add(vc::Column::OfStrings(kMarketing)).Build();
  const vc::Audience b = vc::Builder(context, profile).Add(vc::Column::OfStrings(kCrm)).Build();
  vc::Study study(context, profile, {{"sketch_bytes", "4096"}, {"by", "region"}});
  study.Add("", "marketing", a).Add("", "sales", b, {{"region", "EU"}});
  const vc::StudyAnswer answer = study.Run({"circles", "segments"});
  EXPECT_EQ(answer.Tables().size(), 4u);
  EXPECT_NE(answer.Json().find(R"("value":"EU")"), std::string::npos);
  EXPECT_THROW(study.Add("", "nobody", a), vc::Error);
}

TEST(Hpp, ListsProfilesAndMemory) {
  EXPECT_EQ(vc::Profile::List().size(), vesica_profile_count());
  vc::Context context;
  context.Trim();
  EXPECT_EQ(context.Memory().held_bytes, 0u);
}

}  // namespace
