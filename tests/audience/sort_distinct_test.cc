#include "audience/sort_distinct.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "audience/bucket_sort.h"
#include "tests/model/hash_sets.h"
#include "tests/model/naive_sets.h"
#include "vesica/status.h"

namespace vesica {
namespace {

template <class T>
class SortDistinctTest : public ::testing::Test {};
using Elements = ::testing::Types<uint64_t, KeyHash>;
TYPED_TEST_SUITE(SortDistinctTest, Elements);

// Rows of `distinct` different hashes at most.
template <HashElement T>
std::vector<T> RandomRows(std::mt19937_64& rng, Spread spread, size_t rows, size_t distinct) {
  std::vector<T> pool;
  for (size_t i = 0; i < distinct; ++i) pool.push_back(ToElement<T>(RandomHash(rng, kHashWidthOf<T>, spread)));
  std::vector<T> result;
  for (size_t i = 0; i < rows; ++i) result.push_back(pool[distinct >= rows ? i : rng() % distinct]);
  return result;
}

template <HashElement T>
std::vector<T> Expected(std::vector<T> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

// Cuts rows at random places.
template <HashElement T>
std::vector<std::span<const T>> Cut(std::mt19937_64& rng, std::span<const T> rows) {
  std::vector<std::span<const T>> pieces;
  while (!rows.empty()) {
    const size_t size = rng() % 4 == 0 ? rng() % 3 : 1 + rng() % rows.size();
    pieces.push_back(rows.first(std::min(size, rows.size())));
    rows = rows.subspan(pieces.back().size());
  }
  return pieces;
}

TYPED_TEST(SortDistinctTest, BucketSortAgreesWithStdSort) {
  using T = TypeParam;
  MemoryLedger ledger(0);
  BucketSort<T> sort;
  ASSERT_TRUE(sort.Prepare(ledger, 5000).ok());
  for (const Spread spread : kSpreads) {
    for (uint64_t seed = 0; seed < 60; ++seed) {
      SCOPED_TRACE(testing::Message() << "spread " << static_cast<int>(spread) << " seed " << seed);
      std::mt19937_64 rng(seed);
      // Below and above the capacity, with few and many duplicates.
      const size_t rows = seed < 4 ? seed : rng() % 8000;
      std::vector<T> hashes = RandomRows<T>(rng, spread, rows, 1 + rng() % (2 * rows + 1));
      const int known_bits = spread == Spread::kOnePartition ? 16 : 0;
      const std::vector<T> expected = Expected(hashes);
      hashes.resize(sort.SortDistinct(hashes.data(), hashes.size(), known_bits));
      ASSERT_EQ(hashes, expected);
    }
  }
}

TYPED_TEST(SortDistinctTest, DependsOnlyOnTheKeys) {
  using T = TypeParam;
  for (const uint32_t threads : {1u, 2u, 5u}) {
    Context context = MakeContext(threads);
    for (const Spread spread : kSpreads) {
      for (uint64_t seed = 0; seed < 20; ++seed) {
        SCOPED_TRACE(testing::Message() << threads << " threads, spread " << static_cast<int>(spread) << " seed "
                                        << seed);
        std::mt19937_64 rng(seed);
        const size_t rows = seed < 3 ? seed : rng() % 30000;
        const std::vector<T> hashes = RandomRows<T>(rng, spread, rows, 1 + rng() % (2 * rows + 1));
        const auto pieces = Cut<T>(rng, hashes);
        const auto sorted = SortDistinct<T>(pieces, context.state());
        ASSERT_TRUE(sorted.ok());
        const std::span<const T> values = (*sorted)->template values<T>();
        ASSERT_EQ(std::vector<T>(values.begin(), values.end()), Expected(hashes));
      }
    }
  }
}

TYPED_TEST(SortDistinctTest, OneKeyInEveryRowTakesNoRoomForTheOthers) {
  using T = TypeParam;
  Context context = MakeContext(2);
  const std::vector<T> hashes(1'000'000, ToElement<T>({123456789, 5}));
  const std::span<const T> piece(hashes);
  const auto sorted = SortDistinct<T>({&piece, 1}, context.state());
  ASSERT_TRUE(sorted.ok());
  EXPECT_EQ((*sorted)->count(), 1u);
  context.Trim();
  EXPECT_LE(context.held_bytes(), 4096u);
  EXPECT_GE(context.peak_bytes(), hashes.size() * sizeof(T));
}

TYPED_TEST(SortDistinctTest, OverBudgetSaysWhatIsNeededAndHoldsNothing) {
  using T = TypeParam;
  Context context = MakeContext(1, 1 << 20);
  std::mt19937_64 rng(1);
  const std::vector<T> hashes = RandomRows<T>(rng, Spread::kEven, 300'000, 300'000);
  const std::span<const T> piece(hashes);
  const auto sorted = SortDistinct<T>({&piece, 1}, context.state());
  const ErrorInfo info = GetErrorInfo(sorted.status());
  EXPECT_EQ(info.code, ErrorCode::kOverBudget);
  EXPECT_GE(info.needed_bytes, hashes.size() * sizeof(T));
  EXPECT_EQ(context.held_bytes(), 0u);
}

}  // namespace
}  // namespace vesica
