#include "identity/email_scan.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "base/endian.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "identity/email_scan.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

// What the targets share, once.
#ifndef VESICA_LIB_IDENTITY_EMAIL_SCAN_ONCE_
#define VESICA_LIB_IDENTITY_EMAIL_SCAN_ONCE_
namespace vesica {

// A set of ASCII characters from ' ' on. A character is in the set if its bit, which is that of its high nibble, is in
// the entry of its low nibble. Four times over, for vectors of four blocks.
struct NibbleTable {
  alignas(64) uint8_t entries[64] = {};
  explicit constexpr NibbleTable(bool (*contains)(char)) {
    for (int c = ' '; c < 0x80; ++c) {
      if (!contains(static_cast<char>(c))) continue;
      for (int entry = c & 15; entry < 64; entry += 16) {
        entries[entry] = static_cast<uint8_t>(entries[entry] | 1 << (c / 16 - 2));
      }
    }
  }
};
struct HighNibbleBits {
  alignas(64) uint8_t entries[64] = {};
  constexpr HighNibbleBits() {
    for (int i = 0; i < 64; ++i) entries[i] = static_cast<uint8_t>(i % 16 >= 2 && i % 16 < 8 ? 1 << (i % 16 - 2) : 0);
  }
};

constexpr bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsPlain(char c) { return IsLetter(c) || (c >= '0' && c <= '9'); }
constexpr bool IsHost(char c) { return IsPlain(c) || c == '.' || c == '-'; }
constexpr bool IsUnbarred(char c) {
  return c > ' ' && c < 0x7F && !(c >= 'A' && c <= 'Z') &&
         std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
}
inline constexpr NibbleTable kLetter(IsLetter), kPlain(IsPlain), kHost(IsHost), kUnbarred(IsUnbarred);
inline constexpr HighNibbleBits kHighNibbleBits;

inline constexpr size_t kMaxBlocks = kMaxRunBytes / 64 + 1;

// A bit for each byte of a run, and zeros before and behind.
class Bitmap {
 public:
  static constexpr size_t kPadding = 8;  // words

  uint8_t* BlockBytes(size_t block) { return reinterpret_cast<uint8_t*>(words() + block); }
  uint64_t* words() { return words_ + kPadding; }
  const uint64_t* words() const { return words_ + kPadding; }

  // 57 bits or more, from `bit` on.
  uint64_t From(size_t bit) const {
    return Load<uint64_t>(reinterpret_cast<const char*>(words()) + bit / 8) >> bit % 8;
  }

  // Zeros before word 0 and from word `blocks` on.
  void Pad(size_t blocks) {
    words()[-1] = 0;
    std::memset(words() + blocks, 0, kPadding * sizeof(uint64_t));
  }

 private:
  uint64_t words_[kMaxBlocks + 2 * kPadding];
};
// The @ of a key that is not left is among the bits that are seen at once: 5 bytes or more are behind it.
static_assert(kMaxScan - 5 < 57);

// Walks through runs of bits: see Walk() below.
struct Walks {
  Bitmap sum, carry;
};

struct Bitmaps {
  Bitmap first;  // the first byte of a key
  Bitmap at;     // @
  Bitmap dot;
  Bitmap no_letter;  // not [a-z]
  Bitmap special;    // not [a-z0-9]
  Bitmap foreign;    // to host names: not [a-z0-9] nor dot nor hyphen
  Bitmap wrong;      // not @, nor [a-z0-9] nor another character of a local part; then, all bytes that make keys left

  void Pad(size_t blocks) {
    for (Bitmap* map : {&first, &at, &dot, &no_letter, &special, &foreign, &wrong}) map->Pad(blocks);
  }
};

// A block with what is none of the keys overwritten.
inline void CopyBlock(const KeyRun& run, size_t block, uint8_t* out) {
  const size_t begin = std::max<size_t>(run.offsets[0], block * 64);
  const size_t end = std::min<size_t>(run.offsets[run.count], block * 64 + 64);
  std::memset(out, 'a', 64);
  if (begin < end) std::memcpy(out + begin - block * 64, run.bytes + begin, end - begin);
}

// Leaves the keys that have a wrong byte.
inline void LeaveWrong(const KeyRun& run, const Bitmap& wrong, uint8_t* flags) {
  for (size_t i = 0; i < run.count; ++i) {
    if (flags[i] != 0) continue;
    const size_t begin = run.offsets[i], size = run.offsets[i + 1] - begin, half = std::min<size_t>(size, 32);
    if ((wrong.From(begin) | wrong.From(begin + size - half)) << (64 - half) != 0) flags[i] = kRunLeft;
  }
}

}  // namespace vesica
#endif

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__

