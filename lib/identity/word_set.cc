#include "identity/word_set.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace vesica {

WordSet::WordSet(std::vector<Words> words) {
  const auto key = [](const Words& w) { return std::pair(w.hi, w.lo); };
  std::sort(words.begin(), words.end(), [&](const Words& a, const Words& b) { return key(a) < key(b); });
  words.erase(std::unique(words.begin(), words.end()), words.end());
  const uint64_t slots = std::bit_ceil(words.size() + words.size() / 4 + 1);
  slot_mask_ = slots - 1;
  bucket_mask_ = std::max<uint64_t>(slots / 4, 1) - 1;
  while (!TryBuild(words)) ++seed_;
}

// Places the buckets, the fullest first, each by the first displacement that finds all of it free slots. Fails if two
// words of a bucket have one slot under any displacement, or no displacement is left.
bool WordSet::TryBuild(const std::vector<Words>& words) {
  slots_.assign(slot_mask_ + 1, Words{});
  displacements_.assign(bucket_mask_ + 1, 0);
  std::vector<std::vector<Words>> buckets(bucket_mask_ + 1);
  for (const Words& w : words) buckets[Hash(w, seed_) >> 16 & bucket_mask_].push_back(w);
  std::vector<uint64_t> order(buckets.size());
  for (uint64_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](uint64_t a, uint64_t b) { return buckets[a].size() > buckets[b].size(); });
  for (const uint64_t bucket : order) {
    uint64_t placed = 0;
    for (uint64_t displacement = 0; placed < buckets[bucket].size(); ++displacement) {
      if (displacement > slot_mask_) return false;
      displacements_[bucket] = static_cast<uint16_t>(displacement);
      for (placed = 0; placed < buckets[bucket].size(); ++placed) {
        Words& slot = slots_[Slot(Hash(buckets[bucket][placed], seed_))];
        if (slot != Words{}) break;
        slot = buckets[bucket][placed];
      }
      if (placed < buckets[bucket].size()) {
        for (uint64_t i = 0; i < placed; ++i) slots_[Slot(Hash(buckets[bucket][i], seed_))] = Words{};
      }
    }
  }
  return true;
}

}  // namespace vesica
