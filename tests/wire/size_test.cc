// How long images are: within the size a MinHash was made for, and near what the hashes' randomness leaves possible.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <random>

#include "tests/wire/sets.h"
#include "vesica/status.h"

namespace vesica {
namespace {

MinHashSize SizeOf(uint64_t image_bytes) { return MinHashSize::Of(image_bytes).value(); }

// A number of keys that puts the threshold of a full sample at `place`, 0..1, of an octave.
double KeysFor(const MinHashSize& size, double place) { return size.capacity * std::exp2(10 - place); }

TEST(ImageSize, RandomMinHashesFitTheirBytes) {
  for (const uint32_t bytes : {1024u, 1025u, 1300u, 1700u, 2047u, 2048u, 3000u, 4096u, 6000u, 8191u, 16384u, 23000u,
                               32767u, 65536u, 100000u}) {
    const MinHashSize size = SizeOf(bytes);
    std::mt19937_64 rng(bytes);
    const uint32_t samples = 2000000 / bytes + 8;
    uint64_t longest = 0;
    for (uint32_t i = 0; i < samples; ++i) {
      // Every eighth set is kept whole, all but as large as it can be.
      const double keys = i % 8 == 0 ? size.capacity * 0.98 : KeysFor(size, 1.0 * i / samples);
      const auto info = Describe(AudienceOf(RandomMinHash(rng, size, keys)));
      ASSERT_TRUE(info.ok()) << bytes << " bytes, sample " << i << ": " << info.status();
      longest = std::max(longest, info->payload_bytes + MinHashSize::kHeaderBytes);
    }
    EXPECT_LE(longest, bytes);
    EXPECT_GE(longest, 0.97 * bytes - 60);  // and not far below
    std::printf("%7u bytes: %6u cells, longest of %4u images %.2f %%\n", bytes, size.capacity, samples,
                100.0 * static_cast<double>(longest) / bytes);
  }
}

TEST(ImageSize, LargestMinHashFits) {
  const MinHashSize size = SizeOf(MinHashSize::kMaxImageBytes);
  std::mt19937_64 rng(1);
  for (const double place : {0.0, 0.05, 0.5, 0.95}) {
    const auto info = Describe(AudienceOf(RandomMinHash(rng, size, KeysFor(size, place))));
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->count, size.capacity);
    EXPECT_GE(info->size_bytes, 0.96 * size.image_bytes);
  }
}

// Keys chosen for their hashes can lie so that no code of as many bytes holds them.
TEST(ImageSize, CraftedMinHashIsRefused) {
  const MinHashSize size = SizeOf(1024);
  const uint32_t end = EndCell(size.mantissa_bits);
  std::vector<uint32_t> cells;
  for (uint32_t i = 0; i < size.capacity; ++i) cells.push_back(i * (end / size.capacity));
  const auto info = Describe(AudienceOf(MinHash(size, end, cells)));
  ASSERT_FALSE(info.ok());
  EXPECT_EQ(GetErrorInfo(info.status()).code, ErrorCode::kUnsupported);
}

// Calls visit(cells, probability) for each octave below the threshold: how many cells it has there, and with what
// probability each is hit, `density` keys falling into a cell of the narrowest kind on average.
template <class Visit>
void ForEachOctave(const MinHash& sample, double density, Visit&& visit) {
  const uint32_t p = sample.mantissa_bits();
  for (uint32_t octave = 0; octave <= CellOctave(sample.threshold(), p); ++octave) {
    const uint32_t begin = octave << p, end = std::min(sample.threshold(), (octave + 1) << p);
    if (end > begin) visit(end - begin, -std::expm1(-density * std::exp2(OctaveWidthLog2(octave))));
  }
}

// The information, in bits, in which cells were hit, the density being the one that hits as many.
double EntropyBits(const MinHash& sample) {
  double least = 0, most = 1;
  for (int i = 0; i < 200; ++i) {
    const double density = (least + most) / 2;
    double hits = 0;
    ForEachOctave(sample, density, [&](uint32_t cells, double hit) { hits += cells * hit; });
    (hits < static_cast<double>(sample.cells().size()) ? least : most) = density;
  }
  double bits = 0;
  ForEachOctave(sample, least, [&](uint32_t cells, double hit) {
    bits -= cells * (hit * std::log2(hit) + (1 - hit) * std::log1p(-hit) / std::log(2.0));
  });
  return bits;
}

TEST(ImageSize, BitsPerCellAreWithinThreePercentOfTheEntropyOfTheGaps) {
  constexpr int kPlaces = 16, kSamples = 10;
  for (const uint32_t bytes : {4096u, 16384u, 24000u, 32767u, 65536u}) {
    const MinHashSize size = SizeOf(bytes);
    std::mt19937_64 rng(bytes);
    double worst = 0, all_entropy = 0, all_bits = 0;
    for (int place = 0; place < kPlaces; ++place) {
      double entropy = 0, bits = 0;
      for (int i = 0; i < kSamples; ++i) {
        const MinHash sample = RandomMinHash(rng, size, KeysFor(size, 1.0 * place / kPlaces));
        entropy += EntropyBits(sample) / size.capacity / kSamples;
        bits += 8.0 * static_cast<double>(Describe(AudienceOf(sample))->payload_bytes) / size.capacity / kSamples;
      }
      worst = std::max(worst, bits / entropy);
      all_entropy += entropy / kPlaces;
      all_bits += bits / kPlaces;
    }
    std::printf("%7u bytes: %.3f bits a cell, entropy %.3f; %.2f %% more, at most %.2f %%\n", bytes, all_bits,
                all_entropy, 100 * (all_bits / all_entropy - 1), 100 * (worst - 1));
    EXPECT_LE(worst, 1.03);
    EXPECT_GE(worst, 1.0);
  }
}

TEST(ImageSize, ExactHashesAreWithinThreePercentOfTheirEntropy) {
  Context context = MakeContext();
  std::mt19937_64 rng(1);
  for (const size_t count : {1000, 30000, 1000000}) {
    std::vector<uint64_t> hashes(count);
    for (uint64_t& hash : hashes) hash = rng();
    std::sort(hashes.begin(), hashes.end());
    const Audience audience(SortedHashes::Copy<uint64_t>(hashes, context.state().shared_ledger()).value(),
                            TestStamp(HashWidth::k64), Quality{}, false);
    const double bits = 8.0 * static_cast<double>(Describe(audience)->payload_bytes) / static_cast<double>(count);
    const double entropy = 64 - std::log2(static_cast<double>(count)) + 1 / std::log(2.0);
    std::printf("%7zu hashes: %.3f bits each, entropy %.3f\n", count, bits, entropy);
    EXPECT_LE(bits, 1.03 * entropy);
    EXPECT_GE(bits, 0.999 * entropy);
  }
}

}  // namespace
}  // namespace vesica
