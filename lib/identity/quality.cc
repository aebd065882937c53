#include <algorithm>

#include "vesica/identity.h"
#include "vesica/status.h"

namespace vesica {
namespace {

constexpr std::array<std::string_view, kReasonCount> kReasonTexts = {
    "valid",
    "blank",
    "no @",
    "more than one @",
    "quoted local part",
    "comment",
    "display name around the address",
    "local part is empty, too long or has characters that may not be there",
    "domain is not a host name",
    "domain has no dot",
    "too long",
    "not valid UTF-8 or not in the declared encoding",
    "not a SHA-256 digest",
    "not a phone number",
    "not a 64-bit integer",
    "free-mail domain: no account",
    "public suffix itself: no registrable domain",
    "no name is left",
};

}  // namespace

std::string_view ReasonText(Reason reason) {
  const auto index = static_cast<size_t>(reason);
  return index < kReasonCount ? kReasonTexts[index] : "unknown reason";
}

Quality::InvalidRows::InvalidRows() { first_rows.fill(kNoRow); }

void Quality::InvalidRows::Add(uint64_t row) {
  ++rows;
  if (row >= first_rows.back()) return;
  auto at = std::upper_bound(first_rows.begin(), first_rows.end(), row);
  std::move_backward(at, first_rows.end() - 1, first_rows.end());
  *at = row;
}

void Quality::InvalidRows::Merge(const InvalidRows& other) {
  std::array<uint64_t, 16> all;
  std::merge(first_rows.begin(), first_rows.end(), other.first_rows.begin(), other.first_rows.end(), all.begin());
  std::copy_n(all.begin(), first_rows.size(), first_rows.begin());
  rows += other.rows;
}

void Quality::Merge(const Quality& other) {
  rows += other.rows;
  blank += other.blank;
  valid += other.valid;
  free_mail += other.free_mail;
  role += other.role;
  for (size_t i = 0; i < kReasonCount; ++i) reasons[i].Merge(other.reasons[i]);
}

}  // namespace vesica
