// The slow, obvious answers that every fast path is held to.
#ifndef VESICA_TESTS_MODEL_NAIVE_SETS_H_
#define VESICA_TESTS_MODEL_NAIVE_SETS_H_

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <vector>

#include "vesica/hash.h"

namespace vesica {

using NaiveSet = std::set<KeyHash>;

inline NaiveSet NaiveUnion(const NaiveSet& a, const NaiveSet& b) {
  NaiveSet result = a;
  result.insert(b.begin(), b.end());
  return result;
}

inline NaiveSet NaiveIntersection(const NaiveSet& a, const NaiveSet& b) {
  NaiveSet result;
  for (const KeyHash& hash : a) {
    if (b.count(hash) != 0) result.insert(hash);
  }
  return result;
}

inline NaiveSet NaiveDifference(const NaiveSet& a, const NaiveSet& b) {
  NaiveSet result;
  for (const KeyHash& hash : a) {
    if (b.count(hash) == 0) result.insert(hash);
  }
  return result;
}

// counts[m]: hashes in exactly the sets of m.
inline std::vector<uint64_t> NaiveRegions(const std::vector<NaiveSet>& sets) {
  std::vector<uint64_t> counts(size_t{1} << sets.size());
  NaiveSet all;
  for (const NaiveSet& set : sets) all.insert(set.begin(), set.end());
  for (const KeyHash& hash : all) {
    size_t members = 0;
    for (size_t i = 0; i < sets.size(); ++i) members |= sets[i].count(hash) << i;
    ++counts[members];
  }
  return counts;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_SETS_H_
