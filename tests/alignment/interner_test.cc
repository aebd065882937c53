#include "alignment/interner.h"

#include <map>
#include <random>
#include <string>

#include "gtest/gtest.h"

namespace vesica {
namespace {

// Strings of every size around those that words of 2, 4, 8, 16 and 32 bytes tell apart, which differ in one byte.
std::string NextString(std::mt19937_64& random) {
  std::string text(random() % 40, 'a');
  if (!text.empty()) text[random() % text.size()] = static_cast<char>('a' + random() % 3);
  return text;
}

TEST(Interner, NumbersStringsAsTheyCome) {
  std::mt19937_64 random(1);
  Interner interner;
  std::map<std::string, uint32_t> model;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = NextString(random);
    const uint32_t id = model.emplace(text, static_cast<uint32_t>(model.size())).first->second;
    ASSERT_EQ(interner.Intern(text), id);
    ASSERT_EQ(interner[id], text);
    ASSERT_EQ(interner.Find(text), id);
  }
  EXPECT_EQ(interner.size(), model.size());
  EXPECT_EQ(interner.Find("never seen"), kNoId);
}

TEST(Interner, NumbersManyAsItNumbersEach) {
  std::mt19937_64 random(2);
  Interner together, one_by_one;
  for (int batch = 0; batch < 200; ++batch) {
    std::vector<std::string> texts(random() % 300);
    for (std::string& text : texts) text = NextString(random);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<uint32_t> ids(views.size());
    together.InternAll(views, ids.data());
    // What was met before has its number, however many are new in between.
    for (size_t i = 0; i < views.size(); ++i) {
      ASSERT_EQ(ids[i], views[i].empty() ? kNoId : together.Find(views[i]));
      if (views[i].empty()) continue;
      ASSERT_EQ(together[ids[i]], views[i]);
      one_by_one.Intern(views[i]);
    }
    ASSERT_EQ(together.size(), one_by_one.size());
  }
}

TEST(Ranking, RanksTheStringsOfSeveralInterners) {
  Interner a, b;
  for (const char* text : {"pear", "apple", ""}) a.Intern(text);
  for (const char* text : {"fig", "pear"}) b.Intern(text);
  const Ranking ranking({&a, &b});
  ASSERT_EQ(ranking.size(), 4);
  EXPECT_EQ(ranking[0], "");
  EXPECT_EQ(ranking.Of(0, a.Find("apple")), 1);
  EXPECT_EQ(ranking.Of(1, b.Find("fig")), 2);
  EXPECT_EQ(ranking.Of(0, a.Find("pear")), ranking.Of(1, b.Find("pear")));
  EXPECT_EQ(ranking.Of(1, kNoId), kNoId);
}

}  // namespace
}  // namespace vesica
