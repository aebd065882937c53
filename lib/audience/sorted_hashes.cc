#include "audience/sorted_hashes.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/error.h"

namespace vesica {
namespace {

template <HashElement T>
bool StrictlyIncreasing(std::span<const T> hashes) {
  return std::adjacent_find(hashes.begin(), hashes.end(), [](const T& a, const T& b) { return !IsLess(a, b); }) ==
         hashes.end();
}

}  // namespace

absl::StatusOr<SortedHashes::Buffer> SortedHashes::Buffer::Allocate(std::shared_ptr<MemoryLedger> ledger,
                                                                    uint64_t size_bytes) {
  Buffer buffer;
  buffer.ledger_ = std::move(ledger);
  if (size_bytes != 0) VESICA_RETURN_IF_ERROR(PageBlock::Allocate(*buffer.ledger_, size_bytes, &buffer.block_));
  return buffer;
}

SortedHashes::SortedHashes(Buffer buffer, HashWidth width, uint64_t count)
    : buffer_(std::move(buffer)), width_(width), count_(count) {
  assert(WithElementOf(width, [this]<class T>(T) { return StrictlyIncreasing(values<T>()); }));
}

template <HashElement T>
absl::StatusOr<std::shared_ptr<const SortedHashes>> SortedHashes::Copy(std::span<const T> hashes,
                                                                       const std::shared_ptr<MemoryLedger>& ledger) {
  if (!StrictlyIncreasing(hashes)) return InvalidArgument("hashes must be strictly increasing");
  VESICA_ASSIGN_OR_RETURN(Buffer buffer, Buffer::Allocate(ledger, hashes.size_bytes()));
  std::copy(hashes.begin(), hashes.end(), buffer.data<T>());
  return std::make_shared<const SortedHashes>(std::move(buffer), kHashWidthOf<T>, hashes.size());
}

template absl::StatusOr<std::shared_ptr<const SortedHashes>> SortedHashes::Copy(std::span<const uint64_t>,
                                                                                const std::shared_ptr<MemoryLedger>&);
template absl::StatusOr<std::shared_ptr<const SortedHashes>> SortedHashes::Copy(std::span<const KeyHash>,
                                                                                const std::shared_ptr<MemoryLedger>&);

}  // namespace vesica
