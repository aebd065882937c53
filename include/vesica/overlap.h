#ifndef VESICA_OVERLAP_H_
#define VESICA_OVERLAP_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/identity.h"

namespace vesica {

// A figure with its 95 % interval. Exact: all equal. Undefined (a share of nothing): all NaN.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double lower = std::numeric_limits<double>::quiet_NaN();
  double upper = std::numeric_limits<double>::quiet_NaN();

  static Estimate Exact(double value) { return {value, value, value}; }
  static Estimate Undefined() { return {}; }
};

// How an answer was found.
enum class Method : uint8_t {
  kExact64 = 1,      // 64-bit hashes counted
  kExact128 = 2,     // 128-bit hashes counted
  kExactBytes = 3,   // canonical bytes compared wherever hashes agree
  kMinHash = 4,      // estimated from the smallest hashes
  kHyperLogLog = 5,  // estimated from registers
};
std::string_view MethodText(Method method);  // "exact-64", "exact-128", "exact-bytes", "minhash", "hyperloglog"
inline bool IsExact(Method method) { return method <= Method::kExactBytes; }

// Two sets a and b.
struct Overlap {
  Estimate a, b, intersection, union_size;
  Estimate share_of_a, share_of_b;
  Estimate overlap_coefficient;  // intersection over the smaller set
  Estimate jaccard, dice;
  Estimate size_ratio;  // |A| / |B|
  double expected_false_matches = 0;
  // The relative standard error of the intersection that samples like these promise before their data, for sets of the
  // estimated sizes. 0 when exact; NaN where the intersection is estimated to be 0.
  double design_error = 0;
  // The interval reaches from no overlap to half of the smaller set or more: it tells neither apart.
  bool below_resolution = false;
  Method method = Method::kExact64;

  // From counts. Ratios with an empty denominator are undefined.
  static Overlap FromCounts(uint64_t only_a, uint64_t only_b, uint64_t both, Method method);

  // Of a set with itself.
  static Overlap OfItself(const Estimate& count, Method method);

  // With a and b in each other's place.
  Overlap Reversed() const;
};

// Expected number of distinct keys merged among `distinct` because their hashes agree: n (n - 1) / 2^(bits + 1).
// 0 for samples, whose likelihood accounts for keys that meet in a cell.
double ExpectedFalseMatches(double distinct, Method method);

inline constexpr uint32_t kMaxRegionSets = 8;

// How many distinct keys are in exactly the sets of each combination of 1..8 sets.
struct Regions {
  struct Set {
    std::string name;
    Quality quality;
    bool derived = false;                             // by set operations or loaded: the quality says nothing
    uint64_t count = 0;                               // distinct keys; the estimate, rounded, of a sketch
    std::optional<Estimate> estimate = std::nullopt;  // of a sketch

    Estimate size() const { return estimate.value_or(Estimate::Exact(static_cast<double>(count))); }
  };
  std::vector<Set> sets;
  // 2^sets of either; [m] of members m (set 0 is bit 0); [0] is 0.
  std::vector<uint64_t> counts;     // when all sets are exact, else empty
  std::vector<Estimate> estimates;  // when one is a sketch, else empty
  std::vector<Overlap> pairs;       // with the estimates: (0,1), (0,2), ..., (1,2), ...
  IdentityStamp stamp;
  Method method = Method::kExact64;
  double expected_false_matches = 0;

  // Keys in exactly the sets of `members`, 1..2^sets - 1.
  Estimate Region(uint32_t members) const;

  // Sets a and b alone. a and b are below sets.size().
  Overlap Pair(uint32_t a, uint32_t b) const;
};

struct CountOptions {
  bool byte_checked = false;  // needs resident sources
};

// Counts the regions of 1..8 sets in one shot, building no audience. Reads each source once, or several times when
// the context's memory budget is too small for all of hash space at once (OverBudget if a source is not rewindable).
// Cost for short keys on one thread, once the context holds its memory: about 10 ns and 10 bytes a row; 15 ns and 20
// bytes with 128-bit hashes; 25 ns and 20 bytes byte-checked (bench/regions_bench.cc).
absl::StatusOr<Regions> CountRegions(std::span<const KeySource* const> sets, const Identity& identity,
                                     const CountOptions& options, Context& context);

// How many keys an audience has, with a 95 % interval if it is a sketch.
Estimate CountOf(const Audience& audience);

// The overlap of two audiences. Exact: about 1 ns a key of both. Of sketches, or a sketch and an exact audience, by
// joint likelihood, about 0.1 ms at 16 KiB; Unsupported for a MinHash and a HyperLogLog.
absl::StatusOr<Overlap> OverlapOf(const Audience& a, const Audience& b, Context& context);

// The regions of 1..8 audiences; of up to 4 where one is a sketch (Unsupported). `names` is empty or as long as
// `audiences`.
absl::StatusOr<Regions> RegionsOf(std::span<const Audience* const> audiences, std::span<const std::string> names,
                                  Context& context);

// The overlap of every pair. The method is that of the least exact pair.
struct Matrix {
  std::vector<Regions::Set> sets;
  std::vector<Overlap> pairs;  // (0,1), (0,2), ..., (1,2), ...
  IdentityStamp stamp;
  Method method = Method::kExact64;

  // Of sets a and b; a == b is the set against itself.
  Overlap Pair(uint32_t a, uint32_t b) const;
};
absl::StatusOr<Matrix> MatrixOf(std::span<const Audience* const> audiences, std::span<const std::string> names,
                                Context& context);

}  // namespace vesica

#endif  // VESICA_OVERLAP_H_
