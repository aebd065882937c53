#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/endian.h"
#include "identity/free_mail.h"

namespace vesica {
namespace {

// masks[n] keeps the last n of 16 bytes, all of them from 16 on; words in the machine's byte order.
constexpr auto kTailMasks = [] {
  std::array<std::array<uint64_t, 64>, 2> masks{};
  for (size_t n = 0; n < 64; ++n) {
    for (size_t word = 0; word < 2; ++word) {
      std::array<uint8_t, 8> bytes{};
      for (size_t i = 0; i < 8; ++i) bytes[i] = 8 * word + i + n >= 16 ? 0xFF : 0;
      masks[word][n] = std::bit_cast<uint64_t>(bytes);
    }
  }
  return masks;
}();

// Asks memory for a cache line that may be needed, wherever it is. Scans outrun what the processor foresees by itself:
// it stops at pages.
inline void Prefetch(const char* from, size_t ahead) {
#if defined(__GNUC__)
  __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(from) + ahead));
#endif
}

}  // namespace

// Loops that are short and without a branch: the processor then works at many addresses at once, and mixed lists cost
// no mispredictions. What they cannot tell is rare and looked at again.
void AddressLists::LookStretch(const KeyRun& run, size_t ahead, const uint8_t* local_sizes, uint8_t* flags) const {
  const char* const bytes = run.bytes;
  const uint16_t* const offsets = run.offsets;
  const size_t count = run.count;
  std::array<uint8_t, kMaxRun> domain_sizes, found, maybe_pattern, unsure;
  for (size_t i = 0; i < count; ++i) {
    domain_sizes[i] = static_cast<uint8_t>(offsets[i + 1] - offsets[i] - local_sizes[i] - 1);
  }
  for (size_t i = 0; i < count; ++i) {
    const char* end = bytes + offsets[i + 1];
    const size_t size = domain_sizes[i];
    Prefetch(end, ahead);
    found[i] = free_mail_.Placed(
        {Load<uint64_t>(end - 16) & kTailMasks[0][size], Load<uint64_t>(end - 8) & kTailMasks[1][size]});
  }
  for (size_t i = 0; i < count; ++i) {
    const char* end = bytes + offsets[i + 1];
    maybe_pattern[i] = pattern_starts_[Hash(Load<uint32_t>(end - domain_sizes[i])) >> 20] |
                       pattern_ends_[Hash(Load<uint32_t>(end - 8)) >> 20];
    const uint32_t sizes = role_sizes_[Hash(Load<uint32_t>(bytes + offsets[i])) >> 22];
    unsure[i] = static_cast<uint8_t>(sizes >> local_sizes[i] % 32 & 1);
  }
  for (size_t i = 0; i < count; ++i) {
    const auto if_found = static_cast<uint8_t>(0 - found[i]);
    const auto is_long = static_cast<uint8_t>(domain_sizes[i] & 0xF0);
    unsure[i] = static_cast<uint8_t>(unsure[i] | (is_long & if_found) | (maybe_pattern[i] & ~if_found));
    flags[i] = found[i];
  }
  for (size_t i = 0; i < count; ++i) {
    if (unsure[i] == 0) [[likely]]
      continue;
    const size_t size = static_cast<size_t>(offsets[i + 1] - offsets[i]);
    const Flags looked = Look({bytes + offsets[i], size}, local_sizes[i]);
    flags[i] = static_cast<uint8_t>((looked.free_mail ? kRunFreeMail : 0) | (looked.role ? kRunRole : 0));
  }
}

void AddressLists::LookRun(const KeyRun& run, const uint8_t* local_sizes, uint8_t* flags) const {
  const size_t ahead = run.offsets[run.count] - run.offsets[0];  // where the next run is likely to be
  for (size_t begin = 0, end; begin < run.count; begin = end) {
    end = begin;
    while (end < run.count && flags[end] == 0) ++end;
    LookStretch({run.bytes, run.offsets + begin, end - begin}, ahead, local_sizes + begin, flags + begin);
    while (end < run.count && flags[end] != 0) ++end;
  }
}

}  // namespace vesica
