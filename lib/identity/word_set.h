#ifndef VESICA_LIB_IDENTITY_WORD_SET_H_
#define VESICA_LIB_IDENTITY_WORD_SET_H_

#include <cstdint>
#include <vector>

namespace vesica {

// Up to 16 bytes of a string, padded with zeros.
struct Words {
  uint64_t lo = 0;
  uint64_t hi = 0;
  friend bool operator==(const Words&, const Words&) = default;
};

// A fixed set of words behind a perfect hash (hash and displace): every lookup is one probe without a branch, exact.
class WordSet {
 public:
  // `words` without {0, 0}; duplicates are allowed. At most 2^16.
  explicit WordSet(std::vector<Words> words);

  bool Contains(Words words) const {
    const Words& slot = slots_[Slot(Hash(words, seed_))];
    return ((slot.lo ^ words.lo) | (slot.hi ^ words.hi)) == 0 && (words.lo | words.hi) != 0;
  }

 private:
  static uint64_t Hash(Words words, uint64_t seed) {
    const uint64_t x = words.lo * 0x9E3779B97F4A7C15 ^ (words.hi + seed) * 0xC2B2AE3D27D4EB4F;
    return (x ^ x >> 32) * 0x9FB21C651E98DF25;
  }
  uint64_t Slot(uint64_t hash) const { return (hash >> 32 ^ displacements_[hash >> 16 & bucket_mask_]) & slot_mask_; }
  bool TryBuild(const std::vector<Words>& words);

  uint64_t seed_ = 0;
  uint64_t bucket_mask_ = 0;
  uint64_t slot_mask_ = 0;
  std::vector<uint16_t> displacements_;
  std::vector<Words> slots_;  // {0, 0} where empty
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_WORD_SET_H_
