// A study of many companies from stored sketches: three images a company (brand, demand, sales) are loaded and every
// two of them compared, with intervals.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "vesica/audience.h"
#include "vesica/hash.h"
#include "vesica/overlap.h"
#include "vesica/wire.h"

namespace vesica {
namespace {

constexpr uint64_t kCompanies = 7056;
constexpr uint64_t kImageBytes = 16 << 10;

// Made of as many different companies, which are then met again and again: 23 MB of images, more than a cache holds.
constexpr uint64_t kDifferentCompanies = 490;

struct Company {
  std::string images[3];
};

// The image of keys `begin`, `begin` + 1, ...
std::string ImageOf(const Identity& identity, const Context& context, Representation representation, uint64_t begin,
                    uint64_t count) {
  std::vector<int64_t> keys(count);
  std::iota(keys.begin(), keys.end(), static_cast<int64_t>(begin));
  KeyColumn column;
  column.layout = KeyLayout::kIntegers;
  column.length = count;
  column.data = keys.data();
  const BuilderOptions options{.representation = representation, .bytes = kImageBytes};
  AudienceBuilder builder = AudienceBuilder::Create(context, identity, options).value();
  if (!builder.Add(column).ok()) return {};
  return Save(builder.Build().value()).value();
}

// Companies of 5,000 to 103,000 sales people, four times as many in demand, twenty times in brand; 16 % of each circle
// is in the next larger one.
std::vector<Company> MakeCompanies(Representation representation) {
  const Identity identity = Identity::Create(Profile::Open("int64/1").value()).value();
  const Context context = Context::Create({}).value();
  std::vector<Company> companies(kDifferentCompanies);
  for (uint64_t i = 0; i < kDifferentCompanies; ++i) {
    const uint64_t begin = i << 32, sales = 5'000 + 200 * i;
    const uint64_t demand_begin = begin + sales * 84 / 100;
    const uint64_t brand_begin = demand_begin + 4 * sales * 84 / 100;
    companies[i].images[0] = ImageOf(identity, context, representation, begin, sales);
    companies[i].images[1] = ImageOf(identity, context, representation, demand_begin, 4 * sales);
    companies[i].images[2] = ImageOf(identity, context, representation, brand_begin, 20 * sales);
  }
  return companies;
}

double CompareCircles(const Company& company, Context& context) {
  std::vector<Audience> circles;
  for (const std::string& image : company.images) {
    circles.push_back(Load({reinterpret_cast<const uint8_t*>(image.data()), image.size()}, context).value());
  }
  double sum = 0;
  for (const auto& [a, b] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 2)}) {
    sum += OverlapOf(circles[a], circles[b], context).value().intersection.upper;
  }
  return sum;
}

void BM_Companies(benchmark::State& state, Representation representation) {
  static std::map<Representation, std::vector<Company>> made;
  if (made[representation].empty()) made[representation] = MakeCompanies(representation);
  const std::vector<Company>& companies = made[representation];
  Context context = Context::Create({}).value();
  for (auto _ : state) {
    double sum = 0;
    for (uint64_t i = 0; i < kCompanies; ++i) sum += CompareCircles(companies[i % kDifferentCompanies], context);
    benchmark::DoNotOptimize(sum);
  }
  state.counters["us/overlap"] = benchmark::Counter(static_cast<double>(state.iterations()) * kCompanies * 3 * 1e-6,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(BM_Companies, minhash, Representation::kMinHash)->Unit(benchmark::kSecond)->Iterations(1);
BENCHMARK_CAPTURE(BM_Companies, hyperloglog, Representation::kHyperLogLog)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
