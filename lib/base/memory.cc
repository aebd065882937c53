#include "base/memory.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#define VESICA_HAVE_MMAP 1
#endif

#include "absl/strings/str_cat.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kHugePage = size_t{2} << 20;

absl::Status OutOfMemory(size_t bytes) {
  return MakeError(ErrorCode::kOutOfMemory, absl::StrCat("the system gave no memory (", bytes, " bytes)"));
}

}  // namespace

absl::Status MemoryLedger::Reserve(uint64_t bytes) {
  uint64_t held = held_.load(std::memory_order_relaxed);
  do {
    if (bytes > budget_ || held > budget_ - bytes) {
      const uint64_t needed = held + std::min(bytes, UINT64_MAX - held);
      return MakeError(
          ErrorInfo{.code = ErrorCode::kOverBudget, .needed_bytes = needed},
          absl::StrCat("memory budget of ", budget_, " bytes is too small: at least ", needed, " bytes are needed"));
    }
  } while (!held_.compare_exchange_weak(held, held + bytes, std::memory_order_relaxed));
  uint64_t peak = peak_.load(std::memory_order_relaxed);
  while (peak < held + bytes && !peak_.compare_exchange_weak(peak, held + bytes, std::memory_order_relaxed)) {
  }
  return absl::OkStatus();
}

PageBlock& PageBlock::operator=(PageBlock&& other) noexcept {
  std::swap(ledger_, other.ledger_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(mapping_, other.mapping_);
  std::swap(mapping_size_, other.mapping_size_);
  return *this;
}

absl::Status PageBlock::Allocate(MemoryLedger& ledger, size_t bytes, PageBlock* out) {
  const size_t size = (std::max<size_t>(bytes, 1) + kPage - 1) & ~(kPage - 1);
  VESICA_RETURN_IF_ERROR(ledger.Reserve(size));
  PageBlock block;
  block.size_ = size;
#if VESICA_HAVE_MMAP
  // Over-map to reach huge-page alignment; the slack is never touched, so it takes no memory.
  const size_t slack = size >= kHugePage ? kHugePage : 0;
  void* mapping = mmap(nullptr, size + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) {
    ledger.Release(size);
    return OutOfMemory(size);
  }
  block.mapping_ = mapping;
  block.mapping_size_ = size + slack;
  const uintptr_t start = reinterpret_cast<uintptr_t>(mapping);
  block.data_ = reinterpret_cast<char*>(slack == 0 ? start : (start + kHugePage - 1) & ~(kHugePage - 1));
#if defined(MADV_HUGEPAGE)
  // Whole huge pages only: a partly used one would take memory that the ledger does not count.
  if (slack != 0) madvise(block.data_, size & ~(kHugePage - 1), MADV_HUGEPAGE);
#endif
#else
  block.data_ = static_cast<char*>(::operator new (size, std::align_val_t{64}, std::nothrow));
  if (block.data_ == nullptr) {
    ledger.Release(size);
    return OutOfMemory(size);
  }
  std::fill_n(block.data_, size, '\0');
#endif
  block.ledger_ = &ledger;
  *out = std::move(block);
  return absl::OkStatus();
}

void PageBlock::Shrink(size_t bytes) {
#if VESICA_HAVE_MMAP
  const size_t size = (std::max<size_t>(bytes, 1) + kPage - 1) & ~(kPage - 1);
  if (data_ == nullptr || size >= size_) return;
  char* const mapping = static_cast<char*>(mapping_);
  if (munmap(data_ + size, static_cast<size_t>(mapping + mapping_size_ - (data_ + size))) != 0) return;
  mapping_size_ = static_cast<size_t>(data_ + size - mapping);
  ledger_->Release(size_ - size);
  size_ = size;
#else
  (void)bytes;
#endif
}

void PageBlock::Free() {
  if (data_ == nullptr) return;
#if VESICA_HAVE_MMAP
  munmap(mapping_, mapping_size_);
#else
  ::operator delete (data_, std::align_val_t{64});
#endif
  ledger_->Release(size_);
  ledger_ = nullptr;
  data_ = nullptr;
  size_ = 0;
}

absl::Status Arena::Take(size_t bytes, char** out) {
  const size_t align = std::has_single_bit(bytes) ? std::max<size_t>(bytes, 64) : 64;
  size_t start = (used_ + align - 1) & ~(align - 1);
  if (blocks_.empty() || start + bytes > kBlockBytes) {
    const size_t next = blocks_.empty() ? 0 : block_ + 1;
    if (next == blocks_.size()) {
      PageBlock block;
      VESICA_RETURN_IF_ERROR(PageBlock::Allocate(*ledger_, kBlockBytes, &block));
      blocks_.push_back(std::move(block));
    }
    block_ = next;
    start = 0;
  }
  *out = blocks_[block_].data() + start;
  used_ = start + bytes;
  return absl::OkStatus();
}

}  // namespace vesica
