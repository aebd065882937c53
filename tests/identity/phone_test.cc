#include <gtest/gtest.h>

#include <iterator>

#include "identity/phone_digits.h"
#include "identity/phone_plan.h"
#include "identity/phone_text.h"
#include "tests/identity/golden_file.h"
#include "vesica/status.h"

namespace vesica {
namespace {

constexpr uint64_t kPinnedPlans = 0x45324428EA9BEC07;

TEST(PhoneDigits, Golden) { testing::ExpectGolden("phone-digits/1", "phone-digits-1.tsv"); }
TEST(GoogleAdsPhone, Golden) { testing::ExpectGolden("google-ads-phone/1", "google-ads-phone-1.tsv"); }
TEST(MetaCapiPhone, Golden) { testing::ExpectGolden("meta-capi-phone/1", "meta-capi-phone-1.tsv"); }
TEST(Uid2Phone, Golden) { testing::ExpectGolden("uid2-phone/1", "uid2-phone-1.tsv"); }
TEST(SnapPhone, Golden) { testing::ExpectGolden("snap-phone/1", "snap-phone-1.tsv"); }

TEST(PhoneDigits, CountryIsInTheId) {
  const auto profile = Profile::Open("phone-digits/1", "ee");
  ASSERT_TRUE(profile.ok());
  EXPECT_EQ(profile->id(), "phone-digits/1;country=EE");
}

TEST(PhoneDigits, CountryMustBeKnown) {
  for (const char* country : {"", "ZZ", "E", "EST", "1A"}) {
    const auto profile = Profile::Open("phone-digits/1", country);
    EXPECT_EQ(GetErrorInfo(profile.status()).code, ErrorCode::kInvalidArgument) << country;
  }
}

// ISO 3166-1 alpha-2, all 249, from the standard's online browsing platform.
constexpr std::string_view kIso =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC "
    "CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB "
    "GD "
    "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
    "KH "
    "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW "
    "MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB "
    "SC "
    "SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US "
    "UY "
    "UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

TEST(PhonePlan, EveryCountryOfIso3166HasOne) {
  ASSERT_EQ(kIso.size(), 249u * 3 - 1);
  for (size_t i = 0; i < kIso.size(); i += 3) {
    const PhoneCountry* country = FindPhoneCountry(kIso.substr(i, 2));
    ASSERT_NE(country, nullptr) << kIso.substr(i, 2);
    const PhonePlan* plan = FindPhonePlan(country->code);
    ASSERT_NE(plan, nullptr) << country->iso;
    EXPECT_EQ(plan->code, country->code);
    EXPECT_LE(plan->shortest, plan->longest);
    EXPECT_LE(plan->code.size() + plan->longest, kMaxPhoneDigits);
  }
}

TEST(PhonePlan, CallingCodesArePrefixFree) {
  for (int code = 1; code <= 999; ++code) {
    const std::string text = std::to_string(code);
    const PhonePlan* plan = FindPhonePlan(text);
    if (plan == nullptr || plan->code != text) continue;
    for (size_t size = 1; size < text.size(); ++size) EXPECT_EQ(FindPhonePlan(text.substr(0, size)), nullptr) << text;
  }
  EXPECT_EQ(FindPhonePlan(""), nullptr);
  EXPECT_EQ(FindPhonePlan("0"), nullptr);
}

// The pinned table: another one needs profiles of a new version.
TEST(PhonePlan, DataArePinned) { EXPECT_EQ(PhonePlansFingerprint(), kPinnedPlans); }

TEST(VendorPhone, PlainAndHashedColumnsMeet) {
  const auto profile = Profile::Open("uid2-phone/1");
  ASSERT_TRUE(profile.ok());
  EXPECT_TRUE(profile->info().digest);
  EXPECT_TRUE(profile->canonicalizer().takes_digests());
  const std::string digest = "10e6f0b47054a83359477dcb35231db6de5c69fb1816e1a6b98e192de9e5b9ee";
  EXPECT_EQ(testing::Result(*profile, "+12345678901"), "=" + digest);
  EXPECT_EQ(testing::Result(*profile, digest, KeyEncoding::kHex), "=" + digest);
  EXPECT_EQ(testing::Result(*profile, "EObwtHBUqDNZR33LNSMdtt5cafsYFuGmuY4ZLenlue4=", KeyEncoding::kBase64),
            "=" + digest);
  EXPECT_EQ(testing::Result(*profile, "EObwtHBUqDNZR33LNSMdtt5cafsYFuGmuY4ZLenlue4", KeyEncoding::kBase64), "!DIGEST");
}

TEST(PhoneE164, NeedsItsLibrary) {
  const auto profile = Profile::Open("phone-e164/1", "EE");
  const bool listed = std::string_view(Profiles().back().name) == "phone-e164/1";
  EXPECT_EQ(profile.ok(), listed);
  if (!profile.ok()) {
    EXPECT_EQ(GetErrorInfo(profile.status()).code, ErrorCode::kUnsupported);
    return;
  }
  EXPECT_NE(profile->data_fingerprint(), 0u);
  EXPECT_EQ(testing::Result(*profile, "5123 4567"), "=+37251234567");
  EXPECT_EQ(testing::Result(*profile, "+44 (0)20 7946 0958"), "=+442079460958");
  EXPECT_EQ(testing::Result(*profile, "5123 4567 ext. 12"), "!PHONE");
  EXPECT_EQ(testing::Result(*profile, "112"), "!PHONE");
  EXPECT_EQ(testing::Result(*profile, " "), "!BLANK");
  EXPECT_EQ(testing::Result(*profile, std::string(251, '1')), "!TOO_LONG");
  EXPECT_FALSE(Profile::Open("phone-e164/1", "ZZ").ok());
}

}  // namespace
}  // namespace vesica
