#include "identity/public_suffix.h"

#include <libpsl.h>

#include <cstdio>
#include <string>

#include "base/error.h"
#include "identity/ascii.h"
#include "identity/canonicalizer.h"
#include "identity/idna.h"

#define XXH_INLINE_ALL
#include "xxhash.h"

namespace vesica {

extern const unsigned char kPublicSuffixList[];  // data/public_suffix_list.dat
extern const size_t kPublicSuffixListSize;

namespace {

std::string_view ListText() { return {reinterpret_cast<const char*>(kPublicSuffixList), kPublicSuffixListSize}; }

// The rules between the markers of the ICANN section, one a line, in ASCII; empty if the data are not such a list.
std::string IcannRules() {
  std::string_view text = ListText();
  const size_t begin = text.find("// ===BEGIN ICANN DOMAINS===\n");
  const size_t end = text.find("// ===END ICANN DOMAINS===\n");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  text = text.substr(begin, end - begin);

  std::string rules;
  Scratch scratch;
  while (!text.empty()) {
    const std::string_view line = TrimSpace(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
    if (line.empty() || line.starts_with("//")) continue;
    const size_t mark = line.starts_with("!") ? 1 : line.starts_with("*.") ? 2 : 0;
    std::string_view name;
    if (DomainToAscii(line.substr(mark), scratch, &name) != Reason::kNone) return {};
    rules.append(line.substr(0, mark)).append(name).append("\n");
  }
  return rules;
}

}  // namespace

void PublicSuffixList::Free::operator()(psl_ctx_st* list) const { psl_free(list); }

absl::StatusOr<PublicSuffixList> PublicSuffixList::Load() {
  std::string rules = IcannRules();
  if (rules.empty()) return MakeError(ErrorCode::kInternal, "the compiled-in Public Suffix List is damaged");
  std::FILE* file = fmemopen(rules.data(), rules.size(), "r");
  if (file == nullptr) return MakeError(ErrorCode::kOutOfMemory, "no memory for the Public Suffix List");
  psl_ctx_t* list = psl_load_fp(file);
  std::fclose(file);
  if (list == nullptr) return MakeError(ErrorCode::kOutOfMemory, "no memory for the Public Suffix List");
  return PublicSuffixList(list);
}

std::string_view PublicSuffixList::RegistrableDomain(const char* host) const {
  const char* domain = psl_registrable_domain(list_.get(), host);
  return domain == nullptr ? std::string_view() : std::string_view(domain);
}

uint64_t PublicSuffixList::Fingerprint() { return XXH3_64bits(kPublicSuffixList, kPublicSuffixListSize); }

}  // namespace vesica
