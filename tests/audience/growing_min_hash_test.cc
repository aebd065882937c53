#include "audience/growing_min_hash.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

#include "base/context_state.h"
#include "tests/model/naive_sketches.h"

namespace vesica {
namespace {

TEST(GrowingMinHash, KeepsWhatTheNaiveSketchKeeps) {
  std::mt19937_64 random(1);
  const auto ledger = std::make_shared<MemoryLedger>(0);
  for (uint64_t bytes : {1024u, 5000u}) {
    const MinHashSize size = MinHashSize::Of(bytes).value();
    const uint64_t exact = size.ExactCapacity(HashWidth::k64);
    for (uint64_t distinct : {uint64_t{0}, uint64_t{1}, uint64_t{17}, exact - 1, exact, exact + 1,
                              uint64_t{size.capacity}, uint64_t{size.capacity} + 1, uint64_t{20'000}}) {
      std::vector<uint64_t> hashes(distinct);
      for (uint64_t& hash : hashes) hash = random() >> random() % 8;
      GrowingMinHash sketch(size);
      std::vector<uint64_t> added;
      for (uint64_t i = 0; i < 3 * distinct; ++i) {  // some never, most several times
        added.push_back(hashes[random() % distinct]);
        sketch.Add(added.back());
        if (i == distinct) {
          ASSERT_TRUE(sketch.Keys(ledger).ok());  // it may go on after that
        }
      }
      const std::set<uint64_t> set(added.begin(), added.end());
      const Audience::Keys keys = sketch.Keys(ledger).value();
      if (set.size() <= exact) {
        const auto values = std::get<0>(keys)->values<uint64_t>();
        EXPECT_EQ(std::vector<uint64_t>(values.begin(), values.end()), std::vector<uint64_t>(set.begin(), set.end()));
      } else {
        EXPECT_EQ(*std::get<1>(keys), NaiveMinHash(added, size)) << bytes << " bytes, " << distinct << " hashes";
      }
    }
  }
}

TEST(GrowingMinHash, TakesTheMemoryOfWhatItHolds) {
  const MinHashSize size = MinHashSize::Of(16384).value();
  std::mt19937_64 random(2);
  GrowingMinHash sketch(size);
  for (int i = 0; i < 100; ++i) sketch.Add(random());
  EXPECT_LE(sketch.held_bytes(), 300 * sizeof(uint64_t));
  for (int i = 0; i < 1'000'000; ++i) sketch.Add(random());
  EXPECT_LE(sketch.held_bytes(), 2 * size.capacity * sizeof(uint32_t));
}

}  // namespace
}  // namespace vesica
