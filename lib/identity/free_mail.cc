#include "identity/free_mail.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace vesica {

extern const unsigned char kFreeMailDomains[];
extern const size_t kFreeMailDomainsSize;

namespace {

// RFC 2142, and what companies commonly name shared mailboxes. At most 15 bytes each.
constexpr std::string_view kRoles[] = {
    // RFC 2142, sections 3 to 6.
    "info",
    "marketing",
    "sales",
    "support",
    "abuse",
    "noc",
    "security",
    "postmaster",
    "hostmaster",
    "usenet",
    "news",
    "webmaster",
    "www",
    "uucp",
    "ftp",
    // Common practice.
    "accounting",
    "accounts",
    "accountspayable",
    "admin",
    "administration",
    "administrator",
    "all",
    "ap",
    "ar",
    "billing",
    "booking",
    "bookings",
    "business",
    "careers",
    "compliance",
    "contact",
    "contactus",
    "customercare",
    "customerservice",
    "dev",
    "devops",
    "do-not-reply",
    "donotreply",
    "editor",
    "email",
    "enquiries",
    "enquiry",
    "everyone",
    "events",
    "export",
    "feedback",
    "finance",
    "general",
    "hello",
    "help",
    "helpdesk",
    "hi",
    "hr",
    "humanresources",
    "inbox",
    "inquiries",
    "inquiry",
    "invest",
    "investors",
    "invoice",
    "invoices",
    "invoicing",
    "it",
    "itsupport",
    "jobs",
    "legal",
    "letters",
    "list",
    "mail",
    "mailbox",
    "mailer-daemon",
    "media",
    "newsletter",
    "no-reply",
    "no_reply",
    "nobody",
    "noreply",
    "notifications",
    "office",
    "operations",
    "ops",
    "order",
    "orders",
    "partner",
    "partners",
    "partnerships",
    "payments",
    "payroll",
    "pr",
    "press",
    "privacy",
    "procurement",
    "purchasing",
    "reception",
    "recruiting",
    "recruitment",
    "registrar",
    "reservations",
    "returns",
    "root",
    "sale",
    "secretary",
    "service",
    "services",
    "shop",
    "spam",
    "staff",
    "subscribe",
    "sysadmin",
    "team",
    "tech",
    "technical",
    "unsubscribe",
    "web",
    "welcome",
};

// Endings under which wildcard domains are met most, to find those without matching patterns. Matter for speed only.
constexpr std::string_view kCommonEndings[] = {"at", "be", "ca",  "ch", "com", "de", "dk", "es", "fr",
                                               "in", "it", "net", "nl", "no",  "pl", "ru", "se"};
constexpr std::string_view kCommonCoEndings[] = {"co.in", "co.jp", "co.uk", "com.ar", "com.au", "com.br", "com.mx"};

struct Masks {
  uint64_t lo, hi, mark;
};

// masks[n] keeps the last n of 16 bytes; 16 stands for "more than 15": the last 15, marked in the first byte.
constexpr auto kTailMasks = [] {
  std::array<Masks, 17> masks{};
  for (unsigned n = 0; n < 16; ++n) {
    masks[n].hi = n >= 8 ? ~uint64_t{0} : n == 0 ? 0 : ~uint64_t{0} << (64 - 8 * n);
    masks[n].lo = n <= 8 ? 0 : ~uint64_t{0} << (128 - 8 * n);
  }
  masks[16] = {~uint64_t{0xFF}, ~uint64_t{0}, 0xFF};
  return masks;
}();

// masks[n] keeps the first n of 16 bytes; none of more than 15, where no role is.
constexpr auto kHeadMasks = [] {
  std::array<Masks, 17> masks{};
  for (unsigned n = 0; n < 16; ++n) {
    masks[n].lo = n >= 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * n) - 1;
    masks[n].hi = n <= 8 ? 0 : (uint64_t{1} << (8 * n - 64)) - 1;
  }
  return masks;
}();

uint64_t Load(const char* bytes) {
  uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word |= uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
  return word;
}

// The end of a domain, telling it unless it is longer than 15 bytes. 16 bytes before `end` are readable.
Words Tail(const char* end, size_t size) {
  const Masks& masks = kTailMasks[std::min<size_t>(size, 16)];
  return {(Load(end - 16) & masks.lo) | masks.mark, Load(end - 8) & masks.hi};
}

// A local part of at most 15 bytes. 16 bytes from `begin` on are readable.
Words Head(const char* begin, size_t size) {
  const Masks& masks = kHeadMasks[std::min<size_t>(size, 16)];
  return {Load(begin) & masks.lo, Load(begin + 8) & masks.hi};
}

