// The JSON of answers, to the byte: its keys and their order are an interface.
#include "vesica/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace vesica {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Golden(const std::string& name) {
  std::ifstream file(std::string(VESICA_TEST_DATA) + "/golden/json/" + name);
  EXPECT_TRUE(file.is_open()) << name;
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

IdentityStamp EmailStamp() {
  return {.profile = "email/1", .data_fingerprint = 0x0123456789abcdef, .secret_fingerprint = 0};
}

// A set of `count` distinct keys among `valid` valid rows.
Regions::Set MakeSet(std::string name, uint64_t rows, uint64_t blank, uint64_t valid, uint64_t count) {
  Regions::Set set;
  set.name = std::move(name);
  set.quality.rows = rows;
  set.quality.blank = blank;
  set.quality.valid = valid;
  set.count = count;
  return set;
}

Regions TwoSets() {
  Regions regions;
  regions.sets = {MakeSet("crm", 12, 1, 8, 6), MakeSet("marketing", 124, 0, 124, 120)};
  Quality& crm = regions.sets[0].quality;
  crm.role = 1;
  crm.free_mail = 1;
  crm.reasons[static_cast<size_t>(Reason::kNoAt)].Add(3);
  crm.reasons[static_cast<size_t>(Reason::kNoAt)].Add(7);
  crm.reasons[static_cast<size_t>(Reason::kTooLong)].Add(11);
  regions.counts = {0, 1, 115, 5};
  regions.stamp = EmailStamp();
  regions.expected_false_matches = 2.5e-16;
  return regions;
}

Regions ThreeSets() {
  Regions regions;
  regions.sets = {MakeSet("A", 4, 0, 4, 4), MakeSet("B", 3, 0, 3, 3), MakeSet("C", 0, 0, 0, 0)};
  regions.sets[1].derived = true;
  regions.counts = {0, 2, 1, 2, 0, 0, 0, 0};
  regions.stamp = EmailStamp();
  regions.stamp.width = HashWidth::k128;
  regions.method = Method::kExact128;
  return regions;
}

Matrix TwoByTwo() {
  Matrix matrix;
  matrix.sets = {MakeSet("x", 3, 0, 3, 3), MakeSet("y", 3, 0, 3, 3)};
  matrix.pairs = {Overlap::FromCounts(1, 1, 2, Method::kExact64)};
  matrix.pairs[0].expected_false_matches = 0.25;
  matrix.stamp = EmailStamp();
  return matrix;
}

TEST(Json, TwoSetsHaveTheirOverlap) { EXPECT_EQ(ToJson(TwoSets()), Golden("two_sets.json")); }
TEST(Json, MoreSetsHavePairs) { EXPECT_EQ(ToJson(ThreeSets()), Golden("three_sets.json")); }
TEST(Json, MatrixHasPairsAndNoRegions) { EXPECT_EQ(ToJson(TwoByTwo()), Golden("matrix.json")); }

TEST(Json, OneSetHasNeitherOverlapNorPairs) {
  Regions regions;
  regions.sets = {MakeSet("only", 2, 0, 2, 2)};
  regions.counts = {0, 2};
  const json answer = json::parse(ToJson(regions));
  EXPECT_FALSE(answer.contains("overlap"));
  EXPECT_FALSE(answer.contains("pairs"));
  EXPECT_EQ(answer["regions"].size(), 1u);
}

TEST(Json, RegionsComeInMaskOrderWithTheirMembers) {
  const json answer = json::parse(ToJson(ThreeSets()));
  ASSERT_EQ(answer["regions"].size(), 7u);
  EXPECT_EQ(answer["regions"][4]["members"], json({"A", "C"}));
  EXPECT_EQ(answer["regions"][6]["members"], json({"A", "B", "C"}));
}

