#ifndef VESICA_LIB_AUDIENCE_SORTED_HASHES_H_
#define VESICA_LIB_AUDIENCE_SORTED_HASHES_H_

#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "audience/hash_element.h"
#include "base/memory.h"
#include "vesica/hash.h"

namespace vesica {

// Distinct hashes of one width, in order and in one piece of memory. Immutable: may be read from any thread.
//
// Invariant: the hashes are strictly increasing.
class SortedHashes {
 public:
  // Room for hashes, counted in a ledger that it keeps alive.
  class Buffer {
   public:
    static absl::StatusOr<Buffer> Allocate(std::shared_ptr<MemoryLedger> ledger, uint64_t size_bytes);
    Buffer(Buffer&&) = default;
    Buffer& operator=(Buffer&&) = delete;

    template <HashElement T>
    T* data() const {
      return reinterpret_cast<T*>(block_.data());
    }
    void Shrink(uint64_t size_bytes) { block_.Shrink(size_bytes); }

   private:
    Buffer() = default;
    std::shared_ptr<MemoryLedger> ledger_;  // outlives the block
    PageBlock block_;
  };

  // Takes over the first `count` hashes of `buffer`, which are strictly increasing.
  SortedHashes(Buffer buffer, HashWidth width, uint64_t count);

  // A copy of `hashes`. Fails with InvalidArgument unless they are strictly increasing.
  template <HashElement T>
  static absl::StatusOr<std::shared_ptr<const SortedHashes>> Copy(std::span<const T> hashes,
                                                                  const std::shared_ptr<MemoryLedger>& ledger);

  HashWidth width() const { return width_; }
  uint64_t count() const { return count_; }

  // The hashes, as the element type of width().
  template <HashElement T>
  std::span<const T> values() const {
    return {buffer_.data<T>(), count_};
  }

 private:
  Buffer buffer_;
  HashWidth width_;
  uint64_t count_;
};

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SORTED_HASHES_H_
