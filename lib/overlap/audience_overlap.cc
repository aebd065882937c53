// Overlaps of built audiences: sorted hashes against sorted hashes.
#include <algorithm>
#include <atomic>
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
#include "vesica/overlap.h"

namespace vesica {
namespace {

constexpr size_t kMinMatrixSets = 2;
constexpr size_t kMaxMatrixSets = 4096;
constexpr uint64_t kPairWork = 256;                  // of a pair beside its hashes, in hashes
constexpr size_t kCheckpointRows = size_t{1} << 12;  // of 16 hashes each

Method MethodOf(const IdentityStamp& stamp) {
  return stamp.width == HashWidth::k128 ? Method::kExact128 : Method::kExact64;
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
  return absl::OkStatus();
}

std::vector<Regions::Set> DescribeSets(std::span<const Audience* const> audiences, std::span<const std::string> names) {
  std::vector<Regions::Set> sets;
  for (size_t i = 0; i < audiences.size(); ++i) {
    const Audience& audience = *audiences[i];
    const bool named = !names.empty() && !names[i].empty();
    sets.push_back({named ? names[i] : Letters(i), audience.quality(), audience.derived(), audience.count()});
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

// How many keys audience `a` shares with each audience after it. A large pair is cut into ranges, each an item of
// parallel work; small pairs come many to an item.
template <HashElement T>
absl::StatusOr<std::vector<uint64_t>> CountRow(std::span<const Audience* const> audiences, uint32_t a,
                                               double progress_end, ContextState& context) {
  struct Item {
    uint32_t first, last;  // audiences to compare `a` with
    uint64_t range;
  };
  const auto ranges_with = [&](uint32_t b) {
    return HashRanges<T>(HashesOf<T>(*audiences[a]), HashesOf<T>(*audiences[b]));
  };
  std::vector<Item> items;
  uint64_t work = kRangeHashes;  // of the last item
  for (uint32_t b = a + 1; b < audiences.size(); ++b) {
    const uint64_t ranges = ranges_with(b).count();
    const uint64_t pair_work = ranges > 1 ? kRangeHashes : audiences[a]->count() + audiences[b]->count() + kPairWork;
    if (work + pair_work <= kRangeHashes) {
      items.back().last = b;
      work += pair_work;
    } else {
      for (uint64_t range = 0; range < ranges; ++range) items.push_back({b, b, range});
      work = pair_work;
    }
  }
  std::vector<std::atomic<uint64_t>> shared(audiences.size());
  VESICA_RETURN_IF_ERROR(context.ParallelFor(items.size(), progress_end, [&](uint32_t, uint64_t i) {
    for (uint32_t b = items[i].first; b <= items[i].last; ++b) {
      const auto range = ranges_with(b).range(items[i].range);
      shared[b].fetch_add(CountCommon(range.a, range.b), std::memory_order_relaxed);
    }
    return absl::OkStatus();
  }));
  return std::vector<uint64_t>(shared.begin() + a + 1, shared.end());
}

// Memory that is not taken from the context, but should fit its budget all the same.
class Reservation {
 public:
  explicit Reservation(MemoryLedger& ledger) : ledger_(ledger) {}
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation() { ledger_.Release(bytes_); }

  absl::Status Add(uint64_t bytes) {
    VESICA_RETURN_IF_ERROR(ledger_.Reserve(bytes));
    bytes_ += bytes;
    return absl::OkStatus();
  }

 private:
  MemoryLedger& ledger_;
  uint64_t bytes_ = 0;
};

template <HashElement T>
absl::StatusOr<std::vector<Overlap>> CountPairs(std::span<const Audience* const> audiences, Method method,
                                                ContextState& context) {
  const uint64_t pair_count = audiences.size() * (audiences.size() - 1) / 2;
  Reservation reservation(context.ledger());
  VESICA_RETURN_IF_ERROR(reservation.Add(pair_count * sizeof(Overlap)));
  std::vector<Overlap> pairs;
  pairs.reserve(pair_count);
  for (uint32_t a = 0; a + 1 < audiences.size(); ++a) {
    const double row_end = static_cast<double>(pairs.size() + audiences.size() - 1 - a);
    VESICA_ASSIGN_OR_RETURN(const std::vector<uint64_t> shared,
                            CountRow<T>(audiences, a, row_end / static_cast<double>(pair_count), context));
    for (uint32_t b = a + 1; b < audiences.size(); ++b) {
      const uint64_t both = shared[b - a - 1];
      pairs.push_back(Overlap::FromCounts(audiences[a]->count() - both, audiences[b]->count() - both, both, method));
    }
  }
  return pairs;
}

}  // namespace

absl::StatusOr<Overlap> OverlapOf(const Audience& a, const Audience& b, Context& context) {
  if (absl::Status status = CheckSameIdentity(a.stamp(), b.stamp()); !status.ok()) return AtIndex(status, 1);
  context.state().BeginCall();
  VESICA_ASSIGN_OR_RETURN(const uint64_t both, WithElementOf(a.stamp().width, [&]<class T>(T) {
                            return CountShared<T>(a, b, context.state());
                          }));
  return Overlap::FromCounts(a.count() - both, b.count() - both, both, MethodOf(a.stamp()));
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
  regions.method = MethodOf(regions.stamp);
  VESICA_ASSIGN_OR_RETURN(regions.counts, WithElementOf(regions.stamp.width, [&]<class T>(T) {
                            return CountAll<T>(audiences, context.state());
                          }));
  uint64_t distinct = 0;
  for (const uint64_t count : regions.counts) distinct += count;
  regions.expected_false_matches = ExpectedFalseMatches(static_cast<double>(distinct), regions.method);
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
  matrix.method = MethodOf(matrix.stamp);
  VESICA_ASSIGN_OR_RETURN(matrix.pairs, WithElementOf(matrix.stamp.width, [&]<class T>(T) {
                            return CountPairs<T>(audiences, matrix.method, context.state());
                          }));
  matrix.sets = DescribeSets(audiences, names);
  return matrix;
}

}  // namespace vesica
