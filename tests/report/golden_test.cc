// Pictures are the same bytes on every machine: those in tests/golden/report. Where one differs, what came out instead
// is in the folder that the failure names; it is looked at before it takes the other's place.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "report/circles_figure.h"
#include "report/upset_figure.h"

namespace vesica {
namespace {

Overlap OverlapOf(double a, double b, const Estimate& both) {
  Overlap overlap;
  overlap.a = Estimate::Exact(a), overlap.b = Estimate::Exact(b), overlap.intersection = both;
  return overlap;
}

Regions RegionsOf(std::vector<uint64_t> counts, const std::vector<std::string>& names) {
  Regions regions;
  regions.counts = std::move(counts);
  for (uint32_t i = 0; i < names.size(); ++i) {
    uint64_t count = 0;
    for (uint32_t m = 1; m < regions.counts.size(); ++m) count += (m >> i & 1) != 0 ? regions.counts[m] : 0;
    regions.sets.push_back({.name = names[i], .quality = {}, .derived = true, .count = count});
  }
  return regions;
}

void ExpectGolden(const std::string& name, const Figure& figure) {
  const std::string now = StandaloneSvg(figure, Theme::kAuto);
  std::ifstream file(std::filesystem::path(VESICA_TEST_DATA) / "golden/report" / name, std::ios::binary);
  const std::string golden((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(now == golden) << testing::TempDir() << name;
  if (now != golden) std::ofstream(testing::TempDir() + name, std::ios::binary) << now;
}

void ExpectGolden(const std::string& name, const CircleSets& sets) {
  auto figure = CirclesFigure(sets, "");
  ASSERT_TRUE(figure.ok()) << figure.status();
  ExpectGolden(name, *figure);
}

TEST(GoldenPictures, OfTwoSets) {
  ExpectGolden("two_sets.svg", CircleSetsOf(OverlapOf(20'000, 1'000, Estimate::Exact(160)), "Marketing", "Sales"));
}

TEST(GoldenPictures, OfTwoSketches) {
  ExpectGolden("two_sketches.svg", CircleSetsOf(OverlapOf(20'000, 1'000, {160, 96, 231}), "Marketing", "Sales"));
}

TEST(GoldenPictures, OfThreeCircles) {
  ExpectGolden("three_circles.svg", CircleSetsOf(RegionsOf({0, 19'234, 7'189, 6'022, 4'820, 4'308, 329, 1'855},
                                                           {"Brand", "Demand", "Sales"})));
}

TEST(GoldenPictures, OfThreeEllipses) {
  ExpectGolden("three_ellipses.svg",
               CircleSetsOf(RegionsOf({0, 300, 250, 240, 200, 90, 60, 40}, {"Brand", "Demand", "Sales"})));
}

TEST(GoldenPictures, OfFourSets) {
  const Regions regions = RegionsOf({0, 900, 400, 120, 300, 80, 60, 25, 150, 40, 30, 12, 20, 8, 5, 3},
                                    {"Ads", "Events", "Newsletter", "CRM"});
  ExpectGolden("four_sets.svg", UpsetFigure(regions, ""));
}

}  // namespace
}  // namespace vesica
