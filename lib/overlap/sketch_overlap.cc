// Overlaps with sketches among the audiences. An exact audience is looked at as the other side's kind of sample.
#include "overlap/sketch_overlap.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "audience/sketch_operations.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"
#include "overlap/count_estimate.h"
#include "overlap/pair_cells.h"
#include "overlap/pair_estimate.h"
#include "overlap/region_estimate.h"

namespace vesica {
namespace {

// How many cells of an exact audience are shown to a sample beside it, in capacities of that sample: what lies further
// out than the sample reaches says little more.
constexpr uint64_t kShownCapacities = 4;

Method MethodOf(Representation representation) {
  return representation == Representation::kMinHash ? Method::kMinHash : Method::kHyperLogLog;
}

// The cell behind the first hashes of an exact audience that a sample of `size` is to see.
uint32_t ShownThreshold(const SortedHashes& hashes, const MinHashSize& size) {
  const uint64_t shown = kShownCapacities * size.capacity;
  if (hashes.count() <= shown) return EndCell(size.mantissa_bits);
  return WithElementOf(hashes.width(), [&]<class T>(T) {
    return CellOf(HashPosition(LeadingWord(hashes.values<T>()[shown])), size.mantissa_bits);
  });
}

// All audiences as samples of one kind: those that are, and views of the exact ones.
template <class Sample>
struct Samples {
  std::vector<Sample> views;  // of exact audiences
  std::vector<const Sample*> all;
};

Samples<MinHash> MinHashesOf(std::span<const Audience* const> audiences) {
  std::optional<MinHashSize> size;  // the smallest
  for (const Audience* audience : audiences) {
    if (!IsSketch(*audience)) continue;
    const MinHashSize& own = audience->min_hash().size();
    if (!size.has_value() || own.image_bytes < size->image_bytes) size = own;
  }
  Samples<MinHash> samples;
  samples.views.reserve(audiences.size());
  for (const Audience* audience : audiences) {
    if (IsSketch(*audience)) {
      samples.all.push_back(&audience->min_hash());
      continue;
    }
    const SortedHashes& hashes = audience->hashes();
    samples.views.push_back(MinHash::ViewOfExact(hashes, *size, ShownThreshold(hashes, *size)));
    samples.all.push_back(&samples.views.back());
  }
  return samples;
}

Samples<HyperLogLog> HyperLogLogsOf(std::span<const Audience* const> audiences) {
  std::optional<HyperLogLogShape> shape;
  for (const Audience* audience : audiences) {
    if (!IsSketch(*audience)) continue;
    const HyperLogLogShape& own = audience->hyper_log_log().shape();
    shape = shape.has_value() ? CommonShape(*shape, own) : own;
  }
  Samples<HyperLogLog> samples;
  samples.views.reserve(audiences.size());
  for (const Audience* audience : audiences) {
    if (IsSketch(*audience)) {
      samples.all.push_back(&audience->hyper_log_log());
      continue;
    }
    samples.views.push_back(HyperLogLog::OfExact(audience->hashes(), *shape));
    samples.all.push_back(&samples.views.back());
  }
  return samples;
}

// What the sketches among the audiences are; they are of one kind.
Representation KindOf(std::span<const Audience* const> audiences) {
  return (*std::find_if(audiences.begin(), audiences.end(), [](const Audience* each) { return IsSketch(*each); }))
      ->representation();
}

}  // namespace

absl::Status CheckRepresentations(std::span<const Audience* const> audiences) {
  const Audience* sketch = nullptr;  // the first
  for (uint32_t i = 0; i < audiences.size(); ++i) {
    if (!IsSketch(*audiences[i])) continue;
    if (sketch == nullptr) sketch = audiences[i];
    const absl::Status status = CheckRepresentationsMeet(*sketch, *audiences[i]);
    if (!status.ok()) return AtIndex(status, i);
  }
  return absl::OkStatus();
}

Overlap OverlapOfSketches(const Audience& a, const Audience& b) {
  const Audience* const both[] = {&a, &b};
  const Representation kind = KindOf(both);
  if (kind == Representation::kMinHash) {
    const Samples<MinHash> samples = MinHashesOf(both);
    return EstimateOverlap(JoinMinHash(*samples.all[0], *samples.all[1]), MethodOf(kind));
  }
  const Samples<HyperLogLog> samples = HyperLogLogsOf(both);
  return EstimateOverlap(JoinHyperLogLog(*samples.all[0], *samples.all[1]), MethodOf(kind));
}

absl::Status EstimateRegionsOf(std::span<const Audience* const> audiences, Regions* regions) {
  if (audiences.size() > kMaxEstimatedSets) {
    return MakeError(ErrorCode::kUnsupported, absl::StrCat("regions with sketches take up to ", kMaxEstimatedSets,
                                                           " audiences; all pairs of more are a matrix"));
  }
  const Representation kind = KindOf(audiences);
  regions->method = MethodOf(kind);
  if (kind == Representation::kMinHash) {
    regions->estimates = EstimateRegions(MinHashesOf(audiences).all);
  } else {
    regions->estimates = EstimateRegions(HyperLogLogsOf(audiences).all);
  }
  return absl::OkStatus();
}

}  // namespace vesica
