#ifndef VESICA_LIB_IDENTITY_WORD_SET_H_
#define VESICA_LIB_IDENTITY_WORD_SET_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vesica {

// 16 bytes that stand for a string.
struct Words {
  uint64_t lo = 0;
  uint64_t hi = 0;
  friend auto operator<=>(const Words&, const Words&) = default;
};

// A fixed set of words behind a perfect hash (hash and displace: Belazzougui, Botelho and Dietzfelbinger, ESA 2009) of
// 2^kBits slots: a lookup is one probe, and exact. Any words make a set. Those that are too many, or whose hashes are
// alike whatever the seed, are searched in a sorted list; up to 3/4 of the slots there are as good as never any.
template <int kBits>
class WordSet {
 public:
  // Duplicates are allowed, kEmpty is not.
  explicit WordSet(std::vector<Words> words);

  bool Contains(Words words) const {
    return Placed(words) || (!unplaced_.empty() && std::binary_search(unplaced_.begin(), unplaced_.end(), words));
  }

  // Whether it is among the words that are not searched; no branch.
  bool Placed(Words words) const {
    const Words& slot = slots_[Slot(Hash(words))];
    return ((slot.lo ^ words.lo) | (slot.hi ^ words.hi)) == 0;
  }

  // How many words are searched.
  size_t unplaced() const { return unplaced_.size(); }

  // What the slots without a word hold: Contains(kEmpty) may be true.
  static constexpr Words kEmpty = {~uint64_t{0}, ~uint64_t{0}};

 private:
  static constexpr uint64_t kSlots = uint64_t{1} << kBits;
  static constexpr uint64_t kBuckets = kSlots / 4;
  // A bucket can be placed unless two of its words have one hash % kSlots. With 3 words a bucket that is so for about a
  // third of the seeds, and for 32 seeds in a row once in 10^15.
  static constexpr int kSeeds = 32;

  // The rotation brings the ends of words, where many strings differ, to where they reach all bits that matter.
  uint64_t Hash(Words words) const { return (words.lo ^ std::rotl(words.hi, 24)) * seed_; }
  static uint64_t Bucket(uint64_t hash) { return hash >> (64 - kBits + 2); }
  uint64_t Slot(uint64_t hash) const { return (hash >> 40 ^ displacements_[Bucket(hash)]) % kSlots; }
  std::vector<Words> Build(const std::vector<Words>& words);
  bool Place(const std::vector<Words>& bucket);

  uint64_t seed_ = 0xC2B2AE3D27D4EB4F;
  std::array<uint16_t, kBuckets> displacements_{};
  std::array<Words, kSlots> slots_;
  std::vector<Words> unplaced_;  // sorted
};

template <int kBits>
WordSet<kBits>::WordSet(std::vector<Words> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  unplaced_ = Build(words);
  for (int i = 1; i < kSeeds && !unplaced_.empty(); ++i) {
    seed_ += 0x9E3779B97F4A7C16;  // stays odd
    unplaced_ = Build(words);
  }
  std::sort(unplaced_.begin(), unplaced_.end());
}

// Places the buckets, the fullest first; returns the words of those that fit nowhere.
template <int kBits>
std::vector<Words> WordSet<kBits>::Build(const std::vector<Words>& words) {
  slots_.fill(kEmpty);
  std::vector<std::vector<Words>> buckets(kBuckets);
  for (const Words& w : words) buckets[Bucket(Hash(w))].push_back(w);
  std::stable_sort(buckets.begin(), buckets.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::vector<Words> unplaced;
  for (const auto& bucket : buckets) {
    if (!Place(bucket)) unplaced.insert(unplaced.end(), bucket.begin(), bucket.end());
  }
  return unplaced;
}

// Finds the first displacement under which all of a bucket falls on free slots.
template <int kBits>
bool WordSet<kBits>::Place(const std::vector<Words>& bucket) {
  if (bucket.empty()) return true;
  uint16_t& displacement = displacements_[Bucket(Hash(bucket.front()))];
  for (uint64_t d = 0; d < kSlots; ++d) {
    displacement = static_cast<uint16_t>(d);
    size_t placed = 0;
    for (; placed < bucket.size(); ++placed) {
      Words& slot = slots_[Slot(Hash(bucket[placed]))];
      if (slot != kEmpty) break;
      slot = bucket[placed];
    }
    if (placed == bucket.size()) return true;
    while (placed > 0) slots_[Slot(Hash(bucket[--placed]))] = kEmpty;
  }
  return false;
}

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_WORD_SET_H_
