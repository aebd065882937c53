#include "alignment/interner.h"

#include <algorithm>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace vesica {
namespace {

constexpr size_t kFirstSlots = 64;
constexpr size_t kBlockBytes = size_t{1} << 15;

uint64_t HashOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }
uint32_t TagOf(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }

}  // namespace

Interner::Interner() : slots_(kFirstSlots) {}

uint32_t Interner::Intern(std::string_view bytes) {
  const uint64_t hash = HashOf(bytes);
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  for (; slots_[at].id != kNoId; at = (at + 1) & mask) {
    if (slots_[at].tag == TagOf(hash) && entries_[slots_[at].id] == bytes) return slots_[at].id;
  }
  const uint32_t id = size();
  slots_[at] = {TagOf(hash), id};
  entries_.push_back(Keep(bytes));
  if (entries_.size() * 2 > slots_.size()) Grow();
  return id;
}

uint32_t Interner::Find(std::string_view bytes) const {
  const uint64_t hash = HashOf(bytes);
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask; slots_[at].id != kNoId; at = (at + 1) & mask) {
    if (slots_[at].tag == TagOf(hash) && entries_[slots_[at].id] == bytes) return slots_[at].id;
  }
  return kNoId;
}

uint64_t Interner::held_bytes() const {
  return slots_.capacity() * sizeof(Slot) + entries_.capacity() * sizeof(std::string_view) + block_bytes_;
}

std::string_view Interner::Keep(std::string_view bytes) {
  // The same alignment for all, so that records of fixed size can be read as such.
  const size_t needed = (bytes.size() + 7) / 8 * 8;
  if (needed > free_bytes_) {
    free_bytes_ = std::max(needed, kBlockBytes);
    blocks_.push_back(std::make_unique<char[]>(free_bytes_));
    block_bytes_ += free_bytes_;
    free_ = blocks_.back().get();
  }
  char* kept = free_;
  if (!bytes.empty()) std::memcpy(kept, bytes.data(), bytes.size());
  free_ += needed;
  free_bytes_ -= needed;
  return {kept, bytes.size()};
}

void Interner::Grow() {
  std::vector<Slot> slots(slots_.size() * 2);
  const size_t mask = slots.size() - 1;
  for (uint32_t id = 0; id < size(); ++id) {
    const uint64_t hash = HashOf(entries_[id]);
    size_t at = hash & mask;
    while (slots[at].id != kNoId) at = (at + 1) & mask;
    slots[at] = {TagOf(hash), id};
  }
  slots_ = std::move(slots);
}

Ranking::Ranking(const std::vector<const Interner*>& parts) {
  for (const Interner* part : parts) {
    for (uint32_t id = 0; id < part->size(); ++id) entries_.push_back((*part)[id]);
  }
  std::sort(entries_.begin(), entries_.end());
  entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
  entries_.shrink_to_fit();
  for (const Interner* part : parts) {
    std::vector<uint32_t>& ranks = ranks_.emplace_back(part->size());
    for (uint32_t id = 0; id < part->size(); ++id) {
      const auto at = std::lower_bound(entries_.begin(), entries_.end(), (*part)[id]);
      ranks[id] = static_cast<uint32_t>(at - entries_.begin());
    }
  }
}

uint64_t Ranking::held_bytes() const {
  uint64_t bytes = entries_.capacity() * sizeof(std::string_view);
  for (const auto& ranks : ranks_) bytes += ranks.capacity() * sizeof(uint32_t);
  return bytes;
}

}  // namespace vesica
