#ifndef VESICA_BENCH_KEYS_H_
#define VESICA_BENCH_KEYS_H_

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "vesica/keys.h"

namespace vesica {

// The keys of all benchmarks: lower-case e-mail addresses of 18 to 26 bytes, one a number below 2^40.
inline void AppendAddress(uint64_t number, std::string* out) {
  static constexpr std::string_view kDomains[] = {"gmail.com",  "yahoo.com", "hotmail.com", "outlook.com",
                                                  "icloud.com", "aol.com",   "proton.me",   "live.com"};
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz234567";
  uint64_t mixed = number * 0x9E3779B97F4A7C15;
  mixed ^= mixed >> 29;
  const std::string_view domain = kDomains[mixed % std::size(kDomains)];
  const size_t size = 18 + (mixed >> 8) % 9;
  for (size_t i = 9 + domain.size(); i < size; ++i) out->push_back(kLetters[(mixed >> (4 * i % 60)) % 16]);
  uint64_t digits = number * 0x9E3779B97F & 0xFFFFFFFFFF;  // odd: one to one on 40 bits
  for (int i = 0; i < 8; ++i, digits >>= 5) out->push_back(kLetters[digits % 32]);
  out->push_back('@');
  out->append(domain);
}

// A text column that owns its bytes.
struct TextColumn {
  std::string bytes;
  std::vector<uint32_t> offsets{0};

  uint64_t rows() const { return offsets.size() - 1; }
  std::string_view key(uint64_t row) const {
    return std::string_view(bytes).substr(offsets[row], offsets[row + 1] - offsets[row]);
  }
  KeyColumn column() const {
    KeyColumn column;
    column.layout = KeyLayout::kOffsets32;
    column.length = rows();
    column.data = bytes.data();
    column.offsets = offsets.data();
    return column;
  }
};

// `rows` rows in random order, a tenth of them repeated, of the distinct numbers given.
inline TextColumn AddressColumn(std::vector<uint32_t> numbers, uint64_t rows, uint64_t seed) {
  std::mt19937_64 random(seed);
  const size_t distinct = numbers.size();
  while (numbers.size() < rows) numbers.push_back(numbers[random() % distinct]);
  std::shuffle(numbers.begin(), numbers.end(), random);
  TextColumn column;
  column.bytes.reserve(rows * 23);
  column.offsets.reserve(rows + 1);
  for (const uint32_t number : numbers) {
    AppendAddress(number, &column.bytes);
    column.offsets.push_back(static_cast<uint32_t>(column.bytes.size()));
  }
  return column;
}

// Two lists that share 16 % of the distinct keys of the smaller.
inline std::vector<TextColumn> TwoLists(uint64_t rows_a, uint64_t rows_b) {
  const uint64_t distinct_a = rows_a * 9 / 10, distinct_b = rows_b * 9 / 10;
  const uint64_t shared = std::min(distinct_a, distinct_b) * 16 / 100;
  std::vector<uint32_t> a(distinct_a), b(distinct_b);
  std::iota(a.begin(), a.end(), 0u);
  std::iota(b.begin(), b.end(), static_cast<uint32_t>(distinct_a - shared));
  std::vector<TextColumn> lists;
  lists.push_back(AddressColumn(std::move(a), rows_a, 1));
  lists.push_back(AddressColumn(std::move(b), rows_b, 2));
  return lists;
}

// `count` lists, each a random 16 % of one universe.
inline std::vector<TextColumn> ManyLists(int count, uint64_t rows) {
  const uint64_t distinct = rows * 9 / 10;
  const uint64_t universe = distinct * 100 / 16;
  std::vector<TextColumn> lists;
  for (int i = 0; i < count; ++i) {
    std::mt19937_64 random(100 + i);
    std::vector<uint32_t> numbers;
    for (uint32_t number = 0; number < universe; ++number) {
      if (random() % 100 < 16) numbers.push_back(number);
    }
    lists.push_back(AddressColumn(numbers, numbers.size() * 10 / 9, 10 + i));
  }
  return lists;
}

}  // namespace vesica

#endif  // VESICA_BENCH_KEYS_H_
