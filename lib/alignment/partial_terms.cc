// What two partials must have in common.
#include <algorithm>

#include "alignment/option_text.h"
#include "alignment/partial.h"
#include "base/error.h"

namespace vesica {
namespace {

// The value of an option; of one that the partial does not have, its default: it is of a time before the option.
std::string ValueIn(const PartialTerms& terms, const StudyOption& option) {
  for (const auto& [name, value] : terms.options) {
    if (name == option.name) return value;
  }
  return option.get(StudyOptions());
}

}  // namespace

PartialTerms PartialTerms::Of(const IdentityStamp& stamp, const AccountRules& accounts, const StudyOptions& options) {
  PartialTerms terms{.stamp = stamp,
                     .account_fingerprint = accounts.account.data_fingerprint(),
                     .domain_fingerprint = accounts.domain.data_fingerprint(),
                     .options = {}};
  for (const StudyOption& option : AllStudyOptions()) {
    if (option.decides_counts) terms.options.emplace_back(option.name, option.get(options));
  }
  return terms;
}

absl::Status CheckSameTerms(const PartialTerms& own, const PartialTerms& other) {
  VESICA_RETURN_IF_ERROR(CheckSameIdentity(own.stamp, other.stamp));
  if (own.account_fingerprint != other.account_fingerprint || own.domain_fingerprint != other.domain_fingerprint) {
    return MakeError({.code = ErrorCode::kIdentityMismatch, .field = StampField::kData},
                     "the partial named accounts by other data than this library has");
  }
  for (const auto& named : other.options) {
    const bool known = std::any_of(own.options.begin(), own.options.end(),
                                   [&](const auto& option) { return option.first == named.first; });
    if (!known) {
      return MakeError(ErrorCode::kTooNew,
                       "the partial was counted under an option that this library does not know: " + named.first);
    }
  }
  for (const StudyOption& option : AllStudyOptions()) {
    if (option.decides_counts && ValueIn(own, option) != ValueIn(other, option)) {
      return InvalidArgument("the partial was counted under another value of the option " + std::string(option.name));
    }
  }
  return absl::OkStatus();
}

bool RangesMeet(const HashRanges& a, const HashRanges& b) {
  for (auto one = a.begin(), other = b.begin(); one != a.end() && other != b.end();) {
    if (one->first <= other->last && other->first <= one->last) return true;
    one->last < other->first ? void(++one) : void(++other);
  }
  return false;
}

HashRanges JoinRanges(const HashRanges& a, const HashRanges& b) {
  HashRanges all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::sort(all.begin(), all.end(),
            [](const HashRange& one, const HashRange& other) { return one.first < other.first; });
  HashRanges joined;
  for (const HashRange& range : all) {
    if (!joined.empty() && joined.back().last + 1 == range.first) {
      joined.back().last = range.last;
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

}  // namespace vesica
