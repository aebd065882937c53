// Damaged images, and images that the budget does not hold.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/endian.h"
#include "tests/wire/sets.h"
#include "vesica/status.h"
#include "wire/image.h"

namespace vesica {
namespace {

std::vector<Audience> SomeAudiences(Context& context) {
  std::mt19937_64 rng(1);
  std::vector<Audience> audiences;
  for (const HashWidth width : kWidths) {
    audiences.push_back(AudienceOf(RandomSets(rng, width, Spread::kEven, {2}).front(), width, context));
    audiences.push_back(AudienceOf(RandomSets(rng, width, Spread::kEven, {60}).front(), width, context));
  }
  audiences.push_back(AudienceOf(RandomMinHash(rng, MinHashSize::Of(1024).value(), 70)));
  audiences.push_back(AudienceOf(RandomHyperLogLog(rng, {6, 3}, 20)));
  audiences.push_back(AudienceOf(RandomHyperLogLog(rng, {6, 2}, 300)));
  return audiences;
}

ErrorCode LoadError(const std::vector<uint8_t>& bytes) {
  Context context = MakeContext();
  const auto loaded = Load(bytes, context), again = Load(bytes, context);
  EXPECT_EQ(loaded.ok(), again.ok());
  return loaded.ok() ? ErrorCode::kOk : GetErrorInfo(loaded.status()).code;
}

TEST(Damage, EveryFlippedBitAndEveryTruncationIsFound) {
  Context context = MakeContext();
  for (const Audience& audience : SomeAudiences(context)) {
    const std::string image = *Save(audience);
    const std::vector<uint8_t> bytes(image.begin(), image.end());
    ASSERT_EQ(LoadError(bytes), ErrorCode::kOk);
    for (size_t size = 0; size < bytes.size(); ++size) {
      const std::vector<uint8_t> head(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
      ASSERT_EQ(LoadError(head), ErrorCode::kCorrupt) << "the first " << size << " bytes";
      ASSERT_FALSE(Inspect(head).ok());
    }
    for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      std::vector<uint8_t> damaged = bytes;
      damaged[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
      const bool in_version = bit / 8 == 8 || bit / 8 == 9;
      const ErrorCode expected = in_version && bit != 64 ? ErrorCode::kTooNew : ErrorCode::kCorrupt;
      ASSERT_EQ(LoadError(damaged), expected) << "bit " << bit;
      ASSERT_FALSE(Inspect(damaged).ok());
    }
  }
}

// A wrong bit under a right checksum is refused, or is the image of another audience.
TEST(Damage, WhateverLoadsIsWhatSaveWouldWrite) {
  Context context = MakeContext();
  int loaded_count = 0, refused_count = 0;
  for (const Audience& audience : SomeAudiences(context)) {
    const std::string image = *Save(audience);
    for (size_t bit = 0; bit < 8 * (image.size() - kChecksumBytes); ++bit) {
      std::vector<uint8_t> forged(image.begin(), image.end());
      forged[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
      Seal(forged);
      const auto loaded = Load(forged, context);
      if (loaded.ok()) {
        ++loaded_count;
        const auto again = Save(*loaded);
        ASSERT_TRUE(again.ok() && std::vector<uint8_t>(again->begin(), again->end()) == forged) << "bit " << bit;
      } else {
        ++refused_count;
        const ErrorCode code = GetErrorInfo(loaded.status()).code;
        ASSERT_TRUE(code == ErrorCode::kCorrupt || code == ErrorCode::kTooNew) << "bit " << bit;
      }
    }
  }
  EXPECT_GT(loaded_count, 1000);
  EXPECT_GT(refused_count, 1000);
}

TEST(Load, KeepsToTheBudget) {
  std::mt19937_64 rng(1);
  Context roomy = MakeContext();
  const NaiveSet set = RandomSets(rng, HashWidth::k64, Spread::kEven, {100000}).front();
  const std::string image = *Save(AudienceOf(set, HashWidth::k64, roomy));
  Context tight = MakeContext(1, set.size() * 8 - 1);
  const auto refused = Load(BytesOf(image), tight);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(GetErrorInfo(refused.status()).code, ErrorCode::kOverBudget);
  EXPECT_EQ(tight.held_bytes(), 0u);
  Context enough = MakeContext(1, set.size() * 8 + 100000);
  const auto loaded = Load(BytesOf(image), enough);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_GE(enough.held_bytes(), set.size() * 8);
}

TEST(Load, TellsProgressAndCanBeCancelled) {
  std::mt19937_64 rng(1);
  std::vector<uint64_t> hashes(3000000);
  for (uint64_t& hash : hashes) hash = rng();
  std::sort(hashes.begin(), hashes.end());
  Context context = MakeContext();
  const Audience audience(SortedHashes::Copy<uint64_t>(hashes, context.state().shared_ledger()).value(),
                          TestStamp(HashWidth::k64), Quality{}, false);
  const std::string image = *Save(audience);
  double last = 0;
  Context told = Context::Create({.progress = [&](double fraction) { return last = fraction, true; }}).value();
  ASSERT_TRUE(Load(BytesOf(image), told).ok());
  EXPECT_GT(last, 0);
  Context cancelled = Context::Create({.progress = [](double) { return false; }}).value();
  const auto refused = Load(BytesOf(image), cancelled);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(GetErrorInfo(refused.status()).code, ErrorCode::kCancelled);
  EXPECT_EQ(cancelled.held_bytes(), 0u);
}

}  // namespace
}  // namespace vesica
