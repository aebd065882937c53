#include "identity/email.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/endian.h"
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

// 8 characters at once: bit 7 of a byte tells whether it is in A-Z, for ASCII by sums that cannot leave their byte.
uint64_t LowerWord(uint64_t word) {
  constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x80 * kOnes;
  const uint64_t low = word & ~kTops;
  const uint64_t upper = ((low + (0x80 - 'A') * kOnes) ^ (low + (0x7F - 'Z') * kOnes)) & ~word & kTops;
  return word | upper >> 2;
}

// Lower(), fast where `text` is of 8 bytes or more.
char* LowerFast(std::string_view text, char* out) {
  if (text.size() < 8) return Lower(text, out);
  const auto lower = [&](size_t at) {
    const uint64_t word = LowerWord(Load<uint64_t>(text.data() + at));
    std::memcpy(out + at, &word, sizeof(word));
  };
  for (size_t at = 0; at + 8 < text.size(); at += 8) lower(at);
  lower(text.size() - 8);
  return out + text.size();
}

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

bool Email::ScanRun(const KeyRun& run, uint8_t* flags) const {
  std::array<uint8_t, kMaxRun> local_sizes;
  ScanEmails(run, flags, local_sizes.data());
  lists_.LookRun(run, local_sizes.data(), flags);
  return true;
}

// Copies the keys in lower case into one run, scans it, and takes the full path for what is left.
void Email::TextBatch(std::span<const std::string_view> keys, KeyEncoding encoding, Scratch& scratch,
                      Canonical* out) const {
  static_assert(kBeforeRun + kMaxRun * kMaxScan <= kMaxRunBytes);
  std::array<uint16_t, kMaxRun + 1> offsets;
  std::array<uint8_t, kMaxRun> flags;
  while (!keys.empty()) {
    const auto batch = keys.first(std::min(keys.size(), kMaxRun));
    char* const bytes = scratch.Take(kBeforeRun + batch.size() * kMaxScan);
    char* end = std::fill_n(bytes, kBeforeRun, 'a');
    for (size_t i = 0; i < batch.size(); ++i) {
      offsets[i] = static_cast<uint16_t>(end - bytes);
      const std::string_view key = TrimSpace(batch[i]);
      if (key.size() >= kMinScan && key.size() <= kMaxScan) end = LowerFast(key, end);
    }
    offsets[batch.size()] = static_cast<uint16_t>(end - bytes);
    scratch.GiveBack(end);
    ScanRun({bytes, offsets.data(), batch.size()}, flags.data());
    for (size_t i = 0; i < batch.size(); ++i) {
      if ((flags[i] & (kRunLeft | kRunEmpty)) != 0) {
        out[i] = Text(batch[i], encoding, scratch);
      } else {
        out[i] = {.bytes = {bytes + offsets[i], static_cast<size_t>(offsets[i + 1] - offsets[i])},
                  .free_mail = (flags[i] & kRunFreeMail) != 0,
                  .role = (flags[i] & kRunRole) != 0};
      }
    }
    keys = keys.subspan(batch.size());
    out += batch.size();
  }
}

}  // namespace vesica
