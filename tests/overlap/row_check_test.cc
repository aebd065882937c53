#include "overlap/row_check.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

// Sizes on both sides of what a word can hold, and empty rows between them.
std::vector<std::string> Keys() {
  std::vector<std::string> keys;
  for (const size_t size : {1, 0, 0, 22, 4094, 4095, 0, 4096, 100'000, 7}) keys.emplace_back(size, 'k');
  return keys;
}

template <class Offset>
struct Text {
  explicit Text(const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
      bytes += key;
      offsets.push_back(static_cast<Offset>(bytes.size()));
    }
  }
  KeyColumn column() const {
    KeyColumn column;
    column.layout = sizeof(Offset) == 4 ? KeyLayout::kOffsets32 : KeyLayout::kOffsets64;
    column.length = offsets.size() - 1;
    column.data = bytes.data();
    column.offsets = offsets.data();
    return column;
  }
  std::string bytes = "before the first key";
  std::vector<Offset> offsets{static_cast<Offset>(bytes.size())};
};

struct Words {
  Words(const RowCheck& check, uint32_t set, uint64_t rows) : words(rows) {
    std::vector<uint32_t> numbers(rows);
    std::iota(numbers.begin(), numbers.end(), 0u);
    check.NameRows(set, 0, numbers, words.data());
  }
  std::vector<uint64_t> words;
};

TEST(RowCheck, WordsLeadToTheirKeysInEveryLayout) {
  const std::vector<std::string> keys = Keys();
  const Text<int32_t> small(keys);
  const Text<int64_t> large(keys);
  std::vector<KeySpan> spans;
  for (const std::string& key : keys) spans.push_back({key.data(), key.size()});
  std::vector<int32_t> indices(keys.size());
  std::iota(indices.begin(), indices.end(), 0);
  KeyColumn dictionary;
  dictionary.layout = KeyLayout::kDictionary;
  dictionary.integer_width = 4;
  dictionary.length = indices.size();
  dictionary.data = indices.data();
  dictionary.dictionary = std::make_shared<const KeyColumn>(small.column());

  std::vector<std::unique_ptr<ColumnsSource>> sources;
  std::vector<const KeySource*> pointers;
  for (const KeyColumn& column : {small.column(), large.column(), ColumnFromSpans(spans), dictionary}) {
    sources.push_back(std::make_unique<ColumnsSource>(std::vector<KeyColumn>{column}));
    pointers.push_back(sources.back().get());
  }
  const RowCheck check = RowCheck::Create(pointers).value();
  KeyHasher hasher(Identity::Create(Profile::Open("raw/1").value()).value());
  std::vector<Words> named;
  for (uint32_t set = 0; set < pointers.size(); ++set) named.emplace_back(check, set, keys.size());

  for (uint32_t set = 0; set < pointers.size(); ++set) {
    for (size_t row = 0; row < keys.size(); ++row) {
      if (keys[row].empty()) continue;
      RowCheck::ByteSets found;
      check.Insert(named[set].words[row], 1, hasher, &found);
      EXPECT_EQ(found, (RowCheck::ByteSets{{keys[row], 2}}));
      for (uint32_t other = 0; other < pointers.size(); ++other) {
        for (size_t other_row = 0; other_row < keys.size(); ++other_row) {
          if (keys[other_row].empty()) continue;
          const RowPair pair{named[set].words[row], named[other].words[other_row]};
          EXPECT_EQ(check.AllSame({&pair, 1}, hasher), keys[row] == keys[other_row])
              << set << row << other << other_row;
        }
      }
    }
  }
}

// One pair of many that differs is found wherever it stands.
TEST(RowCheck, FindsTheOnePairThatDiffers) {
  std::vector<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.push_back("key " + std::to_string(i));
  const Text<int32_t> text(keys);
  const ColumnsSource source({text.column()});
  const std::vector<const KeySource*> pointers = {&source};
  const RowCheck check = RowCheck::Create(pointers).value();
  KeyHasher hasher(Identity::Create(Profile::Open("raw/1").value()).value());
  const Words named(check, 0, keys.size());
  std::vector<RowPair> pairs;
  for (const uint64_t word : named.words) pairs.push_back({word, word});
  for (size_t size = 0; size <= pairs.size(); ++size) EXPECT_TRUE(check.AllSame({pairs.data(), size}, hasher));
  for (size_t i = 0; i < pairs.size(); ++i) {
    std::vector<RowPair> differ = pairs;
    differ[i].row = named.words[(i + 1) % named.words.size()];
    EXPECT_FALSE(check.AllSame(differ, hasher));
  }
}

// Positions that a word cannot hold: 2^28 bytes lie between the first key and the last.
TEST(RowCheck, ShardsOfMuchText) {
  constexpr size_t kFar = size_t{1} << 28;
  const std::unique_ptr<char, decltype(&std::free)> bytes(static_cast<char*>(std::calloc(kFar + 6, 1)), &std::free);
  ASSERT_NE(bytes, nullptr);
  std::memcpy(bytes.get(), "key", 3);
  std::memcpy(bytes.get() + kFar, "keykey", 6);
  const int64_t offsets[] = {0, 3, kFar, kFar + 3, kFar + 6};
  KeyColumn column;
  column.layout = KeyLayout::kOffsets64;
  column.length = 4;
  column.data = bytes.get();
  column.offsets = offsets;
  const ColumnsSource source({column});
  const std::vector<const KeySource*> pointers = {&source};
  const RowCheck check = RowCheck::Create(pointers).value();
  KeyHasher hasher(Identity::Create(Profile::Open("raw/1").value()).value());
  const Words named(check, 0, 4);
  const RowPair same[] = {{named.words[0], named.words[2]}, {named.words[2], named.words[3]}};
  EXPECT_TRUE(check.AllSame(same, hasher));
  const RowPair differ[] = {{named.words[0], named.words[1]}};
  EXPECT_FALSE(check.AllSame(differ, hasher));
}

}  // namespace
}  // namespace vesica
