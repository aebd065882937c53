#include "identity/domain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "identity/idna.h"
#include "tests/identity/golden_file.h"

namespace vesica {
namespace {

using ::testing::IsEmpty;

constexpr uint64_t kPinnedList = 0xDF15D0E4394D15DE;

TEST(Domain, Golden) { testing::ExpectGolden("domain/1", "domain-1.tsv"); }
TEST(Account, Golden) { testing::ExpectGolden("account/1", "account-1.tsv"); }

// What is between the quotes from `*at` on; "null" otherwise.
std::string NextArgument(const std::string& line, size_t* at) {
  const size_t begin = line.find_first_of("'n", *at);
  if (line[begin] == 'n') {
    *at = begin + 4;
    return "null";
  }
  const size_t end = line.find('\'', begin + 1);
  *at = end + 1;
  return line.substr(begin + 1, end - begin - 1);
}

// tests/golden/identity/public_suffix.txt is Debian's copy (package publicsuffix 20230209.2326-1) of the list's own
// test_psl.txt, which is in the public domain (CC0).
TEST(Domain, PublicSuffixVectors) {
  // Rules of the private section, which domain/1 does not use.
  const std::set<std::string> of_private_rules = {"uk.com", "example.uk.com", "b.example.uk.com", "a.b.example.uk.com"};
  const auto profile = Profile::Open("domain/1");
  ASSERT_TRUE(profile.ok());
  std::ifstream in(VESICA_TEST_DATA "/golden/identity/public_suffix.txt");
  std::string line;
  int checked = 0, of_private = 0;
  while (std::getline(in, line)) {
    if (!line.starts_with("checkPublicSuffix(")) continue;
    size_t at = sizeof("checkPublicSuffix(") - 1;
    const std::string host = NextArgument(line, &at);
    std::string expected = NextArgument(line, &at);
    if (host == "null") continue;
    std::string got, expected_ascii;
    const Reason reason = profile->Canonicalize(host, KeyEncoding::kPlain, &got);
    if (of_private_rules.contains(host)) {
      EXPECT_EQ(got, "uk.com") << line;
      ++of_private;
    } else if (expected == "null") {
      EXPECT_NE(reason, Reason::kNone) << line;
    } else {
      Scratch scratch;
      std::string_view ascii;
      ASSERT_EQ(DomainToAscii(expected, scratch, &ascii), Reason::kNone);
      EXPECT_EQ(got, ascii) << line;
    }
    ++checked;
  }
  EXPECT_EQ(checked, 77);
  EXPECT_EQ(of_private, 4);
}

TEST(Domain, FreeMailIsFlagged) {
  const auto profile = Profile::Open("domain/1");
  ASSERT_TRUE(profile.ok());
  Scratch scratch;
  EXPECT_TRUE(profile->canonicalizer().Text("jane@gmail.com", KeyEncoding::kPlain, scratch).free_mail);
  EXPECT_FALSE(profile->canonicalizer().Text("jane@acme.com", KeyEncoding::kPlain, scratch).free_mail);
}

TEST(Account, FreeMailIsCounted) {
  const auto profile = Profile::Open("account/1");
  ASSERT_TRUE(profile.ok());
  Scratch scratch;
  const Canonical canonical = profile->canonicalizer().Text("jane@gmail.com", KeyEncoding::kPlain, scratch);
  EXPECT_EQ(canonical.reason, Reason::kNoAccount);
  EXPECT_TRUE(canonical.free_mail);
  EXPECT_THAT(canonical.bytes, IsEmpty());
}

// The pinned data: another list is another stamp, and needs profiles of a new version once these are released.
TEST(Domain, DataArePinned) {
  EXPECT_EQ(Domain::Fingerprint(), kPinnedList);
  EXPECT_NE(Account::Fingerprint(), Domain::Fingerprint());
}

TEST(Domain, IdempotentOnItsResults) {
  const auto profile = Profile::Open("domain/1");
  ASSERT_TRUE(profile.ok());
  for (const testing::GoldenRow& row : testing::ReadGolden("domain-1.tsv")) {
    if (!row.result.starts_with('=')) continue;
    EXPECT_EQ(testing::Result(*profile, row.result.substr(1)), row.result);
  }
}

TEST(FindHost, KeepsTheHostAsWritten) {
  const auto host = [](std::string_view text) {
    std::string_view found;
    EXPECT_EQ(FindHost(text, &found), Reason::kNone);
    return std::string(found);
  };
  EXPECT_EQ(host("https://User@WWW.Acme.com:1/x"), "WWW.Acme.com");
  EXPECT_EQ(host("1x://acme.com"), "1x");  // no scheme, so a host with an empty port and a path
  EXPECT_EQ(host(""), "");
}

}  // namespace
}  // namespace vesica
