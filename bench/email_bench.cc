// What email/1 costs on clean ASCII addresses, beside the XXH3_64 hash of the same bytes.
#include <benchmark/benchmark.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/keys.h"
#include "identity/canonicalizer.h"
#include "vesica/identity.h"

namespace vesica {
namespace {

constexpr size_t kRows = 4096;  // stays in L1 and L2, as the batches of a column do

// Addresses on few free-mail domains (the keys of all benchmarks), or on many companies' domains and some others.
enum Kind { kFreeMail, kCompanies, kUpperCase };

struct Keys {
  std::string bytes;
  std::vector<std::string_view> views;
};

Keys MakeKeys(int kind) {
  Keys keys;
  std::vector<size_t> ends;
  for (uint64_t number = 1; number <= kRows; ++number) {
    if (kind == kFreeMail) {
      AppendAddress(number, &keys.bytes);
    } else {
      const uint64_t mixed = number * 0x9E3779B97F4A7C15 >> 32;
      static constexpr std::string_view kEndings[] = {".com", ".co.uk", ".de", "-group.com", ".io"};
      keys.bytes += kind == kUpperCase ? "Ann." : "ann.";
      keys.bytes += std::to_string(mixed % 100000) + "@c" + std::to_string(mixed % 997 * (mixed % 7 ? 1 : 9973));
      keys.bytes += kEndings[mixed % 5];
    }
    ends.push_back(keys.bytes.size());
  }
  size_t begin = 0;
  for (const size_t end : ends) {
    keys.views.push_back(std::string_view(keys.bytes).substr(begin, end - begin));
    begin = end;
  }
  return keys;
}

void Finish(benchmark::State& state) {
  state.counters["ns/key"] = benchmark::Counter(static_cast<double>(state.iterations()) * kRows * 1e-9,
                                                benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void BM_Xxh3(benchmark::State& state) {
  const Keys keys = MakeKeys(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const std::string_view key : keys.views) sum += XXH3_64bits_withSeed(key.data(), key.size(), 7);
    benchmark::DoNotOptimize(sum);
  }
  Finish(state);
}

void BM_Scan(benchmark::State& state) {
  const Keys keys = MakeKeys(static_cast<int>(state.range(0)));
  std::vector<std::array<uint16_t, kMaxRun + 1>> offsets(kRows / kMaxRun);
  std::vector<KeyRun> runs;
  for (size_t i = 0; i < offsets.size(); ++i) {
    const size_t before = i == 0 ? 0 : kBeforeRun;
    const char* bytes = keys.views[i * kMaxRun].data() - before;
    for (size_t j = 0; j < kMaxRun; ++j) {
      offsets[i][j] = static_cast<uint16_t>(keys.views[i * kMaxRun + j].data() - bytes);
    }
    const std::string_view last = keys.views[(i + 1) * kMaxRun - 1];
    offsets[i][kMaxRun] = static_cast<uint16_t>(last.data() + last.size() - bytes);
    runs.push_back({bytes, offsets[i].data(), kMaxRun});
  }
  const Profile profile = *Profile::Open("email/1");
  std::array<uint8_t, kMaxRun> flags;
  for (auto _ : state) {
    for (const KeyRun& run : runs) {
      profile.canonicalizer().ScanRun(run, flags.data());
      benchmark::DoNotOptimize(flags);
    }
  }
  Finish(state);
}

void BM_TextBatch(benchmark::State& state) {
  const Keys keys = MakeKeys(static_cast<int>(state.range(0)));
  const Profile profile = *Profile::Open("email/1");
  Scratch scratch;
  std::array<Canonical, kMaxRun> out;
  for (auto _ : state) {
    for (size_t begin = 0; begin < kRows; begin += kMaxRun) {
      scratch.Reset();
      profile.canonicalizer().TextBatch(std::span(keys.views).subspan(begin, kMaxRun), KeyEncoding::kPlain, scratch,
                                        out.data());
      benchmark::DoNotOptimize(out);
    }
  }
  Finish(state);
}

void BM_Text(benchmark::State& state) {
  const Keys keys = MakeKeys(static_cast<int>(state.range(0)));
  const Profile profile = *Profile::Open("email/1");
  Scratch scratch;
  for (auto _ : state) {
    scratch.Reset();
    for (const std::string_view key : keys.views) {
      benchmark::DoNotOptimize(profile.canonicalizer().Text(key, KeyEncoding::kPlain, scratch));
    }
  }
  Finish(state);
}

BENCHMARK(BM_Xxh3)->Arg(kFreeMail)->Arg(kCompanies)->ArgName("keys");
BENCHMARK(BM_Scan)->Arg(kFreeMail)->Arg(kCompanies)->Arg(kUpperCase)->ArgName("keys");
BENCHMARK(BM_TextBatch)->Arg(kFreeMail)->Arg(kCompanies)->Arg(kUpperCase)->ArgName("keys");
BENCHMARK(BM_Text)->Arg(kFreeMail)->Arg(kCompanies)->Arg(kUpperCase)->ArgName("keys");

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
