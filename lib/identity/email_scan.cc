#include "identity/email_scan.h"

#include <cstring>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "identity/email_scan.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

// What the targets share, once.
#ifndef VESICA_LIB_IDENTITY_EMAIL_SCAN_TABLES_
#define VESICA_LIB_IDENTITY_EMAIL_SCAN_TABLES_
namespace vesica {

// Tables are there twice, for vectors of two blocks; read from memory, they leave the registers to others.
//
// A set of ASCII characters from ' ' on. A character is in the set if its bit, which is that of its high nibble, is in
// the entry of its low nibble.
struct NibbleTable {
  alignas(32) uint8_t entries[32] = {};
  explicit constexpr NibbleTable(bool (*contains)(char)) {
    for (int c = ' '; c < 0x80; ++c) {
      if (!contains(static_cast<char>(c))) continue;
      for (int entry : {c & 15, 16 + (c & 15)})
        entries[entry] = static_cast<uint8_t>(entries[entry] | 1 << (c / 16 - 2));
    }
  }
};
alignas(32) inline constexpr uint8_t kHighNibbleBits[32] = {0, 0, 1, 2, 4, 8, 16, 32, 0, 0, 0,  0,
                                                            0, 0, 0, 0, 0, 0, 1,  2,  4, 8, 16, 32};

constexpr bool IsPlain(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }
constexpr bool IsUnbarred(char c) {
  return c > ' ' && c < 0x7F && !(c >= 'A' && c <= 'Z') &&
         std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
}
inline constexpr NibbleTable kPlain(IsPlain);
inline constexpr NibbleTable kUnbarred(IsUnbarred);

struct Repeated {
  alignas(32) uint8_t bytes[32];
  explicit constexpr Repeated(char c) : bytes{} {
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(c);
  }
};
inline constexpr Repeated kAts('@'), kDots('.');

// From entry 16 - k on: the indices that move the last k of 16 bytes to the front, with zeros behind them.
inline constexpr uint8_t kSlide[32] = {0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,
                                       11,   12,   13,   14,   15,   0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                       0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

// From entry 16 - k on: what is put into the zeros.
inline constexpr uint8_t kPadding[32] = {0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
                                         0,   0,   0,   0,   0,   'a', 'a', 'a', 'a', 'a', 'a',
                                         'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'};

}  // namespace vesica
#endif

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

size_t ScanEmailsBest(std::span<const std::string_view> keys, const AddressLists& lists, Canonical* out,
                      uint16_t* left) {
  return ScanEmailsScalar(keys, lists, out, left);
}

#else

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_MAX_BYTES >= 32 && !HWY_HAVE_SCALABLE
constexpr size_t kChunk = 32;
#else
constexpr size_t kChunk = 16;
#endif
using Half = hn::FixedTag<uint8_t, 16>;
using Tag = hn::FixedTag<uint8_t, kChunk>;

// The last `rest` bytes of a key of at least 16, 1 <= rest <= kChunk, before bytes 'a'. `p` is where they begin.
HWY_INLINE hn::VFromD<Tag> LoadEnd(const uint8_t* p, size_t rest) {
  [[maybe_unused]] const Tag tag;
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
  const auto mask = hn::FirstN(tag, rest);
  return hn::IfThenElse(mask, hn::MaskedLoad(mask, tag, p), hn::Set(tag, 'a'));
#else
  const Half half;
  const auto slide = [&](const uint8_t* q, size_t k) HWY_ATTR {
    return hn::Or(hn::TableLookupBytesOr0(hn::LoadU(half, q + k - 16), hn::LoadU(half, kSlide + 16 - k)),
                  hn::LoadU(half, kPadding + 16 - k));
  };
#if HWY_MAX_BYTES >= 32 && !HWY_HAVE_SCALABLE
  if (rest > 16) return hn::Combine(tag, slide(p + 16, rest - 16), hn::LoadU(half, p));
  return hn::Combine(tag, hn::Set(half, 'a'), slide(p, rest));
#else
  return slide(p, rest);
#endif
#endif
}

template <typename Mask>
HWY_INLINE uint64_t Bits(Mask mask) {
  uint8_t bytes[8];
  hn::StoreMaskBits(Tag(), mask, bytes);
  std::conditional_t<kChunk == 32, uint32_t, uint16_t> bits;
  std::memcpy(&bits, bytes, sizeof(bits));
  return bits;
}

// The masks of one chunk, at bits 0 to kChunk - 1.
HWY_INLINE EmailMasks ChunkMasks(hn::VFromD<Tag> v) {
  const Tag tag;
  const auto zero = hn::Zero(tag);
  const auto low = hn::And(v, hn::Set(tag, 0x0F));
  const auto high = hn::TableLookupBytes(hn::Load(tag, kHighNibbleBits), hn::ShiftRight<4>(v));
  const auto plain = hn::And(hn::TableLookupBytes(hn::Load(tag, kPlain.entries), low), high);
  const auto unbarred = hn::And(hn::TableLookupBytes(hn::Load(tag, kUnbarred.entries), low), high);
  return {.at = Bits(hn::Eq(v, hn::Load(tag, kAts.bytes))),
          .dot = Bits(hn::Eq(v, hn::Load(tag, kDots.bytes))),
          .special = Bits(hn::Eq(plain, zero)),
          .barred = Bits(hn::Eq(unbarred, zero))};
}

// 16 <= key.size() <= 64.
HWY_INLINE EmailMasks Masks(std::string_view key) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(key.data());
  EmailMasks masks = {};
  size_t begin = 0;
  for (; key.size() - begin > kChunk; begin += kChunk) {
    const EmailMasks chunk = ChunkMasks(hn::LoadU(Tag(), bytes + begin));
    masks.at |= chunk.at << begin;
    masks.dot |= chunk.dot << begin;
    masks.special |= chunk.special << begin;
    masks.barred |= chunk.barred << begin;
  }
  const EmailMasks chunk = ChunkMasks(LoadEnd(bytes + begin, key.size() - begin));
  return {.at = masks.at | chunk.at << begin,
          .dot = masks.dot | chunk.dot << begin,
          .special = masks.special | chunk.special << begin,
          .barred = masks.barred | chunk.barred << begin};
}

size_t ScanEmailsBest(std::span<const std::string_view> keys, const AddressLists& lists, Canonical* out,
                      uint16_t* left) {
  size_t left_count = 0;
  for (size_t i = 0; i < keys.size(); ++i) {
    const std::string_view key = keys[i];
    bool scanned = false;
    if (key.size() - kMinScan <= kChunk - kMinScan) {  // one chunk: most addresses
      const auto* bytes = reinterpret_cast<const uint8_t*>(key.data());
      scanned = DecideScan(key, ChunkMasks(LoadEnd(bytes, key.size())), lists, &out[i]);
    } else if (key.size() - kMinScan <= kMaxScan - kMinScan) {
      scanned = DecideScan(key, Masks(key), lists, &out[i]);
    }
    left[left_count] = static_cast<uint16_t>(i);
    left_count += !scanned;
  }
  return left_count;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace vesica
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vesica {

HWY_EXPORT(ScanEmailsBest);

size_t ScanEmails(std::span<const std::string_view> keys, const AddressLists& lists, Canonical* out, uint16_t* left) {
  return HWY_DYNAMIC_DISPATCH(ScanEmailsBest)(keys, lists, out, left);
}

}  // namespace vesica
#endif
