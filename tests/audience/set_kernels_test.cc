#include "audience/set_kernels.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "audience/find.h"
#include "tests/model/hash_sets.h"
#include "tests/model/naive_sets.h"
#include "tests/model/simd_levels.h"

namespace vesica {
namespace {

template <class T>
class SetKernels : public ::testing::Test {};
using Elements = ::testing::Types<uint64_t, KeyHash>;
TYPED_TEST_SUITE(SetKernels, Elements);

struct Pair {
  NaiveSet a, b;
};

// Calls `test` with generated pairs of every shape: empty, odd sizes, 20:1, 1000:1, nested, disjoint and equal.
template <HashElement T, class Test>
void ForEachPair(Test test) {
  for (const Spread spread : kSpreads) {
    for (uint64_t seed = 0; seed < 40; ++seed) {
      SCOPED_TRACE(testing::Message() << "spread " << static_cast<int>(spread) << " seed " << seed);
      std::mt19937_64 rng(seed);
      const std::vector<size_t> sizes[] = {{rng() % 20, rng() % 20},
                                           {rng() % 300, rng() % 300},
                                           {rng() % 20, 20 * (rng() % 20)},
                                           {rng() % 5, 1000 * (rng() % 3)},
                                           {0, rng() % 50},
                                           {1, 1}};
      for (const auto& size : sizes) {
        const auto sets = RandomSets(rng, kHashWidthOf<T>, spread, size);
        test(Pair{sets[0], sets[1]});
        test(Pair{sets[1], sets[0]});
        test(Pair{sets[0], sets[0]});
        test(Pair{sets[0], NaiveUnion(sets[0], sets[1])});
        test(Pair{NaiveDifference(sets[0], sets[1]), sets[1]});
      }
    }
  }
}

TYPED_TEST(SetKernels, EveryCountAgreesWithTheNaiveSet) {
  using T = TypeParam;
  ForEachPair<T>([](const Pair& pair) {
    const uint64_t expected = NaiveIntersection(pair.a, pair.b).size();
    const std::vector<T> a = ToElements<T>(pair.a), b = ToElements<T>(pair.b);
    EXPECT_EQ(CountCommonByMerge<T>(a, b), expected);
    EXPECT_EQ(CountCommonBySearch<T>(a, b), expected);
    EXPECT_EQ(CountCommonBySearch<T>(b, a), expected);
    EXPECT_EQ(CountCommon<T>(a, b), expected);
  });
}

TYPED_TEST(SetKernels, BlocksAgreeWithTheMergeAtEverySimdLevel) {
  using T = TypeParam;
  AtEverySimdLevel([] {
    ForEachPair<T>([](const Pair& pair) {
      const std::vector<T> a = ToElements<T>(pair.a), b = ToElements<T>(pair.b);
      EXPECT_EQ(CountCommonByBlocks<T>(a, b), CountCommonByMerge<T>(a, b));
    });
  });
}

// Runs a writer in an array of exactly the right size, between guards.
template <HashElement T, class Write>
std::vector<T> Written(size_t size, Write write) {
  const T guard = SmallestHash<T>(0x5555555555555555);
  std::vector<T> room(size + 2, guard);
  write(std::span<T>(room).subspan(1, size));
  EXPECT_TRUE(IsSame(room.front(), guard));
  EXPECT_TRUE(IsSame(room.back(), guard));
  return {room.begin() + 1, room.end() - 1};
}

TYPED_TEST(SetKernels, WritersAgreeWithTheNaiveSet) {
  using T = TypeParam;
  ForEachPair<T>([](const Pair& pair) {
    const std::vector<T> a = ToElements<T>(pair.a), b = ToElements<T>(pair.b);
    const auto either = ToElements<T>(NaiveUnion(pair.a, pair.b));
    const auto both = ToElements<T>(NaiveIntersection(pair.a, pair.b));
    const auto only_a = ToElements<T>(NaiveDifference(pair.a, pair.b));
    EXPECT_EQ(Written<T>(either.size(), [&](std::span<T> out) { WriteUnion<T>(a, b, out); }), either);
    EXPECT_EQ(Written<T>(both.size(), [&](std::span<T> out) { WriteIntersection<T>(a, b, out); }), both);
    EXPECT_EQ(Written<T>(only_a.size(), [&](std::span<T> out) { WriteDifference<T>(a, b, out); }), only_a);
  });
}

TYPED_TEST(SetKernels, LowerBoundAgreesWithTheNaiveSetFromAnyHint) {
  using T = TypeParam;
  ForEachPair<T>([](const Pair& pair) {
    const std::vector<T> a = ToElements<T>(pair.a), b = ToElements<T>(pair.b);
    if (b.size() > 300) return;
    for (const T& hash : b) {
      const auto expected = std::distance(pair.a.begin(), pair.a.lower_bound(FromElement(hash)));
      EXPECT_EQ(LowerBound<T>(a, hash), static_cast<size_t>(expected));
      for (const size_t hint : {size_t{0}, a.size() / 2, a.size() - a.size() / 8, a.size()}) {
        EXPECT_EQ(LowerBoundNear<T>(a, hash, hint), static_cast<size_t>(expected));
      }
    }
  });
}

}  // namespace
}  // namespace vesica
