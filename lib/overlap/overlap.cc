#include "vesica/overlap.h"

#include <algorithm>
#include <utility>

#include "overlap/audience_pairs.h"

namespace vesica {
namespace {

// One division, and none by zero: a share of nothing is undefined.
Estimate Ratio(uint64_t part, uint64_t whole) {
  if (whole == 0) return Estimate::Undefined();
  return Estimate::Exact(static_cast<double>(part) / static_cast<double>(whole));
}

Estimate Count(uint64_t count) { return Estimate::Exact(static_cast<double>(count)); }

// Of the pairs (0,1), (0,2), ..., (1,2), ...: row `low` comes after rows of sets.size() - 1, sets.size() - 2, ...
// pairs.
Overlap PairOf(const std::vector<Overlap>& pairs, const std::vector<Regions::Set>& sets, uint32_t a, uint32_t b,
               Method method, const IdentityStamp& stamp) {
  // An exact set among sketches is counted.
  const bool counted = !sets[a].estimate.has_value() && !IsExact(method);
  if (a == b) return Overlap::OfItself(sets[a].size(), counted ? ExactMethod(stamp) : method);
  const uint64_t low = std::min(a, b);
  const uint64_t high = std::max(a, b);
  const Overlap& pair = pairs[low * (2 * sets.size() - low - 1) / 2 + (high - low - 1)];
  return a == low ? pair : pair.Reversed();
}

}  // namespace

std::string_view MethodText(Method method) {
  switch (method) {
    case Method::kExact64:
      return "exact-64";
    case Method::kExact128:
      return "exact-128";
    case Method::kExactBytes:
      return "exact-bytes";
    case Method::kMinHash:
      return "minhash";
    case Method::kHyperLogLog:
      return "hyperloglog";
  }
  return "unknown";
}

double ExpectedFalseMatches(double distinct, Method method) {
  if (distinct < 2) return 0;
  const double pairs_twice = distinct * (distinct - 1);
  switch (method) {
    case Method::kExact64:
      return pairs_twice * 0x1p-65;
    case Method::kExact128:
      return pairs_twice * 0x1p-129;
    case Method::kExactBytes:
    case Method::kMinHash:
    case Method::kHyperLogLog:
      return 0;
  }
  return 0;
}

Overlap Overlap::FromCounts(uint64_t only_a, uint64_t only_b, uint64_t both, Method method) {
  const uint64_t a = only_a + both;
  const uint64_t b = only_b + both;
  const uint64_t either = only_a + b;
  Overlap overlap;
  overlap.a = Count(a);
  overlap.b = Count(b);
  overlap.intersection = Count(both);
  overlap.union_size = Count(either);
  overlap.share_of_a = Ratio(both, a);
  overlap.share_of_b = Ratio(both, b);
  overlap.overlap_coefficient = Ratio(both, std::min(a, b));
  overlap.jaccard = Ratio(both, either);
  overlap.dice = Ratio(2 * both, a + b);
  overlap.size_ratio = Ratio(a, b);
  overlap.expected_false_matches = ExpectedFalseMatches(static_cast<double>(either), method);
  overlap.method = method;
  return overlap;
}

Overlap Overlap::OfItself(const Estimate& count, Method method) {
  Overlap overlap;
  overlap.a = overlap.b = overlap.intersection = overlap.union_size = count;
  const Estimate all = count.value > 0 ? Estimate::Exact(1) : Estimate::Undefined();
  overlap.share_of_a = overlap.share_of_b = overlap.overlap_coefficient = all;
  overlap.jaccard = overlap.dice = overlap.size_ratio = all;
  overlap.expected_false_matches = ExpectedFalseMatches(count.value, method);
  overlap.method = method;
  return overlap;
}

Overlap Overlap::Reversed() const {
  Overlap reversed = *this;
  std::swap(reversed.a, reversed.b);
  std::swap(reversed.share_of_a, reversed.share_of_b);
  if (a.value > 0) {
    reversed.size_ratio = {b.value / a.value, 1 / size_ratio.upper, 1 / size_ratio.lower};
  } else {
    reversed.size_ratio = Estimate::Undefined();
  }
  return reversed;
}

Estimate Regions::Region(uint32_t members) const {
  return estimates.empty() ? Count(counts[members]) : estimates[members];
}

Overlap Regions::Pair(uint32_t a, uint32_t b) const {
  if (!estimates.empty()) return PairOf(pairs, sets, a, b, method, stamp);
  uint64_t members_of[4] = {};  // by whether in a (1) and in b (2)
  for (size_t m = 1; m < counts.size(); ++m) members_of[(m >> a & 1) | (m >> b & 1) << 1] += counts[m];
  return Overlap::FromCounts(members_of[1], members_of[2], members_of[3], method);
}

Overlap Matrix::Pair(uint32_t a, uint32_t b) const { return PairOf(pairs, sets, a, b, method, stamp); }

}  // namespace vesica
