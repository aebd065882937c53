#include "alignment/hash_slice.h"

#include <charconv>

namespace vesica {
namespace {

// A number without sign, zeros before it or anything else; 0 if it is none.
uint32_t ParseNumber(std::string_view text) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.starts_with('0');
  return whole ? number : 0;
}

}  // namespace

std::optional<HashSlice> HashSlice::Parse(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const uint32_t number = ParseNumber(text.substr(0, slash)), count = ParseNumber(text.substr(slash + 1));
  if (number == 0 || number > count || count > kMostSlices) return std::nullopt;
  return HashSlice(number - 1, count);
}

// The first hash of slice i is the smallest whose product with the count reaches i * 2^64.
HashRange HashSlice::range() const {
  const auto first = [&](uint32_t index) {
    return ((static_cast<unsigned __int128>(index) << 64) + count_ - 1) / count_;
  };
  return {static_cast<uint64_t>(first(index_)), static_cast<uint64_t>(first(index_ + 1) - 1)};
}

}  // namespace vesica
