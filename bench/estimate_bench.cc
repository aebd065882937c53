// Estimating overlaps and regions from samples: joining them, the fit, and all intervals.
#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "overlap/count_estimate.h"
#include "overlap/pair_estimate.h"
#include "overlap/region_estimate.h"
#include "tests/model/simulated_samples.h"
#include "vesica/planner.h"

namespace vesica {
namespace {

// Sizes of regions by mask: 50,000 and 1,000,000 keys that share 8,000; sets of equal size; three sets.
const std::vector<uint64_t> kOneToTwenty = {0, 42'000, 992'000, 8'000};
const std::vector<uint64_t> kEqualSizes = {0, 500'000, 500'000, 500'000};
const std::vector<uint64_t> kThreeSets = {0, 38'000, 164'000, 4'000, 962'000, 6'000, 30'000, 2'000};

std::vector<MinHash> MinHashes(const std::vector<uint64_t>& regions, int64_t bytes) {
  std::mt19937_64 rng(1);
  return SimulateMinHash(regions, MinHashSize::Of(static_cast<uint64_t>(bytes)).value(), rng);
}

std::vector<HyperLogLog> HyperLogLogs(const std::vector<uint64_t>& regions, int64_t bytes) {
  std::mt19937_64 rng(1);
  return SimulateHyperLogLog(regions, HyperLogLogShape::Of(static_cast<uint64_t>(bytes), 3).value(), rng);
}

template <typename Sample>
std::vector<const Sample*> Pointers(const std::vector<Sample>& samples) {
  std::vector<const Sample*> pointers;
  for (const Sample& sample : samples) pointers.push_back(&sample);
  return pointers;
}

void BM_PairMinHash(benchmark::State& state, const std::vector<uint64_t>& regions) {
  const auto samples = MinHashes(regions, state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(EstimateOverlap(JoinMinHash(samples[0], samples[1]), Method::kMinHash));
  }
}
BENCHMARK_CAPTURE(BM_PairMinHash, one_to_twenty, kOneToTwenty)
    ->Arg(16 << 10)
    ->Arg(64 << 10)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_PairMinHash, equal_sizes, kEqualSizes)
    ->Arg(16 << 10)
    ->Arg(64 << 10)
    ->Unit(benchmark::kMicrosecond);

void BM_PairHyperLogLog(benchmark::State& state, const std::vector<uint64_t>& regions) {
  const auto samples = HyperLogLogs(regions, state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(EstimateOverlap(JoinHyperLogLog(samples[0], samples[1]), Method::kHyperLogLog));
  }
}
BENCHMARK_CAPTURE(BM_PairHyperLogLog, one_to_twenty, kOneToTwenty)
    ->Arg(16 << 10)
    ->Arg(64 << 10)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_PairHyperLogLog, equal_sizes, kEqualSizes)->Arg(16 << 10)->Unit(benchmark::kMicrosecond);

// The part that does not grow with the samples.
void BM_PairFitOnly(benchmark::State& state) {
  const auto samples = MinHashes(kOneToTwenty, 16 << 10);
  const PairCells cells = JoinMinHash(samples[0], samples[1]);
  for (auto _ : state) benchmark::DoNotOptimize(EstimateOverlap(cells, Method::kMinHash));
}
BENCHMARK(BM_PairFitOnly)->Unit(benchmark::kMicrosecond);

void BM_Count(benchmark::State& state) {
  const auto samples = HyperLogLogs(kOneToTwenty, 16 << 10);
  for (auto _ : state) benchmark::DoNotOptimize(EstimateCount(samples[1]));
}
BENCHMARK(BM_Count)->Unit(benchmark::kMicrosecond);

void BM_ThreeRegionsMinHash(benchmark::State& state) {
  const auto samples = MinHashes(kThreeSets, state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(EstimateRegions(Pointers(samples)));
}
BENCHMARK(BM_ThreeRegionsMinHash)->Arg(16 << 10)->Arg(64 << 10)->Unit(benchmark::kMicrosecond);

void BM_ThreeRegionsHyperLogLog(benchmark::State& state) {
  const auto samples = HyperLogLogs(kThreeSets, state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(EstimateRegions(Pointers(samples)));
}
BENCHMARK(BM_ThreeRegionsHyperLogLog)->Arg(16 << 10)->Arg(64 << 10)->Unit(benchmark::kMicrosecond);

void BM_Plan(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(MakePlan({50e3, 1e6, 0.16, 0.2}));
}
BENCHMARK(BM_Plan)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