TEST(Json, UndefinedIsNull) {
  Regions regions = ThreeSets();
  const json answer = json::parse(ToJson(regions));
  const json& a_and_empty = answer["pairs"][1];
  EXPECT_EQ(a_and_empty["b"], "C");
  EXPECT_EQ(a_and_empty["intersection"]["estimate"], 0);
  EXPECT_TRUE(a_and_empty["share_of_b"]["estimate"].is_null());
  EXPECT_TRUE(a_and_empty["size_ratio"]["upper"].is_null());
  EXPECT_TRUE(answer["sets"][1]["rows"].is_null());  // derived
  EXPECT_EQ(answer["sets"][1]["count"], 3);
}

TEST(Json, CountsAreIntegersToTheLast) {
  Regions regions = TwoSets();
  regions.counts[1] = (uint64_t{1} << 53) - 1;
  regions.sets[0].count = UINT64_MAX;
  const json answer = json::parse(ToJson(regions));
  EXPECT_EQ(answer["regions"][0]["count"], (uint64_t{1} << 53) - 1);
  EXPECT_TRUE(answer["regions"][0]["count"].is_number_unsigned());
  EXPECT_EQ(answer["sets"][0]["count"], UINT64_MAX);
  EXPECT_TRUE(answer["overlap"]["intersection"]["estimate"].is_number_unsigned());
  EXPECT_TRUE(answer["overlap"]["size_ratio"]["estimate"].is_number_float());
}

TEST(Json, NamesOfAnyBytesGiveValidJson) {
  Regions regions = TwoSets();
  regions.sets[0].name = "a\"\\\n\x01 \xff\xc3\x28 \xe2\x82\xac";
  const std::string text = ToJson(regions);
  const json answer = json::parse(text);
  EXPECT_EQ(answer["sets"][0]["name"], "a\"\\\n\x01 \xef\xbf\xbd\xef\xbf\xbd( \xe2\x82\xac");
  EXPECT_EQ(answer["regions"][0]["members"][0], answer["sets"][0]["name"]);
}

std::vector<std::string> WarningsOf(const Regions& regions) {
  return json::parse(ToJson(regions))["warnings"].get<std::vector<std::string>>();
}

TEST(Warnings, GoodListsHaveNone) { EXPECT_THAT(WarningsOf(TwoSets()), IsEmpty()); }

TEST(Warnings, SayWhatTheRowsAreLike) {
  Regions regions = TwoSets();
  regions.sets[0] = MakeSet("crm", 10, 6, 1, 1);
  regions.sets[1] = MakeSet("marketing", 100, 0, 100, 100);
  regions.sets[1].quality.free_mail = 21;
  EXPECT_THAT(WarningsOf(regions), ElementsAre("\"crm\": 6 of 10 rows are blank.", "\"crm\": 3 of 4 keys are invalid.",
                                               "\"marketing\": 21 of 100 valid keys are free-mail addresses."));
}

TEST(Warnings, BeginBeyondTheirLimits) {
  Regions regions = TwoSets();
  regions.sets[0] = MakeSet("crm", 10, 5, 5, 5);
  regions.sets[1] = MakeSet("marketing", 10, 0, 5, 5);
  regions.sets[1].quality.free_mail = 1;
  regions.expected_false_matches = 0.49;
  EXPECT_THAT(WarningsOf(regions), IsEmpty());
}

TEST(Warnings, SayThatASetIsEmptyOrNamedTwice) {
  Regions regions = TwoSets();
  regions.sets[1] = MakeSet("crm", 0, 0, 0, 0);
  EXPECT_THAT(WarningsOf(regions), ElementsAre("\"crm\": the name of several sets.", "\"crm\": the set is empty."));
}

TEST(Warnings, SayThatKeysMayBeMerged) {
  Regions regions = TwoSets();
  regions.expected_false_matches = 0.5;
  EXPECT_THAT(WarningsOf(regions),
              ElementsAre("Some keys may have been merged because their hashes agree: see expected_false_matches."));
}

TEST(Warnings, SayNothingOfTheRowsOfADerivedSet) {
  Regions regions = TwoSets();
  regions.sets[0] = MakeSet("crm", 10, 9, 1, 1);
  regions.sets[0].derived = true;
  EXPECT_THAT(WarningsOf(regions), IsEmpty());
}

}  // namespace
}  // namespace vesica
