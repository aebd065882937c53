#ifndef VESICA_LIB_ALIGNMENT_INTERNER_H_
#define VESICA_LIB_ALIGNMENT_INTERNER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace vesica {

inline constexpr uint32_t kNoId = UINT32_MAX;

// Numbers distinct byte strings 0, 1, 2, ... as they come. Views of them stay valid as long as the interner.
class Interner {
 public:
  Interner();

  uint32_t Intern(std::string_view bytes);  // at most 2^31 distinct ones
  // The same of many, several at a time: memory is waited for once, not once a string. Those without bytes get kNoId.
  void InternAll(std::span<const std::string_view> strings, uint32_t* ids);
  uint32_t Find(std::string_view bytes) const;  // kNoId if it is none of them

  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }
  std::string_view operator[](uint32_t id) const { return entries_[id]; }
  uint64_t held_bytes() const;

 private:
  struct Slot {
    uint32_t tag = 0;  // of the hash
    uint32_t id = kNoId;
  };
  // A string of at most 32 bytes, as words that may overlap: with its size they tell it from every other.
  struct ShortString {
    uint64_t words[4] = {};
    uint32_t size = 0;
    static ShortString Of(std::string_view bytes);
    friend bool operator==(const ShortString&, const ShortString&) = default;
  };
  struct Recent {
    ShortString string;
    uint32_t id = kNoId;
  };
  static constexpr size_t kMaxShort = 32;
  static constexpr uint32_t kRecentBits = 6;

  Recent& RecentOf(const ShortString& string);
  uint32_t Intern(std::string_view bytes, uint64_t hash);
  std::string_view Keep(std::string_view bytes);
  void Grow();

  std::array<Recent, size_t{1} << kRecentBits> recent_;  // short strings met lately, each at its place
  std::vector<Slot> slots_;                              // a power of two, open addressing, at most half full
  std::vector<std::string_view> entries_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;  // of the last block
  size_t free_bytes_ = 0;
  uint64_t block_bytes_ = 0;
};

// Several interners as one sorted list without repeats: a string's rank is its place in byte order, however and in
// whatever order the interners met it.
class Ranking {
 public:
  Ranking() = default;
  explicit Ranking(const std::vector<const Interner*>& parts);

  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }
  std::string_view operator[](uint32_t rank) const { return entries_[rank]; }

  // The rank of string `id` of interner `part`; kNoId stays kNoId.
  uint32_t Of(uint32_t part, uint32_t id) const { return id == kNoId ? kNoId : ranks_[part][id]; }
  uint64_t held_bytes() const;

 private:
  std::vector<std::string_view> entries_;
  std::vector<std::vector<uint32_t>> ranks_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_INTERNER_H_
