// The tables of answers: their columns, and that their figures are those of the JSON of the same answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "vesica/answer_tables.h"
#include "vesica/json.h"

namespace vesica {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;

json RowsOf(const absl::StatusOr<Table>& table) { return json::parse(ToJson(table.value())); }

std::vector<std::string> NamesOf(const Table& table) {
  std::vector<std::string> names;
  for (const TableColumn& column : table.columns()) names.push_back(column.name);
  return names;
}

Regions::Set MakeSet(std::string name, uint64_t rows, uint64_t valid, uint64_t count) {
  Regions::Set set;
  set.name = std::move(name);
  set.quality.rows = rows;
  set.quality.blank = rows - valid;
  set.quality.valid = valid;
  set.quality.free_mail = 2;
  set.quality.role = 1;
  set.count = count;
  return set;
}

Regions ThreeSets() {
  Regions regions;
  regions.sets = {MakeSet("crm", 9, 7, 6), MakeSet("ads", 8, 8, 7), MakeSet("none", 0, 0, 0)};
  regions.sets[1].derived = true;
  regions.counts = {0, 1, 2, 5, 0, 0, 0, 0};
  return regions;
}

// Figures with more digits than are shown, as sketches give them.
class Estimates {
 public:
  explicit Estimates(uint64_t seed) : random_(seed) {}

  Estimate Next(double scale) {
    std::uniform_real_distribution<double> figure(0, scale);
    double figures[] = {figure(random_), figure(random_), figure(random_)};
    std::sort(std::begin(figures), std::end(figures));
    return {figures[1], figures[0], figures[2]};
  }

  Overlap NextOverlap(Method method) {
    Overlap overlap;
    for (Estimate* size : {&overlap.a, &overlap.b, &overlap.intersection, &overlap.union_size}) *size = Next(1e12);
    for (Estimate* ratio : {&overlap.share_of_a, &overlap.share_of_b, &overlap.overlap_coefficient, &overlap.jaccard,
                            &overlap.dice, &overlap.size_ratio}) {
      *ratio = Next(1);
    }
    overlap.design_error = Next(1).value;
    overlap.below_resolution = random_() % 2 == 0;
    overlap.method = method;
    return overlap;
  }

