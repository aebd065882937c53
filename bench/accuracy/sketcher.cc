#include "bench/accuracy/sketcher.h"

#include <chrono>
#include <memory>
#include <random>
#include <utility>

#include "audience/min_hash.h"
#include "tests/model/simulated_samples.h"

namespace vesica {
namespace {

constexpr SketchMethod kMethods[] = {
    {"minhash", Representation::kMinHash, 0, false},
    {"minhash+count", Representation::kMinHash, 0, true},
    {"hyperloglog", Representation::kHyperLogLog, 3, false},
    {"hyperloglog+count", Representation::kHyperLogLog, 3, true},
    {"hyperloglog-0", Representation::kHyperLogLog, 0, false},
};

BuilderOptions OptionsOf(const SketchMethod& method, uint64_t bytes) {
  return {method.representation, bytes, method.mantissa_bits};
}

Audience BuildOne(AudienceBuilder builder, const std::vector<KeyColumn>& columns) {
  for (const KeyColumn& column : columns) {
    if (const absl::Status added = builder.Add(column); !added.ok()) return absl::StatusOr<Audience>(added).value();
  }
  return builder.Build().value();
}

}  // namespace

const SketchMethod* FindMethod(std::string_view name) {
  for (const SketchMethod& method : kMethods) {
    if (method.name == name) return &method;
  }
  return nullptr;
}

KeySketcher::KeySketcher(const Regime& regime, uint64_t seed, const Identity& identity, const Context& context)
    : regime_(regime), keys_(regime, seed), identity_(identity), context_(context) {}

std::vector<Audience> KeySketcher::Build(const SketchMethod& method, const std::vector<uint64_t>& bytes) {
  std::vector<Audience> audiences;
  for (size_t set = 0; set < regime_.sets(); ++set) {
    const BuilderOptions options = OptionsOf(method, bytes[set]);
    audiences.push_back(BuildOne(AudienceBuilder::Create(context_, identity_, options).value(), keys_.ColumnsOf(set)));
  }
  return audiences;
}

Sketches KeySketcher::Make(const SketchMethod& method, const std::vector<uint64_t>& bytes) {
  Sketches made;
  if (method.counted) {
    if (exact_.empty()) exact_ = Build({"exact", Representation::kExact, 0, false}, bytes);
    Context context = context_;
    for (size_t set = 0; set < regime_.sets(); ++set) {
      made.audiences.push_back(SketchOf(exact_[set], OptionsOf(method, bytes[set]), context).value());
    }
    return made;
  }
  uint64_t keys = 0;
  for (size_t set = 0; set < regime_.sets(); ++set) keys += regime_.CountOfSet(set);
  const auto start = std::chrono::steady_clock::now();
  made.audiences = Build(method, bytes);
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  made.update_ns = took.count() / static_cast<double>(keys);
  return made;
}

Sketches DrawnSketcher::Make(const SketchMethod& method, const std::vector<uint64_t>& bytes) {
  std::mt19937_64 random(seed_);
  const MinHashSize size = MinHashSize::Of(bytes[0]).value();
  Sketches made;
  for (MinHash& sample : SimulateMinHash(regime_.regions, size, random, method.counted)) {
    made.audiences.emplace_back(std::make_shared<const MinHash>(std::move(sample)), identity_.stamp(), Quality(), true);
  }
  return made;
}

}  // namespace vesica
