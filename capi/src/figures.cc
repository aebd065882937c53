#include "figures.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"

namespace vesica::capi {
namespace {

uint32_t AnswerFlags(Method method) { return IsExact(method) ? VESICA_ANSWER_EXACT : 0; }

}  // namespace

vesica_estimate ToEstimate(const Estimate& from) { return {from.value, from.lower, from.upper}; }

vesica_overlap ToOverlap(const Overlap& from) {
  vesica_overlap overlap{};
  overlap.flags = AnswerFlags(from.method) | (from.below_resolution ? VESICA_ANSWER_BELOW_RESOLUTION : 0);
  overlap.method = static_cast<uint32_t>(from.method);
  overlap.a = ToEstimate(from.a);
  overlap.b = ToEstimate(from.b);
  overlap.intersection = ToEstimate(from.intersection);
  overlap.union_size = ToEstimate(from.union_size);
  overlap.share_of_a = ToEstimate(from.share_of_a);
  overlap.share_of_b = ToEstimate(from.share_of_b);
  overlap.overlap_coefficient = ToEstimate(from.overlap_coefficient);
  overlap.jaccard = ToEstimate(from.jaccard);
  overlap.dice = ToEstimate(from.dice);
  overlap.size_ratio = ToEstimate(from.size_ratio);
  overlap.expected_false_matches = from.expected_false_matches;
  overlap.design_error = from.design_error;
  return overlap;
}

Overlap FromOverlap(const vesica_overlap& from) {
  const auto estimate = [](const vesica_estimate& of) { return Estimate{of.value, of.lower, of.upper}; };
  Overlap overlap;
  overlap.a = estimate(from.a);
  overlap.b = estimate(from.b);
  overlap.intersection = estimate(from.intersection);
  overlap.union_size = estimate(from.union_size);
  overlap.share_of_a = estimate(from.share_of_a);
  overlap.share_of_b = estimate(from.share_of_b);
  overlap.overlap_coefficient = estimate(from.overlap_coefficient);
  overlap.jaccard = estimate(from.jaccard);
  overlap.dice = estimate(from.dice);
  overlap.size_ratio = estimate(from.size_ratio);
  overlap.expected_false_matches = from.expected_false_matches;
  overlap.design_error = from.design_error;
  overlap.below_resolution = (from.flags & VESICA_ANSWER_BELOW_RESOLUTION) != 0;
  overlap.method = static_cast<Method>(from.method);
  return overlap;
}

vesica_quality ToQuality(const Quality& from, bool derived, uint64_t count) {
  vesica_quality quality{};
  quality.count = count;
  if (derived) {
    quality.flags = VESICA_QUALITY_DERIVED;
    return quality;
  }
  quality.rows = from.rows;
  quality.blank = from.blank;
  quality.invalid = from.invalid();
  quality.duplicate = from.valid - std::min(from.valid, count);
  quality.free_mail = from.free_mail;
  quality.role = from.role;
  quality.invalid_reasons = static_cast<uint32_t>(
      std::count_if(from.reasons.begin(), from.reasons.end(), [](const auto& reason) { return reason.rows > 0; }));
  return quality;
}

vesica_answer_info ToAnswerInfo(Method method, size_t set_count, double expected_false_matches,
                                const std::vector<Overlap>& pairs) {
  vesica_answer_info info{};
  info.flags = AnswerFlags(method);
  const bool below = std::any_of(pairs.begin(), pairs.end(), [](const Overlap& pair) { return pair.below_resolution; });
  if (below) info.flags |= VESICA_ANSWER_BELOW_RESOLUTION;
  info.method = static_cast<uint32_t>(method);
  info.set_count = static_cast<uint32_t>(set_count);
  info.expected_false_matches = expected_false_matches;
  return info;
}

absl::StatusOr<vesica_invalid> ToInvalid(const Quality& from, bool derived, uint32_t index) {
  for (size_t reason = 0; !derived && reason < from.reasons.size(); ++reason) {
    const Quality::InvalidRows& rows = from.reasons[reason];
    if (rows.rows == 0 || index-- > 0) continue;
    vesica_invalid invalid{};
    invalid.reason = static_cast<uint32_t>(reason);
    invalid.rows = rows.rows;
    static_assert(sizeof(invalid.first_rows) == sizeof(rows.first_rows));
    std::copy(rows.first_rows.begin(), rows.first_rows.end(), invalid.first_rows);
    return invalid;
  }
  return InvalidArgument("index is past the last reason");
}

}  // namespace vesica::capi