void ScanEmailsBest(const KeyRun& run, uint8_t* flags, uint8_t* local_sizes) {
  ScanEmailsScalar(run, flags, local_sizes);
}

#else

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_HAVE_SCALABLE
constexpr size_t kLanes = 16;
#else
constexpr size_t kLanes = HWY_MAX_BYTES < 64 ? HWY_MAX_BYTES : 64;
#endif
using Tag = hn::FixedTag<uint8_t, kLanes>;

// Fills one block of the bitmaps from 64 bytes and the marks that are at the first bytes of keys.
HWY_INLINE void Classify(const uint8_t* bytes, const uint8_t* marks, size_t block, Bitmaps* maps) {
  const Tag tag;
  const auto zero = hn::Zero(tag);
  for (size_t i = 0; i < 64; i += kLanes) {
    const auto v = hn::LoadU(tag, bytes + i);
    const auto low = hn::And(v, hn::Set(tag, 0x0F));
    const auto high = hn::TableLookupBytes(hn::Load(tag, kHighNibbleBits.entries), hn::ShiftRight<4>(v));
    const auto store = [&](auto mask, Bitmap& map)
                           HWY_ATTR { hn::StoreMaskBits(tag, mask, map.BlockBytes(block) + i / 8); };
    const auto outside = [&](const NibbleTable& table) HWY_ATTR {
      return hn::Eq(hn::And(hn::TableLookupBytes(hn::Load(tag, table.entries), low), high), zero);
    };
    store(hn::Ne(hn::LoadU(tag, marks + i), zero), maps->first);
    store(hn::Eq(v, hn::Set(tag, '@')), maps->at);
    store(hn::Eq(v, hn::Set(tag, '.')), maps->dot);
    store(outside(kHost), maps->foreign);
    store(outside(kLetter), maps->no_letter);
    store(outside(kPlain), maps->special);
    store(outside(kUnbarred), maps->wrong);
  }
}

using WordTag = hn::CappedTag<uint64_t, Bitmap::kPadding>;
using Words64 = hn::VFromD<WordTag>;

HWY_INLINE Words64 Get(const Bitmap& map, size_t block) { return hn::LoadU(WordTag(), map.words() + block); }
HWY_INLINE void Put(Words64 v, Bitmap& map, size_t block) { hn::StoreU(v, WordTag(), map.words() + block); }

// What is set of the byte before, and of the byte behind.
HWY_INLINE Words64 OfByteBefore(const Bitmap& map, size_t block) {
  return hn::Or(hn::ShiftLeft<1>(Get(map, block)), hn::ShiftRight<63>(Get(map, block - 1)));
}
HWY_INLINE Words64 OfByteBehind(const Bitmap& map, size_t block) {
  return hn::Or(hn::ShiftRight<1>(Get(map, block)), hn::ShiftLeft<63>(Get(map, block + 1)));
}

// Walks from the `starts`, which are on the `path`, along the path: `path` + `starts`, a carry a walk, differs from
// `path` from each start up to the first byte that is off it. No key that is not too long has a walk that is not over
// in the word after the one where it starts, so that a carry need not be carried on.
HWY_INLINE void Walk(Words64 starts, Words64 path, size_t block, Walks* walks) {
  const auto sum = hn::Add(starts, path);
  Put(sum, walks->sum, block);
  Put(hn::ShiftRight<63>(hn::Or(starts, hn::AndNot(sum, path))), walks->carry, block);
}
HWY_INLINE Words64 Walked(const Walks& walks, size_t block) {
  return hn::Add(Get(walks.sum, block), Get(walks.carry, block - 1));
}

