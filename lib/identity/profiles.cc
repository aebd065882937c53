#include "identity/profiles.h"

#include <array>
#include <string>

#include "base/error.h"
#include "identity/domain.h"
#include "identity/phone_digits.h"
#include "identity/phone_plan.h"
#include "identity/raw.h"

namespace vesica {
namespace {

// Append only within a release: Profiles() lists them in this order.
constexpr ProfileRow kRows[] = {
    {{.name = "raw/1", .summary = "any bytes, as they are", .source = "this project"}, Make<RawBytes>, nullptr},
    {{.name = "int64/1", .summary = "signed 64-bit integers", .source = "this project"}, Make<Integers>, nullptr},
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
    {{.name = "phone-digits/1",
      .summary = "calling code and national number, digits only",
      .source = "ITU-T E.164; numbering plans as of libphonenumber 8.12.57",
      .needs_country = true},
     PhoneDigits::Create,
     PhonePlansFingerprint},
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

std::span<const ProfileInfo> Profiles() { return kInfos; }

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
