#include "alignment/interner.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace vesica {
namespace {

constexpr size_t kFirstSlots = 64;
constexpr size_t kBlockBytes = size_t{1} << 15;

uint64_t HashOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }
uint32_t TagOf(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }

template <class Word>
uint64_t WordAt(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

}  // namespace

Interner::ShortString Interner::ShortString::Of(std::string_view bytes) {
  assert(bytes.size() <= kMaxShort);
  const char* data = bytes.data();
  const size_t size = bytes.size();
  ShortString s{.words = {}, .size = static_cast<uint32_t>(size)};
  if (size > 16) {
    for (size_t i = 0; i < 2; ++i) {
      s.words[i] = WordAt<uint64_t>(data + 8 * i);
      s.words[i + 2] = WordAt<uint64_t>(data + size - 16 + 8 * i);
    }
  } else if (size >= 8) {
    s.words[0] = WordAt<uint64_t>(data);
    s.words[1] = WordAt<uint64_t>(data + size - 8);
  } else if (size >= 4) {
    s.words[0] = WordAt<uint32_t>(data);
    s.words[1] = WordAt<uint32_t>(data + size - 4);
  } else if (size >= 2) {
    s.words[0] = WordAt<uint16_t>(data);
    s.words[1] = WordAt<uint16_t>(data + size - 2);
  } else if (size == 1) {
    s.words[0] = static_cast<uint8_t>(*data);
  }
  return s;
}

Interner::Recent& Interner::RecentOf(const ShortString& string) {
  // Multiplicative hashing: the upper bits of a product with odd constants, here those of XXH64.
  const uint64_t mixed = (string.words[0] ^ string.words[2]) * 0x9E3779B185EBCA87 +
                         (string.words[1] ^ string.words[3]) * 0xC2B2AE3D27D4EB4F + string.size;
  return recent_[mixed >> (64 - kRecentBits)];
}

Interner::Interner() : slots_(kFirstSlots) {}

uint32_t Interner::Intern(std::string_view bytes) { return Intern(bytes, HashOf(bytes)); }

uint32_t Interner::Intern(std::string_view bytes, uint64_t hash) {
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

void Interner::InternAll(std::span<const std::string_view> strings, uint32_t* ids) {
  constexpr size_t kAtOnce = 64;
  struct Wanted {
    uint64_t hash;
    uint32_t string;
    Recent* recent;
  };
  std::array<Wanted, kAtOnce> wanted;
  for (size_t begin = 0; begin < strings.size(); begin += kAtOnce) {
    size_t count = 0;
    for (size_t i = begin; i < std::min(begin + kAtOnce, strings.size()); ++i) {
      ids[i] = kNoId;
      if (strings[i].empty()) continue;
      Recent* recent = nullptr;
      if (strings[i].size() <= kMaxShort) {
        const ShortString string = ShortString::Of(strings[i]);
        recent = &RecentOf(string);
        if (recent->id != kNoId && recent->string == string) {
          ids[i] = recent->id;
          continue;
        }
      }
      wanted[count] = {HashOf(strings[i]), static_cast<uint32_t>(i), recent};
      __builtin_prefetch(&slots_[wanted[count++].hash & (slots_.size() - 1)]);
    }
    const auto guess = [&](size_t k) { return slots_[wanted[k].hash & (slots_.size() - 1)].id; };
    for (size_t k = 0; k < count; ++k) {
      if (guess(k) != kNoId) __builtin_prefetch(&entries_[guess(k)]);
    }
    for (size_t k = 0; k < count; ++k) {
      if (guess(k) != kNoId) __builtin_prefetch(entries_[guess(k)].data());
    }
    for (size_t k = 0; k < count; ++k) {
      const std::string_view string = strings[wanted[k].string];
      const uint32_t id = ids[wanted[k].string] = Intern(string, wanted[k].hash);
      if (wanted[k].recent != nullptr) *wanted[k].recent = {ShortString::Of(string), id};
    }
  }
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
