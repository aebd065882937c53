#include "report/circles_figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "report/upset_figure.h"
#include "tests/report/svg_check.h"

namespace vesica {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string>& HostileNames() {
  static const std::vector<std::string> names = {
      "Sales",
      "marketing_audience_2026_final_final.csv",
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      std::string(10'000, 'W'),
      "\u202Eevil\u202C \u05E9\u05DC\u05D5\u05DD",
      "\U0001F44D\U0001F3FD\U0001F468\u200D\U0001F469\u200D\U0001F467 team",
      "=HYPERLINK(\"http://x\")",
      std::string("a\0b\x01\xFF", 5),
      "",
      "\u65E5\u672C\u8A9E\u306E\u30E9\u30D9\u30EB\u306F\u3068\u3066\u3082\u9577\u3044",
      "a very long name of many words that goes on and on until nobody reads it any more",
  };
  return names;
}

Overlap OverlapOf(double only_a, double only_b, const Estimate& both) {
  Overlap overlap;
  overlap.a = Estimate::Exact(only_a + both.value);
  overlap.b = Estimate::Exact(only_b + both.value);
  overlap.intersection = both;
  return overlap;
}

std::string SvgOf(const CircleSets& sets) {
  auto figure = CirclesFigure(sets, "");
  EXPECT_TRUE(figure.ok()) << figure.status();
  return StandaloneSvg(*figure, Theme::kAuto);
}

CircleSets RandomSets(size_t count, std::mt19937_64* random) {
  CircleSets sets;
  sets.regions = {Estimate::Exact(0)};
  for (uint32_t m = 1; m < 1u << count; ++m) {
    const bool nothing = (*random)() % 4 == 0;
    sets.regions.push_back(Estimate::Exact(nothing ? 0 : std::exp2(static_cast<double>((*random)() % 400) / 10)));
  }
  for (size_t i = 0; i < count; ++i) {
    double size = 0;
    for (uint32_t m = 1; m < sets.regions.size(); ++m) size += (m >> i & 1) != 0 ? sets.regions[m].value : 0;
    const std::string& name = HostileNames()[(*random)() % HostileNames().size()];
    sets.sets.push_back({name, Estimate::Exact(size), static_cast<uint32_t>(i + 1)});
  }
  return sets;
}

TEST(CirclesFigure, SaysWhatItShows) {
  const std::string svg = SvgOf(CircleSetsOf(OverlapOf(19'840, 840, Estimate::Exact(160)), "Marketing", "Sales"));
  EXPECT_THAT(svg, HasSubstr("role=\"img\""));
  EXPECT_THAT(svg, HasSubstr("Marketing: 20,000. Sales: 1,000. In both: 160."));
  EXPECT_THAT(svg, HasSubstr(">16.0 % of Sales<"));
  EXPECT_THAT(svg, HasSubstr(">In both<"));
  EXPECT_EQ(ProblemOf(svg), "");
}

TEST(CirclesFigure, ShowsTheIntervalAsABand) {
  const std::string exact = SvgOf(CircleSetsOf(OverlapOf(100, 50, Estimate::Exact(20)), "A", "B"));
  const std::string estimated = SvgOf(CircleSetsOf(OverlapOf(100, 50, {20, 10, 31}), "A", "B"));
  EXPECT_THAT(exact, Not(HasSubstr("class=\"v-band\"")));
  EXPECT_THAT(estimated, HasSubstr("class=\"v-band\""));
  EXPECT_THAT(estimated, HasSubstr(">10 to 31<"));
  EXPECT_THAT(estimated, HasSubstr("28.6 % (14.3 % to 44.3 %) of B"));
}

TEST(CirclesFigure, ShowsTheShareThatIsKnownBetterThanByCounts) {
  CircleSets sets = CircleSetsOf(OverlapOf(900, 84, {16, 12, 22}), "Marketing", "Sales");
  EXPECT_THAT(SvgOf(sets), HasSubstr("16.0 % (12.0 % to 22.0 %) of Sales"));
  sets.share = Estimate{0.163, 0.123, 0.224};
  EXPECT_THAT(SvgOf(sets), HasSubstr("16.3 % (12.3 % to 22.4 %) of Sales"));
}

TEST(CirclesFigure, IsTrueToItsAreasInPixels) {
  const std::string svg = SvgOf(CircleSetsOf(OverlapOf(19'000, 0, Estimate::Exact(1'000)), "Marketing", "Sales"));
  std::vector<double> radii;
  for (size_t at = svg.find("<circle class=\"v-l"); at != std::string::npos;
       at = svg.find("<circle class=\"v-l", at + 1)) {
    radii.push_back(NumberOf(std::string_view(svg).substr(at, svg.find('>', at) - at), "r"));
  }
  ASSERT_EQ(radii.size(), 2u);
  EXPECT_NEAR(radii[1] * radii[1] / (radii[0] * radii[0]), 0.05, 0.0005);
}

TEST(CirclesFigure, TellsWhatCannotBeSeenOrTrue) {
  EXPECT_THAT(SvgOf(CircleSetsOf(OverlapOf(1e12, 10, Estimate::Exact(3)), "M", "S")),
              HasSubstr("S is too small to be seen at this scale"));
  EXPECT_THAT(SvgOf(CircleSetsOf(OverlapOf(10, 0, Estimate::Exact(0)), "M", "S")), HasSubstr("S is empty."));
  CircleSets three;
  three.sets = {{"A", Estimate::Exact(692), 1}, {"B", Estimate::Exact(1512), 2}, {"C", Estimate::Exact(1490), 3}};
  three.regions = {Estimate::Exact(0)};
  for (const double size : {105, 116, 316, 233, 177, 986, 94}) three.regions.push_back(Estimate::Exact(size));
  EXPECT_THAT(SvgOf(three), HasSubstr("Not true to area"));
}

TEST(CirclesFigure, LabelsNeverMeet) {
  std::mt19937_64 random(11);
  for (int trial = 0; trial < 400; ++trial) {
    const std::string svg = SvgOf(RandomSets(1 + trial % 3, &random));
    ASSERT_EQ(ProblemOf(svg), "") << trial << "\n" << svg;
    ASSERT_THAT(svg, Not(AnyOf(HasSubstr("<script"), HasSubstr("<img"), HasSubstr("\u202E"))));
  }
}

TEST(CirclesFigure, OfOneAnswerIsAlwaysTheSame) {
  std::mt19937_64 first(3), second(3);
  EXPECT_EQ(SvgOf(RandomSets(3, &first)), SvgOf(RandomSets(3, &second)));
}

TEST(CirclesFigure, LayoutIsWhatIsDrawn) {
  const CircleSets sets = CircleSetsOf(OverlapOf(19'840, 840, {160, 60, 300}), "Marketing", "Sales <&>");
  const auto layout = nlohmann::json::parse(*CirclesLayoutJson(sets));
  EXPECT_EQ(layout["sets"][1]["name"], "Sales <&>");
  EXPECT_EQ(layout["regions"].size(), 3u);
  EXPECT_NEAR(layout["regions"][2]["drawn"].get<double>(), 160, 1e-6);
  EXPECT_LT(layout["band"]["upper"][0].get<double>(), layout["band"]["lower"][0].get<double>());
  EXPECT_TRUE(layout["circles"].get<bool>());
}

TEST(UpsetFigure, OrdersRegionsAndTellsOfTheRest) {
  Regions regions;
  std::mt19937_64 random(4);
  regions.counts.assign(256, 0);
  for (uint32_t m = 1; m < 256; ++m) regions.counts[m] = m == 7 ? 1'000'000 : random() % 1000;
  for (const std::string name : {"A one", "B two", "<b>three</b>", "D", "E", "F", "G", "H"}) {
    regions.sets.push_back({.name = name, .quality = {}, .derived = true, .count = 3'000'000});
  }
  const std::string svg = StandaloneSvg(UpsetFigure(regions, ""), Theme::kLight);
  EXPECT_EQ(ProblemOf(svg), "");
  EXPECT_THAT(svg, HasSubstr("Exactly in A one &amp; B two &amp; &lt;b&gt;three&lt;/b&gt;: 1,000,000."));
  EXPECT_THAT(svg, HasSubstr("smaller combinations are not drawn"));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
}

}  // namespace
}  // namespace vesica
