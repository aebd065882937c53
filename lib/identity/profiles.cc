#include "identity/profiles.h"

#include <array>
#include <string>

#include "base/error.h"
#include "identity/company_name.h"
#include "identity/digest_text.h"
#include "identity/domain.h"
#include "identity/email.h"
#include "identity/phone_digits.h"
#include "identity/phone_e164.h"
#include "identity/phone_plan.h"
#include "identity/raw.h"
#include "identity/vendor_email.h"
#include "identity/vendor_phone.h"

namespace vesica {
namespace {

// Append only within a release: Profiles() lists them in this order.
constexpr ProfileRow kRows[] = {
    {{.name = "email/1",
      .summary = "e-mail address: lower case, domain in ASCII, nothing folded",
      .source = "RFC 5321, 5322, 6531; UTS #46"},
     Make<Email>,
     nullptr},
    {{.name = "raw/1", .summary = "any bytes, as they are", .source = "this project"}, Make<RawBytes>, nullptr},
    {{.name = "int64/1", .summary = "signed 64-bit integers", .source = "this project"}, Make<Integers>, nullptr},
    {{.name = "sha256/1", .summary = "SHA-256 digests of anything", .source = "FIPS 180-4; RFC 4648", .digest = true},
     Make<Sha256>,
     nullptr},
    {{.name = "google-ads-email/1",
      .summary = "Google Ads: trimmed, lower case",
      .source = "developers.google.com/google-ads/api: UserIdentifier",
      .digest = true},
     VendorEmail::Create<kGoogleAdsEmail>,
     nullptr},
    {{.name = "google-datamanager-email/1",
      .summary = "Google Data Manager: no spaces, lower case, gmail dots and + suffix dropped",
      .source = "developers.google.com/data-manager/api: formatting",
      .digest = true},
     VendorEmail::Create<kGoogleDataManagerEmail>,
     nullptr},
    {{.name = "google-cm360-email/1",
      .summary = "Campaign Manager 360: trimmed, lower case, gmail dots dropped",
      .source = "developers.google.com/doubleclick-advertisers: enhanced conversions",
      .digest = true},
     VendorEmail::Create<kGoogleCm360Email>,
     nullptr},
    {{.name = "google-dv360-email/1",
      .summary = "Display & Video 360: no spaces, lower case",
      .source = "developers.google.com/display-video: prepare data",
      .digest = true},
     VendorEmail::Create<kGoogleDv360Email>,
     nullptr},
    {{.name = "meta-capi-email/1",
      .summary = "Meta Conversions API: trimmed, lower case, of the SDK's shape",
      .source = "facebook-python-business-sdk: serverside/normalize.py",
      .digest = true},
     VendorEmail::Create<kMetaCapiEmail>,
     nullptr},
    {{.name = "uid2-email/1",
      .summary = "UID2, The Trade Desk: trimmed, lower case, gmail.com dots and + suffix dropped",
      .source = "IABTechLab/uid2docs: gs-normalization-encoding",
      .digest = true},
     VendorEmail::Create<kUid2Email>,
     nullptr},
    {{.name = "linkedin-email/1",
      .summary = "LinkedIn: trimmed, lower case",
      .source = "docs.tealium.com: LinkedIn connectors",
      .digest = true},
     VendorEmail::Create<kLinkedInEmail>,
     nullptr},
    {{.name = "liveramp-email/1",
      .summary = "LiveRamp: no spaces, lower case",
      .source = "liveramp.elevio.help: 53487",
      .digest = true},
     VendorEmail::Create<kLiveRampEmail>,
     nullptr},
    {{.name = "snap-email/1",
      .summary = "Snap: trimmed, lower case",
      .source = "developers.snap.com: Conversions API",
      .digest = true},
     VendorEmail::Create<kSnapEmail>,
     nullptr},
    {{.name = "domain/1",
      .summary = "registrable domain of a URL, host name or e-mail address",
      .source = "Public Suffix List, ICANN section; UTS #46"},
     Domain::Create,
     Domain::Fingerprint},
    {{.name = "account/1",
      .summary = "domain/1, where free-mail domains are no account",
      .source = "Public Suffix List, ICANN section; SpamAssassin's free-mail list"},
     Account::Create,
     Account::Fingerprint},
    {{.name = "company-name/1",
      .summary = "folded words of a company's name without its legal forms",
      .source = "this project; Unicode 14.0 NFKC_Casefold"},
     Make<CompanyName>,
     nullptr},
    {{.name = "phone-digits/1",
      .summary = "calling code and national number, digits only",
      .source = "ITU-T E.164; numbering plans as of libphonenumber 8.12.57",
      .needs_country = true},
     PhoneDigits::Create,
     PhonePlansFingerprint},
    {{.name = "google-ads-phone/1",
      .summary = "all Google systems: E.164 with +",
      .source = "developers.google.com/google-ads/api: UserIdentifier; /data-manager/api: formatting",
      .digest = true},
     VendorPhone::Create<GoogleAdsPhone>,
     nullptr},
    {{.name = "meta-capi-phone/1",
      .summary = "Meta Conversions API: digits with country code, no leading zeros",
      .source = "facebook-python-business-sdk: serverside/normalize.py",
      .digest = true},
     VendorPhone::Create<MetaCapiPhone, /*passes_hex=*/true>,
     nullptr},
    {{.name = "uid2-phone/1",
      .summary = "UID2, The Trade Desk: E.164 with +",
      .source = "IABTechLab/uid2docs: gs-normalization-encoding",
      .digest = true},
     VendorPhone::Create<Uid2Phone>,
     nullptr},
    {{.name = "snap-phone/1",
      .summary = "Snap: digits with country code, no 0 before or after it",
      .source = "developers.snap.com: Conversions API",
      .digest = true},
     VendorPhone::Create<SnapPhone>,
     PhonePlansFingerprint},
    // Last, as Profiles() leaves it out where it is unsupported.
    {{.name = "phone-e164/1",
      .summary = "E.164 with +, of numbers that libphonenumber finds valid",
      .source = "libphonenumber",
      .needs_country = true},
     CreatePhoneE164,
     PhoneE164Fingerprint},
};

constexpr auto kInfos = [] {
  std::array<ProfileInfo, std::size(kRows)> infos{};
  for (size_t i = 0; i < infos.size(); ++i) infos[i] = kRows[i].info;
  return infos;
}();

// `country` in upper case; InvalidArgument unless it is two ASCII letters.
absl::StatusOr<std::string> CountryCode(std::string_view country) {
  std::string code(country);
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    if (c < 'A' || c > 'Z') code.clear();
    if (code.empty()) break;
  }
  if (code.size() != 2) return InvalidArgument("the profile needs a country: two letters of ISO 3166-1");
  return code;
}

}  // namespace

