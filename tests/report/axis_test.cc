#include "report/axis.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vesica {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

TEST(Axis, HoldsWhatItIsFor) {
  for (const double largest : {1e-9, 0.003, 0.16, 0.99, 1.0, 7.0, 12'149.0, 3e14}) {
    for (const int ticks : {2, 4, 6}) {
      const Axis axis = AxisFor(largest, 0, 100, ticks);
      EXPECT_GE(axis.most, largest * (1 - 1e-9)) << largest;
      EXPECT_LE(axis.most, largest * 2) << largest;
      EXPECT_LE(axis.Ticks().size(), static_cast<size_t>(ticks) + 2) << largest;
    }
  }
}

TEST(Axis, TicksAreRound) {
  EXPECT_THAT(AxisFor(12'149, 0, 1, 4).Ticks(), ElementsAre(0, 5'000, 10'000, 15'000));
  EXPECT_THAT(ShareAxisFor(0.16, 0, 1, 4).Ticks(), ElementsAre(0, DoubleNear(0.05, 1e-9), DoubleNear(0.1, 1e-9),
                                                               DoubleNear(0.15, 1e-9), DoubleNear(0.2, 1e-9)));
}

TEST(Axis, OfSharesEndsAtAll) {
  EXPECT_EQ(ShareAxisFor(0.97, 0, 1).most, 1);
  EXPECT_EQ(ShareAxisFor(std::nan(""), 0, 1).most, 1);
  EXPECT_EQ(ShareAxisFor(0, 0, 1).most, 1);
}

TEST(Axis, PlacesFigures) {
  const Axis axis = AxisFor(10, 200, 0, 2);
  EXPECT_EQ(axis.At(0), 200);
  EXPECT_EQ(axis.At(axis.most), 0);
}

TEST(Axis, TicksAreWords) {
  EXPECT_EQ(ShareTick(0.15), "15 %");
  EXPECT_EQ(ShareTick(0.025), "2.5 %");
  EXPECT_EQ(CountTick(1'500), "1,500");
  EXPECT_EQ(CountTick(2e6), "2 m");
  EXPECT_EQ(CountTick(0.5), "0.5");
}

}  // namespace
}  // namespace vesica
