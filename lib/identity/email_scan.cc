#include "identity/email_scan.h"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "identity/email_scan.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

// What the targets share, once.
#ifndef VESICA_LIB_IDENTITY_EMAIL_SCAN_TABLES_
#define VESICA_LIB_IDENTITY_EMAIL_SCAN_TABLES_
namespace vesica {

// A set of ASCII characters from ' ' on: the bit of a character's high nibble in the entry of its low nibble.
struct NibbleTable {
  alignas(16) uint8_t rows[16] = {};
  template <typename Predicate>
  explicit constexpr NibbleTable(Predicate contains) {
    for (int c = ' '; c < 0x80; ++c) {
      if (contains(static_cast<char>(c))) rows[c & 15] = static_cast<uint8_t>(rows[c & 15] | 1 << ((c >> 4) - 2));
    }
  }
};
inline constexpr NibbleTable kUnbarred([](char c) {
  return c > ' ' && c < 0x7F && std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
});
inline constexpr NibbleTable kAlphanumeric([](char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
});
inline constexpr uint8_t kUpperBits = 1 << (4 - 2) | 1 << (5 - 2);  // 'A'..'Z' among the alphanumeric
alignas(16) inline constexpr uint8_t kHighNibbleBits[16] = {0, 0, 1, 2, 4, 8, 16, 32};

// Indices that move the last k of 16 bytes to the front, and zeros behind them: from entry 16 - k on.
inline constexpr uint8_t kSlide[32] = {0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,
                                       11,   12,   13,   14,   15,   0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                       0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

}  // namespace vesica
#endif

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

void ScanEmailsBest(std::span<const std::string_view> keys, uint8_t* out) { ScanEmailsScalar(keys, out); }

#else

namespace hn = hwy::HWY_NAMESPACE;

using Half = hn::FixedTag<uint8_t, 16>;
#if HWY_MAX_BYTES >= 32 && !HWY_HAVE_SCALABLE
constexpr size_t kChunk = 32;
#else
constexpr size_t kChunk = 16;
#endif
using Tag = hn::FixedTag<uint8_t, kChunk>;

// The last k bytes of a key of at least 16, 1 <= k <= 16, before zeros. `p` is where they begin.
HWY_INLINE hn::VFromD<Half> LoadEnd(const uint8_t* p, size_t k) {
  const Half half;
  return hn::TableLookupBytesOr0(hn::LoadU(half, p + k - 16), hn::LoadU(half, kSlide + 16 - k));
}

// `rest` bytes before zeros, 1 <= rest <= kChunk; the key ends there and has 16 bytes at least, or else 8 and all of
// them are `rest`.
HWY_INLINE hn::VFromD<Tag> LoadRest(const uint8_t* p, size_t rest, size_t size) {
  const Tag tag;
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
  (void)size;
  return hn::MaskedLoad(hn::FirstN(tag, rest), tag, p);
#else
  const Half half;
  hn::VFromD<Half> low;
  if (size < 16) {
    uint64_t words[2];
    std::memcpy(&words[0], p, 8);
    std::memcpy(&words[1], p + size - 8, 8);
    words[1] = size == 8 ? 0 : words[1] >> (8 * (16 - size));
    low = hn::LoadU(half, reinterpret_cast<const uint8_t*>(words));
  } else if (rest > 16) {
    low = hn::LoadU(half, p);
  } else {
    low = LoadEnd(p, rest);
  }
#if HWY_MAX_BYTES >= 32 && !HWY_HAVE_SCALABLE
  if (rest > 16) return hn::Combine(tag, LoadEnd(p + 16, rest - 16), low);
  return hn::ZeroExtendVector(tag, low);
#else
  return low;
#endif
#endif
}

template <typename Mask>
HWY_INLINE uint64_t Bits(Mask mask) {
  uint8_t bytes[8] = {};
  hn::StoreMaskBits(Tag(), mask, bytes);
  uint64_t bits;
  std::memcpy(&bits, bytes, 8);
  return bits;
}

HWY_INLINE uint8_t ScanEmail(std::string_view key) {
  const size_t size = key.size();
  if (size < kMinScan || size > kMaxScan) return kNeedsFullPath;
  const Tag tag;
  const auto* bytes = reinterpret_cast<const uint8_t*>(key.data());
  const auto unbarred_rows = hn::LoadDup128(tag, kUnbarred.rows);
  const auto alphanumeric_rows = hn::LoadDup128(tag, kAlphanumeric.rows);
  const auto high_bits = hn::LoadDup128(tag, kHighNibbleBits);
  const auto zero = hn::Zero(tag);
  uint64_t at = 0, dot = 0, special = 0, barred = 0;
  auto any_alphanumeric = zero;
  for (size_t begin = 0; begin < size; begin += kChunk) {
    const size_t rest = size - begin;
    const auto v = rest > kChunk ? hn::LoadU(tag, bytes + begin) : LoadRest(bytes + begin, rest, size);
    const auto low = hn::And(v, hn::Set(tag, 0x0F));
    const auto high = hn::TableLookupBytes(high_bits, hn::ShiftRight<4>(v));
    const auto alphanumeric = hn::And(hn::TableLookupBytes(alphanumeric_rows, low), high);
    any_alphanumeric = hn::Or(any_alphanumeric, alphanumeric);
    at |= Bits(hn::Eq(v, hn::Set(tag, '@'))) << begin;
    dot |= Bits(hn::Eq(v, hn::Set(tag, '.'))) << begin;
    special |= Bits(hn::Eq(alphanumeric, zero)) << begin;
    barred |= Bits(hn::Eq(hn::And(hn::TableLookupBytes(unbarred_rows, low), high), zero)) << begin;
  }
  const uint64_t valid = ~uint64_t{0} >> (64 - size);
  const uint8_t scan = DecideScan(key.data(), size, at, dot, special & valid, barred & valid);
  const auto upper = hn::And(any_alphanumeric, hn::Set(tag, kUpperBits));
  if (scan == kNeedsFullPath || hn::AllTrue(tag, hn::Eq(upper, zero))) return scan;
  return scan | kHasUpperCase;
}

void ScanEmailsBest(std::span<const std::string_view> keys, uint8_t* out) {
  for (size_t i = 0; i < keys.size(); ++i) out[i] = ScanEmail(keys[i]);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace vesica
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vesica {

HWY_EXPORT(ScanEmailsBest);

void ScanEmails(std::span<const std::string_view> keys, uint8_t* out) {
  HWY_DYNAMIC_DISPATCH(ScanEmailsBest)(keys, out);
}

}  // namespace vesica
#endif
