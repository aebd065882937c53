#include "identity/domain.h"

#include <algorithm>
#include <cstring>

#include "identity/ascii.h"
#include "identity/free_mail.h"
#include "identity/idna.h"

#define XXH_INLINE_ALL
#include "xxhash.h"

namespace vesica {
namespace {

bool IsScheme(std::string_view text) {  // RFC 3986, 3.1
  const auto is_letter = [](char c) { return IsLower(c) || IsUpper(c); };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || IsDigit(c) || c == '+' || c == '-' || c == '.';
  });
}

// `text` up to where path, query or fragment begin; \ is a / to browsers.
std::string_view Authority(std::string_view text) {
  const auto ends = [](char c) { return c == '/' || c == '?' || c == '#' || c == '\\'; };
  return text.substr(0, static_cast<size_t>(std::find_if(text.begin(), text.end(), ends) - text.begin()));
}

// Four numbers of one to three digits.
bool IsIpv4(std::string_view host) {
  if (host.empty() || !IsDigit(host.back())) return false;
  int labels = 1, digits = 0;
  for (char c : host) {
    if (c == '.') {
      if (digits == 0) return false;
      ++labels;
      digits = 0;
    } else if (!IsDigit(c) || ++digits > 3) {
      return false;
    }
  }
  return labels == 4;
}

// The registrable domain of a key, which is trimmed and not empty, and its whole host name.
Reason FindDomain(const PublicSuffixList& suffixes, std::string_view key, Scratch& scratch, std::string_view* host,
                  std::string_view* domain) {
  if (const Reason reason = FindHost(key, host); reason != Reason::kNone) return reason;
  if (IsIpv4(*host)) return Reason::kPublicSuffix;
  if (const Reason reason = DomainToAscii(*host, scratch, host); reason != Reason::kNone) return reason;
  if (host->find('.') == std::string_view::npos) return Reason::kNoDot;

  char* text = scratch.Take(host->size() + 1);
  std::memcpy(text, host->data(), host->size());
  text[host->size()] = '\0';
  *domain = suffixes.RegistrableDomain(text);
  return domain->empty() ? Reason::kPublicSuffix : Reason::kNone;
}

}  // namespace

Reason FindHost(std::string_view text, std::string_view* host) {
  const size_t colon = text.find(':');
  if (colon != std::string_view::npos && text.substr(colon).starts_with("://") && IsScheme(text.substr(0, colon))) {
    text.remove_prefix(colon + 3);
  } else if (text.starts_with("//")) {
    text.remove_prefix(2);
  }
  text = Authority(text);
  if (const size_t at = text.find('@'); at != std::string_view::npos) {
    text.remove_prefix(at + 1);
    if (text.find('@') != std::string_view::npos) return Reason::kSeveralAt;
  }
  if (text.starts_with('[')) return text.find(']') == std::string_view::npos ? Reason::kDomain : Reason::kPublicSuffix;
  if (const size_t port = text.find(':'); port != std::string_view::npos) {
    const std::string_view digits = text.substr(port + 1);
    if (digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), IsDigit)) return Reason::kDomain;
    text = text.substr(0, port);
  }
  *host = text;
  return Reason::kNone;
}

absl::StatusOr<std::shared_ptr<const Canonicalizer>> Domain::Create(std::string_view) {
  auto suffixes = PublicSuffixList::Load();
  if (!suffixes.ok()) return std::move(suffixes).status();
  return std::make_shared<const Domain>(*std::move(suffixes));
}

Canonical Domain::Text(std::string_view key, KeyEncoding, Scratch& scratch) const {
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  std::string_view host, domain;
  if (const Reason reason = FindDomain(suffixes_, key, scratch, &host, &domain); reason != Reason::kNone) {
    return {.reason = reason};
  }
  return {.bytes = domain, .free_mail = IsFreeMail(domain) || IsFreeMail(host)};
}

absl::StatusOr<std::shared_ptr<const Canonicalizer>> Account::Create(std::string_view) {
  auto suffixes = PublicSuffixList::Load();
  if (!suffixes.ok()) return std::move(suffixes).status();
  return std::make_shared<const Account>(*std::move(suffixes));
}

uint64_t Account::Fingerprint() {
  const uint64_t both[] = {PublicSuffixList::Fingerprint(), FreeMailFingerprint()};
  unsigned char bytes[16];
  for (int i = 0; i < 16; ++i) bytes[i] = static_cast<unsigned char>(both[i / 8] >> (8 * (i % 8)));
  return XXH3_64bits(bytes, sizeof(bytes));
}

Canonical Account::Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const {
  Canonical canonical = Domain::Text(key, encoding, scratch);
  if (canonical.free_mail) return {.reason = Reason::kNoAccount, .free_mail = true};
  return canonical;
}

}  // namespace vesica
