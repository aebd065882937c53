#include "audience/hash_scatter.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using Element = std::pair<uint64_t, uint64_t>;

// What a scatter holds, by partition, in ascending order.
std::vector<std::vector<Element>> Contents(const HashScatter& scatter) {
  std::vector<std::vector<Element>> partitions(scatter.partitions());
  for (size_t p = 0; p < scatter.partitions(); ++p) {
    EXPECT_TRUE(scatter
                    .ForEachChunk(p,
                                  [&](const uint64_t* elements, size_t count) {
                                    for (size_t i = 0; i < count; ++i) {
                                      const uint64_t* element = elements + i * scatter.words();
                                      partitions[p].push_back({element[0], scatter.words() == 2 ? element[1] : 0});
                                    }
                                    return absl::OkStatus();
                                  })
                    .ok());
    EXPECT_EQ(scatter.count(p), partitions[p].size());
    std::sort(partitions[p].begin(), partitions[p].end());
  }
  return partitions;
}

struct Case {
  int words;
  int partition_bits;
  size_t rows;
  uint64_t hash_mask;  // fewer bits: fewer partitions are hit, and harder
};

class HashScatterTest : public testing::TestWithParam<Case> {};

TEST_P(HashScatterTest, HoldsEveryElementInItsPartition) {
  const Case& c = GetParam();
  std::mt19937_64 random(c.rows);
  MemoryLedger ledger(0);
  Arena arena(ledger);
  HashScatter scatter(arena, c.words, c.partition_bits, c.rows);
  std::vector<std::vector<Element>> expected(scatter.partitions());
  std::vector<uint64_t> first, second;
  for (size_t i = 0; i < c.rows; ++i) {
    first.push_back(random() & c.hash_mask);
    second.push_back(random());
    expected[first[i] >> (64 - c.partition_bits)].push_back({first[i], c.words == 2 ? second[i] : 0});
  }
  for (auto& partition : expected) std::sort(partition.begin(), partition.end());
  for (size_t done = 0; done < c.rows;) {
    const size_t count = std::min<size_t>(random() % 300, c.rows - done);
    ASSERT_TRUE(scatter.Add(first.data() + done, second.data() + done, count).ok());
    done += count;
  }
  ASSERT_TRUE(scatter.Finish().ok());
  EXPECT_EQ(Contents(scatter), expected);
  EXPECT_LE(ledger.peak_bytes(), HashScatter::BytesFor(c.rows, c.words, c.partition_bits, 1) + Arena::kBlockBytes);
}

INSTANTIATE_TEST_SUITE_P(Sizes, HashScatterTest,
                         testing::Values(Case{1, 8, 0, UINT64_MAX}, Case{1, 8, 1, UINT64_MAX},
                                         Case{2, 8, 1, UINT64_MAX}, Case{1, 8, 2047, UINT64_MAX},
                                         Case{2, 8, 2047, UINT64_MAX}, Case{1, 8, 256, 0}, Case{1, 8, 100003, 0},
                                         Case{2, 8, 100003, 0}, Case{1, 8, 65536, uint64_t{1} << 63},
                                         Case{1, 10, 300000, UINT64_MAX}, Case{2, 11, 300000, UINT64_MAX},
                                         Case{1, 13, 1000, UINT64_MAX}));

TEST(HashScatter, FailsWhenTheBudgetDoes) {
  MemoryLedger ledger(3 * Arena::kBlockBytes);
  Arena arena(ledger);
  HashScatter scatter(arena, 1, 8, 0);
  std::mt19937_64 random(1);
  std::vector<uint64_t> hashes(1 << 20);
  for (uint64_t& hash : hashes) hash = random();
  const absl::Status status = scatter.Add(hashes.data(), nullptr, hashes.size());
  EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kOverBudget);
  EXPECT_GT(GetErrorInfo(status).needed_bytes, 3 * Arena::kBlockBytes);
  EXPECT_LE(ledger.peak_bytes(), 3 * Arena::kBlockBytes);
}

TEST(PartitionBits, KeepsTheTableOfAPartitionInTheL2Cache) {
  EXPECT_EQ(PartitionBits(0, 1), 8);
  EXPECT_EQ(PartitionBits(6'000'000, 1), 8);
  EXPECT_EQ(PartitionBits(20'000'000, 1), 10);
  EXPECT_EQ(PartitionBits(20'000'000, 2), 11);
  EXPECT_EQ(PartitionBits(uint64_t{1} << 40, 1), 13);
}

}  // namespace
}  // namespace vesica
