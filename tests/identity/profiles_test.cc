#include "identity/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <string>

#include "vesica/identity.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string CountryFor(const ProfileInfo& info) { return info.needs_country ? "EE" : ""; }

TEST(Profiles, EveryOneOpensUnderItsNameAndHasAGoldenFile) {
  std::set<std::string> names;
  for (const ProfileInfo& info : Profiles()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_NE(std::string(info.summary), "");
    EXPECT_NE(std::string(info.source), "");
    const auto profile = Profile::Open(info.name, CountryFor(info));
    ASSERT_TRUE(profile.ok()) << info.name << profile.status();
    EXPECT_EQ(&profile->info(), &info);
    EXPECT_EQ(profile->id(), std::string(info.name) + (info.needs_country ? ";country=EE" : ""));
    std::string file = info.name;
    std::replace(file.begin(), file.end(), '/', '-');
    EXPECT_TRUE(std::filesystem::exists(std::string(VESICA_TEST_DATA) + "/golden/identity/" + file + ".tsv")) << file;
  }
  EXPECT_EQ(Profiles().front().name, std::string("email/1"));
}

TEST(Profiles, NamesAndCountriesThatAreNoneAreRefused) {
  for (const char* name : {"", "email", "email/2", "EMAIL/1", "email/1 "}) {
    const auto profile = Profile::Open(name);
    EXPECT_EQ(GetErrorInfo(profile.status()).code, ErrorCode::kInvalidArgument) << name;
  }
  EXPECT_EQ(GetErrorInfo(Profile::Open("email/1", "EE").status()).code, ErrorCode::kInvalidArgument);
  for (const char* country : {"", "E", "EST", "1E", "\xC3\x84", "ZZ"}) {
    const auto profile = Profile::Open("phone-digits/1", country);
    EXPECT_EQ(GetErrorInfo(profile.status()).code, ErrorCode::kInvalidArgument) << country;
  }
  EXPECT_EQ(Profile::Open("phone-digits/1", "ee")->id(), "phone-digits/1;country=EE");
}

TEST(Profiles, DigestProfilesAgreeWithTheirCanonicalizers) {
  for (const ProfileInfo& info : Profiles()) {
    const Profile profile = *Profile::Open(info.name, CountryFor(info));
    EXPECT_EQ(profile.canonicalizer().takes_digests(), info.digest) << info.name;
    EXPECT_EQ(profile.canonicalizer().takes_encoding(KeyEncoding::kHex), info.digest) << info.name;
    EXPECT_EQ(profile.canonicalizer().takes_encoding(KeyEncoding::kBase64), info.digest) << info.name;
    EXPECT_TRUE(profile.canonicalizer().takes_encoding(KeyEncoding::kPlain)) << info.name;
  }
}

TEST(Profiles, CanonicalizeLeavesNothingBehindOnFailure) {
  std::string out = "before";
  EXPECT_EQ(Profile::Open("email/1")->Canonicalize("nobody", KeyEncoding::kPlain, &out), Reason::kNoAt);
  EXPECT_EQ(out, "");
  EXPECT_EQ(Profile::Open("email/1")->Canonicalize("a@b.com", KeyEncoding::kHex, &out), Reason::kEncoding);
  EXPECT_EQ(Profile::Open("email/1")->Canonicalize("A@b.com", KeyEncoding::kPlain, &out), Reason::kNone);
  EXPECT_EQ(out, "a@b.com");
}

TEST(ReasonText, SaysSomethingDifferentOfEach) {
  std::set<std::string_view> texts;
  for (size_t i = 0; i < kReasonCount; ++i) {
    EXPECT_TRUE(texts.insert(ReasonText(static_cast<Reason>(i))).second) << i;
    EXPECT_THAT(std::string(ReasonText(static_cast<Reason>(i))), Not(HasSubstr("unknown")));
  }
  EXPECT_EQ(ReasonText(static_cast<Reason>(200)), "unknown reason");
}

TEST(InvalidRows, KeepTheSmallestRowsInAnyOrder) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<uint64_t> rows(random() % 20);
    for (uint64_t i = 0; i < rows.size(); ++i) rows[i] = 10 * i + 1;
    Quality::InvalidRows one, halves[2];
    std::vector<uint64_t> expected = rows;
    expected.resize(8, kNoRow);
    std::shuffle(rows.begin(), rows.end(), random);
    for (const uint64_t row : rows) {
      one.Add(row);
      halves[random() % 2].Add(row);
    }
    halves[0].Merge(halves[1]);
    EXPECT_THAT(one.first_rows, ::testing::ElementsAreArray(expected));
    EXPECT_EQ(halves[0].first_rows, one.first_rows);
    EXPECT_EQ(halves[0].rows, rows.size());
  }
}

TEST(Quality, MergeAddsUp) {
  Quality a, b;
  a.rows = 10, a.blank = 1, a.valid = 7, a.free_mail = 3, a.role = 2;
  a.reasons[2].Add(4), a.reasons[2].Add(9);
  b.rows = 5, b.blank = 2, b.valid = 2, b.free_mail = 1;
  b.reasons[2].Add(11);
  a.Merge(b);
  EXPECT_EQ(a.rows, 15u);
  EXPECT_EQ(a.blank, 3u);
  EXPECT_EQ(a.invalid(), 3u);
  EXPECT_EQ(a.free_mail, 4u);
  EXPECT_EQ(a.role, 2u);
  EXPECT_EQ(a.reasons[2].rows, 3u);
  EXPECT_EQ(a.reasons[2].first_rows[2], 11u);
}

TEST(Scratch, NeverMovesWhatWasTaken) {
  Scratch scratch;
  for (int batch = 0; batch < 3; ++batch) {
    scratch.Reset();
    std::mt19937 random(batch);
    std::vector<std::pair<char*, size_t>> taken;
    for (int i = 0; i < 500; ++i) {
      const size_t size = i % 97 == 0 ? 70000 : random() % 500, used = size / 2;
      char* bytes = scratch.Take(size);
      std::fill_n(bytes, size, static_cast<char>(i));
      if (i % 2 == 0) scratch.GiveBack(bytes + used);
      taken.push_back({bytes, i % 2 == 0 ? used : size});
    }
    for (int i = 0; i < 500; ++i) {
      EXPECT_TRUE(std::all_of(taken[i].first, taken[i].first + taken[i].second,
                              [&](char c) { return c == static_cast<char>(i); }));
    }
  }
}

TEST(Integers, TakeIntegersAndRawTakesNone) {
  EXPECT_TRUE(Profile::Open("int64/1")->canonicalizer().takes_integers());
  EXPECT_FALSE(Profile::Open("raw/1")->canonicalizer().takes_integers());
  EXPECT_TRUE(Profile::Open("raw/1")->canonicalizer().is_raw());
  EXPECT_FALSE(Profile::Open("email/1")->canonicalizer().is_raw());
}

}  // namespace
}  // namespace vesica
