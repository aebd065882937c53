#include "identity/free_mail.h"

#include <gtest/gtest.h>

#include <bit>
#include <fstream>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "identity/word_set.h"

namespace vesica {
namespace {

// The list as it is written, read by other means than the library's.
struct NaiveList {
  std::set<std::string> domains;
  std::vector<std::string> patterns;
  std::vector<std::regex> expressions;

  NaiveList() {
    std::ifstream file(std::string(VESICA_TEST_DATA) + "/../data/free_mail_domains.txt");
    std::string line;
    while (std::getline(file, line)) {
      if (line.empty() || line[0] == '#') continue;
      if (line.find('*') == std::string::npos) {
        domains.insert(line);
        continue;
      }
      patterns.push_back(line);
      std::string expression;
      for (const char c : line) expression += c == '*' ? "[^.]*" : c == '.' ? "\\." : std::string(1, c);
      expressions.emplace_back(expression);
    }
  }
  bool Contains(const std::string& domain) const {
    if (domains.contains(domain)) return true;
    for (const std::regex& expression : expressions) {
      if (std::regex_match(domain, expression)) return true;
    }
    return false;
  }
};

TEST(FreeMail, HoldsEveryDomainOfTheList) {
  const NaiveList naive;
  EXPECT_EQ(naive.domains.size(), 2553u);
  EXPECT_EQ(naive.patterns.size(), 29u);
  for (const std::string& domain : naive.domains) EXPECT_TRUE(IsFreeMail(domain)) << domain;
}

TEST(FreeMail, EqualsTheNaiveListOnGeneratedDomains) {
  const NaiveList naive;
  std::mt19937_64 random(3);
  std::vector<std::string> seeds(naive.domains.begin(), naive.domains.end());
  for (const std::string& pattern : naive.patterns) {
    for (int copies = 0; copies < 30; ++copies) seeds.push_back(pattern);
  }
  static constexpr std::string_view kFills[] = {"com", "de", "x", "", "mail", "co.uk", "museum", "uk", "1-2"};
  int found = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string domain = seeds[random() % seeds.size()];
    for (size_t star; (star = domain.find('*')) != std::string::npos;) domain.replace(star, 1, kFills[random() % 9]);
    switch (random() % 6) {
      case 0:
        domain.insert(random() % (domain.size() + 1), 1, "abcxyz.-"[random() % 8]);
        break;
      case 1:
        domain.erase(random() % domain.size(), 1);
        break;
      case 2:
        domain = "mail." + domain;
        break;
      case 3:
        domain += ".com";
        break;
      default:
        break;
    }
    const bool expected = naive.Contains(domain);
    ASSERT_EQ(IsFreeMail(domain), expected) << domain;
    found += expected;
    for (const std::string local : {"j", "hr", "ann", "marketing", "a-very-long-local-part"}) {
      const std::string address = local + "@" + domain;
      if (address.size() > 60 || domain.size() < 4) continue;
      const std::string bytes = "0123456789abcdef" + address;
      const uint16_t offsets[] = {16, static_cast<uint16_t>(bytes.size())};
      const auto local_size = static_cast<uint8_t>(local.size());
      uint8_t flags = 0;
      AddressLists::Get().LookRun({bytes.data(), offsets, 1}, &local_size, &flags);
      ASSERT_EQ((flags & kRunFreeMail) != 0, expected) << domain;
      ASSERT_EQ((flags & kRunRole) != 0, local == "marketing" || local == "hr");
    }
  }
  EXPECT_GT(found, 20000);
  EXPECT_LT(found, 50000);
}

TEST(FreeMail, IsPinned) {
  EXPECT_EQ(FreeMailFingerprint(), AddressLists::Get().fingerprint());
  // SHA-256 of data/free_mail_domains.txt begins so; account/1 changes with it.
  EXPECT_EQ(FreeMailFingerprint(), 0xEF992553D5349344) << std::hex << FreeMailFingerprint();
}

TEST(Role, IsExact) {
  const AddressLists& lists = AddressLists::Get();
  for (const char* role :
       {"info",   "marketing", "sales",     "support", "abuse", "noc",  "security",       "postmaster", "hostmaster",
        "usenet", "news",      "webmaster", "www",     "uucp",  "ftp",  "admin",          "contact",    "office",
        "hello",  "noreply",   "no-reply",  "billing", "hr",    "jobs", "accountspayable"}) {
    EXPECT_TRUE(lists.IsRole(role)) << role;
    EXPECT_FALSE(lists.IsRole(std::string(role) + "x")) << role;
    EXPECT_FALSE(lists.IsRole("x" + std::string(role))) << role;
    EXPECT_FALSE(lists.IsRole(std::string_view(role).substr(1))) << role;
  }
  EXPECT_FALSE(lists.IsRole(""));
  EXPECT_FALSE(lists.IsRole(std::string_view("info\0", 5)));
  EXPECT_FALSE(IsFreeMail(std::string_view("\0gmail.com", 10)));
}

TEST(WordSet, HoldsWhatItWasGivenAndNothingElse) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 50; ++round) {
    std::vector<Words> words(random() % 190);
    for (Words& w : words) w = {random() % 3 == 0 ? 0 : random(), random() % 7};
    const WordSet<8> set(words);
    const std::set<Words> model(words.begin(), words.end());
    for (const Words& w : words) {
      EXPECT_TRUE(set.Contains(w));
      const Words near = {w.lo ^ uint64_t{1} << random() % 64, w.hi};
      EXPECT_EQ(set.Contains(near), model.contains(near));
    }
  }
}

// Words that no seed tells apart by hash, and more words than slots, are found all the same.
TEST(WordSet, HoldsAnyWords) {
  std::mt19937_64 random(12);
  std::vector<Words> alike, many;
  for (uint64_t i = 1; i <= 20; ++i) {
    const uint64_t hi = random();
    alike.push_back({std::rotl(hi, 24) ^ 7, hi});
  }
  for (int i = 0; i < 1000; ++i) many.push_back({random(), random()});
  for (const std::vector<Words>& words : {alike, many}) {
    const WordSet<8> set(words);
    EXPECT_GT(set.unplaced(), 0u);
    for (const Words& w : words) {
      EXPECT_TRUE(set.Contains(w));
      EXPECT_FALSE(set.Contains({w.lo + 1, w.hi}));
    }
  }
}

}  // namespace
}  // namespace vesica