std::span<const ProfileInfo> Profiles() { return std::span(kInfos).first(kInfos.size() - (kHavePhoneE164 ? 0 : 1)); }

absl::StatusOr<Profile> Profile::Open(std::string_view name, std::string_view country) {
  for (size_t i = 0; i < std::size(kRows); ++i) {
    const ProfileRow& row = kRows[i];
    if (name != row.info.name) continue;
    Profile profile;
    profile.info_ = &kInfos[i];
    profile.id_ = row.info.name;
    std::string code;
    if (row.info.needs_country) {
      VESICA_ASSIGN_OR_RETURN(code, CountryCode(country));
      profile.id_ += ";country=" + code;
    } else if (!country.empty()) {
      return InvalidArgument("the profile takes no country");
    }
    VESICA_ASSIGN_OR_RETURN(profile.canonicalizer_, row.make(code));
    if (row.data_fingerprint != nullptr) profile.data_fingerprint_ = row.data_fingerprint();
    return profile;
  }
  return InvalidArgument("no profile of this name: expected name/version, such as email/1");
}

Reason Profile::Canonicalize(std::string_view key, KeyEncoding encoding, std::string* out) const {
  out->clear();
  if (!canonicalizer_->takes_encoding(encoding)) return Reason::kEncoding;
  Scratch scratch;
  const Canonical canonical = canonicalizer_->Text(key, encoding, scratch);
  if (canonical.reason == Reason::kNone) *out = canonical.bytes;
  return canonical.reason;
}

}  // namespace vesica
