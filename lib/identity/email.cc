#include "identity/email.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "identity/ascii.h"
#include "identity/email_scan.h"
#include "identity/idna.h"
#include "identity/utf8.h"

namespace vesica {
namespace {

constexpr size_t kMaxInput = kMaxLocalPart + 1 + kMaxDomainInput;

// RFC 5322 `atext` and the dot, and all UTF-8 outside ASCII (RFC 6531).
constexpr bool IsLocalCharacter(char c) {
  return !IsAscii(c) || (c > ' ' && c < 0x7F && std::string_view("\"(),:;<>@[\\]").find(c) == std::string_view::npos);
}

char* Lower(std::string_view text, char* out) { return std::transform(text.begin(), text.end(), out, ToLower); }

}  // namespace

Reason SplitAddress(std::string_view address, std::string_view* local, std::string_view* domain) {
  if (address.ends_with('>') && address.find('<') != std::string_view::npos) return Reason::kDisplayName;
  if (address.find('"') != std::string_view::npos) return Reason::kQuoted;
  if (address.find_first_of("()") != std::string_view::npos) return Reason::kComment;
  const size_t at = address.find('@');
  if (at == std::string_view::npos) return Reason::kNoAt;
  if (address.find('@', at + 1) != std::string_view::npos) return Reason::kSeveralAt;
  *local = address.substr(0, at);
  *domain = address.substr(at + 1);
  return Reason::kNone;
}

Canonical Email::Text(std::string_view key, KeyEncoding, Scratch& scratch) const {
  key = TrimSpace(key);
  if (key.empty()) return {.reason = Reason::kBlank};
  if (key.size() > kMaxInput) return {.reason = Reason::kTooLong};
  if (!IsUtf8(key)) return {.reason = Reason::kEncoding};
  std::string_view local, domain;
  if (const Reason reason = SplitAddress(key, &local, &domain); reason != Reason::kNone) return {.reason = reason};
  if (local.empty() || local.size() > kMaxLocalPart || !std::all_of(local.begin(), local.end(), IsLocalCharacter)) {
    return {.reason = Reason::kLocalPart};
  }
  std::string_view ascii;
  if (const Reason reason = DomainToAscii(domain, scratch, &ascii); reason != Reason::kNone) return {.reason = reason};
  if (ascii.find('.') == std::string_view::npos) return {.reason = Reason::kNoDot};

  Canonical canonical;
  const size_t size = local.size() + 1 + ascii.size();
  if (ascii.data() == domain.data() && std::none_of(local.begin(), local.end(), IsUpper)) {
    canonical.bytes = key.substr(0, size);  // without the trailing dot, if there was one
  } else {
    char* bytes = scratch.Take(size);
    char* end = Lower(local, bytes);
    *end++ = '@';
    std::memcpy(end, ascii.data(), ascii.size());
    canonical.bytes = {bytes, size};
  }
  const AddressLists::Flags flags = lists_.Look(canonical.bytes, local.size());
  canonical.free_mail = flags.free_mail;
  canonical.role = flags.role;
  return canonical;
}

// Scans; then scans what was left again in lower case; and takes the full path for what is left even then.
void Email::TextBatch(std::span<const std::string_view> keys, KeyEncoding encoding, Scratch& scratch,
                      Canonical* out) const {
  std::array<uint16_t, kScanBatch> left, left_again;
  std::array<std::string_view, kScanBatch> lowered;
  std::array<Canonical, kScanBatch> scanned;
  while (!keys.empty()) {
    const auto batch = keys.first(std::min(keys.size(), kScanBatch));
    const size_t left_count = ScanEmails(batch, lists_, out, left.data());
    for (size_t i = 0; i < left_count; ++i) {
      const std::string_view key = batch[left[i]];
      lowered[i] = key;
      if (key.size() < kMinScan || key.size() > kMaxScan) continue;
      char* bytes = scratch.Take(key.size());
      Lower(key, bytes);
      lowered[i] = {bytes, key.size()};
    }
    const size_t again_count =
        ScanEmails(std::span(lowered).first(left_count), lists_, scanned.data(), left_again.data());
    for (size_t i = 0, again = 0; i < left_count; ++i) {
      if (again < again_count && left_again[again] == i) {
        out[left[i]] = Text(batch[left[i]], encoding, scratch);
        ++again;
      } else {
        out[left[i]] = scanned[i];
      }
    }
    keys = keys.subspan(batch.size());
    out += batch.size();
  }
}

}  // namespace vesica
