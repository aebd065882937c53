#include "audience/sort_distinct.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "audience/bucket_sort.h"
#include "audience/stream_line.h"
#include "base/error.h"
#include "base/memory.h"

namespace vesica {
namespace {

constexpr uint64_t kPartitionBytes = uint64_t{128} << 10;  // sorted with as much scratch inside a small L2 cache
constexpr int kMinPartitionBits = 1;
constexpr int kMaxPartitionBits = 12;  // 256 KiB of write-combining lines
constexpr uint64_t kPieceHashes = uint64_t{1} << 18;
constexpr uint64_t kMaxGroups = 256;
constexpr size_t kLineBytes = 64;

int PartitionBitsFor(uint64_t size_bytes) {
  int bits = kMinPartitionBits;
  while (bits < kMaxPartitionBits && (size_bytes >> bits) > kPartitionBytes) ++bits;
  return bits;
}

// Hashes dealt out to one array, partition after partition.
//
// The input is cut into groups; offsets_[group][partition] is where the hashes of the group go.
template <HashElement T>
class Dealer {
 public:
  Dealer(std::span<const std::span<const T>> pieces, ContextState& context) : context_(context) {
    for (std::span<const T> piece : pieces) {
      for (; !piece.empty(); piece = piece.subspan(std::min<uint64_t>(piece.size(), kPieceHashes))) {
        pieces_.push_back(piece.first(std::min<uint64_t>(piece.size(), kPieceHashes)));
        count_ += pieces_.back().size();
      }
    }
    bits_ = PartitionBitsFor(count_ * sizeof(T));
    groups_ = std::min<uint64_t>(pieces_.size(), kMaxGroups);
  }

  uint64_t count() const { return count_; }
  int bits() const { return bits_; }
  size_t partitions() const { return size_t{1} << bits_; }
  uint64_t begin(size_t partition) const { return partition == partitions() ? count_ : offsets(0)[partition]; }

  // Deals to `target`, which has room for count() hashes and is aligned to a line.
  absl::Status Deal(T* target, double count_end, double deal_end) {
    VESICA_RETURN_IF_ERROR(
        PageBlock::Allocate(context_.ledger(), groups_ * partitions() * sizeof(uint64_t), &offsets_));
    VESICA_RETURN_IF_ERROR(context_.ParallelFor(groups_, count_end, [this](uint32_t, uint64_t group) {
      CountGroup(group);
      return absl::OkStatus();
    }));
    TurnCountsIntoOffsets();
    return context_.ParallelFor(groups_, deal_end, [this, target](uint32_t worker, uint64_t group) {
      return DealGroup(worker, group, target);
    });
  }

 private:
  uint64_t* offsets(uint64_t group) const {
    return reinterpret_cast<uint64_t*>(offsets_.data()) + group * partitions();
  }
  size_t PartitionOf(const T& hash) const { return LeadingWord(hash) >> (64 - bits_); }

  std::span<const std::span<const T>> PiecesOf(uint64_t group) const {
    const size_t begin = group * pieces_.size() / groups_;
    const size_t end = (group + 1) * pieces_.size() / groups_;
    return std::span(pieces_).subspan(begin, end - begin);
  }

  void CountGroup(uint64_t group) const {
    uint64_t* const counts = offsets(group);
    for (const std::span<const T> piece : PiecesOf(group)) {
      for (const T& hash : piece) ++counts[PartitionOf(hash)];
    }
  }

  void TurnCountsIntoOffsets() const {
    uint64_t offset = 0;
    for (size_t partition = 0; partition < partitions(); ++partition) {
      for (uint64_t group = 0; group < groups_; ++group) {
        offset += std::exchange(offsets(group)[partition], offset);
      }
    }
  }

  // Each partition fills a line, which mirrors the aligned line of the target it goes to. Only the part of a line
  // that belongs to this group and partition is written: groups share lines where they meet.
  absl::Status DealGroup(uint32_t worker, uint64_t group, T* target) const;

