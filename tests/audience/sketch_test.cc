// The samples that sketches keep, against their naive twins.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "audience/floating_cell.h"
#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "audience/select_below.h"
#include "tests/model/hash_sets.h"
#include "tests/model/naive_sketches.h"
#include "tests/model/simd_levels.h"

namespace vesica {
namespace {

// Of all magnitudes.
uint64_t RandomPosition(std::mt19937_64& rng) { return (rng() >> 4) >> (rng() % 60); }

std::vector<uint64_t> RandomHashes(std::mt19937_64& rng, size_t count, uint64_t distinct) {
  std::vector<uint64_t> hashes(count);
  for (uint64_t& hash : hashes) hash = (rng() % distinct) * 0x9E3779B97F4A7C15u ^ (rng() % 50 == 0 ? 0 : 1);
  return hashes;
}

std::shared_ptr<const SortedHashes> Exact(std::vector<uint64_t> hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return SortedHashes::Copy(std::span<const uint64_t>(hashes), std::make_shared<MemoryLedger>(0)).value();
}

TEST(FloatingCellTest, AgreesWithArithmetic) {
  std::mt19937_64 rng(1);
  for (int i = 0; i < 200'000; ++i) {
    const uint32_t p = 1 + rng() % kMaxMantissaBits;
    const uint64_t position = RandomPosition(rng);
    const uint32_t cell = CellOf(position, p);
    ASSERT_EQ(cell, NaiveCell(position, p));
    ASSERT_LE(CellEdge(cell, p), position);
    ASSERT_GT(CellEdge(cell + 1, p), position);
    ASSERT_EQ(CellEdge(cell + 1, p) - CellEdge(cell, p), uint64_t{1} << OctaveWidthLog2(CellOctave(cell, p)));
    ASSERT_EQ(CellOf(CellEdge(cell, p), p), cell);
    const uint32_t to = 1 + rng() % p;
    ASSERT_EQ(CoarserCell(cell, p, to), CellOf(position, to));
  }
}

TEST(FloatingCellTest, EndIsBeyondTheLastCell) {
  for (uint32_t p = 1; p <= kMaxMantissaBits; ++p) {
    EXPECT_EQ(CellOf(kPositionEnd - 1, p) + 1, EndCell(p));
    EXPECT_EQ(CellEdge(EndCell(p), p), kPositionEnd);
    EXPECT_EQ(CoarserCell(EndCell(p), p, 1), EndCell(1));
    EXPECT_EQ(CellOf(0, p), 0u);
  }
}

TEST(SelectBelowTest, AgreesWithALoopAtEverySimdLevel) {
  AtEverySimdLevel([] {
    std::mt19937_64 rng(2);
    for (int i = 0; i < 2000; ++i) {
      const size_t count = rng() % 300;
      std::vector<uint64_t> hashes(count);
      for (uint64_t& hash : hashes) hash = rng() >> (rng() % 64);
      const uint32_t shift = rng() % 21;
      const uint64_t limit = rng() % 4 == 0 ? UINT64_MAX : rng() >> (rng() % 64);
      std::vector<uint64_t> naive, out(count + 1);
      for (const uint64_t hash : hashes) {
        if ((hash << shift) <= limit) naive.push_back(hash);
      }
      out.resize(SelectBelow(hashes.data(), count, shift, limit, out.data()));
      ASSERT_EQ(out, naive) << "shift " << shift << " limit " << limit;
    }
  });
}

TEST(MinHashSizeTest, GoesWithTheBytes) {
  for (uint64_t bytes = MinHashSize::kMinImageBytes; bytes <= MinHashSize::kMaxImageBytes; bytes += 1 + bytes / 97) {
    const MinHashSize size = MinHashSize::Of(bytes).value();
    EXPECT_GT(size.capacity, bytes * 4 / 5) << bytes;
    EXPECT_LT(size.capacity, bytes * 4 / 3) << bytes;
    EXPECT_LT(size.ExactCapacity(HashWidth::k64), size.capacity) << bytes;
    EXPECT_LE(size.mantissa_bits, kMaxMantissaBits);
  }
  EXPECT_EQ(MinHashSize::Of(16384)->mantissa_bits, 18u);
  EXPECT_FALSE(MinHashSize::Of(MinHashSize::kMinImageBytes - 1).ok());
  EXPECT_FALSE(MinHashSize::Of(MinHashSize::kMaxImageBytes + 1).ok());
}

TEST(MinHashTest, OfExactAgreesWithTheNaiveSample) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 rng(seed);
    const MinHashSize size = MinHashSize::Of(1024 + rng() % 3000).value();
    const std::vector<uint64_t> hashes = RandomHashes(rng, rng() % 6000, 1 + rng() % 6000);
    const auto exact = Exact(hashes);
    const MinHash sample = MinHash::OfExact(*exact, size);
    const MinHash naive = NaiveMinHash(hashes, size);
    EXPECT_EQ(sample.exact_count(), exact->count());
    EXPECT_EQ(MinHash(size, sample.threshold(), {sample.cells().begin(), sample.cells().end()}), naive) << seed;
  }
}

