// One-shot regions against the floor: XXH3_64 over the same bytes in the same run. bench/run.py reads the names.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>
#include <utility>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "bench/keys.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

// Lists are made once for all benchmarks that use them: k = 2 of two sizes, else k of one size.
const std::vector<TextColumn>& Lists(int k, uint64_t rows_a, uint64_t rows_b) {
  static auto* made = new std::map<std::vector<uint64_t>, std::vector<TextColumn>>;
  auto [it, is_new] = made->try_emplace({static_cast<uint64_t>(k), rows_a, rows_b});
  if (is_new) it->second = k == 2 ? TwoLists(rows_a, rows_b) : ManyLists(k, rows_a);
  return it->second;
}

uint64_t Rows(const std::vector<TextColumn>& lists) {
  uint64_t rows = 0;
  for (const TextColumn& list : lists) rows += list.rows();
  return rows;
}

void Floor(benchmark::State& state, int k, uint64_t rows_a, uint64_t rows_b) {
  const auto& lists = Lists(k, rows_a, rows_b);
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const TextColumn& list : lists) {
      const char* bytes = list.bytes.data();
      const uint32_t* offsets = list.offsets.data();
      for (uint64_t i = 0; i < list.rows(); ++i) {
        sum += XXH3_64bits_withSeed(bytes + offsets[i], offsets[i + 1] - offsets[i], 42);
      }
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * Rows(lists));
}

struct Setup {
  const char* profile = "raw/1";
  HashWidth width = HashWidth::k64;
  bool byte_checked = false;
  uint32_t threads = 1;
  bool warm = true;
};

void CountAll(benchmark::State& state, int k, uint64_t rows_a, uint64_t rows_b, Setup setup) {
  const auto& lists = Lists(k, rows_a, rows_b);
  const Identity identity = Identity::Create(Profile::Open(setup.profile).value(), setup.width).value();
  Context context = Context::Create({.threads = setup.threads}).value();
  std::vector<std::unique_ptr<ColumnsSource>> sources;
  std::vector<const KeySource*> pointers;
  for (const TextColumn& list : lists) {
    sources.push_back(std::make_unique<ColumnsSource>(std::vector<KeyColumn>{list.column()}));
    pointers.push_back(sources.back().get());
  }
  auto count = [&] {
    return CountRegions(pointers, identity, {.byte_checked = setup.byte_checked}, context).value().counts.back();
  };
  if (setup.warm) count();  // the context now holds the memory that it needs
  uint64_t both = 0;
  for (auto _ : state) {
    both = count();
    if (!setup.warm) context.Trim();
  }
  state.SetItemsProcessed(state.iterations() * Rows(lists));
  state.counters["in_all"] = static_cast<double>(both);
  state.counters["bytes_per_row"] = static_cast<double>(context.peak_bytes()) / static_cast<double>(Rows(lists));
}

void Register() {
  constexpr uint64_t k1M = 1'000'000, k10M = 10 * k1M, k20M = 20 * k1M;
  auto add = [](const char* name, auto function) {
    return benchmark::RegisterBenchmark(name, function)->Unit(benchmark::kMillisecond);
  };
  auto count = [&](const char* name, int k, uint64_t rows_a, uint64_t rows_b, Setup setup) {
    auto* made = add(name, [=](benchmark::State& state) { CountAll(state, k, rows_a, rows_b, setup); });
    made->MeasureProcessCPUTime()->UseRealTime();
  };
  add("floor/10M+10M", [](benchmark::State& state) { Floor(state, 2, k10M, k10M); });
  count("regions/10M+10M/64", 2, k10M, k10M, {});
  count("regions/10M+10M/64/cold", 2, k10M, k10M, {.warm = false});
  count("regions/10M+10M/128", 2, k10M, k10M, {.width = HashWidth::k128});
  count("regions/10M+10M/bytes", 2, k10M, k10M, {.byte_checked = true});
  count("regions/10M+10M/email", 2, k10M, k10M, {.profile = "email/1"});
  count("regions/10M+10M/64/threads2", 2, k10M, k10M, {.threads = 2});
  count("regions/20M+1M/64", 2, k20M, k1M, {});
  add("floor/1M+1M", [](benchmark::State& state) { Floor(state, 2, k1M, k1M); });
  count("regions/1M+1M/64", 2, k1M, k1M, {});
  add("floor/k3", [](benchmark::State& state) { Floor(state, 3, k1M, 0); });
  count("regions/k3/64", 3, k1M, 0, {});
  count("regions/k8/64", 8, k1M, 0, {});
}

}  // namespace
}  // namespace vesica

int main(int argc, char** argv) {
  vesica::Register();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
