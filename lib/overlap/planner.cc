#include "vesica/planner.h"

#include <algorithm>
#include <cmath>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "base/error.h"
#include "overlap/expected_cells.h"
#include "overlap/pair_fit.h"

namespace vesica {
namespace {

// bench/audience_bench.cc BM_Add and bench/sketch_bench.cc, 16 KiB, e-mail addresses; hashing alone takes 3.
constexpr double kExactNsPerRow = 26, kMinHashNsPerRow = 6, kHyperLogLogNsPerRow = 6;

constexpr uint32_t kDefaultMantissaBits = 3;  // BuilderOptions::mantissa_bits

// The sizes of the two sets, and as groups.
struct Sets {
  double a, b;
  Vector<3> sizes;

  explicit Sets(const PlanQuestion& question) : a(question.size_a), b(question.size_b) {
    const double both = question.share_of_smaller * std::min(a, b);
    const double least = 1e-9 * both;  // none at all is the limit of ever fewer
    sizes = {std::max(a - both, least), std::max(b - both, least), both};
  }
  double HalfWidth(const PairDesign& design, const KnownCounts& known) const {
    return kNormal95 * std::sqrt(ExpectedVariance(design, sizes, known)) / sizes[kBoth];
  }
};

absl::Status Check(const PlanQuestion& question) {
  for (const double size : {question.size_a, question.size_b}) {
    if (!(size >= 1 && size <= 0x1p60)) return InvalidArgument("a plan is for audiences of 1 to 2^60 keys");
  }
  if (!(question.share_of_smaller > 0 && question.share_of_smaller <= 1)) {
    return InvalidArgument("a plan is for a share of the smaller audience above 0 and up to 1");
  }
  return absl::OkStatus();
}

// A saved exact audience of 64-bit hashes: Rice codes of their gaps, whose entropy is log2 of the mean gap and 1.44
// bits a key (lib/wire/FORMAT.md).
double ExactImageBytes(double count) {
  return MinHashSize::kHeaderBytes + std::ceil(count * (64 - std::log2(count) + 1.5) / 8);
}

bool StaysExact(double count, const MinHashSize& size) {
  return count <= static_cast<double>(size.ExactCapacity(HashWidth::k64));
}

double MinHashHalfWidth(const Sets& sets, const MinHashSize& size) {
  KnownCounts known;
  if (StaysExact(sets.a, size)) known.a = sets.a;
  if (StaysExact(sets.b, size)) known.b = sets.b;
  if (known.a.has_value() && known.b.has_value()) return 0;
  PairDesign design;
  design.mantissa_bits = size.mantissa_bits;
  design.end_a = known.a.has_value() ? 1 : ExpectedEnd(sets.a, size.capacity, size.mantissa_bits);
  design.end_b = known.b.has_value() ? 1 : ExpectedEnd(sets.b, size.capacity, size.mantissa_bits);
  return sets.HalfWidth(design, known);
}

double HyperLogLogHalfWidth(const Sets& sets, const HyperLogLogShape& shape) {
  return sets.HalfWidth({.sampler = PairDesign::Sampler::kRegisters,
                         .mantissa_bits = shape.mantissa_bits,
                         .register_bits = shape.register_bits},
                        {});
}

// Between two powers of two a MinHash of more bytes has more cells of the same widths, and a smaller error. Across one
// the cells become finer and fewer, which may make the error larger: each octave of sizes is searched by itself.
MinHashSize SmallestMinHash(const Sets& sets, double error, bool* reaches) {
  const auto half_width = [&](uint64_t bytes) { return MinHashHalfWidth(sets, MinHashSize::Of(bytes).value()); };
  for (uint64_t low = MinHashSize::kMinImageBytes; low <= MinHashSize::kMaxImageBytes; low *= 2) {
    const uint64_t high = std::min<uint64_t>(2 * low - 1, MinHashSize::kMaxImageBytes);
    if (half_width(high) > error) continue;
    uint64_t too_small = low - 1, enough = high;
    while (enough - too_small > 1) {
      const uint64_t middle = too_small + (enough - too_small) / 2;
      (half_width(middle) > error ? too_small : enough) = middle;
    }
    *reaches = true;
    return MinHashSize::Of(enough).value();
  }
  *reaches = false;
  return MinHashSize::Of(MinHashSize::kMaxImageBytes).value();
}

RepresentationPlan PlanExact(const Sets& sets) {
  return {.representation = Representation::kExact,
          .reaches_error = true,
          .image_bytes_a = ExactImageBytes(sets.a),
          .image_bytes_b = ExactImageBytes(sets.b),
          .build_ns_per_row = kExactNsPerRow};
}

RepresentationPlan PlanMinHash(const Sets& sets, double error) {
  RepresentationPlan plan{.representation = Representation::kMinHash, .build_ns_per_row = kMinHashNsPerRow};
  const MinHashSize size = SmallestMinHash(sets, error, &plan.reaches_error);
  plan.sketch_bytes = size.image_bytes;
  const auto image_bytes = [&](double count) {
    return StaysExact(count, size) ? ExactImageBytes(count) : static_cast<double>(size.image_bytes);
  };
  plan.image_bytes_a = image_bytes(sets.a);
  plan.image_bytes_b = image_bytes(sets.b);
  plan.half_width = MinHashHalfWidth(sets, size);
  return plan;
}

RepresentationPlan PlanHyperLogLog(const Sets& sets, double error) {
  RepresentationPlan plan{.representation = Representation::kHyperLogLog, .build_ns_per_row = kHyperLogLogNsPerRow};
  for (uint32_t bits = HyperLogLogShape::kMinRegisterBits; bits <= HyperLogLogShape::kMaxRegisterBits; ++bits) {
    plan.sketch_bytes = uint64_t{1} << bits;
    plan.half_width = HyperLogLogHalfWidth(sets, {bits, kDefaultMantissaBits});
    plan.reaches_error = plan.half_width <= error;
    if (plan.reaches_error) break;
  }
  plan.image_bytes_a = plan.image_bytes_b = static_cast<double>(plan.sketch_bytes);
  return plan;
}

}  // namespace

absl::StatusOr<Plan> MakePlan(const PlanQuestion& question) {
  VESICA_RETURN_IF_ERROR(Check(question));
  if (!(question.error > 0)) return InvalidArgument("a plan is for an error above 0");
  const Sets sets(question);
  Plan plan;
  plan.representations = {PlanExact(sets), PlanMinHash(sets, question.error), PlanHyperLogLog(sets, question.error)};
  for (const RepresentationPlan& of : plan.representations) {
    if (of.reaches_error && of.image_bytes() < plan.Of(plan.smallest).image_bytes()) plan.smallest = of.representation;
  }
  return plan;
}

absl::StatusOr<double> ExpectedHalfWidth(const PlanQuestion& question, Representation representation, uint64_t bytes) {
  VESICA_RETURN_IF_ERROR(Check(question));
  const Sets sets(question);
  switch (representation) {
    case Representation::kExact:
      return 0;
    case Representation::kMinHash: {
      VESICA_ASSIGN_OR_RETURN(const MinHashSize size, MinHashSize::Of(bytes));
      return MinHashHalfWidth(sets, size);
    }
    case Representation::kHyperLogLog: {
      VESICA_ASSIGN_OR_RETURN(const HyperLogLogShape shape, HyperLogLogShape::Of(bytes, kDefaultMantissaBits));
      return HyperLogLogHalfWidth(sets, shape);
    }
  }
  return InvalidArgument("a plan is for a representation that there is");
}

}  // namespace vesica
