#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "report/region_areas.h"
#include "vesica/report.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using Sizes = std::vector<double>;

EulerLayout Layout(const Sizes& regions) {
  auto layout = LayoutEuler(regions);
  EXPECT_TRUE(layout.ok()) << layout.status();
  return *layout;
}

// The naive twin of AreasOf(): points of a lattice (Richtmyer's, irrational steps) counted by the regions they are in.
Sizes CountedAreas(const std::vector<Ellipse>& sets, int points) {
  double left = 1e300, right = -1e300, top = 1e300, bottom = -1e300;
  for (const Ellipse& set : sets) {
    const double reach = std::max(set.a, set.b);
    left = std::min(left, set.x - reach), right = std::max(right, set.x + reach);
    top = std::min(top, set.y - reach), bottom = std::max(bottom, set.y + reach);
  }
  Sizes areas(size_t{1} << sets.size());
  const double cell = (right - left) * (bottom - top) / points;
  for (int i = 0; i < points; ++i) {
    const double u = std::fmod(i * 0.6180339887498949, 1), v = (i + 0.5) / points;
    const double x = left + (right - left) * u, y = top + (bottom - top) * v;
    uint32_t members = 0;
    for (size_t k = 0; k < sets.size(); ++k) {
      const Ellipse& set = sets[k];
      if (set.a <= 0) continue;
      const double along = ((x - set.x) * set.cosine + (y - set.y) * set.sine) / set.a;
      const double across = ((y - set.y) * set.cosine - (x - set.x) * set.sine) / set.b;
      if (along * along + across * across < 1) members |= 1u << k;
    }
    areas[members] += cell;
  }
  areas[0] = 0;
  return areas;
}

double Sum(const Sizes& sizes) {
  double sum = 0;
  for (const double size : sizes) sum += size;
  return sum;
}

// Every region's share, by counting points in the shapes, against what was wanted.
void ExpectTrue(const Sizes& wanted, double tolerance) {
  const EulerLayout layout = Layout(wanted);
  const Sizes counted = CountedAreas(layout.sets, 200'000);
  for (size_t m = 1; m < wanted.size(); ++m) {
    EXPECT_NEAR(counted[m] / Sum(counted), wanted[m] / Sum(wanted), tolerance) << "region " << m;
    EXPECT_NEAR(layout.drawn[m] / Sum(layout.drawn), counted[m] / Sum(counted), 0.004) << "region " << m;
  }
}

std::vector<Ellipse> RandomEllipses(size_t sets, std::mt19937_64* random) {
  const auto number = [&](double low, double high) {
    return low + (high - low) * static_cast<double>((*random)() >> 11) * 0x1p-53;
  };
  std::vector<Ellipse> out;
  for (size_t i = 0; i < sets; ++i) {
    const double angle = number(0, 6.28);
    out.push_back({number(-1, 1), number(-1, 1), number(0.2, 1.5), number(0.2, 1.5), std::cos(angle), std::sin(angle)});
  }
  return out;
}

TEST(RegionAreas, AgreeWithCountedPoints) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 60; ++trial) {
    const std::vector<Ellipse> sets = RandomEllipses(1 + trial % 3, &random);
    const Sizes counted = CountedAreas(sets, 100'000), exact = AreasOf(sets).areas;
    for (size_t m = 1; m < exact.size(); ++m) EXPECT_NEAR(exact[m], counted[m], 0.02) << trial << " region " << m;
  }
}

TEST(RegionAreas, ChangeAsTheirGradientsSay) {
  std::mt19937_64 random(6);
  constexpr double kStep = 1e-6;
  for (int trial = 0; trial < 60; ++trial) {
    const std::vector<Ellipse> sets = RandomEllipses(2 + trial % 2, &random);
    const RegionAreas here = AreasOf(sets);
    for (size_t i = 0; i < sets.size(); ++i) {
      for (size_t move = 0; move < kMoves; ++move) {
        std::array<double, kMoves> by{};
        std::vector<Ellipse> more = sets, less = sets;
        by[move] = kStep, more[i] = Moved(sets[i], by);
        by[move] = -kStep, less[i] = Moved(sets[i], by);
        const Sizes after = AreasOf(more).areas, before = AreasOf(less).areas;
        for (size_t m = 1; m < here.areas.size(); ++m) {
          EXPECT_NEAR(here.gradients[(m * sets.size() + i) * kMoves + move], (after[m] - before[m]) / (2 * kStep), 1e-4)
              << trial << " set " << i << " move " << move << " region " << m;
        }
      }
    }
  }
}

TEST(RegionAreas, OfTheSameCircleTwiceAreShared) {
  const std::vector<Ellipse> sets = {{.a = 1, .b = 1}, {.a = 1, .b = 1}};
  const Sizes areas = AreasOf(sets).areas;
  EXPECT_NEAR(areas[3], 3.14159265358979, 1e-12);
  EXPECT_NEAR(areas[1], 0, 1e-12);
  EXPECT_NEAR(areas[2], 0, 1e-12);
}

TEST(Euler, DrawsTwoSetsExactly) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 200; ++trial) {
    const Sizes wanted = {0, static_cast<double>(random() % 1000), static_cast<double>(random() % 1000 + 1),
                          static_cast<double>(random() % 300)};
    EXPECT_LE(Layout(wanted).diag_error, 1e-9) << wanted[1] << " " << wanted[2] << " " << wanted[3];
  }
}

