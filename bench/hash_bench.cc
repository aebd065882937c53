// Columns to hashes, for each layout, against a bare loop over the same keys: time is of one row.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "bench/keys.h"
#include "hash/key_hasher.h"

namespace vesica {
namespace {

constexpr uint64_t kRows = 1'000'000;

const TextColumn& Addresses() {
  static const auto* column = [] {
    std::vector<uint32_t> numbers(kRows * 9 / 10);
    std::iota(numbers.begin(), numbers.end(), 0u);
    return new TextColumn(AddressColumn(std::move(numbers), kRows, 1));
  }();
  return *column;
}

// What any hasher of these keys has to do: each hash, and its 8 bytes written to a buffer in L1.
void BM_BareXxh3_64(benchmark::State& state) {
  const TextColumn& keys = Addresses();
  const char* bytes = keys.bytes.data();
  const uint32_t* offsets = keys.offsets.data();
  uint64_t hashes[kHashBatch];
  uint64_t seed = 42;
  benchmark::DoNotOptimize(seed);  // not known to the compiler, as that of a profile is not
  for (auto _ : state) {
    for (uint64_t i = 0; i < kRows; ++i) {
      hashes[i % kHashBatch] = XXH3_64bits_withSeed(bytes + offsets[i], offsets[i + 1] - offsets[i], seed);
    }
    benchmark::DoNotOptimize(hashes);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kRows));
}
BENCHMARK(BM_BareXxh3_64);

struct Setup {
  const char* profile = "raw/1";
  HashWidth width = HashWidth::k64;
  bool keyed = false;
};

void HashColumn(benchmark::State& state, const KeyColumn& column, const Setup& setup) {
  const std::vector<uint8_t> secret(setup.keyed ? 32 : 0, 's');
  const Identity identity = Identity::Create(Profile::Open(setup.profile).value(), setup.width, secret).value();
  KeyHasher hasher(identity);
  auto batch = std::make_unique<HashedBatch>();
  if (!hasher.Check(column).ok()) return state.SkipWithError("the profile does not take the column");
  for (auto _ : state) {
    Quality quality;
    for (uint64_t begin = 0; begin < column.length; begin += kHashBatch) {
      const auto count = static_cast<uint32_t>(std::min<uint64_t>(kHashBatch, column.length - begin));
      const absl::Status status = hasher.Hash(column, begin, count, false, batch.get(), &quality);
      if (!status.ok()) return state.SkipWithError("a batch failed");
    }
    benchmark::DoNotOptimize(quality);
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * column.length));
}

void BM_Offsets32(benchmark::State& state, Setup setup) { HashColumn(state, Addresses().column(), setup); }
BENCHMARK_CAPTURE(BM_Offsets32, raw, Setup{});
BENCHMARK_CAPTURE(BM_Offsets32, raw_128, Setup{.width = HashWidth::k128});
BENCHMARK_CAPTURE(BM_Offsets32, raw_keyed, Setup{.keyed = true});
BENCHMARK_CAPTURE(BM_Offsets32, email, Setup{.profile = "email/1"});

void BM_Offsets32Nulls(benchmark::State& state) {
  std::vector<uint8_t> validity((kRows + 7) / 8);
  std::mt19937_64 random(3);
  for (uint8_t& byte : validity) byte = static_cast<uint8_t>(random() | random() | random());  // an eighth is null
  KeyColumn column = Addresses().column();
  column.validity = validity.data();
  HashColumn(state, column, {});
}
BENCHMARK(BM_Offsets32Nulls);

void BM_Offsets64(benchmark::State& state) {
  const std::vector<int64_t> offsets(Addresses().offsets.begin(), Addresses().offsets.end());
  KeyColumn column = Addresses().column();
  column.layout = KeyLayout::kOffsets64;
  column.offsets = offsets.data();
  HashColumn(state, column, {});
}
BENCHMARK(BM_Offsets64);

// Keys that lie anywhere in memory, as strings of other languages do.
void BM_Spans(benchmark::State& state, Setup setup) {
  std::vector<KeySpan> spans;
  for (uint64_t i = 0; i < kRows; ++i) spans.push_back({Addresses().key(i).data(), Addresses().key(i).size()});
  std::shuffle(spans.begin(), spans.end(), std::mt19937_64(5));
  HashColumn(state, ColumnFromSpans(spans), setup);
}
BENCHMARK_CAPTURE(BM_Spans, raw, Setup{});
BENCHMARK_CAPTURE(BM_Spans, email, Setup{.profile = "email/1"});

// Arrow's string views of keys too long to be inline.
void BM_StringViews(benchmark::State& state) {
  const TextColumn& keys = Addresses();
  std::vector<uint32_t> views;
  for (uint64_t i = 0; i < kRows; ++i) {
    const auto size = static_cast<uint32_t>(keys.key(i).size());
    views.insert(views.end(), {size, XXH_readLE32(keys.key(i).data()), 0, keys.offsets[i]});
  }
  const void* const buffers[] = {keys.bytes.data()};
  const int64_t sizes[] = {static_cast<int64_t>(keys.bytes.size())};
  KeyColumn column;
  column.layout = KeyLayout::kStringViews;
  column.length = kRows;
  column.data = views.data();
  column.view_buffers = buffers;
  column.view_buffer_sizes = sizes;
  HashColumn(state, column, {});
}
BENCHMARK(BM_StringViews);

// Rows that point at random into a dictionary of `range` addresses.
void BM_Dictionary(benchmark::State& state, Setup setup) {
  const auto values = static_cast<uint64_t>(state.range(0));
  std::vector<uint32_t> indices(kRows);
  std::mt19937_64 random(4);
  for (uint32_t& index : indices) index = static_cast<uint32_t>(random() % values);
  KeyColumn column;
  column.layout = KeyLayout::kDictionary;
  column.length = kRows;
  column.data = indices.data();
  column.integer_width = 4;
  column.dictionary = std::make_shared<const KeyColumn>(Addresses().column().Slice(0, values));
  HashColumn(state, column, setup);
}
BENCHMARK_CAPTURE(BM_Dictionary, raw, Setup{})->Arg(100)->Arg(10'000)->Arg(500'000);
BENCHMARK_CAPTURE(BM_Dictionary, email, Setup{.profile = "email/1"})->Arg(100)->Arg(10'000)->Arg(500'000);

void BM_Integers(benchmark::State& state) {
  std::vector<uint64_t> values(kRows);
  std::mt19937_64 random(5);
  for (uint64_t& value : values) value = random();
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.length = kRows;
  column.data = values.data();
  HashColumn(state, column, {.profile = "int64/1"});
}
BENCHMARK(BM_Integers);

void BM_Digests(benchmark::State& state) {
  std::vector<uint64_t> words(kRows * 4);
  std::mt19937_64 random(6);
  for (uint64_t& word : words) word = random();
  KeyColumn column;
  column.layout = KeyLayout::kFixed32;
  column.length = kRows;
  column.data = words.data();
  HashColumn(state, column, {.profile = "sha256/1"});
}
BENCHMARK(BM_Digests);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