TEST(MinHashTest, MergesToTheSampleOfTheUnion) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    std::mt19937_64 rng(seed);
    const MinHashSize size = MinHashSize::Of(1024 + rng() % 3000).value();
    std::vector<uint64_t> all = RandomHashes(rng, rng() % 20'000, 1 + rng() % 20'000);
    // Overlapping shards, merged in a random tree.
    std::vector<MinHash> parts;
    std::vector<uint64_t> united;
    for (uint64_t shards = 1 + rng() % 12; shards > 0; --shards) {
      std::vector<uint64_t> shard;
      for (const uint64_t hash : all) {
        if (rng() % 5 == 0) shard.push_back(hash);
      }
      united.insert(united.end(), shard.begin(), shard.end());
      parts.push_back(NaiveMinHash(shard, size));
    }
    while (parts.size() > 1) {
      std::swap(parts[rng() % parts.size()], parts.back());
      const MinHash last = parts.back();
      parts.pop_back();
      MinHash& into = parts[rng() % parts.size()];
      into = rng() % 2 != 0 ? MinHash::Merge(into, last) : MinHash::Merge(last, into);
      if (rng() % 4 == 0) into = MinHash::Merge(into, last);  // idempotent
    }
    ASSERT_EQ(parts[0], NaiveMinHash(united, size)) << seed;
  }
}

TEST(MinHashTest, CoarserIsASampleOfTheSameSet) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 rng(seed);
    const MinHashSize fine = MinHashSize::Of(2048 + rng() % 6000).value();
    const MinHashSize coarse = MinHashSize::Of(1024 + rng() % (fine.image_bytes - 1023)).value();
    const std::vector<uint64_t> hashes = RandomHashes(rng, rng() % 20'000, 1 + rng() % 20'000);
    const MinHash coarser = NaiveMinHash(hashes, fine).Coarser(coarse);
    const MinHash naive = NaiveMinHash(hashes, coarse);
    // What it keeps is what a sample made at once keeps below the same threshold.
    ASSERT_LE(coarser.threshold(), naive.threshold());
    const auto below = std::lower_bound(naive.cells().begin(), naive.cells().end(), coarser.threshold());
    ASSERT_TRUE(std::equal(coarser.cells().begin(), coarser.cells().end(), naive.cells().begin(), below)) << seed;
    if (fine.mantissa_bits == coarse.mantissa_bits) {
      ASSERT_EQ(coarser, naive);
    }
  }
}

TEST(MinHashTest, ViewOfExactHasAllCellsBelowTheThreshold) {
  std::mt19937_64 rng(5);
  const MinHashSize size = MinHashSize::Of(1024).value();
  const auto exact = Exact(RandomHashes(rng, 50'000, 1'000'000'000));
  const uint32_t threshold = CellOf(kPositionEnd / 3, size.mantissa_bits);
  const MinHash view = MinHash::ViewOfExact(*exact, size, threshold);
  std::set<uint32_t> cells;
  for (const uint64_t hash : exact->values<uint64_t>()) {
    const uint32_t cell = CellOf(HashPosition(hash), size.mantissa_bits);
    if (cell < threshold) cells.insert(cell);
  }
  EXPECT_GT(cells.size(), size.capacity);
  EXPECT_TRUE(std::equal(view.cells().begin(), view.cells().end(), cells.begin(), cells.end()));
  EXPECT_EQ(view.exact_count(), exact->count());
}