  ContextState& context_;
  std::vector<std::span<const T>> pieces_;
  uint64_t count_ = 0;
  int bits_ = 0;
  uint64_t groups_ = 0;
  PageBlock offsets_;
};

template <HashElement T>
absl::Status Dealer<T>::DealGroup(uint32_t worker, uint64_t group, T* target) const {
  constexpr uint64_t kLineHashes = kLineBytes / sizeof(T);
  Arena& arena = context_.arena(worker);
  arena.Reset();
  char* memory = nullptr;
  VESICA_RETURN_IF_ERROR(arena.Take(partitions() * kLineBytes, &memory));
  T* const lines = reinterpret_cast<T*>(memory);
  VESICA_RETURN_IF_ERROR(arena.Take(partitions() * sizeof(uint64_t), &memory));
  uint64_t* const next = reinterpret_cast<uint64_t*>(memory);
  const uint64_t* const first = offsets(group);
  std::copy_n(first, partitions(), next);

  for (const std::span<const T> piece : PiecesOf(group)) {
    for (const T& hash : piece) {
      const size_t partition = PartitionOf(hash);
      const uint64_t position = next[partition]++;
      T* const line = lines + partition * kLineHashes;
      const uint64_t slot = position % kLineHashes;
      line[slot] = hash;
      if (slot != kLineHashes - 1) continue;
      const uint64_t line_begin = position - slot;
      if (line_begin >= first[partition]) [[likely]] {
        StreamLine(line, target + line_begin);
      } else {
        const uint64_t missing = first[partition] - line_begin;
        std::copy(line + missing, line + kLineHashes, target + first[partition]);
      }
    }
  }
  for (size_t partition = 0; partition < partitions(); ++partition) {
    const uint64_t end = next[partition];
    const uint64_t begin = std::max(first[partition], end - end % kLineHashes);
    const T* const line = lines + partition * kLineHashes;
    if (begin < end) std::copy_n(line + begin % kLineHashes, end - begin, target + begin);
  }
  StreamFence();
  return absl::OkStatus();
}

// Closes the gaps that duplicates leave: moves what partitions kept to the left, in order, as soon as all before it
// have been moved. A partition moves within its own place and places already vacated, so the others can be sorted
// meanwhile; just sorted, it is still in cache.
template <HashElement T>
class GapCloser {
 public:
  GapCloser(T* hashes, const Dealer<T>& dealer) : hashes_(hashes), dealer_(dealer), kept_(dealer.partitions()) {}

  // Partition `partition` kept its first `count` hashes.
  void Done(size_t partition, uint64_t count) {
    std::lock_guard<std::mutex> lock(mutex_);
    kept_[partition] = count;
    for (; next_ < kept_.size() && kept_[next_].has_value(); ++next_) {
      T* const from = hashes_ + dealer_.begin(next_);
      if (from != hashes_ + end_) std::copy_n(from, *kept_[next_], hashes_ + end_);
      end_ += *kept_[next_];
    }
  }

  uint64_t end() const { return end_; }  // of the moved hashes

 private:
  T* const hashes_;
  const Dealer<T>& dealer_;
  std::mutex mutex_;
  std::vector<std::optional<uint64_t>> kept_;
  size_t next_ = 0;
  uint64_t end_ = 0;
};

}  // namespace

template <HashElement T>
absl::StatusOr<std::shared_ptr<const SortedHashes>> SortDistinct(std::span<const std::span<const T>> pieces,
                                                                 ContextState& context) {
  Dealer<T> dealer(pieces, context);
  VESICA_ASSIGN_OR_RETURN(SortedHashes::Buffer buffer,
                          SortedHashes::Buffer::Allocate(context.shared_ledger(), dealer.count() * sizeof(T)));
  if (dealer.count() == 0) return std::make_shared<const SortedHashes>(std::move(buffer), kHashWidthOf<T>, 0);
  T* const hashes = buffer.data<T>();
  VESICA_RETURN_IF_ERROR(dealer.Deal(hashes, /*count_end=*/0.1, /*deal_end=*/0.4));

  uint64_t largest = 0;
  for (size_t i = 0; i < dealer.partitions(); ++i) largest = std::max(largest, dealer.begin(i + 1) - dealer.begin(i));
  const uint64_t capacity = std::min(largest, 4 * (dealer.count() >> dealer.bits()) + 1024);
  std::vector<BucketSort<T>> sorts(context.threads());
  GapCloser<T> gaps(hashes, dealer);
  VESICA_RETURN_IF_ERROR(context.ParallelFor(dealer.partitions(), 1.0, [&](uint32_t worker, uint64_t partition) {
    VESICA_RETURN_IF_ERROR(sorts[worker].Prepare(context.ledger(), capacity));
    const uint64_t begin = dealer.begin(partition);
    const uint64_t count = dealer.begin(partition + 1) - begin;
    gaps.Done(partition, sorts[worker].SortDistinct(hashes + begin, count, dealer.bits()));
    return absl::OkStatus();
  }));
  buffer.Shrink(gaps.end() * sizeof(T));
  return std::make_shared<const SortedHashes>(std::move(buffer), kHashWidthOf<T>, gaps.end());
}

template absl::StatusOr<std::shared_ptr<const SortedHashes>> SortDistinct(std::span<const std::span<const uint64_t>>,
                                                                          ContextState&);
template absl::StatusOr<std::shared_ptr<const SortedHashes>> SortDistinct(std::span<const std::span<const KeyHash>>,
                                                                          ContextState&);

}  // namespace vesica
