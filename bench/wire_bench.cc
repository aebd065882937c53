// Images of audiences: time is of one cell, hash or register, header and checksum included.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "vesica/wire.h"

namespace vesica {
namespace {

const Context& BenchContext() {
  static const auto* context = new Context(Context::Create({}).value());
  return *context;
}

Audience MakeAudience(Audience::Keys keys, HashWidth width) {
  IdentityStamp stamp;
  stamp.profile = "email/1";
  stamp.width = width;
  return Audience(std::move(keys), stamp, Quality{}, /*derived=*/false);
}

template <HashElement T>
std::shared_ptr<const SortedHashes> RandomHashes(size_t count) {
  std::mt19937_64 random(1);
  std::vector<T> hashes(count);
  for (T& hash : hashes) {
    hash = SmallestHash<T>(random());
    if constexpr (std::same_as<T, KeyHash>) hash.lo = random();
  }
  std::sort(hashes.begin(), hashes.end());
  return SortedHashes::Copy<T>(hashes, BenchContext().state().shared_ledger()).value();
}

Audience MinHashOf(uint64_t bytes) {
  const MinHashSize size = MinHashSize::Of(bytes).value();
  const auto hashes = RandomHashes<uint64_t>(size.capacity * 3);
  return MakeAudience(std::make_shared<const MinHash>(MinHash::OfExact(*hashes, size)), HashWidth::k64);
}

Audience HyperLogLogOf(uint32_t mantissa_bits, size_t keys) {
  const HyperLogLogShape shape{.register_bits = 14, .mantissa_bits = mantissa_bits};
  const auto hashes = RandomHashes<uint64_t>(keys);
  return MakeAudience(std::make_shared<const HyperLogLog>(HyperLogLog::OfExact(*hashes, shape)), HashWidth::k64);
}

std::span<const uint8_t> BytesOf(const std::string& image) {
  return {reinterpret_cast<const uint8_t*>(image.data()), image.size()};
}

void Encode(benchmark::State& state, const Audience& audience, uint64_t entries) {
  std::vector<uint8_t> image(Describe(audience)->size_bytes);
  for (auto _ : state) {
    if (!SaveTo(audience, image).ok()) return state.SkipWithError("not saved");
    benchmark::DoNotOptimize(image.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * entries));
  state.counters["bits_per_entry"] = 8.0 * static_cast<double>(image.size()) / static_cast<double>(entries);
}

void Decode(benchmark::State& state, const Audience& audience, uint64_t entries) {
  const std::string image = *Save(audience);
  Context context = BenchContext();
  for (auto _ : state) {
    const auto loaded = Load(BytesOf(image), context);
    if (!loaded.ok()) return state.SkipWithError("not loaded");
    benchmark::DoNotOptimize(&*loaded);
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * entries));
}

void BM_EncodeMinHash(benchmark::State& state) {
  const Audience audience = MinHashOf(state.range(0));
  Encode(state, audience, audience.min_hash().cells().size());
}
BENCHMARK(BM_EncodeMinHash)->Arg(4096)->Arg(16384)->Arg(65536)->Arg(1 << 20);

void BM_DecodeMinHash(benchmark::State& state) {
  const Audience audience = MinHashOf(state.range(0));
  Decode(state, audience, audience.min_hash().cells().size());
}
BENCHMARK(BM_DecodeMinHash)->Arg(4096)->Arg(16384)->Arg(65536)->Arg(1 << 20);

// Args: mantissa bits, keys.
void BM_EncodeHyperLogLog(benchmark::State& state) {
  Encode(state, HyperLogLogOf(static_cast<uint32_t>(state.range(0)), state.range(1)), 1 << 14);
}
BENCHMARK(BM_EncodeHyperLogLog)->Args({3, 1000000})->Args({3, 1000})->Args({0, 1000000});

void BM_DecodeHyperLogLog(benchmark::State& state) {
  Decode(state, HyperLogLogOf(static_cast<uint32_t>(state.range(0)), state.range(1)), 1 << 14);
}
BENCHMARK(BM_DecodeHyperLogLog)->Args({3, 1000000})->Args({3, 1000})->Args({0, 1000000});

constexpr size_t kHashes = 4'000'000;

template <HashElement T>
void BM_EncodeExact(benchmark::State& state) {
  Encode(state, MakeAudience(RandomHashes<T>(kHashes), kHashWidthOf<T>), kHashes);
}
BENCHMARK(BM_EncodeExact<uint64_t>);
BENCHMARK(BM_EncodeExact<KeyHash>);

template <HashElement T>
void BM_DecodeExact(benchmark::State& state) {
  Decode(state, MakeAudience(RandomHashes<T>(kHashes), kHashWidthOf<T>), kHashes);
}
BENCHMARK(BM_DecodeExact<uint64_t>);
BENCHMARK(BM_DecodeExact<KeyHash>);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
