// Keys whose 64-bit hashes agree, made by running XXH3 backwards: what the byte-checked count is for.
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

// XXH3 of 4 to 8 bytes is one to one for each length: it mixes `word ^ constant`, where the word is made of the first
// and the last four bytes. This undoes the mixing (XXH3 specification, "XXH3_len_4to8").
uint64_t Unmix(uint64_t hash, uint64_t length) {
  constexpr uint64_t kPrime = 0x9FB21C651E98DF25;
  uint64_t inverse = kPrime;  // of an odd number modulo 2^64, by Newton's method
  for (int i = 0; i < 6; ++i) inverse *= 2 - kPrime * inverse;
  hash ^= hash >> 28 ^ hash >> 56;
  hash *= inverse;
  hash ^= (hash >> 35) + length;
  hash *= inverse;
  // x ^ rotl(x, 49) ^ rotl(x, 24) is linear, and its 64th power is the identity.
  for (int i = 0; i < 63; ++i) hash ^= std::rotl(hash, 49) ^ std::rotl(hash, 24);
  return hash;
}

uint64_t Word(const std::string& key) {
  uint32_t first, last;
  std::memcpy(&first, key.data(), 4);
  std::memcpy(&last, key.data() + key.size() - 4, 4);
  return last + (uint64_t{first} << 32);
}

// A key of 8 bytes and one of 7 with the same hash under `identity` (raw/1).
std::pair<std::string, std::string> Collision(const Identity& identity, std::mt19937_64& random) {
  const std::string probe = "12345678";
  const uint64_t constant = Unmix(identity.Hash(probe).hi, 8) ^ Word(probe);
  while (true) {
    const uint64_t bits = random();
    std::string eight(8, '\0');
    std::memcpy(eight.data(), &bits, 8);
    const uint64_t word = Unmix(identity.Hash(eight).hi, 7) ^ constant;
    const uint32_t first = static_cast<uint32_t>(word >> 32), last = static_cast<uint32_t>(word);
    if (first >> 24 != (last & 0xFF)) continue;  // the fourth byte is in both
    std::string seven(7, '\0');
    std::memcpy(seven.data(), &first, 4);
    std::memcpy(seven.data() + 3, &last, 4);
    return {eight, seven};
  }
}

Regions Count(const std::vector<std::vector<std::string>>& sets, const Identity& identity, bool byte_checked) {
  std::vector<std::vector<KeySpan>> spans(sets.size());
  std::vector<std::unique_ptr<ColumnsSource>> sources;
  std::vector<const KeySource*> pointers;
  for (size_t i = 0; i < sets.size(); ++i) {
    for (const std::string& key : sets[i]) spans[i].push_back({key.data(), key.size()});
    sources.push_back(std::make_unique<ColumnsSource>(std::vector<KeyColumn>{ColumnFromSpans(spans[i])}));
    pointers.push_back(sources.back().get());
  }
  Context context = Context::Create({}).value();
  return CountRegions(pointers, identity, {.byte_checked = byte_checked}, context).value();
}

TEST(Collision, ByteCheckedCountTellsKeysOfOneHashApart) {
  const Profile profile = Profile::Open("raw/1").value();
  const Identity identity = Identity::Create(profile).value();
  std::mt19937_64 random(20261121);
  std::vector<std::vector<std::string>> sets(2);
  for (int i = 0; i < 50; ++i) {
    const auto [eight, seven] = Collision(identity, random);
    ASSERT_EQ(identity.Hash(eight), identity.Hash(seven));
    sets[0].push_back(eight);
    sets[1].push_back(seven);
    sets[1].push_back("plain " + std::to_string(i));
    sets[0].push_back("plain " + std::to_string(i));
  }
  // Hashes alone take each pair for one key in both sets.
  EXPECT_EQ(Count(sets, identity, false).counts, (std::vector<uint64_t>{0, 0, 0, 100}));
  // The bytes tell: 50 keys of each set alone, and the 50 plain ones of both.
  EXPECT_EQ(Count(sets, identity, true).counts, (std::vector<uint64_t>{0, 50, 50, 50}));
  // So do 128 bits, and a secret.
  const Identity wide = Identity::Create(profile, HashWidth::k128).value();
  EXPECT_EQ(Count(sets, wide, false).counts, (std::vector<uint64_t>{0, 50, 50, 50}));
  const std::array<uint8_t, 16> secret = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  const Identity keyed = Identity::Create(profile, HashWidth::k64, secret).value();
  EXPECT_EQ(Count(sets, keyed, false).counts, (std::vector<uint64_t>{0, 50, 50, 50}));
}

}  // namespace
}  // namespace vesica