TEST(HyperLogLogTest, CodesAgreeWithTheNaiveOnesBitByBit) {
  std::mt19937_64 rng(6);
  for (int i = 0; i < 20'000; ++i) {
    const HyperLogLogShape shape{static_cast<uint32_t>(4 + rng() % 17), static_cast<uint32_t>(rng() % 4)};
    const uint64_t hash = rng() >> shape.register_bits >> (rng() % 45) | rng() << (64 - shape.register_bits);
    const uint8_t code = shape.CodeOf(hash);
    if (shape.register_bits <= 8) {
      ASSERT_EQ(NaiveHyperLogLog({hash}, shape).registers()[shape.RegisterOf(hash)], code);
    }
    // The limit lets through just what has a larger code.
    const uint64_t fraction = hash << shape.register_bits;
    for (const int other : {int{code}, int{code} - 1}) {
      if (other < 0 || other >= shape.max_code()) continue;
      ASSERT_EQ(fraction <= shape.LargestFractionAbove(static_cast<uint8_t>(other)), code > other);
    }
  }
}

TEST(HyperLogLogTest, CoarserIsWhatTheKeysWouldHaveLeft) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    std::mt19937_64 rng(seed);
    const HyperLogLogShape fine{static_cast<uint32_t>(4 + rng() % 7), static_cast<uint32_t>(rng() % 4)};
    const HyperLogLogShape coarse{static_cast<uint32_t>(4 + rng() % (fine.register_bits - 3)),
                                  static_cast<uint32_t>(rng() % (fine.mantissa_bits + 1))};
    std::vector<uint64_t> hashes = RandomHashes(rng, rng() % 3000, 1 + rng() % 5000);
    for (int i = 0; i < 20; ++i) hashes.push_back(rng() << (rng() % 60));
    ASSERT_EQ(NaiveHyperLogLog(hashes, fine).Coarser(coarse), NaiveHyperLogLog(hashes, coarse)) << seed;
  }
}

TEST(HyperLogLogTest, MergesToTheRegistersOfTheUnion) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 rng(seed);
    const HyperLogLogShape a_shape{static_cast<uint32_t>(4 + rng() % 6), static_cast<uint32_t>(rng() % 4)};
    const HyperLogLogShape b_shape{static_cast<uint32_t>(4 + rng() % 6), static_cast<uint32_t>(rng() % 4)};
    const std::vector<uint64_t> a = RandomHashes(rng, rng() % 3000, 5000);
    const std::vector<uint64_t> b = RandomHashes(rng, rng() % 3000, 5000);
    std::vector<uint64_t> both = a;
    both.insert(both.end(), b.begin(), b.end());
    const HyperLogLog ab = HyperLogLog::Merge(NaiveHyperLogLog(a, a_shape), NaiveHyperLogLog(b, b_shape));
    ASSERT_EQ(ab, NaiveHyperLogLog(both, CommonShape(a_shape, b_shape))) << seed;
    ASSERT_EQ(ab, HyperLogLog::Merge(NaiveHyperLogLog(b, b_shape), NaiveHyperLogLog(a, a_shape)));
    ASSERT_EQ(HyperLogLog::Merge(ab, ab), ab);
  }
}

TEST(HyperLogLogTest, ShapeIsTheLargestPowerOfTwo) {
  EXPECT_EQ(HyperLogLogShape::Of(16384, 3)->register_bits, 14u);
  EXPECT_EQ(HyperLogLogShape::Of(16383, 3)->register_bits, 13u);
  EXPECT_EQ(HyperLogLogShape::Of(16, 0)->max_code(), 31);
  EXPECT_EQ(HyperLogLogShape::Of(1 << 20, 3)->max_code(), 248);
  EXPECT_FALSE(HyperLogLogShape::Of(15, 3).ok());
  EXPECT_FALSE(HyperLogLogShape::Of((1 << 20) + 1, 3).ok());
  EXPECT_FALSE(HyperLogLogShape::Of(16384, 4).ok());
}

}  // namespace
}  // namespace vesica
