#include "aliases.h"

namespace vesica_cli {
namespace {

// Sources: HubSpot contact and company exports, Salesforce object fields and reports ("Contact: Email"), Marketo bulk
// extracts and list exports, LinkedIn Ads company and contact templates, LinkedIn Connections.csv, LinkedIn Campaign
// Manager, hashed-list templates of the ad platforms.
constexpr std::string_view kEmail[] = {"email",         "emailaddress",
                                       "workemail",     "workemailaddress",
                                       "businessemail", "businessemailaddress",
                                       "contactemail",  "leademail",
                                       "primaryemail",  "companyemail",
                                       "emailid",       "mail",
                                       "personalemail", "email1",
                                       "useremail",     "sha256email",
                                       "hashedemail",   "emailsha256",
                                       "emailhash",     "hashedemailaddress"};
constexpr std::string_view kPhone[] = {
    "phone",     "phonenumber",     "mobilephone", "mobilephonenumber", "mobile",       "mobilenumber",
    "telephone", "telephonenumber", "workphone",   "businessphone",     "contactphone", "leadphone",
    "mainphone", "sha256phone",     "hashedphone", "phonesha256",       "phonehash",    "hashedphonenumber"};
constexpr std::string_view kDomain[] = {
    "companydomainname",  "companydomain", "domain",     "domainname",     "emaildomain",
    "companyemaildomain", "website",       "websiteurl", "companywebsite", "companywebsiteurl",
    "accountwebsite",     "companyurl",    "url",        "email",          "emailaddress"};
constexpr std::string_view kAccount[] = {
    "companydomainname", "companydomain", "domain",     "domainname",     "companyemaildomain",
    "emaildomain",       "website",       "websiteurl", "companywebsite", "companywebsiteurl",
    "accountwebsite",    "companyurl",    "email",      "emailaddress",   "workemail",
    "businessemail",     "contactemail",  "leademail",  "primaryemail"};
constexpr std::string_view kCompanyName[] = {"companyname",  "company",           "accountname",  "account",
                                             "organization", "organizationname",  "organisation", "employeecompany",
                                             "employer",     "associatedcompany", "businessname"};
constexpr std::string_view kDigest[] = {
    "sha256email", "hashedemail", "emailsha256", "emailhash", "hashedemailaddress", "sha256phone", "hashedphone",
    "phonesha256", "phonehash",   "sha256",      "hash",      "hashedid",           "email",       "emailaddress"};
constexpr std::string_view kId[] = {"recordid",  "id",        "contactid",   "leadid",     "customerid",
                                    "memberid",  "personid",  "userid",      "externalid", "accountid",
                                    "companyid", "googleaid", "contactid18", "leadid18"};

}  // namespace

KeyKind KindOfProfile(std::string_view profile) {
  const auto has = [&](std::string_view part) { return profile.find(part) != std::string_view::npos; };
  if (has("email")) return KeyKind::kEmail;
  if (has("phone")) return KeyKind::kPhone;
  if (has("account")) return KeyKind::kAccount;
  if (has("company-name")) return KeyKind::kCompanyName;
  if (has("domain")) return KeyKind::kDomain;
  if (has("sha256")) return KeyKind::kDigest;
  return KeyKind::kId;
}

bool TakesAnyText(KeyKind kind, std::string_view profile) {
  return kind == KeyKind::kCompanyName || (kind == KeyKind::kId && !profile.starts_with("int64/"));
}

std::string Squashed(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + ('a' - 'A'));
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80) {
      out += c;
    }
  }
  return out;
}

std::span<const std::string_view> AliasesOf(KeyKind kind) {
  switch (kind) {
    case KeyKind::kEmail:
      return kEmail;
    case KeyKind::kPhone:
      return kPhone;
    case KeyKind::kDomain:
      return kDomain;
    case KeyKind::kAccount:
      return kAccount;
    case KeyKind::kCompanyName:
      return kCompanyName;
    case KeyKind::kDigest:
      return kDigest;
    case KeyKind::kId:
      return kId;
  }
  return {};
}

}  // namespace vesica_cli