TEST(Euler, DrawsTheMissionRegimeTrueToItsAreas) {
  ExpectTrue({0, 19'840, 840, 160}, 0.002);
  const EulerLayout layout = Layout({0, 19'840, 840, 160});
  EXPECT_NEAR(layout.sets[1].a / layout.sets[0].a, 0.2236, 0.0001);  // sqrt(1 / 20)
  EXPECT_TRUE(layout.circles);
  EXPECT_GT(layout.sets[1].x, layout.sets[0].x);
}

TEST(Euler, NestedSetsHaveOneCenter) {
  const EulerLayout layout = Layout({0, 19'000, 0, 1'000});
  EXPECT_EQ(layout.sets[0].x, layout.sets[1].x);
  EXPECT_EQ(layout.sets[0].y, layout.sets[1].y);
  EXPECT_LE(layout.diag_error, 1e-12);
}

TEST(Euler, DisjointSetsDoNotTouch) {
  const EulerLayout layout = Layout({0, 900, 50, 0});
  EXPECT_GT(layout.sets[1].x - layout.sets[0].x, layout.sets[0].a + layout.sets[1].a);
  EXPECT_LE(layout.diag_error, 1e-12);
}

TEST(Euler, EqualSetsAreOneCircle) { EXPECT_LE(Layout({0, 0, 0, 77}).diag_error, 1e-12); }

TEST(Euler, EmptySetsHaveNoSize) {
  EXPECT_EQ(Layout({0, 0, 0, 0}).diag_error, 0);
  const EulerLayout one = Layout({0, 5, 0, 0});
  EXPECT_EQ(one.sets[1].a, 0);
  EXPECT_LE(one.diag_error, 1e-12);
  const EulerLayout two = Layout({0, 5, 0, 0, 3, 2, 0, 0});
  EXPECT_EQ(two.sets[1].a, 0);
  EXPECT_LE(two.diag_error, 1e-9);
}

TEST(Euler, DrawsExtremeRatios) {
  const EulerLayout layout = Layout({0, 1e12, 0.84, 0.16});
  EXPECT_LE(layout.diag_error, 1e-9);
  EXPECT_NEAR(layout.sets[1].a / layout.sets[0].a, 1e-6, 1e-8);
}

TEST(Euler, DrawsThreeCirclesThatFit) {
  // Regions counted in circles that were drawn by hand: circles fit by construction.
  const std::vector<Ellipse> circles = {{.x = 0, .y = 0, .a = 1, .b = 1},
                                        {.x = 0.9, .y = 0, .a = 0.7, .b = 0.7},
                                        {.x = 0.4, .y = 0.8, .a = 0.6, .b = 0.6}};
  const EulerLayout layout = Layout(AreasOf(circles).areas);
  EXPECT_TRUE(layout.circles);
  EXPECT_LE(layout.diag_error, 1e-3);
}

TEST(Euler, TakesEllipsesWhereCirclesCannotFit) {
  // Three sets that only meet in pairs: circles of these sizes would have to meet in the middle.
  const EulerLayout layout = Layout({0, 3, 5, 4, 4, 3, 2, 1});
  EXPECT_LE(layout.diag_error, 1e-4);
}

TEST(Euler, ThreeNestedAndThreeDisjoint) {
  EXPECT_LE(Layout({0, 100, 0, 30, 0, 0, 0, 10}).diag_error, 1e-6);
  EXPECT_LE(Layout({0, 100, 30, 0, 10, 0, 0, 0}).diag_error, 1e-6);
  EXPECT_LE(Layout({0, 100, 0, 20, 0, 20, 0, 0}).diag_error, 1e-6);  // two apart within one
}

TEST(Euler, ThreeDisjointSetsLieSideBySide) {
  const EulerLayout layout = Layout({0, 100, 30, 0, 10, 0, 0, 0});
  for (const auto& [i, j] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 2)}) {
    const Ellipse &a = layout.sets[i], &b = layout.sets[j];
    EXPECT_NEAR(std::hypot(a.x - b.x, a.y - b.y) / (a.a + b.a), 1.06, 0.01);
  }
}

TEST(Euler, RandomSetsAreMostlyTrueAndAlwaysTell) {
  std::mt19937_64 random(8);
  int true_ones = 0;
  constexpr int kTrials = 100;
  for (int trial = 0; trial < kTrials; ++trial) {
    Sizes wanted(8);
    for (size_t m = 1; m < 8; ++m) wanted[m] = static_cast<double>(random() % 1000);
    const EulerLayout layout = Layout(wanted);
    true_ones += layout.IsTrue() ? 1 : 0;
    const Sizes counted = CountedAreas(layout.sets, 50'000);
    double error = 0;
    for (size_t m = 1; m < 8; ++m)
      error = std::max(error, std::abs(counted[m] / Sum(counted) - wanted[m] / Sum(wanted)));
    EXPECT_NEAR(error, layout.diag_error, 0.006) << trial;
  }
  EXPECT_GE(true_ones, 95);
}

TEST(Euler, RefusesWhatAreNoSizes) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const Sizes& bad : {Sizes{}, Sizes{0, 1, 2}, Sizes(16), Sizes{0, -1, 2, 3}, Sizes{0, kInfinity, 2, 3},
                           Sizes{0, std::nan(""), 2, 3}}) {
    EXPECT_EQ(GetErrorInfo(LayoutEuler(bad).status()).code, ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace vesica