 private:
  std::mt19937_64 random_;
};

Matrix MixedMatrix() {
  Estimates estimates(20261);
  Matrix matrix;
  matrix.sets = {MakeSet("x", 9, 9, 9), MakeSet("y", 5, 5, 4), MakeSet("z", 7, 7, 7), MakeSet("z", 1, 1, 1)};
  matrix.sets[1].estimate = estimates.Next(1e9);
  matrix.method = Method::kMinHash;
  for (int pair = 0; pair < 6; ++pair) {
    matrix.pairs.push_back(estimates.NextOverlap(pair % 2 == 0 ? Method::kMinHash : Method::kExact64));
  }
  matrix.pairs[4].size_ratio = Estimate::Undefined();
  matrix.pairs[4].design_error = std::nan("");
  return matrix;
}

Regions SketchedRegions() {
  Estimates estimates(7);
  Regions regions;
  regions.sets = {MakeSet("a", 9, 9, 9), MakeSet("b", 5, 5, 4), MakeSet("c", 4, 4, 4)};
  for (Regions::Set& set : regions.sets) set.estimate = estimates.Next(1e7);
  for (int i = 0; i < 8; ++i) regions.estimates.push_back(i == 0 ? Estimate::Exact(0) : estimates.Next(1e7));
  for (int i = 0; i < 3; ++i) regions.pairs.push_back(estimates.NextOverlap(Method::kHyperLogLog));
  regions.method = Method::kHyperLogLog;
  return regions;
}

void ExpectSetsOf(const json& answer, const json& rows) {
  ASSERT_EQ(rows.size(), answer["sets"].size());
  for (size_t i = 0; i < rows.size(); ++i) {
    json set = answer["sets"][i];
    set.erase("invalid_rows");
    EXPECT_EQ(rows[i], set);
  }
}

void ExpectPairsOf(const json& pairs, const json& rows) {
  constexpr const char* kFigures[] = {"intersection",        "union",   "share_of_a", "share_of_b",
                                      "overlap_coefficient", "jaccard", "dice",       "size_ratio"};
  ASSERT_EQ(rows.size(), pairs.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    const json &row = rows[i], &pair = pairs[i];
    EXPECT_EQ(row["a"], pair["a"]);
    EXPECT_EQ(row["b"], pair["b"]);
    for (const std::string figure : kFigures) {
      EXPECT_EQ(row[figure], pair[figure]["estimate"]) << figure;
      EXPECT_EQ(row[figure + "_lower"], pair[figure]["lower"]) << figure;
      EXPECT_EQ(row[figure + "_upper"], pair[figure]["upper"]) << figure;
      EXPECT_EQ(row[figure].type(), pair[figure]["estimate"].type()) << figure;
    }
    if (!pair.contains("design_error")) continue;
    EXPECT_EQ(row["design_error"], pair["design_error"]);
    EXPECT_EQ(row["below_resolution"], pair["below_resolution"]);
  }
}

TEST(AnswerTables, SetsAreThoseOfTheJson) {
  for (const Regions& regions : {ThreeSets(), SketchedRegions()}) {
    ExpectSetsOf(json::parse(ToJson(regions)), RowsOf(SetsTable(regions)));
  }
  const Matrix matrix = MixedMatrix();
  ExpectSetsOf(json::parse(ToJson(matrix)), RowsOf(SetsTable(matrix)));
}

TEST(AnswerTables, PairsAreThoseOfTheJson) {
  for (const Regions& regions : {ThreeSets(), SketchedRegions()}) {
    ExpectPairsOf(json::parse(ToJson(regions))["pairs"], RowsOf(PairsTable(regions)));
  }
  const Matrix matrix = MixedMatrix();
  ExpectPairsOf(json::parse(ToJson(matrix))["pairs"], RowsOf(PairsTable(matrix)));
}

TEST(AnswerTables, WarningsAreThoseOfTheJson) {
  const auto expect = [](const auto& answer, size_t count) {
    const json rows = RowsOf(WarningsTable(answer)), warnings = json::parse(ToJson(answer))["warnings"];
    ASSERT_EQ(rows.size(), count);
    ASSERT_EQ(warnings.size(), count);
    for (size_t i = 0; i < count; ++i) EXPECT_EQ(rows[i], json({{"warning", warnings[i]}}));
  };
  expect(ThreeSets(), 3);  // two of many free-mail addresses, one empty
  Matrix matrix = MixedMatrix();
  matrix.pairs[2].expected_false_matches = 0.5;
  const json warnings = json::parse(ToJson(matrix))["warnings"];
  EXPECT_NE(warnings.back().get<std::string>().find("hashes agree"), std::string::npos);
  expect(matrix, warnings.size());
}

TEST(AnswerTables, PairsOfTwoSetsAreTheirOverlap) {
  Regions regions;
  regions.sets = {MakeSet("a", 3, 3, 3), MakeSet("b", 4, 4, 4)};
  regions.counts = {0, 1, 2, 2};
  json overlap = json::parse(ToJson(regions))["overlap"];
  overlap["a"] = "a", overlap["b"] = "b";
  const json rows = RowsOf(PairsTable(regions));
  ExpectPairsOf(json::array({overlap}), rows);
  EXPECT_EQ(rows[0]["size_a"], 3);
  EXPECT_EQ(rows[0]["size_b_upper"], 4);
  EXPECT_EQ(rows[0]["design_error"], 0);
  EXPECT_EQ(rows[0]["below_resolution"], false);
  EXPECT_EQ(rows[0]["method"], "exact-64");
}

TEST(AnswerTables, PairsOfOneSetAreNone) {
  Regions regions;
  regions.sets = {MakeSet("only", 2, 2, 2)};
  regions.counts = {0, 2};
  EXPECT_EQ(PairsTable(regions)->rows(), 0u);
  EXPECT_EQ(RegionsTable(regions)->rows(), 1u);
}

TEST(AnswerTables, PairsNameEachFigureAndItsBounds) {
  const std::vector<std::string> names = NamesOf(PairsTable(ThreeSets()).value());
  EXPECT_THAT(
      std::vector<std::string>(names.begin(), names.begin() + 8),
      ElementsAre("a", "b", "size_a", "size_a_lower", "size_a_upper", "size_b", "size_b_lower", "size_b_upper"));
  EXPECT_EQ(names.size(), 2u + 3 * 10 + 3);
}

TEST(AnswerTables, RegionsAreThoseOfTheJson) {
  for (const Regions& regions : {ThreeSets(), SketchedRegions()}) {
    const json answer = json::parse(ToJson(regions)), rows = RowsOf(RegionsTable(regions));
    ASSERT_EQ(rows.size(), 7u);
    for (size_t i = 0; i < rows.size(); ++i) {
      const json& region = answer["regions"][i];
      std::string name;
      for (const std::string member : region["members"]) {
        name += (name.empty() ? "" : " & ") + member;
        EXPECT_EQ(rows[i]["in_" + member], true);
      }
      EXPECT_EQ(rows[i]["region"], name);
      EXPECT_EQ(rows[i]["sets"], region["members"].size());
      for (const char* figure : {"count", "lower", "upper"}) EXPECT_EQ(rows[i][figure], region[figure]);
    }
  }
}

TEST(AnswerTables, RegionsOfSetsOfOneNameHaveColumnsOfTheirOwn) {
  Regions regions;
  const std::string names[] = {"A", "A", "A_2", "\xff", "\xef\xbf\xbd", std::string("a\0b", 3), "a_b", ""};
  for (const std::string& name : names) regions.sets.push_back(MakeSet(name, 1, 1, 1));
  regions.counts.assign(256, 1);
  const Table table = RegionsTable(regions).value();
  const std::vector<std::string> columns = NamesOf(table);
  EXPECT_THAT(
      std::vector<std::string>(columns.begin() + 2, columns.begin() + 10),
      ElementsAre("in_A", "in_A_2", "in_A_2_2", "in_\xef\xbf\xbd", "in_\xef\xbf\xbd_2", "in_a_b", "in_a_b_2", "in_"));
  EXPECT_EQ(table.rows(), 255u);
  EXPECT_EQ(table.Find("in_A_2")->BoolAt(1), true);  // members 2: the second set
}

TEST(AnswerTables, NamesOfAnyBytesReadAsInJson) {
  Regions regions = ThreeSets();
  regions.sets[0].name = "a\"\\\n,\x01 \xff\xc3\x28 \xe2\x82\xac \xe2\x82";
  const json answer = json::parse(ToJson(regions));
  EXPECT_EQ(RowsOf(SetsTable(regions))[0]["name"], answer["sets"][0]["name"]);
  EXPECT_EQ(RowsOf(PairsTable(regions))[0]["a"], answer["sets"][0]["name"]);
  EXPECT_EQ(RowsOf(RegionsTable(regions))[0]["region"], answer["sets"][0]["name"]);
}

TEST(AnswerTables, PlansAreThoseOfThePlanner) {
  const PlanQuestion question{1e6, 5e4, 0.16, 0.1};
  const Plan plan = MakePlan(question).value();
  const json rows = RowsOf(PlanTable(question));
  ASSERT_EQ(rows.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    const RepresentationPlan& of = plan.representations[i];
    EXPECT_EQ(rows[i]["representation"], std::string(RepresentationText(of.representation)));
    EXPECT_EQ(rows[i]["sketch_bytes"], of.sketch_bytes);
    EXPECT_EQ(rows[i]["image_bytes_a"], NineDigits(of.image_bytes_a));
    EXPECT_EQ(rows[i]["image_bytes_b"], NineDigits(of.image_bytes_b));
    EXPECT_EQ(rows[i]["relative_half_width"], NineDigits(of.half_width));
    EXPECT_EQ(rows[i]["build_ns_per_row"], NineDigits(of.build_ns_per_row));
    EXPECT_EQ(rows[i]["reaches_error"], of.reaches_error);
    EXPECT_EQ(rows[i]["smallest"], of.representation == plan.smallest);
  }
  EXPECT_FALSE(PlanTable({0, 0, 0, 0}).ok());
}

TEST(AnswerTables, ProfilesAreThoseOfThisBuild) {
  const json rows = RowsOf(ProfilesTable());
  ASSERT_EQ(rows.size(), Profiles().size());
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i]["name"], Profiles()[i].name);
    EXPECT_EQ(rows[i]["source"], Profiles()[i].source);
    EXPECT_EQ(rows[i]["needs_country"], Profiles()[i].needs_country);
    EXPECT_EQ(rows[i]["digest"], Profiles()[i].digest);
  }
}

}  // namespace
}  // namespace vesica
