#include "audience/min_hash.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/error.h"

namespace vesica {
namespace {

// Distinct cells of sorted hashes below `threshold`, at most `limit`; *next is the first cell left out, or `threshold`.
template <HashElement T>
std::vector<uint32_t> CellsOf(std::span<const T> hashes, uint32_t mantissa_bits, uint32_t threshold, size_t limit,
                              uint32_t* next) {
  std::vector<uint32_t> cells;
  cells.reserve(std::min<size_t>(hashes.size(), limit));
  *next = threshold;
  for (const T& hash : hashes) {
    const uint32_t cell = CellOf(HashPosition(LeadingWord(hash)), mantissa_bits);
    if (cell >= threshold) break;
    if (!cells.empty() && cells.back() == cell) continue;
    if (cells.size() == limit) {
      *next = cell;
      break;
    }
    cells.push_back(cell);
  }
  return cells;
}

// The cells of either side below `threshold`, in order. Without branches on the data, which would be mispredicted at
// every other step.
std::vector<uint32_t> UniteCells(std::span<const uint32_t> a, std::span<const uint32_t> b, uint32_t threshold) {
  a = a.first(std::lower_bound(a.begin(), a.end(), threshold) - a.begin());
  b = b.first(std::lower_bound(b.begin(), b.end(), threshold) - b.begin());
  std::vector<uint32_t> both(a.size() + b.size());
  size_t i = 0, j = 0, size = 0;
  while (i < a.size() && j < b.size()) {
    const uint32_t x = a[i], y = b[j];
    both[size++] = x < y ? x : y;
    i += x <= y;
    j += y <= x;
  }
  const auto rest = std::copy(a.begin() + i, a.end(), both.begin() + size);
  both.erase(std::copy(b.begin() + j, b.end(), rest), both.end());
  return both;
}

// Whether a saved image has room for the Rice codes of `count` cells of random hashes (lib/wire/FORMAT.md).
//
// A code of parameter k takes 1 + k + 1 / (e^y - 1) bits on average, y being 2^k over the mean gap, and one more for
// each octave that its cell lies below the topmost. Over all places that the threshold can have in its octave the sum
// is largest where k is about to change, y = 0.9624: there it is, a cell, k + 2.618 + 0.9624 / y for the k and y that
// a threshold at the edge of the octave has. Measured images deviate from that by 1.7 sqrt(count) bits; room is left
// for eight times as much.
bool Fits(uint64_t count, uint32_t mantissa_bits, uint64_t room_bits) {
  const auto k = static_cast<uint32_t>(std::bit_width(((uint64_t{481} << mantissa_bits) - 1) / (1000 * count)));
  const uint64_t expected = (count * (10000 * k + 26180) + (uint64_t{9624} << (mantissa_bits - k))) / 10000;
  if (expected > room_bits) return false;
  const uint64_t left = room_bits - expected;
  return left * left >= 14 * 14 * count;
}

// The most cells that fit.
uint32_t CapacityOf(uint32_t mantissa_bits, uint64_t room_bits) {
  uint64_t fits = 1, too_many = room_bits;
  while (fits + 1 < too_many) {
    const uint64_t middle = (fits + too_many) / 2;
    (Fits(middle, mantissa_bits, room_bits) ? fits : too_many) = middle;
  }
  return static_cast<uint32_t>(fits);
}

}  // namespace

absl::StatusOr<MinHashSize> MinHashSize::Of(uint64_t image_bytes) {
  if (image_bytes < kMinImageBytes || image_bytes > kMaxImageBytes) {
    return InvalidArgument(
        absl::StrCat("a MinHash takes ", kMinImageBytes, " to ", kMaxImageBytes, " bytes, not ", image_bytes));
  }
  MinHashSize size;
  size.image_bytes = static_cast<uint32_t>(image_bytes);
  size.mantissa_bits = static_cast<uint32_t>(std::bit_width(size.image_bytes)) - 1 + 4;
  size.capacity = CapacityOf(size.mantissa_bits, uint64_t{8} * (size.image_bytes - kHeaderBytes));
  return size;
}

MinHash::MinHash(const MinHashSize& size, uint32_t threshold, std::vector<uint32_t> cells,
                 std::optional<uint64_t> exact_count)
    : size_(size), threshold_(threshold), cells_(std::move(cells)), exact_count_(exact_count) {
  assert(std::adjacent_find(cells_.begin(), cells_.end(), std::greater_equal<>()) == cells_.end());
  assert(cells_.empty() || cells_.back() < threshold_);
}

template <HashElement T>
MinHash MinHash::OfSorted(std::span<const T> hashes, const MinHashSize& size, uint32_t threshold) {
  std::vector<uint32_t> cells = CellsOf(hashes, size.mantissa_bits, threshold, size.capacity, &threshold);
  return MinHash(size, threshold, std::move(cells));
}

template MinHash MinHash::OfSorted(std::span<const uint64_t>, const MinHashSize&, uint32_t);
template MinHash MinHash::OfSorted(std::span<const KeyHash>, const MinHashSize&, uint32_t);

MinHash MinHash::OfExact(const SortedHashes& hashes, const MinHashSize& size) {
  MinHash sample = WithElementOf(
      hashes.width(), [&]<class T>(T) { return OfSorted(hashes.values<T>(), size, EndCell(size.mantissa_bits)); });
  sample.exact_count_ = hashes.count();
  return sample;
}

MinHash MinHash::ViewOfExact(const SortedHashes& hashes, const MinHashSize& size, uint32_t threshold) {
  std::vector<uint32_t> cells = WithElementOf(hashes.width(), [&]<class T>(T) {
    uint32_t next;
    return CellsOf(hashes.values<T>(), size.mantissa_bits, threshold, SIZE_MAX, &next);
  });
  return MinHash(size, threshold, std::move(cells), hashes.count());
}

MinHash MinHash::Coarser(const MinHashSize& size) const {
  assert(size.mantissa_bits <= mantissa_bits());
  uint32_t threshold = CoarserCell(threshold_, mantissa_bits(), size.mantissa_bits);
  std::vector<uint32_t> cells;
  cells.reserve(std::min<size_t>(cells_.size(), size.capacity));
  for (const uint32_t finer : cells_) {
    const uint32_t cell = CoarserCell(finer, mantissa_bits(), size.mantissa_bits);
    if (cell >= threshold) break;
    if (!cells.empty() && cells.back() == cell) continue;
    if (cells.size() == size.capacity) {
      threshold = cell;
      break;
    }
    cells.push_back(cell);
  }
  return MinHash(size, threshold, std::move(cells), exact_count_);
}

MinHash MinHash::Merge(const MinHash& a, const MinHash& b) {
  if (a.size() != b.size()) {
    return a.size().image_bytes < b.size().image_bytes ? Merge(a, b.Coarser(a.size())) : Merge(a.Coarser(b.size()), b);
  }
  uint32_t threshold = std::min(a.threshold(), b.threshold());
  std::vector<uint32_t> cells = UniteCells(a.cells(), b.cells(), threshold);
  if (cells.size() > a.size().capacity) {
    threshold = cells[a.size().capacity];
    cells.resize(a.size().capacity);
  }
  return MinHash(a.size(), threshold, std::move(cells));
}

}  // namespace vesica
