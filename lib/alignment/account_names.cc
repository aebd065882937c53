#include "alignment/account_names.h"

#include "base/error.h"

namespace vesica {

absl::StatusOr<AccountRules> AccountRules::Open() {
  VESICA_ASSIGN_OR_RETURN(Profile account, Profile::Open("account/1"));
  VESICA_ASSIGN_OR_RETURN(Profile domain, Profile::Open("domain/1"));
  return AccountRules{std::move(account), std::move(domain)};
}

uint32_t AccountNames::OfText(std::string_view text) {
  const uint32_t id = texts_.texts.Intern(text);
  if (id == texts_.ids.size()) texts_.ids.push_back(Resolve(text, rules_.domain, true));
  return texts_.ids[id];
}

void AccountNames::OfPersons(std::span<const std::string_view> keys, uint32_t* ids) {
  host_texts_.clear();
  for (const std::string_view key : keys) {
    const size_t at = key.rfind('@');
    host_texts_.push_back(at == std::string_view::npos ? std::string_view() : key.substr(at + 1));
  }
  hosts_.texts.InternAll(host_texts_, ids);
  for (uint32_t id = static_cast<uint32_t>(hosts_.ids.size()); id < hosts_.texts.size(); ++id) {
    hosts_.ids.push_back(Resolve(hosts_.texts[id], rules_.account, false));
  }
  for (size_t i = 0; i < keys.size(); ++i) {
    if (ids[i] != kNoId) ids[i] = hosts_.ids[ids[i]];
  }
}

uint32_t AccountNames::Resolve(std::string_view text, const Profile& profile, bool keep_text) {
  scratch_.Reset();
  const Canonical canonical = profile.canonicalizer().Text(text, KeyEncoding::kPlain, scratch_);
  if (canonical.reason == Reason::kNone) return names_.Intern(canonical.bytes);
  return keep_text ? names_.Intern(text) : kNoId;
}

}  // namespace vesica
