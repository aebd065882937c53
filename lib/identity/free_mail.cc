#include "identity/free_mail.h"

#include <sodium.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "base/endian.h"

namespace vesica {

extern const unsigned char kFreeMailDomains[];
extern const size_t kFreeMailDomainsSize;

namespace {

// RFC 2142, and what companies commonly name shared mailboxes.
constexpr std::string_view kRoles =
    // RFC 2142, sections 3 to 6.
    "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp "
    // Common practice.
    "accounting accounts accountspayable admin administration administrator all ap ar billing booking bookings "
    "business careers compliance contact contactus customercare customerservice dev devops do-not-reply "
    "donotreply editor email enquiries enquiry everyone events export feedback finance general hello help "
    "helpdesk hi hr humanresources inbox inquiries inquiry invest investors invoice invoices invoicing it "
    "itsupport jobs legal letters list mail mailbox mailer-daemon media newsletter no-reply no_reply nobody "
    "noreply notifications office operations ops order orders partner partners partnerships payments payroll pr "
    "press privacy procurement purchasing reception recruiting recruitment registrar reservations returns root "
    "sale secretary service services shop spam staff subscribe sysadmin team tech technical unsubscribe web "
    "welcome ";

// Endings under which wildcard domains are met most, to find those without matching patterns. Matter for speed only.
constexpr std::string_view kCommonEndings[] = {"at", "be", "ca",  "ch", "com", "de", "dk", "es", "fr",
                                               "in", "it", "net", "nl", "no",  "pl", "ru", "se"};
constexpr std::string_view kCommonCoEndings[] = {"co.in", "co.jp", "co.uk", "com.ar", "com.au", "com.br", "com.mx"};

// The end of a domain, with zeros before it.
Words Tail(std::string_view domain) {
  char bytes[16] = {};
  const size_t size = std::min<size_t>(domain.size(), 16);
  domain.copy(bytes + 16 - size, size, domain.size() - size);
  return {Load<uint64_t>(bytes, 0), Load<uint64_t>(bytes, 1)};
}

// A role, with zeros behind it.
Words Head(std::string_view local) {
  char bytes[16] = {};
  local.copy(bytes, 16);
  return {Load<uint64_t>(bytes, 0), Load<uint64_t>(bytes, 1)};
}

// Whether a domain is what a pattern says: label by label, where * (at most one a label) stands for any characters.
bool Matches(std::string_view pattern, std::string_view domain) {
  while (true) {
    const size_t pattern_dot = pattern.find('.'), domain_dot = domain.find('.');
    const std::string_view want = pattern.substr(0, pattern_dot), have = domain.substr(0, domain_dot);
    const size_t star = want.find('*');
    if (star == std::string_view::npos) {
      if (want != have) return false;
    } else if (have.size() + 1 < want.size() || !have.starts_with(want.substr(0, star)) ||
               !have.ends_with(want.substr(star + 1))) {
      return false;
    }
    if ((pattern_dot == std::string_view::npos) != (domain_dot == std::string_view::npos)) return false;
    if (pattern_dot == std::string_view::npos) return true;
    pattern.remove_prefix(pattern_dot + 1);
    domain.remove_prefix(domain_dot + 1);
  }
}

// The parts of `text` that end in `separator`, without those that are empty or begin with #.
std::vector<std::string_view> Parts(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t end; (end = text.find(separator)) != std::string_view::npos; text.remove_prefix(end + 1)) {
    if (end > 0 && text.front() != '#') parts.push_back(text.substr(0, end));
  }
  return parts;
}

}  // namespace

const AddressLists& AddressLists::Get() {
  static const AddressLists lists;
  return lists;
}

AddressLists::AddressLists() : free_mail_({}), roles_({}) {
  std::vector<Words> roles;
  for (const std::string_view role : Parts(kRoles, ' ')) {
    roles.push_back(Head(role));
    if (role.size() >= 3)
      role_sizes_[Hash(Load<uint32_t>((std::string(role) + '@').data())) >> 22] |= 1u << role.size();
  }
  for (uint32_t& sizes : role_sizes_) sizes |= 7;  // the first four bytes are not those of a role of one or two
  roles_ = WordSet<8>(std::move(roles));
  const std::string_view text(reinterpret_cast<const char*>(kFreeMailDomains), kFreeMailDomainsSize);
  std::vector<Words> exact;
  for (const std::string_view line : Parts(text, '\n')) {
    if (line.find('*') != std::string_view::npos) {
      AddPattern(line, &exact);
    } else {
      exact.push_back(Tail(line));
      if (line.size() >= 16) long_domains_.push_back(line);
    }
  }
  std::sort(long_domains_.begin(), long_domains_.end());
  free_mail_ = WordSet<12>(std::move(exact));
  if (free_mail_.unplaced() != 0) pattern_starts_.fill(1);  // a glance sees the others only
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, kFreeMailDomains, kFreeMailDomainsSize);
  fingerprint_ = LoadLittle64(digest);
}

// Notes what to tell the pattern's domains by, and adds the likeliest of them to those that are found at once.
void AddressLists::AddPattern(std::string_view pattern, std::vector<Words>* exact) {
  patterns_.push_back(pattern);
  if (pattern.find('*') >= 4) {
    pattern_starts_[Hash(Load<uint32_t>(pattern.data())) >> 20] = 1;
  } else if (pattern.size() - pattern.rfind('*') > 8) {
    pattern_ends_[Hash(Load<uint32_t>(pattern.data() + pattern.size() - 8)) >> 20] = 1;
  } else {
    pattern_starts_.fill(1);  // by nothing: every domain is matched
  }
  const auto add = [&](std::string_view stem, std::span<const std::string_view> endings) {
    for (const std::string_view ending : endings) {
      const std::string domain = std::string(stem) + std::string(ending);
      if (domain.size() < 16) exact->push_back(Tail(domain));
    }
  };
  if (pattern.ends_with(".co*.*")) add(pattern.substr(0, pattern.size() - 5), kCommonCoEndings);
  if (pattern.find('.') + 2 == pattern.size() && pattern.ends_with('*'))
    add(pattern.substr(0, pattern.size() - 1), kCommonEndings);
}

bool AddressLists::IsFreeMail(std::string_view domain) const {
  if (domain.empty() || domain.front() == '\0') return false;  // zeros fill up tails
  const Words tail = Tail(domain);
  if (free_mail_.Contains(tail) &&
      (domain.size() < 16 || std::binary_search(long_domains_.begin(), long_domains_.end(), domain))) {
    return true;
  }
  return std::any_of(patterns_.begin(), patterns_.end(), [&](std::string_view pattern) {
    return (pattern.front() == domain.front() || pattern.front() == '*') && Matches(pattern, domain);
  });
}

bool AddressLists::IsRole(std::string_view local) const {
  return local.size() < 16 && !local.ends_with('\0') && roles_.Contains(Head(local));
}

}  // namespace vesica
