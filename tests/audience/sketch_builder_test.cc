// Audiences built as sketches: the same to the byte however their keys came.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "tests/model/hash_sets.h"
#include "tests/model/naive_sketches.h"
#include "vesica/audience.h"
#include "vesica/status.h"

namespace vesica {
namespace {

constexpr Representation kSketches[] = {Representation::kMinHash, Representation::kHyperLogLog};

Identity IntegerIdentity(HashWidth width = HashWidth::k64) {
  return Identity::Create(Profile::Open("int64/1").value(), width).value();
}

KeyColumn Column(std::span<const int64_t> keys) {
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.length = keys.size();
  column.data = keys.data();
  return column;
}

AudienceBuilder Builder(const Context& context, const Identity& identity, const BuilderOptions& options) {
  return AudienceBuilder::Create(context, identity, options).value();
}

Audience Build(const Identity& identity, std::span<const int64_t> keys, const BuilderOptions& options,
               uint32_t threads = 1) {
  Context context = MakeContext(threads);
  AudienceBuilder builder = Builder(context, identity, options);
  EXPECT_TRUE(builder.Add(Column(keys)).ok());
  return builder.Build().value();
}

std::vector<uint64_t> Hashes(const Identity& identity, std::span<const int64_t> keys) {
  std::vector<uint64_t> hashes;
  for (const int64_t key : keys) {
    hashes.push_back(identity.Hash({reinterpret_cast<const char*>(&key), sizeof(key)}).hi);
  }
  return hashes;
}

std::vector<int64_t> RandomKeys(std::mt19937_64& rng, size_t count, uint64_t distinct) {
  std::vector<int64_t> keys(count);
  for (int64_t& key : keys) key = static_cast<int64_t>(rng() % distinct);
  return keys;
}

bool Same(const Audience& a, const Audience& b) {
  if (a.representation() != b.representation()) return false;
  switch (a.representation()) {
    case Representation::kExact:
      return HashesOf(a) == HashesOf(b);
    case Representation::kMinHash:
      return a.min_hash() == b.min_hash();
    case Representation::kHyperLogLog:
      return a.hyper_log_log() == b.hyper_log_log();
  }
  return false;
}

TEST(SketchBuilderTest, AgreesWithTheNaiveSketch) {
  for (uint64_t seed = 0; seed < 120; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    const Identity identity = IntegerIdentity(kWidths[rng() % 2]);
    const std::vector<int64_t> keys = RandomKeys(rng, rng() % (seed < 100 ? 20'000 : 300'000), 1 + rng() % 200'000);
    const uint64_t bytes = 1024 + rng() % 2000;
    const Audience min_hash = Build(identity, keys, {Representation::kMinHash, bytes});
    const std::vector<uint64_t> hashes = Hashes(identity, keys);
    const MinHashSize size = MinHashSize::Of(bytes).value();
    const uint64_t distinct = std::set<uint64_t>(hashes.begin(), hashes.end()).size();
    if (distinct <= size.ExactCapacity(identity.width())) {
      ASSERT_EQ(min_hash.representation(), Representation::kExact);
      EXPECT_EQ(min_hash.count(), distinct);
    } else {
      ASSERT_EQ(min_hash.representation(), Representation::kMinHash);
      EXPECT_EQ(min_hash.min_hash(), NaiveMinHash(hashes, size));
    }
    const auto mantissa_bits = static_cast<uint32_t>(rng() % 4);
    const Audience registers = Build(identity, keys, {Representation::kHyperLogLog, bytes, mantissa_bits});
    EXPECT_EQ(registers.hyper_log_log(), NaiveHyperLogLog(hashes, HyperLogLogShape::Of(bytes, mantissa_bits).value()));
  }
}

TEST(SketchBuilderTest, HundredsOfOverlappingShardsMergeToTheSameSketch) {
  for (const Representation representation : kSketches) {
    for (uint64_t seed = 0; seed < 6; ++seed) {
      SCOPED_TRACE(testing::Message() << RepresentationText(representation) << " seed " << seed);
      std::mt19937_64 rng(seed);
      const Identity identity = IntegerIdentity();
      const BuilderOptions options{representation, 1024u << (seed % 3)};
      const std::vector<int64_t> keys = RandomKeys(rng, 200'000, 150'000);
      const Audience whole = Build(identity, keys, options, 1 + seed % 3);

      Context context = MakeContext(1 + seed % 2);
      std::vector<Audience> parts;
      for (size_t begin = 0; begin < keys.size();) {
        const size_t end = std::min(keys.size(), begin + 1 + rng() % 1000);
        const size_t from = begin - std::min<size_t>(begin, rng() % 2000);  // overlaps what came before
        const Representation kind = rng() % 4 == 0 ? Representation::kExact : representation;
        parts.push_back(Build(identity, std::span(keys).subspan(from, end - from), {kind, options.bytes}));
        begin = end;
      }
      ASSERT_GT(parts.size(), 200u);
      while (parts.size() > 1) {
        std::shuffle(parts.begin(), parts.end(), rng);
        AudienceBuilder builder = Builder(context, identity, options);
        for (size_t count = std::min<size_t>(parts.size(), 2 + rng() % 20); count > 0; --count) {
          ASSERT_TRUE(builder.Merge(parts.back()).ok());
          parts.pop_back();
        }
        parts.push_back(builder.Build().value());
      }
      EXPECT_TRUE(Same(parts[0], whole));
    }
  }
}

TEST(SketchBuilderTest, MergeOfIsWhatABuilderMakes) {
  Context context = MakeContext();
  const Identity identity = IntegerIdentity();
  std::mt19937_64 rng(1);
  const std::vector<int64_t> keys = RandomKeys(rng, 300, 1'000'000);
  for (const Representation representation : {Representation::kExact, kSketches[0], kSketches[1]}) {
    // Parts that stay exact, and together do not.
    const BuilderOptions options{representation, 1024};
    std::vector<Audience> parts;
    for (size_t i = 0; i < 3; ++i) parts.push_back(Build(identity, std::span(keys).subspan(100 * i, 100), options));
    const Audience* all[] = {&parts[0], &parts[1], &parts[2]};
    const Audience merged = MergeOf(all, options, context).value();
    EXPECT_EQ(merged.representation(), representation);
    EXPECT_TRUE(Same(merged, Build(identity, keys, options)));
    EXPECT_EQ(merged.quality().rows, 300u);
  }
  const Audience other = Build(IntegerIdentity(HashWidth::k128), keys, {}), one = Build(identity, keys, {});
  const Audience* both[] = {&one, &other};
  EXPECT_EQ(GetErrorInfo(MergeOf(both, {}, context).status()).index, 1u);
  EXPECT_EQ(GetErrorInfo(MergeOf({}, {}, context).status()).code, ErrorCode::kInvalidArgument);
}

TEST(SketchBuilderTest, AFailedAddLeavesNoTrace) {
  const std::vector<int64_t> first = {1, 2, 3, 4, 5}, second(100'000, 77);
  for (const Representation representation : kSketches) {
    bool cancel = false;
    ContextOptions options;
    options.progress = [&](double) { return !cancel; };
    Context context = Context::Create(options).value();
    const Identity identity = IntegerIdentity();
    const BuilderOptions sketch{representation, 1024};
    AudienceBuilder builder = Builder(context, identity, sketch);
    ASSERT_TRUE(builder.Add(Column(first)).ok());
    cancel = true;
    EXPECT_EQ(GetErrorInfo(builder.Add(Column(second))).code, ErrorCode::kCancelled);
    cancel = false;
    const Audience audience = builder.Build().value();
    EXPECT_TRUE(Same(audience, Build(identity, first, sketch)));
    EXPECT_EQ(audience.quality().rows, first.size());
    // And it starts anew.
    ASSERT_TRUE(builder.Add(Column(second)).ok());
    EXPECT_TRUE(Same(builder.Build().value(), Build(identity, second, sketch)));
  }
}

TEST(SketchBuilderTest, SketchesThatCannotMeetSaySo) {
  Context context = MakeContext();
  const Identity identity = IntegerIdentity();
  std::vector<int64_t> keys(5000);
  for (size_t i = 0; i < keys.size(); ++i) keys[i] = static_cast<int64_t>(i);
  const Audience min_hash = Build(identity, keys, {Representation::kMinHash, 1024});
  const Audience registers = Build(identity, keys, {Representation::kHyperLogLog, 1024});
  const Audience exact = Build(identity, keys, {});
  const auto merge = [&](Representation representation, const Audience& audience) {
    return GetErrorInfo(Builder(context, identity, {representation, 1024}).Merge(audience)).code;
  };
  EXPECT_EQ(merge(Representation::kMinHash, registers), ErrorCode::kUnsupported);
  EXPECT_EQ(merge(Representation::kHyperLogLog, min_hash), ErrorCode::kUnsupported);
  EXPECT_EQ(merge(Representation::kExact, min_hash), ErrorCode::kUnsupported);
  EXPECT_EQ(merge(Representation::kExact, registers), ErrorCode::kUnsupported);
  EXPECT_EQ(merge(Representation::kMinHash, exact), ErrorCode::kOk);
  EXPECT_EQ(merge(Representation::kHyperLogLog, exact), ErrorCode::kOk);
  EXPECT_EQ(GetErrorInfo(Union(min_hash, registers, context).status()).code, ErrorCode::kUnsupported);
  EXPECT_EQ(GetErrorInfo(Intersection(min_hash, min_hash, context).status()).code, ErrorCode::kUnsupported);
  EXPECT_EQ(GetErrorInfo(SketchOf(min_hash, {Representation::kHyperLogLog}, context).status()).code,
            ErrorCode::kUnsupported);
  std::vector<uint8_t> found(keys.size());
  EXPECT_EQ(GetErrorInfo(min_hash.Contains(Column(keys), identity, found)).code, ErrorCode::kUnsupported);
}

TEST(SketchBuilderTest, SketchesOfDifferentIdentitiesDoNotMeet) {
  Context context = MakeContext();
  const std::vector<uint8_t> secret(32, 7);
  const Profile profile = Profile::Open("int64/1").value();
  const Identity keyed = Identity::Create(profile, HashWidth::k64, secret).value();
  std::vector<int64_t> keys(5000);
  for (size_t i = 0; i < keys.size(); ++i) keys[i] = static_cast<int64_t>(i);
  for (const Representation representation : kSketches) {
    const BuilderOptions options{representation, 1024};
    const Audience plain = Build(IntegerIdentity(), keys, options),
                   wide = Build(IntegerIdentity(HashWidth::k128), keys, {});
    const Audience other = Build(keyed, keys, options);
    const auto field = [](const absl::Status& status) { return GetErrorInfo(status).field; };
    EXPECT_EQ(field(Union(plain, other, context).status()), StampField::kFamily);
    EXPECT_EQ(field(Union(plain, wide, context).status()), StampField::kWidth);
    EXPECT_EQ(field(Union(wide, plain, context).status()), StampField::kWidth);
    EXPECT_EQ(field(Builder(context, IntegerIdentity(), options).Merge(other)), StampField::kFamily);
    const Audience* both[] = {&plain, &other};
    EXPECT_EQ(field(MergeOf(both, options, context).status()), StampField::kFamily);
  }
}

TEST(SketchBuilderTest, OptionsOutOfRangeAreRefused) {
  Context context = MakeContext();
  const auto code = [&](const BuilderOptions& options) {
    return GetErrorInfo(AudienceBuilder::Create(context, IntegerIdentity(), options).status()).code;
  };
  EXPECT_EQ(code({Representation::kMinHash, 1023}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({Representation::kMinHash, (4u << 20) + 1}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({Representation::kHyperLogLog, 15}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({Representation::kHyperLogLog, 1024, 4}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({static_cast<Representation>(9), 1024}), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({Representation::kMinHash, 16384}), ErrorCode::kOk);
}

TEST(SketchBuilderTest, WorkingMemoryIsCounted) {
  const Identity identity = IntegerIdentity();
  for (const Representation representation : kSketches) {
    Context context = MakeContext(2);
    {
      const AudienceBuilder builder = Builder(context, identity, {representation, 1 << 20});
      EXPECT_GE(context.held_bytes(), 1u << 20);
    }
    EXPECT_EQ(context.held_bytes(), 0u);
    Context small = Context::Create({.memory_budget_bytes = 1 << 20}).value();
    EXPECT_EQ(GetErrorInfo(AudienceBuilder::Create(small, identity, {representation, 1 << 20}).status()).code,
              ErrorCode::kOverBudget);
  }
}

TEST(SketchOfTest, IsWhatABuilderMakesAndCarriesTheCount) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 rng(seed);
    Context context = MakeContext();
    const Identity identity = IntegerIdentity(kWidths[seed % 2]);
    const std::vector<int64_t> keys = RandomKeys(rng, rng() % 30'000, 20'000);
    const Audience exact = Build(identity, keys, {});
    const BuilderOptions small{Representation::kMinHash, 1024}, large{Representation::kMinHash, 1800};
    const Audience sketch = SketchOf(exact, small, context).value();
    if (sketch.representation() == Representation::kMinHash) {
      EXPECT_EQ(sketch.min_hash().exact_count(), exact.count());
      EXPECT_EQ(SketchOf(SketchOf(exact, large, context).value(), small, context)->min_hash(), sketch.min_hash());
      // Merging ends what is known exactly.
      EXPECT_TRUE(Same(Union(sketch, sketch, context).value(), Build(identity, keys, small)));
    }
    const BuilderOptions registers{Representation::kHyperLogLog, 512};
    EXPECT_EQ(SketchOf(exact, registers, context)->hyper_log_log().exact_count(), exact.count());
    EXPECT_TRUE(Same(Union(SketchOf(exact, registers, context).value(), exact, context).value(),
                     Build(identity, keys, registers)));
  }
}

}  // namespace
}  // namespace vesica
