#include <algorithm>
#include <string_view>

#include "identity/ascii.h"
#include "identity/email_scan.h"

namespace vesica {
namespace {

bool IsPlain(char c) { return IsLower(c) || IsDigit(c); }

bool IsLocalPart(std::string_view local) {
  return !local.empty() && std::all_of(local.begin(), local.end(), [](char c) {
    return c > ' ' && c < 0x7F && !IsUpper(c) && std::string_view("\"(),:;<>@[\\]").find(c) == std::string_view::npos;
  });
}

// Labels without "--", the last of them in two letters or more at its end.
bool IsDomain(std::string_view domain) {
  if (domain.size() < 2 || !IsLower(domain.back()) || !IsLower(domain[domain.size() - 2])) return false;
  if (domain.find('.') == std::string_view::npos) return false;
  char before = '@';
  for (const char c : domain) {
    if (!IsPlain(c) && ((c != '.' && c != '-') || !IsPlain(before))) return false;
    before = c;
  }
  return true;
}

bool IsTaken(std::string_view key, size_t at) {
  return key.size() >= kMinScan && key.size() <= kMaxScan && at != std::string_view::npos &&
         IsLocalPart(key.substr(0, at)) && IsDomain(key.substr(at + 1));
}

}  // namespace

void ScanEmailsScalar(const KeyRun& run, uint8_t* flags, uint8_t* local_sizes) {
  for (size_t i = 0; i < run.count; ++i) {
    const size_t begin = run.offsets[i], end = run.offsets[i + 1];
    const std::string_view key(run.bytes + begin, end - begin);
    const size_t at = key.find('@');
    local_sizes[i] = static_cast<uint8_t>(at);
    flags[i] = key.empty() ? kRunEmpty : end >= kBeforeRun && IsTaken(key, at) ? 0 : kRunLeft;
  }
}

}  // namespace vesica
