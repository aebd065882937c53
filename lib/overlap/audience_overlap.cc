// Overlaps of built audiences: sorted hashes against sorted hashes.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "audience/find.h"
#include "audience/hash_ranges.h"
#include "audience/hash_scatter.h"
#include "audience/region_table.h"
#include "audience/set_kernels.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "base/error.h"
#include "overlap/audience_pairs.h"
#include "overlap/count_estimate.h"
#include "overlap/sketch_overlap.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

constexpr size_t kMinMatrixSets = 2;
constexpr size_t kMaxMatrixSets = 4096;
constexpr size_t kCheckpointRows = size_t{1} << 12;  // of 16 hashes each

bool AnySketch(std::span<const Audience* const> audiences) {
  return std::any_of(audiences.begin(), audiences.end(), [](const Audience* audience) { return IsSketch(*audience); });
}

// "A" to "Z", then "AA" and so on, as spreadsheets name their columns.
std::string Letters(size_t index) {
  std::string letters;
  for (size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

absl::Status CheckAudiences(std::span<const Audience* const> audiences, std::span<const std::string> names) {
  if (!names.empty() && names.size() != audiences.size()) {
    return InvalidArgument(absl::StrCat(names.size(), " names for ", audiences.size(), " audiences"));
  }
  for (uint32_t i = 1; i < audiences.size(); ++i) {
    const absl::Status status = CheckSameIdentity(audiences[0]->stamp(), audiences[i]->stamp());
    if (!status.ok()) return AtIndex(status, i);
  }
  return CheckRepresentations(audiences);
}

Regions::Set DescribeSet(const Audience& audience, std::string name) {
  Regions::Set set{std::move(name), audience.quality(), audience.derived()};
  if (IsSketch(audience)) {
    set.estimate = CountOf(audience);
    // Full registers, which nothing but a crafted image has, are estimated at more than llround() takes.
    set.count = static_cast<uint64_t>(std::llround(std::min(set.estimate->value, 0x1p62)));
  } else {
    set.count = audience.count();
  }
  return set;
}

std::vector<Regions::Set> DescribeSets(std::span<const Audience* const> audiences, std::span<const std::string> names) {
  std::vector<Regions::Set> sets;
  for (size_t i = 0; i < audiences.size(); ++i) {
    const bool named = !names.empty() && !names[i].empty();
    sets.push_back(DescribeSet(*audiences[i], named ? names[i] : Letters(i)));
  }
  return sets;
}

template <HashElement T>
std::span<const T> HashesOf(const Audience& audience) {
  return audience.hashes().values<T>();
}

// How many keys a and b share.
template <HashElement T>
absl::StatusOr<uint64_t> CountShared(const Audience& a, const Audience& b, ContextState& context) {
  const HashRanges<T> ranges(HashesOf<T>(a), HashesOf<T>(b));
  std::vector<uint64_t> shared(context.threads());
  VESICA_RETURN_IF_ERROR(context.ParallelFor(ranges.count(), 1.0, [&](uint32_t worker, uint64_t i) {
    const auto range = ranges.range(i);
    shared[worker] += CountCommon(range.a, range.b);
    return absl::OkStatus();
  }));
  uint64_t sum = 0;
  for (const uint64_t count : shared) sum += count;
  return sum;
}

// The hashes of `sorted` whose first `bits` bits are `partition`.
template <HashElement T>
std::span<const T> PartitionOf(std::span<const T> sorted, int bits, uint64_t partition) {
  const auto begin_of = [&](uint64_t index) -> size_t {
    if (index >> bits != 0) return sorted.size();
    return LowerBound(sorted, SmallestHash<T>(index << (64 - bits)));
  };
  const size_t begin = begin_of(partition);
  return sorted.subspan(begin, begin_of(partition + 1) - begin);
}

// Inserts sorted hashes in another order: neighbours fall into one bucket of the table, and a bucket that was just
// stored to is slow to load. So the next hash is taken from each of several stretches in turn.
template <HashElement T>
absl::Status InsertInterleaved(std::span<const T> hashes, int set, uint32_t worker, ContextState& context,
                               RegionTable* table) {
  constexpr size_t kStretches = 16;
  constexpr size_t kBatch = 32 * kStretches;
  T batch[kBatch];
  const size_t stretch = hashes.size() / kStretches;
  const auto insert = [&](size_t count) { return table->Insert(reinterpret_cast<const uint64_t*>(batch), count, set); };
  size_t filled = 0;
  for (size_t i = 0; i < stretch; ++i) {
    for (size_t j = 0; j < kStretches; ++j) batch[filled++] = hashes[j * stretch + i];
    if (filled < kBatch) continue;
    VESICA_RETURN_IF_ERROR(insert(filled));
    filled = 0;
    if (i % kCheckpointRows == 0) VESICA_RETURN_IF_ERROR(context.Checkpoint(worker));
  }
  VESICA_RETURN_IF_ERROR(insert(filled));
  filled = 0;
  for (size_t i = kStretches * stretch; i < hashes.size(); ++i) batch[filled++] = hashes[i];
  return insert(filled);
}

// The regions of three sets or more, as in a one-shot count: partition by partition through a table.
template <HashElement T>
absl::Status CountByTable(std::span<const Audience* const> audiences, ContextState& context,
                          std::vector<uint64_t>* counts) {
  constexpr ElementKind kKind = std::same_as<T, uint64_t> ? ElementKind::kHash64 : ElementKind::kHash128;
  uint64_t total = 0;
  for (const Audience* audience : audiences) total += audience->count();
  const int bits = PartitionBits(total, ElementWords(kKind));

  struct Worker {
    Worker(MemoryLedger& ledger, int bits) : table(ledger, kKind, bits) {}
    RegionTable table;
    uint64_t counts[1 << kMaxRegionSets] = {};
  };
  std::vector<Worker> workers;
  for (uint32_t i = 0; i < context.threads(); ++i) workers.emplace_back(context.ledger(), bits);
  VESICA_RETURN_IF_ERROR(context.ParallelFor(uint64_t{1} << bits, 1.0, [&](uint32_t i, uint64_t partition) {
    Worker& worker = workers[i];
    std::span<const T> parts[kMaxRegionSets];
    uint64_t rows = 0;
    for (size_t set = 0; set < audiences.size(); ++set) {
      parts[set] = PartitionOf(HashesOf<T>(*audiences[set]), bits, partition);
      rows += parts[set].size();
    }
    if (rows == 0) return absl::OkStatus();
    VESICA_RETURN_IF_ERROR(worker.table.Begin(rows));
    for (size_t set = 0; set < audiences.size(); ++set) {
      VESICA_RETURN_IF_ERROR(InsertInterleaved(parts[set], static_cast<int>(set), i, context, &worker.table));
    }
    worker.table.Count(static_cast<int>(audiences.size()), worker.counts);
    return absl::OkStatus();
  }));
  for (const Worker& worker : workers) {
    for (size_t m = 1; m < counts->size(); ++m) (*counts)[m] += worker.counts[m];
  }
  return absl::OkStatus();
}

template <HashElement T>
absl::StatusOr<std::vector<uint64_t>> CountAll(std::span<const Audience* const> audiences, ContextState& context) {
  std::vector<uint64_t> counts(size_t{1} << audiences.size());
  if (audiences.size() == 1) {
    counts[1] = audiences[0]->count();
  } else if (audiences.size() == 2) {
    VESICA_ASSIGN_OR_RETURN(counts[3], CountShared<T>(*audiences[0], *audiences[1], context));
    counts[1] = audiences[0]->count() - counts[3];
    counts[2] = audiences[1]->count() - counts[3];
  } else {
    VESICA_RETURN_IF_ERROR(CountByTable<T>(audiences, context, &counts));
  }
  return counts;
}

}  // namespace

Estimate CountOf(const Audience& audience) {
  switch (audience.representation()) {
    case Representation::kExact:
      return Estimate::Exact(static_cast<double>(audience.count()));
    case Representation::kMinHash:
      return EstimateCount(audience.min_hash());
    case Representation::kHyperLogLog:
      return EstimateCount(audience.hyper_log_log());
  }
  return Estimate::Undefined();
}

absl::StatusOr<Overlap> OverlapOf(const Audience& a, const Audience& b, Context& context) {
  const Audience* const both[] = {&a, &b};
  VESICA_RETURN_IF_ERROR(CheckAudiences(both, {}));
  context.state().BeginCall();
  if (AnySketch(both)) return OverlapOfSketches(a, b);
  VESICA_ASSIGN_OR_RETURN(const uint64_t shared, WithElementOf(a.stamp().width, [&]<class T>(T) {
                            return CountShared<T>(a, b, context.state());
                          }));
  return Overlap::FromCounts(a.count() - shared, b.count() - shared, shared, ExactMethod(a.stamp()));
}

absl::StatusOr<Regions> RegionsOf(std::span<const Audience* const> audiences, std::span<const std::string> names,
                                  Context& context) {
  if (audiences.empty() || audiences.size() > kMaxRegionSets) {
    return InvalidArgument(absl::StrCat("regions take 1 to ", kMaxRegionSets, " audiences, not ", audiences.size()));
  }
  VESICA_RETURN_IF_ERROR(CheckAudiences(audiences, names));
  context.state().BeginCall();
  Regions regions;
  regions.stamp = audiences[0]->stamp();
  if (AnySketch(audiences)) {
    VESICA_RETURN_IF_ERROR(EstimateRegionsOf(audiences, &regions));
    VESICA_ASSIGN_OR_RETURN(regions.pairs, PairsOf(audiences, context.state()));
  } else {
    regions.method = ExactMethod(regions.stamp);
    VESICA_ASSIGN_OR_RETURN(regions.counts, WithElementOf(regions.stamp.width, [&]<class T>(T) {
                              return CountAll<T>(audiences, context.state());
                            }));
    uint64_t distinct = 0;
    for (const uint64_t count : regions.counts) distinct += count;
    regions.expected_false_matches = ExpectedFalseMatches(static_cast<double>(distinct), regions.method);
  }
  regions.sets = DescribeSets(audiences, names);
  return regions;
}

absl::StatusOr<Matrix> MatrixOf(std::span<const Audience* const> audiences, std::span<const std::string> names,
                                Context& context) {
  if (audiences.size() < kMinMatrixSets || audiences.size() > kMaxMatrixSets) {
    return InvalidArgument(
        absl::StrCat("a matrix takes ", kMinMatrixSets, " to ", kMaxMatrixSets, " audiences, not ", audiences.size()));
  }
  VESICA_RETURN_IF_ERROR(CheckAudiences(audiences, names));
  context.state().BeginCall();
  Matrix matrix;
  matrix.stamp = audiences[0]->stamp();
  VESICA_ASSIGN_OR_RETURN(matrix.pairs, PairsOf(audiences, context.state()));
  matrix.method = ExactMethod(matrix.stamp);
  for (const Overlap& pair : matrix.pairs) matrix.method = std::max(matrix.method, pair.method);
  matrix.sets = DescribeSets(audiences, names);
  return matrix;
}

}  // namespace vesica
