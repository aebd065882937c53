#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/wire/sets.h"
#include "vesica/status.h"

namespace vesica {
namespace {

ErrorCode CodeOf(const absl::Status& status) { return status.ok() ? ErrorCode::kOk : GetErrorInfo(status).code; }

void ExpectSameKeys(const Audience& a, const Audience& b) {
  ASSERT_EQ(a.representation(), b.representation());
  switch (a.representation()) {
    case Representation::kExact:
      EXPECT_EQ(HashesOf(a), HashesOf(b));
      break;
    case Representation::kMinHash:
      EXPECT_EQ(a.min_hash(), b.min_hash());
      break;
    case Representation::kHyperLogLog:
      EXPECT_EQ(a.hyper_log_log(), b.hyper_log_log());
      break;
  }
}

// The image of an audience brings it back, and its own bytes again.
void CheckRoundTrip(const Audience& audience) {
  Context context = MakeContext();
  const auto image = Save(audience);
  ASSERT_TRUE(image.ok()) << image.status();
  const auto described = Describe(audience), inspected = Inspect(BytesOf(*image));
  ASSERT_TRUE(described.ok() && inspected.ok()) << inspected.status();
  EXPECT_EQ(*described, *inspected);
  EXPECT_EQ(inspected->size_bytes, image->size());
  EXPECT_EQ(inspected->representation, audience.representation());
  EXPECT_EQ(inspected->stamp, audience.stamp());

  const auto loaded = Load(BytesOf(*image), context);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_TRUE(loaded->derived());
  EXPECT_EQ(loaded->stamp(), audience.stamp());
  ExpectSameKeys(*loaded, audience);
  const auto again = Save(*loaded);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(*again == *image);

  std::vector<uint8_t> room(image->size() + 3, 0xAA);
  EXPECT_EQ(CodeOf(SaveTo(audience, std::span(room).first(image->size() - 1))), ErrorCode::kBufferTooSmall);
  ASSERT_TRUE(SaveTo(audience, room).ok());
  EXPECT_EQ(image->compare(0, std::string::npos, reinterpret_cast<const char*>(room.data()), image->size()), 0);
  EXPECT_EQ(room[image->size()], 0xAA);
}

TEST(RoundTrip, ExactOfBothWidths) {
  for (const HashWidth width : kWidths) {
    for (const Spread spread : kSpreads) {
      for (uint64_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(testing::Message() << static_cast<int>(width) << " bits, spread " << static_cast<int>(spread)
                                        << " seed " << seed);
        std::mt19937_64 rng(seed);
        Context context = MakeContext();
        const size_t size = seed < 8 ? seed : rng() % (seed < 30 ? 300 : 20000);
        CheckRoundTrip(AudienceOf(RandomSets(rng, width, spread, {size}).front(), width, context));
      }
    }
  }
}

TEST(RoundTrip, MinHash) {
  for (const uint64_t bytes : {1024, 5000, 16384}) {
    const MinHashSize size = MinHashSize::Of(bytes).value();
    for (uint64_t seed = 0; seed < 40; ++seed) {
      SCOPED_TRACE(testing::Message() << bytes << " bytes, seed " << seed);
      std::mt19937_64 rng(seed);
      CheckRoundTrip(AudienceOf(RandomMinHash(rng, size, std::exp2(static_cast<double>(rng() % 500) / 10))));
    }
  }
}

TEST(RoundTrip, CraftedMinHashOrItsError) {
  const MinHashSize size = MinHashSize::Of(1024).value();
  const uint32_t end = EndCell(size.mantissa_bits);
  int saved = 0, refused = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    const uint32_t threshold = rng() % 2 == 0 ? end : 1 + static_cast<uint32_t>(rng() % end);
    const uint32_t range = 1 + static_cast<uint32_t>(rng() % threshold);
    std::set<uint32_t> cells;
    for (uint64_t i = rng() % (rng() % 2 == 0 ? 20 : size.capacity); i > 0; --i) {
      cells.insert((rng() % 2 == 0 ? 0 : threshold - range) + static_cast<uint32_t>(rng() % range));
    }
    const Audience audience = AudienceOf(MinHash(size, threshold, {cells.begin(), cells.end()}));
    if (Describe(audience).ok()) {
      ++saved;
      CheckRoundTrip(audience);
    } else {
      ++refused;
      EXPECT_EQ(CodeOf(Save(audience).status()), ErrorCode::kUnsupported);
    }
  }
  EXPECT_GT(saved, 100);
  EXPECT_GT(refused, 10);
}

TEST(RoundTrip, HyperLogLog) {
  int plain = 0, rice = 0;
  for (uint32_t mantissa_bits = 0; mantissa_bits <= 3; ++mantissa_bits) {
    for (const uint32_t register_bits : {4u, 5u, 9u, 14u}) {
      const HyperLogLogShape shape{register_bits, mantissa_bits};
      for (uint64_t seed = 0; seed < 30; ++seed) {
        SCOPED_TRACE(testing::Message() << register_bits << "+" << mantissa_bits << " bits, seed " << seed);
        std::mt19937_64 rng(seed);
        const uint64_t keys = seed < 3 ? seed : rng() % ((seed < 16 ? 1 : 20) * shape.registers());
        const Audience audience = AudienceOf(RandomHyperLogLog(rng, shape, keys));
        CheckRoundTrip(audience);
        ++(Describe(audience)->coding == PayloadCoding::kPlain ? plain : rice);
      }
    }
  }
  EXPECT_GT(plain, 50);
  EXPECT_GT(rice, 50);
}

TEST(RoundTrip, ExtremeRegisters) {
  for (uint32_t mantissa_bits = 0; mantissa_bits <= 3; ++mantissa_bits) {
    const HyperLogLogShape shape{20, mantissa_bits};
    std::vector<uint8_t> registers(shape.registers(), shape.max_code());
    CheckRoundTrip(AudienceOf(HyperLogLog(shape, registers, uint64_t{1} << 60)));
    std::fill(registers.begin(), registers.end(), uint8_t{0});
    CheckRoundTrip(AudienceOf(HyperLogLog(shape, registers, 0)));
    registers.back() = shape.max_code();
    CheckRoundTrip(AudienceOf(HyperLogLog(shape, registers)));
  }
}

TEST(RoundTrip, StampsAndExactCounts) {
  Context context = MakeContext();
  const Audience audience = AudienceOf(NaiveSet{{1, 0}, {2, 0}}, HashWidth::k64, context);
  CheckRoundTrip(AudienceOf(MinHash::OfExact(audience.hashes(), MinHashSize::Of(1024).value())));
  CheckRoundTrip(AudienceOf(HyperLogLog::OfExact(audience.hashes(), {})));
  IdentityStamp stamp = audience.stamp();
  stamp.family = HashFamily::kBlake2b;
  stamp.secret_fingerprint = 0x0123456789ABCDEF;
  stamp.data_fingerprint = 0xFEDCBA9876543210;
  stamp.profile = std::string(255, '~');
  CheckRoundTrip(Audience(audience.keys(), stamp, Quality{}, false));
}

TEST(Save, TakesOnlyProfilesThatTheHeaderHolds) {
  Context context = MakeContext();
  const Audience audience = AudienceOf(NaiveSet{{1, 0}}, HashWidth::k64, context);
  for (const std::string& profile : {std::string(), std::string("a b"), std::string("a\n"), std::string(256, 'a')}) {
    IdentityStamp stamp = audience.stamp();
    stamp.profile = profile;
    EXPECT_EQ(CodeOf(Save(Audience(audience.keys(), stamp, Quality{}, false)).status()), ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace vesica