// Adds to `wrong` the bytes for which their keys are not plain addresses; returns whether there are any. A walk from
// the first byte of each key to its first @ tells local parts from domains; another, from there to a dot, finds domains
// without one. Both end in their key, or at the first byte of the next: what is wrong with a key marks none but itself.
HWY_INLINE bool FindWrong(size_t blocks, Bitmaps* maps) {
  const size_t lanes = hn::Lanes(WordTag());
  Walks to_at, to_dot;
  Bitmap undotted;
  to_at.carry.words()[-1] = to_dot.carry.words()[-1] = 0;
  for (size_t i = 0; i < blocks; i += lanes) {
    const auto not_at = hn::Not(Get(maps->at, i));
    Walk(hn::And(Get(maps->first, i), not_at), not_at, i, &to_at);
  }
  for (size_t i = 0; i < blocks; i += lanes) {
    const auto at = Get(maps->at, i), first = Get(maps->first, i);
    const auto local = hn::Or(hn::Not(hn::Xor(Walked(to_at, i), at)), first);  // and the first @
    const auto neighbours = hn::And(Get(maps->special, i), OfByteBefore(maps->special, i));
    const auto in_domain = hn::Or(at, hn::Or(Get(maps->foreign, i), neighbours));
    const auto at_end = hn::Or(local, hn::Or(Get(maps->no_letter, i), OfByteBefore(maps->no_letter, i)));
    const auto wrong = hn::Or(hn::AndNot(local, in_domain), hn::And(first, at));
    const auto last = OfByteBehind(maps->first, i);
    Put(hn::Or(hn::Or(Get(maps->wrong, i), wrong), hn::And(last, at_end)), maps->wrong, i);
    const auto path = hn::AndNot(hn::Or(local, Get(maps->dot, i)), hn::Set(WordTag(), ~uint64_t{0}));
    Walk(hn::And(OfByteBefore(maps->at, i), path), path, i, &to_dot);
    Put(hn::And(last, path), undotted, i);
  }
  auto any = hn::Zero(WordTag());
  for (size_t i = 0; i < blocks; i += lanes) {
    const auto wrong = hn::Or(Get(maps->wrong, i), hn::AndNot(Walked(to_dot, i), Get(undotted, i)));
    Put(wrong, maps->wrong, i);
    any = hn::Or(any, wrong);
  }
  return !hn::AllTrue(WordTag(), hn::Eq(any, hn::Zero(WordTag())));
}

// Fills the flags of keys that are empty or left for their size.
HWY_INLINE void FlagSizes(const uint16_t* HWY_RESTRICT offsets, size_t count, uint8_t* HWY_RESTRICT flags) {
  for (size_t i = 0; i < count; ++i) {
    const auto size = static_cast<uint16_t>(offsets[i + 1] - offsets[i]);
    const bool left = (size < kMinScan) | (size > kMaxScan) | (offsets[i + 1] < kBeforeRun);
    flags[i] = static_cast<uint8_t>(size == 0 ? kRunEmpty : left ? kRunLeft : 0);
  }
}

// Fills the bitmaps; returns whether any bytes are wrong.
HWY_INLINE bool FillBitmaps(const KeyRun& run, Bitmaps* maps) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(run.bytes);
  const uint16_t* const offsets = run.offsets;
  const size_t count = run.count, size = offsets[count], blocks = size / 64 + 1;
  uint8_t marks[kMaxBlocks * 64];
  std::memset(marks, 0, blocks * 64);
  for (size_t i = 0; i <= count; ++i) marks[offsets[i]] = 1;
  for (size_t block = 1; block + 1 < blocks; ++block) Classify(bytes + block * 64, marks + block * 64, block, maps);
  for (size_t block : {size_t{0}, blocks - 1}) {
    uint8_t copy[64];
    CopyBlock(run, block, copy);
    Classify(copy, marks + block * 64, block, maps);
  }
  maps->Pad(blocks);
  return FindWrong(blocks, maps);
}

void ScanEmailsBest(const KeyRun& run, uint8_t* HWY_RESTRICT flags, uint8_t* HWY_RESTRICT local_sizes) {
  const uint16_t* HWY_RESTRICT offsets = run.offsets;
  const size_t count = run.count;
  Bitmaps maps;
  FlagSizes(offsets, count, flags);
  if (FillBitmaps(run, &maps)) LeaveWrong(run, maps.wrong, flags);
  for (size_t i = 0; i < count; ++i) {
    local_sizes[i] = static_cast<uint8_t>(std::countr_zero(maps.at.From(offsets[i])));
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace vesica
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vesica {

HWY_EXPORT(ScanEmailsBest);

void ScanEmails(const KeyRun& run, uint8_t* flags, uint8_t* local_sizes) {
  HWY_DYNAMIC_DISPATCH(ScanEmailsBest)(run, flags, local_sizes);
}

}  // namespace vesica
#endif
