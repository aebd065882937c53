#ifndef VESICA_LIB_AUDIENCE_MIN_HASH_H_
#define VESICA_LIB_AUDIENCE_MIN_HASH_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "audience/floating_cell.h"
#include "audience/sorted_hashes.h"

namespace vesica {

// What the size of the saved image decides: two samples of one size always merge to the same bytes.
struct MinHashSize {
  uint32_t image_bytes = 0;    // most bytes of a saved image, its header included
  uint32_t mantissa_bits = 0;  // of a cell: log2(image_bytes) + 4 (docs/estimation.md)
  uint32_t capacity = 0;       // most cells

  static constexpr uint32_t kMinImageBytes = 1 << 10;
  static constexpr uint32_t kMaxImageBytes = 1 << 22;
  static constexpr uint32_t kHeaderBytes = 160;  // set aside for everything but the cells

  // InvalidArgument unless kMinImageBytes <= image_bytes <= kMaxImageBytes.
  static absl::StatusOr<MinHashSize> Of(uint64_t image_bytes);

  // So many whole hashes fit the image: a set of no more stays exact.
  uint64_t ExactCapacity(HashWidth width) const { return (image_bytes - kHeaderBytes) / HashBytes(width); }

  friend bool operator==(const MinHashSize&, const MinHashSize&) = default;
};

// The smallest hashes of a set, rounded to floating cells. Immutable.
//
// Invariants: cells are strictly increasing and below the threshold; every cell below the threshold that a key of the
// set fell into is there. At most size().capacity of them, unless it is a view of an exact set.
class MinHash {
 public:
  MinHash(const MinHashSize& size, uint32_t threshold, std::vector<uint32_t> cells,
          std::optional<uint64_t> exact_count = std::nullopt);

  // The sample of a whole set, whose count it carries.
  static MinHash OfExact(const SortedHashes& hashes, const MinHashSize& size);

  // What an exact set looks like to a sample with this threshold: all its cells below it, and its count.
  static MinHash ViewOfExact(const SortedHashes& hashes, const MinHashSize& size, uint32_t threshold);

  // Of sorted hashes, which are all that the set has below `threshold`.
  template <HashElement T>
  static MinHash OfSorted(std::span<const T> hashes, const MinHashSize& size, uint32_t threshold);

  // The sample of the union, of the smaller size of both. Commutative, associative and idempotent.
  static MinHash Merge(const MinHash& a, const MinHash& b);

  const MinHashSize& size() const { return size_; }
  uint32_t mantissa_bits() const { return size_.mantissa_bits; }
  uint32_t threshold() const { return threshold_; }  // a cell code; EndCell() when nothing was left out
  std::span<const uint32_t> cells() const { return cells_; }
  std::optional<uint64_t> exact_count() const { return exact_count_; }  // of the set, where one pass counted it

  // The cells of `size`, whose mantissa has no more bits than this one's, below the threshold rounded down to them.
  MinHash Coarser(const MinHashSize& size) const;

  friend bool operator==(const MinHash&, const MinHash&) = default;

 private:
  MinHashSize size_;
  uint32_t threshold_;
  std::vector<uint32_t> cells_;
  std::optional<uint64_t> exact_count_;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_MIN_HASH_H_
