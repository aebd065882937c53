// Building audiences and comparing them, from hashes in memory up. ns/key counts the keys of all sides.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "audience/set_kernels.h"
#include "audience/sort_distinct.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "bench/keys.h"
#include "vesica/audience.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

void Finish(benchmark::State& state, uint64_t keys) {
  state.counters["ns/key"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(keys) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <HashElement T>
T RandomElement(std::mt19937_64& rng) {
  if constexpr (std::same_as<T, uint64_t>) {
    return rng();
  } else {
    return {rng(), rng()};
  }
}

// Rows of uniform hashes, `copies` of each key.
template <HashElement T>
void BM_SortDistinct(benchmark::State& state) {
  const uint64_t rows = static_cast<uint64_t>(state.range(0));
  const uint64_t copies = static_cast<uint64_t>(state.range(1));
  std::mt19937_64 rng(1);
  std::vector<T> pool(rows / copies);
  for (T& hash : pool) hash = RandomElement<T>(rng);
  std::vector<T> hashes(rows);
  for (uint64_t i = 0; i < rows; ++i) hashes[i] = copies == 1 ? pool[i] : pool[rng() % pool.size()];
  Context context = Context::Create({.threads = static_cast<uint32_t>(state.range(2))}).value();
  const std::span<const T> piece(hashes);
  for (auto _ : state) {
    benchmark::DoNotOptimize(SortDistinct<T>({&piece, 1}, context.state()).value());
  }
  Finish(state, rows);
}
BENCHMARK(BM_SortDistinct<uint64_t>)
    ->Args({1'000'000, 1, 1})
    ->Args({10'000'000, 1, 1})
    ->Args({10'000'000, 1, 2})
    ->Args({10'000'000, 100, 1})
    ->Args({10'000'000, 10'000, 1})
    ->Args({10'000'000, 10'000'000, 1})
    ->Unit(benchmark::kMillisecond);

// Add and Build of a column of addresses.
void BM_Add(benchmark::State& state) {
  const std::vector<TextColumn> lists = TwoLists(static_cast<uint64_t>(state.range(0)), 10);
  const Identity identity = Identity::Create(Profile::Open("raw/1").value()).value();
  Context context = Context::Create({}).value();
  for (auto _ : state) {
    AudienceBuilder builder(context, identity);
    benchmark::DoNotOptimize(builder.Add(lists[0].column()).ok());
    if (state.range(1) != 0) benchmark::DoNotOptimize(builder.Build().value());
  }
  Finish(state, lists[0].rows());
}
BENCHMARK(BM_Add)->Args({10'000'000, 0})->Args({10'000'000, 1})->Unit(benchmark::kMillisecond);

// Audiences of the given sizes, 16 % of the smaller in the one before.
template <HashElement T>
std::vector<Audience> MakeAudiences(const std::vector<uint64_t>& sizes, Context& context) {
  std::mt19937_64 rng(1);
  std::vector<std::vector<T>> rows(sizes.size());
  std::vector<Audience> audiences;
  for (size_t i = 0; i < sizes.size(); ++i) {
    while (rows[i].size() < sizes[i]) {
      const bool shared = i > 0 && rows[i].size() < std::min(sizes[i], sizes[i - 1]) * 16 / 100;
      rows[i].push_back(shared ? rows[i - 1][rows[i].size()] : RandomElement<T>(rng));
    }
    const std::span<const T> piece(rows[i]);
    IdentityStamp stamp;
    stamp.width = kHashWidthOf<T>;
    audiences.emplace_back(SortDistinct<T>({&piece, 1}, context.state()).value(), stamp, Quality(), false);
  }
  return audiences;
}

template <HashElement T>
void BM_Overlap(benchmark::State& state) {
  Context context = Context::Create({.threads = static_cast<uint32_t>(state.range(2))}).value();
  const std::vector<uint64_t> sizes = {static_cast<uint64_t>(state.range(0)), static_cast<uint64_t>(state.range(1))};
  const std::vector<Audience> audiences = MakeAudiences<T>(sizes, context);
  for (auto _ : state) benchmark::DoNotOptimize(OverlapOf(audiences[0], audiences[1], context).value());
  Finish(state, sizes[0] + sizes[1]);
}
BENCHMARK(BM_Overlap<uint64_t>)
    ->Args({10'000'000, 10'000'000, 1})
    ->Args({10'000'000, 10'000'000, 2})
    ->Args({20'000'000, 1'000'000, 1})
    ->Args({20'000'000, 400'000, 1})
    ->Args({20'000'000, 200'000, 1})
    ->Args({20'000'000, 20'000, 1})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Overlap<KeyHash>)
    ->Args({10'000'000, 10'000'000, 1})
    ->Args({20'000'000, 1'000'000, 1})
    ->Unit(benchmark::kMillisecond);

// Which way of counting is best at which ratio of sizes.
enum Way { kMerge, kBlocks, kSearch };
void BM_Count(benchmark::State& state) {
  Context context = Context::Create({}).value();
  const uint64_t large = 10'000'000;
  const auto audiences = MakeAudiences<uint64_t>({large, large / static_cast<uint64_t>(state.range(1))}, context);
  const auto a = audiences[0].hashes().values<uint64_t>();
  const auto b = audiences[1].hashes().values<uint64_t>();
  for (auto _ : state) {
    uint64_t common = 0;
    if (state.range(0) == kMerge) common = CountCommonByMerge<uint64_t>(a, b);
    if (state.range(0) == kBlocks) common = CountCommonByBlocks<uint64_t>(a, b);
    if (state.range(0) == kSearch) common = CountCommonBySearch<uint64_t>(b, a);
    benchmark::DoNotOptimize(common);
  }
  Finish(state, a.size() + b.size());
}
BENCHMARK(BM_Count)->ArgsProduct({{kMerge, kBlocks, kSearch}, {1, 4, 20, 40, 80, 160}})->Unit(benchmark::kMillisecond);

void BM_Union(benchmark::State& state) {
  Context context = Context::Create({}).value();
  const std::vector<Audience> audiences = MakeAudiences<uint64_t>({10'000'000, 10'000'000}, context);
  for (auto _ : state) benchmark::DoNotOptimize(Union(audiences[0], audiences[1], context).value());
  Finish(state, 20'000'000);
}
BENCHMARK(BM_Union)->Unit(benchmark::kMillisecond);

void BM_Regions(benchmark::State& state) {
  Context context = Context::Create({}).value();
  const std::vector<uint64_t> sizes(static_cast<size_t>(state.range(0)), static_cast<uint64_t>(state.range(1)));
  const std::vector<Audience> audiences = MakeAudiences<uint64_t>(sizes, context);
  std::vector<const Audience*> pointers;
  for (const Audience& audience : audiences) pointers.push_back(&audience);
  for (auto _ : state) benchmark::DoNotOptimize(RegionsOf(pointers, {}, context).value());
  Finish(state, sizes.size() * sizes[0]);
}
BENCHMARK(BM_Regions)->Args({3, 3'000'000})->Args({8, 1'000'000})->Unit(benchmark::kMillisecond);

void BM_Contains(benchmark::State& state) {
  const std::vector<TextColumn> lists = TwoLists(10'000'000, 1'000'000);
  const Identity identity = Identity::Create(Profile::Open("raw/1").value()).value();
  Context context = Context::Create({}).value();
  AudienceBuilder builder(context, identity);
  if (!builder.Add(lists[0].column()).ok()) return state.SkipWithError("add failed");
  const Audience audience = builder.Build().value();
  std::vector<uint8_t> found(lists[1].rows());
  for (auto _ : state) {
    benchmark::DoNotOptimize(audience.Contains(lists[1].column(), identity, found).ok());
  }
  Finish(state, found.size());
}
BENCHMARK(BM_Contains)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
