// Sets of hashes for tests: of both widths, evenly spread as real ones are, or crafted.
#ifndef VESICA_TESTS_MODEL_HASH_SETS_H_
#define VESICA_TESTS_MODEL_HASH_SETS_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "audience/hash_element.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "tests/model/naive_sets.h"
#include "vesica/audience.h"
#include "vesica/context.h"

namespace vesica {

// How the hashes of a set lie in hash space.
enum class Spread {
  kEven,
  kOnePartition,    // the leading 16 bits are all the same
  kOneLeadingWord,  // at 128 bits only the second word differs; at 64 bits neighbours
  kEdges,           // around 0 and around the largest
};
inline constexpr Spread kSpreads[] = {Spread::kEven, Spread::kOnePartition, Spread::kOneLeadingWord, Spread::kEdges};
inline constexpr HashWidth kWidths[] = {HashWidth::k64, HashWidth::k128};

// A random hash; of few different ones if the spread leaves few.
inline KeyHash RandomHash(std::mt19937_64& rng, HashWidth width, Spread spread) {
  KeyHash hash{rng(), width == HashWidth::k128 ? rng() : 0};
  switch (spread) {
    case Spread::kEven:
      break;
    case Spread::kOnePartition:
      hash.hi = hash.hi >> 16 | uint64_t{0xABCD} << 48;
      break;
    case Spread::kOneLeadingWord:
      hash.hi = width == HashWidth::k128 ? 7 : hash.hi >> 40;
      break;
    case Spread::kEdges:
      hash.hi = (hash.hi & 1) != 0 ? hash.hi >> 44 : UINT64_MAX - (hash.hi >> 44);
      if (width == HashWidth::k128 && (hash.lo & 3) == 0) hash.lo = (hash.lo & 4) != 0 ? 0 : UINT64_MAX;
      break;
  }
  return hash;
}

// Sets that share about a third of their hashes, of about the given sizes.
inline std::vector<NaiveSet> RandomSets(std::mt19937_64& rng, HashWidth width, Spread spread,
                                        const std::vector<size_t>& sizes) {
  std::vector<NaiveSet> sets(sizes.size());
  std::vector<KeyHash> pool;
  for (size_t i = 0; i < sets.size(); ++i) {
    for (size_t j = 0; j < sizes[i]; ++j) {
      const bool shared = !pool.empty() && rng() % 3 == 0;
      const KeyHash hash = shared ? pool[rng() % pool.size()] : RandomHash(rng, width, spread);
      if (!shared) pool.push_back(hash);
      sets[i].insert(hash);
    }
  }
  return sets;
}

template <HashElement T>
T ToElement(const KeyHash& hash) {
  if constexpr (std::same_as<T, uint64_t>) {
    return hash.hi;
  } else {
    return hash;
  }
}

template <HashElement T>
KeyHash FromElement(const T& element) {
  if constexpr (std::same_as<T, uint64_t>) {
    return {element, 0};
  } else {
    return element;
  }
}

template <HashElement T>
std::vector<T> ToElements(const NaiveSet& set) {
  std::vector<T> elements;
  for (const KeyHash& hash : set) elements.push_back(ToElement<T>(hash));
  return elements;
}

inline IdentityStamp TestStamp(HashWidth width) {
  IdentityStamp stamp;
  stamp.profile = "raw/1";
  stamp.width = width;
  return stamp;
}

inline Audience AudienceOf(const NaiveSet& set, HashWidth width, Context& context) {
  Quality quality;
  quality.rows = quality.valid = set.size();
  auto hashes = WithElementOf(width, [&]<class T>(T) {
    const std::vector<T> elements = ToElements<T>(set);
    return SortedHashes::Copy<T>(elements, context.state().shared_ledger()).value();
  });
  return Audience(std::move(hashes), TestStamp(width), quality, /*derived=*/false);
}

inline NaiveSet HashesOf(const Audience& audience) {
  NaiveSet set;
  WithElementOf(audience.stamp().width, [&]<class T>(T) {
    for (const T& element : audience.hashes().values<T>()) set.insert(FromElement(element));
    return 0;
  });
  return set;
}

inline Context MakeContext(uint32_t threads = 1, uint64_t budget_bytes = 0) {
  return Context::Create({.threads = threads, .memory_budget_bytes = budget_bytes}).value();
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_HASH_SETS_H_
