#ifndef VESICA_LIB_ALIGNMENT_HASH_SLICE_H_
#define VESICA_LIB_ALIGNMENT_HASH_SLICE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace vesica {

// A range of the space of 64-bit hashes, with both its ends.
struct HashRange {
  uint64_t first = 0;
  uint64_t last = UINT64_MAX;
  friend bool operator==(const HashRange&, const HashRange&) = default;
};

// One of several equal ranges of hash space; all of it by default.
class HashSlice {
 public:
  static constexpr uint32_t kMostSlices = 65'536;

  HashSlice() = default;
  // "2/4": the second quarter. Nullopt unless it is one of 1 to kMostSlices slices.
  static std::optional<HashSlice> Parse(std::string_view text);

  bool is_whole() const { return count_ == 1; }
  bool is_first() const { return index_ == 0; }
  bool Holds(uint64_t hash) const { return static_cast<uint64_t>(Product(hash) >> 64) == index_; }

  // A hash of the slice as one of all hash space, in the same order: what is cut into partitions is then the slice.
  uint64_t Spread(uint64_t hash) const { return static_cast<uint64_t>(Product(hash)); }

  HashRange range() const;

 private:
  HashSlice(uint32_t index, uint32_t count) : index_(index), count_(count) {}
  unsigned __int128 Product(uint64_t hash) const { return static_cast<unsigned __int128>(hash) * count_; }

  uint32_t index_ = 0;
  uint32_t count_ = 1;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_HASH_SLICE_H_
