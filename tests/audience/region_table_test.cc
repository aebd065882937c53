#include "audience/region_table.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "tests/model/simd_levels.h"

namespace vesica {
namespace {

constexpr int kPartitionBits = 9;
constexpr uint64_t kPartition = uint64_t{0x155} << (64 - kPartitionBits);

// A key of the model: the hash, and its second word where that counts.
using Key = std::pair<uint64_t, uint64_t>;
Key KeyOf(ElementKind kind, const uint64_t* element) {
  return {element[0], kind == ElementKind::kHash128 ? element[1] : 0};
}

// `count` elements of one partition over about `distinct` keys.
std::vector<uint64_t> Elements(std::mt19937_64& random, ElementKind kind, size_t count, size_t distinct) {
  std::vector<uint64_t> pool;
  for (size_t i = 0; i < distinct; ++i) pool.push_back(kPartition | random() >> kPartitionBits);
  std::vector<uint64_t> elements;
  for (size_t i = 0; i < count; ++i) {
    elements.push_back(pool[random() % pool.size()]);
    if (ElementWords(kind) == 2) elements.push_back(random() % 3);
  }
  return elements;
}

using Param = std::tuple<ElementKind, int /*sets*/, size_t /*rows of a set*/, size_t /*distinct*/>;
class RegionTableTest : public testing::TestWithParam<Param> {};

TEST_P(RegionTableTest, CountsAsAMapDoesAtEverySimdLevel) {
  const auto [kind, sets, rows, distinct] = GetParam();
  const int words = ElementWords(kind);
  std::mt19937_64 random(rows + distinct);
  std::vector<std::vector<uint64_t>> elements;
  std::map<Key, uint32_t> model;
  size_t seen_before = 0;
  for (int set = 0; set < sets; ++set) {
    elements.push_back(Elements(random, kind, rows, distinct));
    for (size_t i = 0; i < rows; ++i) {
      uint32_t& members = model[KeyOf(kind, &elements[set][i * words])];
      seen_before += members != 0;
      members |= 1u << set;
    }
  }
  std::vector<uint64_t> expected(size_t{1} << sets);
  for (const auto& [key, members] : model) ++expected[members];

  AtEverySimdLevel([&, kind = kind, sets = sets, rows = rows] {
    MemoryLedger ledger(0);
    RegionTable table(ledger, kind, kPartitionBits);
    for (int round = 0; round < 2; ++round) {  // a table is used again for the next partition
      ASSERT_TRUE(table.Begin(rows * sets).ok());
      size_t all_pairs = 0;
      for (int set = 0; set < sets; ++set) {
        for (size_t done = 0; done < rows; done += 1000) {
          const size_t count = std::min<size_t>(1000, rows - done);
          std::vector<RowPair> pairs(count);
          size_t pair_count = 0;
          ASSERT_TRUE(table.Insert(&elements[set][done * words], count, set, pairs.data(), &pair_count).ok());
          all_pairs += pair_count;
        }
      }
      std::vector<uint64_t> counts(size_t{1} << sets);
      table.Count(sets, counts.data());
      EXPECT_EQ(counts, expected);
      if (kind == ElementKind::kHash64Row) {
        EXPECT_EQ(all_pairs, seen_before);
      }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Kinds, RegionTableTest,
                         testing::Combine(testing::Values(ElementKind::kHash64, ElementKind::kHash128,
                                                          ElementKind::kHash64Row),
                                          testing::Values(1, 2, 3, 8), testing::Values<size_t>(1, 17, 5000, 30000),
                                          testing::Values<size_t>(1, 100000)));

TEST(RegionTableKernels, ScalarTwinAgrees) {
  for (const ElementKind kind : {ElementKind::kHash64, ElementKind::kHash128, ElementKind::kHash64Row}) {
    std::mt19937_64 random(7);
    const size_t count = 3000;
    const std::vector<uint64_t> elements = Elements(random, kind, count, 2000);
    AtEverySimdLevel([&] {
      constexpr size_t kBuckets = 700;
      std::vector<uint64_t> simd_words(kBuckets * 16 + 8), scalar_words(kBuckets * 16 + 8);
      auto aligned = [](std::vector<uint64_t>& words) {
        return reinterpret_cast<uint64_t*>((reinterpret_cast<uintptr_t>(words.data()) + 63) & ~uintptr_t{63});
      };
      const RegionTableView simd{aligned(simd_words), kBuckets, kPartitionBits};
      const RegionTableView scalar{aligned(scalar_words), kBuckets, kPartitionBits};
      std::vector<RowPair> simd_pairs(count), scalar_pairs(count);
      size_t simd_pair_count = 0, scalar_pair_count = 0;
      EXPECT_EQ(InsertSimd(simd, kind, elements.data(), count, 2, simd_pairs.data(), &simd_pair_count),
                InsertScalar(scalar, kind, elements.data(), count, 2, scalar_pairs.data(), &scalar_pair_count));
      EXPECT_EQ(simd_pair_count, scalar_pair_count);
      for (size_t i = 0; i < simd_pair_count; ++i) {
        EXPECT_EQ(simd_pairs[i].stored, scalar_pairs[i].stored);
        EXPECT_EQ(simd_pairs[i].row, scalar_pairs[i].row);
      }
      EXPECT_TRUE(std::equal(simd.words, simd.words + kBuckets * 8 * ElementWords(kind), scalar.words));
      uint64_t simd_counts[4] = {}, scalar_counts[4] = {};
      CountSimd(simd, kind, 2, simd_counts);
      CountScalar(scalar, kind, 2, scalar_counts);
      EXPECT_TRUE(std::equal(simd_counts, simd_counts + 4, scalar_counts));
    });
  }
}

// Hashes that all want the last bucket go on at the first: nothing is written behind the table.
TEST(RegionTable, BucketsWrapAround) {
  MemoryLedger ledger(0);
  RegionTable table(ledger, ElementKind::kHash64, kPartitionBits);
  std::vector<uint64_t> hashes;
  for (uint64_t i = 0; i < 1000; ++i) hashes.push_back(UINT64_MAX - i);
  ASSERT_TRUE(table.Begin(hashes.size()).ok());
  ASSERT_TRUE(table.Insert(hashes.data(), hashes.size(), 0).ok());
  uint64_t counts[2] = {};
  table.Count(1, counts);
  EXPECT_EQ(counts[1], 1000u);
}

TEST(RegionTable, ManyEqualRowsTakeLittleMemory) {
  MemoryLedger ledger(0);
  RegionTable table(ledger, ElementKind::kHash64, kPartitionBits);
  ASSERT_TRUE(table.Begin(uint64_t{1} << 40).ok());
  EXPECT_LT(ledger.held_bytes(), 1u << 20);
}

}  // namespace
}  // namespace vesica
