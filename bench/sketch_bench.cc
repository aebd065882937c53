// Building and merging sketches. Updates are timed end to end, columns to sketch, beside the bare hash loop over the
// same keys: a sketch costs what it adds to that.
#include <benchmark/benchmark.h>

#include <numeric>
#include <random>
#include <string>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "bench/keys.h"
#include "vesica/audience.h"

namespace vesica {
namespace {

constexpr uint64_t kRows = 10'000'000;

const TextColumn& Addresses() {
  static const auto* column = [] {
    std::vector<uint32_t> numbers(kRows);
    std::iota(numbers.begin(), numbers.end(), 0u);
    return new TextColumn(AddressColumn(std::move(numbers), kRows, 1));
  }();
  return *column;
}

const std::vector<int64_t>& Integers() {
  static const auto* integers = [] {
    auto* made = new std::vector<int64_t>(kRows);
    std::iota(made->begin(), made->end(), 1);
    return made;
  }();
  return *integers;
}

KeyColumn IntegerColumn() {
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.length = kRows;
  column.data = Integers().data();
  return column;
}

void Finish(benchmark::State& state, uint64_t keys) {
  state.counters["ns/key"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(keys) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void BM_BareXxh3Addresses(benchmark::State& state) {
  const TextColumn& keys = Addresses();
  uint64_t seed = 42, sum = 0;
  benchmark::DoNotOptimize(seed);
  for (auto _ : state) {
    for (uint64_t i = 0; i < kRows; ++i) {
      sum += XXH3_64bits_withSeed(keys.bytes.data() + keys.offsets[i], keys.offsets[i + 1] - keys.offsets[i], seed);
    }
    benchmark::DoNotOptimize(sum);
  }
  Finish(state, kRows);
}
BENCHMARK(BM_BareXxh3Addresses);

void BM_BareXxh3Integers(benchmark::State& state) {
  const std::vector<int64_t>& keys = Integers();
  uint64_t seed = 42, sum = 0;
  benchmark::DoNotOptimize(seed);
  for (auto _ : state) {
    for (uint64_t i = 0; i < kRows; ++i) sum += XXH3_64bits_withSeed(&keys[i], sizeof(keys[i]), seed);
    benchmark::DoNotOptimize(sum);
  }
  Finish(state, kRows);
}
BENCHMARK(BM_BareXxh3Integers);

void BM_Update(benchmark::State& state, const char* profile, const KeyColumn& column, Representation representation) {
  const Identity identity = Identity::Create(Profile::Open(profile).value()).value();
  Context context = Context::Create({}).value();
  BuilderOptions options{representation, static_cast<uint64_t>(state.range(0))};
  for (auto _ : state) {
    AudienceBuilder builder = AudienceBuilder::Create(context, identity, options).value();
    if (!builder.Add(column).ok()) state.SkipWithError("add failed");
    benchmark::DoNotOptimize(builder.Build().value());
  }
  Finish(state, column.length);
}

void BM_MinHashAddresses(benchmark::State& state) {
  BM_Update(state, "raw/1", Addresses().column(), Representation::kMinHash);
}
BENCHMARK(BM_MinHashAddresses)->Arg(4 << 10)->Arg(16 << 10)->Arg(64 << 10);

void BM_HyperLogLogAddresses(benchmark::State& state) {
  BM_Update(state, "raw/1", Addresses().column(), Representation::kHyperLogLog);
}
BENCHMARK(BM_HyperLogLogAddresses)->Arg(4 << 10)->Arg(16 << 10)->Arg(64 << 10);

void BM_HyperLogLogIntegers(benchmark::State& state) {
  BM_Update(state, "int64/1", IntegerColumn(), Representation::kHyperLogLog);
}
BENCHMARK(BM_HyperLogLogIntegers)->Arg(4 << 10)->Arg(16 << 10)->Arg(64 << 10);

// Two halves of one set that overlap by a tenth.
template <class Sketch, class Make>
void Merges(benchmark::State& state, Make&& make) {
  std::mt19937_64 rng(1);
  std::vector<uint64_t> hashes(1'000'000);
  for (uint64_t& hash : hashes) hash = rng();
  const auto half = [&](size_t begin, size_t end) {
    std::vector<uint64_t> sorted(hashes.begin() + begin, hashes.begin() + end);
    std::sort(sorted.begin(), sorted.end());
    return make(*SortedHashes::Copy(std::span<const uint64_t>(sorted), std::make_shared<MemoryLedger>(0)).value());
  };
  const Sketch a = half(0, 550'000), b = half(450'000, 1'000'000);
  for (auto _ : state) benchmark::DoNotOptimize(Sketch::Merge(a, b));
}

void BM_MergeMinHash(benchmark::State& state) {
  const MinHashSize size = MinHashSize::Of(state.range(0)).value();
  Merges<MinHash>(state, [&](const SortedHashes& hashes) { return MinHash::OfExact(hashes, size); });
}
BENCHMARK(BM_MergeMinHash)->Arg(16 << 10)->Arg(64 << 10)->Unit(benchmark::kMicrosecond);

void BM_MergeHyperLogLog(benchmark::State& state) {
  const HyperLogLogShape shape = HyperLogLogShape::Of(state.range(0), 3).value();
  Merges<HyperLogLog>(state, [&](const SortedHashes& hashes) { return HyperLogLog::OfExact(hashes, shape); });
}
BENCHMARK(BM_MergeHyperLogLog)->Arg(16 << 10)->Arg(64 << 10)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
