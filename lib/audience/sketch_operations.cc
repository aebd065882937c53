#include "audience/sketch_operations.h"

#include <memory>
#include <utility>
#include <vector>

#include "audience/collector.h"
#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"

namespace vesica {
namespace {

absl::Status CannotBecome(const char* what) { return MakeError(ErrorCode::kUnsupported, what); }

absl::StatusOr<Audience::Keys> MinHashOf(const Audience& audience, uint64_t bytes) {
  VESICA_ASSIGN_OR_RETURN(const MinHashSize size, MinHashSize::Of(bytes));
  switch (audience.representation()) {
    case Representation::kExact:
      if (audience.count() <= size.ExactCapacity(audience.stamp().width)) return audience.keys();
      return std::make_shared<const MinHash>(MinHash::OfExact(audience.hashes(), size));
    case Representation::kMinHash:
      if (bytes >= audience.min_hash().size().image_bytes) return audience.keys();
      return std::make_shared<const MinHash>(audience.min_hash().Coarser(size));
    case Representation::kHyperLogLog:
      break;
  }
  return CannotBecome("a HyperLogLog cannot become a MinHash");
}

// As MergeOf, which tells progress, but for the count that the sketch then carries.
absl::StatusOr<Audience::Keys> CountedHyperLogLog(const Audience& audience, const BuilderOptions& options,
                                                  Context& context) {
  const Audience* const one[] = {&audience};
  VESICA_ASSIGN_OR_RETURN(const Audience made, MergeOf(one, options, context));
  const HyperLogLog& sketch = made.hyper_log_log();
  std::vector<uint8_t> registers(sketch.registers().begin(), sketch.registers().end());
  return std::make_shared<const HyperLogLog>(sketch.shape(), std::move(registers), audience.count());
}

absl::StatusOr<Audience::Keys> HyperLogLogOf(const Audience& audience, const BuilderOptions& options,
                                             Context& context) {
  VESICA_ASSIGN_OR_RETURN(const HyperLogLogShape shape, HyperLogLogShape::Of(options.bytes, options.mantissa_bits));
  switch (audience.representation()) {
    case Representation::kExact:
      return CountedHyperLogLog(audience, options, context);
    case Representation::kHyperLogLog: {
      const HyperLogLog& sketch = audience.hyper_log_log();
      return std::make_shared<const HyperLogLog>(sketch.Coarser(CommonShape(sketch.shape(), shape)));
    }
    case Representation::kMinHash:
      break;
  }
  return CannotBecome("a MinHash cannot become a HyperLogLog");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Collector>> MakeCollector(const BuilderOptions& options, HashWidth width,
                                                         ContextState& context) {
  switch (options.representation) {
    case Representation::kExact:
      return MakeExactCollector(width, context);
    case Representation::kMinHash:
      return MakeMinHashCollector(options.bytes, width, context);
    case Representation::kHyperLogLog:
      return MakeHyperLogLogCollector(options.bytes, options.mantissa_bits, context);
  }
  return InvalidArgument("unknown representation");
}

absl::StatusOr<Audience> SketchOf(const Audience& audience, const BuilderOptions& options, Context& context) {
  context.state().BeginCall();
  absl::StatusOr<Audience::Keys> keys = InvalidArgument("unknown representation");
  switch (options.representation) {
    case Representation::kExact:
      if (audience.representation() != Representation::kExact) return CannotBecome("a sketch cannot become exact");
      keys = audience.keys();
      break;
    case Representation::kMinHash:
      keys = MinHashOf(audience, options.bytes);
      break;
    case Representation::kHyperLogLog:
      keys = HyperLogLogOf(audience, options, context);
      break;
  }
  if (!keys.ok()) return std::move(keys).status();
  return Audience(*std::move(keys), audience.stamp(), audience.quality(), audience.derived());
}

absl::StatusOr<Audience> MergeOf(std::span<const Audience* const> audiences, const BuilderOptions& options,
                                 Context& context) {
  if (audiences.empty()) return InvalidArgument("nothing to merge");
  const IdentityStamp& stamp = audiences[0]->stamp();
  context.state().BeginCall();
  VESICA_ASSIGN_OR_RETURN(const std::unique_ptr<Collector> collector,
                          MakeCollector(options, stamp.width, context.state()));
  Quality quality;
  bool derived = false;
  for (uint32_t i = 0; i < audiences.size(); ++i) {
    absl::Status status = CheckSameIdentity(stamp, audiences[i]->stamp());
    if (status.ok()) status = collector->Merge(*audiences[i]);
    if (!status.ok()) return AtIndex(status, i);
    quality.Merge(audiences[i]->quality());
    derived |= audiences[i]->derived();
  }
  VESICA_ASSIGN_OR_RETURN(Audience::Keys keys, collector->Build());
  return Audience(std::move(keys), stamp, derived ? Quality() : quality, derived);
}

absl::Status CheckRepresentationsMeet(const Audience& a, const Audience& b) {
  if (a.representation() == b.representation() || a.representation() == Representation::kExact ||
      b.representation() == Representation::kExact) {
    return absl::OkStatus();
  }
  return MakeError(ErrorCode::kUnsupported,
                   "a MinHash and a HyperLogLog cannot be compared: build both as one of them, or one of them exact");
}

absl::StatusOr<Audience> UnionOfSketches(const Audience& a, const Audience& b) {
  if (absl::Status status = CheckSameIdentity(a.stamp(), b.stamp()); !status.ok()) return AtIndex(status, 1);
  if (absl::Status status = CheckRepresentationsMeet(a, b); !status.ok()) return AtIndex(status, 1);
  if (a.representation() == Representation::kExact) return UnionOfSketches(b, a);
  Audience::Keys keys;
  if (a.representation() == Representation::kMinHash) {
    const MinHash& sketch = a.min_hash();
    keys = std::make_shared<const MinHash>(MinHash::Merge(sketch, b.representation() == Representation::kExact
                                                                      ? MinHash::OfExact(b.hashes(), sketch.size())
                                                                      : b.min_hash()));
  } else {
    const HyperLogLog& sketch = a.hyper_log_log();
    keys = std::make_shared<const HyperLogLog>(HyperLogLog::Merge(
        sketch, b.representation() == Representation::kExact ? HyperLogLog::OfExact(b.hashes(), sketch.shape())
                                                             : b.hyper_log_log()));
  }
  return Audience(std::move(keys), a.stamp(), Quality(), /*derived=*/true);
}

}  // namespace vesica
