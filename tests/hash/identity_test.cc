#include <gmock/gmock.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "vesica/hash.h"
#include "vesica/status.h"

namespace vesica {
namespace {

std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; hex != "-" && i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

std::span<const uint8_t> Bytes(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

Identity MakeIdentity(const std::string& profile, HashWidth width = HashWidth::k64, const std::string& secret = {}) {
  return Identity::Create(Profile::Open(profile).value(), width, Bytes(secret)).value();
}

// The figures of tests/golden/hash.tsv come from other implementations: see tests/hash/make_golden.py.
TEST(IdentityGolden, HashesAreThoseOfOtherImplementations) {
  std::ifstream file(VESICA_TEST_DATA "/golden/hash.tsv");
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    SCOPED_TRACE(line.substr(0, 80));
    std::istringstream fields(line);
    std::string profile, secret, canonical, hi64, hi128, lo128, fingerprint;
    fields >> profile >> secret >> canonical >> hi64 >> hi128 >> lo128 >> fingerprint;
    const Identity narrow = MakeIdentity(profile, HashWidth::k64, FromHex(secret));
    const Identity wide = MakeIdentity(profile, HashWidth::k128, FromHex(secret));
    const auto figure = [](const std::string& hex) { return uint64_t{std::stoull(hex, nullptr, 16)}; };
    EXPECT_EQ(narrow.Hash(FromHex(canonical)), (KeyHash{figure(hi64), 0}));
    EXPECT_EQ(wide.Hash(FromHex(canonical)), (KeyHash{figure(hi128), figure(lo128)}));
    EXPECT_EQ(narrow.stamp().secret_fingerprint, figure(fingerprint));
    EXPECT_EQ(wide.stamp().secret_fingerprint, figure(fingerprint));
  }
  EXPECT_EQ(rows, 170);
}

TEST(Identity, StampsSayWhatMakesThemComparable) {
  EXPECT_EQ(MakeIdentity("raw/1").stamp().ToString(), "raw/1 data=0000000000000000 hash=xxh3-64");
  EXPECT_EQ(MakeIdentity("int64/1", HashWidth::k128).stamp().ToString(), "int64/1 data=0000000000000000 hash=xxh3-128");
  const IdentityStamp stamp = {.profile = "phone-digits/1;country=EE",
                               .data_fingerprint = 0x0123456789abcdef,
                               .family = HashFamily::kBlake2b,
                               .width = HashWidth::k64,
                               .secret_fingerprint = 0xfedcba9876543210};
  EXPECT_EQ(stamp.ToString(),
            "phone-digits/1;country=EE data=0123456789abcdef hash=blake2b-64 secret=fedcba9876543210");
}

TEST(Identity, NeedsSecretsOfAtLeast16BytesAndAKnownWidth) {
  const Profile profile = Profile::Open("raw/1").value();
  const std::string secret(15, 's');
  const auto code = [](const auto& result) { return GetErrorInfo(result.status()).code; };
  EXPECT_EQ(code(Identity::Create(profile, HashWidth::k64, Bytes(secret))), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(Identity::Create(profile, static_cast<HashWidth>(65))), ErrorCode::kInvalidArgument);
  EXPECT_TRUE(Identity::Create(profile, HashWidth::k64, Bytes(std::string(16, 's'))).ok());
}

TEST(Identity, OneSecretGivesUnrelatedHashesPerProfile) {
  const std::string secret(32, 's');
  const Identity raw = MakeIdentity("raw/1", HashWidth::k64, secret);
  const Identity integers = MakeIdentity("int64/1", HashWidth::k64, secret);
  EXPECT_NE(raw.Hash("12345678"), integers.Hash("12345678"));
  EXPECT_NE(raw.stamp().secret_fingerprint, integers.stamp().secret_fingerprint);
  EXPECT_NE(MakeIdentity("raw/1").Hash("12345678"), MakeIdentity("int64/1").Hash("12345678"));
}

TEST(Identity, CopiesOutliveTheirOriginal) {
  Identity copy = MakeIdentity("raw/1", HashWidth::k128, std::string(70, 's'));
  const KeyHash hash = copy.Hash("key");
  {
    const Identity other = copy;
    copy = MakeIdentity("raw/1");
    copy = other;
  }
  EXPECT_EQ(copy.Hash("key"), hash);
}

TEST(CheckSameIdentity, NamesTheFirstFieldThatDiffers) {
  const IdentityStamp base = {.profile = "raw/1",
                              .data_fingerprint = 7,
                              .family = HashFamily::kBlake2b,
                              .width = HashWidth::k64,
                              .secret_fingerprint = 5};
  EXPECT_TRUE(CheckSameIdentity(base, base).ok());
  IdentityStamp other = base;
  const auto differs = [&](StampField field) {
    for (const absl::Status& status : {CheckSameIdentity(base, other), CheckSameIdentity(other, base)}) {
      EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kIdentityMismatch);
      EXPECT_EQ(GetErrorInfo(status).field, field);
    }
  };
  other.secret_fingerprint = 6;
  differs(StampField::kSecret);
  other.width = HashWidth::k128;
  differs(StampField::kWidth);
  other.family = HashFamily::kXxh3;
  differs(StampField::kFamily);
  other.data_fingerprint = 8;
  differs(StampField::kData);
  other.profile = "raw/2";
  differs(StampField::kProfile);
}

}  // namespace
}  // namespace vesica
