#include "identity/company_name.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "identity/legal_forms.h"
#include "identity/name_fold.h"
#include "identity/utf8.h"
#include "tests/identity/golden_file.h"

namespace vesica {
namespace {

TEST(CompanyName, Golden) { testing::ExpectGolden("company-name/1", "company-name-1.tsv"); }

TEST(CompanyName, IdempotentOnItsResults) {
  const auto profile = Profile::Open("company-name/1");
  ASSERT_TRUE(profile.ok());
  for (const testing::GoldenRow& row : testing::ReadGolden("company-name-1.tsv")) {
    if (!row.result.starts_with('=')) continue;
    EXPECT_EQ(testing::Result(*profile, row.result.substr(1)), row.result);
  }
}

TEST(CompanyName, TheLongestExpansionFits) {
  // U+FDFA becomes 18 characters, four words.
  const auto profile = Profile::Open("company-name/1");
  ASSERT_TRUE(profile.ok());
  std::string key, expected;
  for (int i = 0; i < 341; ++i) {
    key += "\uFDFA";
    expected += "صلى الله عليه وسلم";
  }
  ASSERT_LE(key.size(), kMaxNameBytes);
  EXPECT_EQ(testing::Result(*profile, key), "=" + expected);
}

TEST(LegalForms, LongestFirstAndNeverToNothing) {
  EXPECT_EQ(StripLegalForms("acme sp z o o"), "acme");
  EXPECT_EQ(StripLegalForms("acme limited liability company"), "acme");
  EXPECT_EQ(StripLegalForms("sp z o o"), "sp z o o");
  EXPECT_EQ(StripLegalForms("limited liability company"), "limited liability company");
  EXPECT_EQ(StripLegalForms("有限公司"), "有限公司");
  EXPECT_EQ(StripLegalForms("incacme"), "incacme");
  EXPECT_EQ(StripLegalForms("acmeinc"), "acmeinc");
  EXPECT_EQ(StripLegalForms(""), "");
}

TEST(FoldName, CanonicallyEquivalentNamesFoldAlike) {
  // The iota below and a mark that goes before it, in either order; and composed.
  const std::string_view names[] = {"\u03B1\u0345\u0301", "\u03B1\u0301\u0345", "\u1FB4", "\u1FB3\u0301",
                                    "\u0391\u0301\u0345"};
  FoldedName first;
  ASSERT_EQ(FoldName(names[0], &first), Reason::kNone);
  EXPECT_EQ(first, (FoldedName{0x3AC, 0x3B9}));
  for (std::string_view name : names) {
    FoldedName folded;
    ASSERT_EQ(FoldName(name, &folded), Reason::kNone);
    EXPECT_EQ(folded, first);
  }
}

TEST(FoldName, EveryCodePointIsFoldedOrRefused) {
  uint32_t refused = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char utf8[4];
    char* end = PutCodePoint(c, utf8);
    FoldedName folded, again;
    if (FoldName({utf8, static_cast<size_t>(end - utf8)}, &folded) != Reason::kNone) {
      ++refused;
      continue;
    }
    std::string text;
    for (const char32_t f : folded) text.append(utf8, PutCodePoint(f, utf8));
    ASSERT_EQ(FoldName(text, &again), Reason::kNone);
    EXPECT_EQ(folded, again) << std::hex << static_cast<uint32_t>(c);
  }
  // Unicode 14.0: 1,114,112 code points less 2,048 surrogates, less 144,697 characters and 65 controls.
  EXPECT_EQ(refused, 1114112u - 2048 - 144697 - 65);
}

}  // namespace
}  // namespace vesica