// The same for bytes whose neighbours may not be read.
Words LoneTail(std::string_view domain) {
  char bytes[16] = {};
  const size_t size = std::min<size_t>(domain.size(), 16);
  domain.copy(bytes + 16 - size, size, domain.size() - size);
  return Tail(bytes + 16, domain.size());
}
Words LoneHead(std::string_view local) {
  char bytes[16] = {};
  local.copy(bytes, 16);
  return Head(bytes, local.size());
}

uint64_t FilterBit(uint64_t word) { return word * 0x9E3779B97F4A7C15 >> 54; }

// The first four bytes of a domain, apart from all tails in the filter.
uint64_t Start(const char* bytes) {
  uint64_t word = 0;
  for (int i = 0; i < 4; ++i) word |= uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
  return word;
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

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0 && text.front() != '#') lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<Words> RoleWords() {
  std::vector<Words> words;
  for (const std::string_view role : kRoles) words.push_back(LoneHead(role));
  return words;
}

}  // namespace

const AddressLists& AddressLists::Get() {
  static const AddressLists lists;
  return lists;
}

AddressLists::AddressLists() : free_mail_({}), roles_(RoleWords()) {
  const std::string_view text(reinterpret_cast<const char*>(kFreeMailDomains), kFreeMailDomainsSize);
  std::vector<Words> exact;
  for (const std::string_view line : Lines(text)) {
    if (line.find('*') != std::string_view::npos) {
      AddPattern(line, &exact);
    } else {
      exact.push_back(LoneTail(line));
      if (line.size() > 15) long_domains_.push_back(line);
    }
  }
  std::sort(long_domains_.begin(), long_domains_.end());
  free_mail_ = WordSet(std::move(exact));
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, kFreeMailDomains, kFreeMailDomainsSize);
  for (int i = 0; i < 8; ++i) fingerprint_ |= uint64_t{digest[i]} << 8 * i;
}

void AddressLists::AddPattern(std::string_view pattern, std::vector<Words>* exact) {
  patterns_.push_back(pattern);
  const size_t first = pattern.find('*'), last = pattern.rfind('*');
  uint64_t word;
  if (first >= 4) {
    word = Start(pattern.data());
  } else if (pattern.size() - last > 8) {
    word = LoneTail(pattern).hi;
  } else {
    pattern_filter_.fill(~uint64_t{0});  // nothing to tell it by: every domain is matched
    return;
  }
  const uint64_t bit = FilterBit(word);
  pattern_filter_[bit / 64] |= uint64_t{1} << bit % 64;
  const auto add = [&](std::string_view stem, auto& endings) {
    for (const std::string_view ending : endings) {
      const std::string domain = std::string(stem) + std::string(ending);
      if (domain.size() <= 15) exact->push_back(LoneTail(domain));
    }
  };
  if (pattern.ends_with(".co*.*")) {
    add(pattern.substr(0, pattern.size() - 5), kCommonCoEndings);
  } else if (pattern.ends_with(".*") && first == last) {
    add(pattern.substr(0, pattern.size() - 1), kCommonEndings);
  }
}

bool AddressLists::LooksLikePattern(std::string_view domain, Words tail) const {
  if (domain.size() < 4) return false;
  const uint64_t start = FilterBit(Start(domain.data())), end = FilterBit(tail.hi);
  return ((pattern_filter_[start / 64] >> start % 64 | pattern_filter_[end / 64] >> end % 64) & 1) != 0;
}

bool AddressLists::MatchesPattern(std::string_view domain) const {
  for (const std::string_view pattern : patterns_) {
    if ((pattern.front() == domain.front() || pattern.front() == '*') && Matches(pattern, domain)) return true;
  }
  return false;
}

inline bool AddressLists::IsFreeMail(std::string_view domain, Words tail) const {
  const bool found = free_mail_.Contains(tail);
  if (found && (domain.size() <= 15 || std::binary_search(long_domains_.begin(), long_domains_.end(), domain))) {
    return true;
  }
  return LooksLikePattern(domain, tail) && MatchesPattern(domain);
}

bool AddressLists::IsFreeMail(std::string_view domain) const { return IsFreeMail(domain, LoneTail(domain)); }

bool AddressLists::IsRole(std::string_view local) const { return roles_.Contains(LoneHead(local)); }

AddressLists::Flags AddressLists::Look(std::string_view address, size_t at) const {
  const std::string_view domain = address.substr(at + 1);
  if (address.size() < 16) return {IsFreeMail(domain), IsRole(address.substr(0, at))};
  return {IsFreeMail(domain, Tail(address.data() + address.size(), domain.size())),
          roles_.Contains(Head(address.data(), at))};
}

}  // namespace vesica
