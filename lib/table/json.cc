#include "vesica/json.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "table/object_text.h"
#include "table/warnings.h"
#include "vesica/status.h"

namespace vesica {
namespace {

// The ratio of marketing to sales audience that alignment aims at; a reading aid beside size_ratio.
constexpr int kTargetRatio = 20;

// 2^53: beyond it a double no longer counts.
constexpr double kMaxInteger = 9007199254740992.0;

// An integer where the number is one, so that counts have no fraction; null where it is undefined.
Json Count(double value) {
  if (std::isnan(value)) return nullptr;
  if (value >= 0 && value <= kMaxInteger && value == std::floor(value)) return static_cast<uint64_t>(value);
  return value;
}

Json Ratio(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json CountInterval(const Estimate& e) {
  return {{"estimate", Count(e.value)}, {"lower", Count(e.lower)}, {"upper", Count(e.upper)}};
}

Json RatioInterval(const Estimate& e) {
  return {{"estimate", Ratio(e.value)}, {"lower", Ratio(e.lower)}, {"upper", Ratio(e.upper)}};
}

void AddFigures(const Overlap& overlap, Json* to) {
  (*to)["intersection"] = CountInterval(overlap.intersection);
  (*to)["union"] = CountInterval(overlap.union_size);
  (*to)["share_of_a"] = RatioInterval(overlap.share_of_a);
  (*to)["share_of_b"] = RatioInterval(overlap.share_of_b);
  (*to)["overlap_coefficient"] = RatioInterval(overlap.overlap_coefficient);
  (*to)["jaccard"] = RatioInterval(overlap.jaccard);
  (*to)["dice"] = RatioInterval(overlap.dice);
  (*to)["size_ratio"] = RatioInterval(overlap.size_ratio);
}

Json PairJson(const std::string& a, const std::string& b, const Overlap& overlap) {
  Json pair = {{"a", a}, {"b", b}};
  AddFigures(overlap, &pair);
  return pair;
}

Json InvalidRowsJson(const Quality& quality) {
  Json list = Json::array();
  for (size_t i = 0; i < quality.reasons.size(); ++i) {
    const Quality::InvalidRows& reason = quality.reasons[i];
    if (reason.rows == 0) continue;
    Json first_rows = Json::array();
    for (const uint64_t row : reason.first_rows) {
      if (row != kNoRow) first_rows.push_back(row);
    }
    list.push_back({{"reason", ReasonText(static_cast<Reason>(i))}, {"rows", reason.rows}, {"first_rows", first_rows}});
  }
  return list;
}

Json SetJson(const Regions::Set& set) {
  const Quality& quality = set.quality;
  const auto read = [&](uint64_t figure) { return set.derived ? Json(nullptr) : Json(figure); };
  return {{"name", set.name},
          {"rows", read(quality.rows)},
          {"blank", read(quality.blank)},
          {"invalid", read(quality.invalid())},
          {"duplicate", read(quality.valid - set.count)},
          {"free_mail", read(quality.free_mail)},
          {"role", read(quality.role)},
          {"count", set.count},
          {"lower", set.count},
          {"upper", set.count},
          {"invalid_rows", set.derived ? Json::array() : InvalidRowsJson(quality)}};
}

Json RegionJson(const Regions& regions, uint64_t mask) {
  Json members = Json::array();
  for (size_t set = 0; set < regions.sets.size(); ++set) {
    if ((mask >> set & 1) != 0) members.push_back(regions.sets[set].name);
  }
  const uint64_t count = regions.counts[mask];
  return {{"members", members}, {"count", count}, {"lower", count}, {"upper", count}};
}

// What closes every answer.
void AddProvenance(const IdentityStamp& stamp, Method method, double expected_false_matches,
                   const std::vector<Regions::Set>& sets, ObjectText* to) {
  to->Add("method", MethodText(method));
  to->Add("profile", stamp.profile);
  to->Add("stamp", stamp.ToString());
  to->Add("expected_false_matches", Ratio(expected_false_matches));
  to->Add("target_ratio", kTargetRatio);
  to->Add("warnings", Warnings(sets, expected_false_matches));
}

// Set numbers of every pair, in order.
std::vector<std::pair<uint32_t, uint32_t>> Pairs(size_t sets) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (uint32_t a = 0; a < sets; ++a) {
    for (uint32_t b = a + 1; b < sets; ++b) pairs.emplace_back(a, b);
  }
  return pairs;
}

}  // namespace

std::string ToJson(const Regions& regions) {
  const auto& sets = regions.sets;
  ObjectText text;
  text.AddArray("sets", sets.size(), [&](uint64_t i) { return SetJson(sets[i]); });
  if (sets.size() == 2) {
    Json overlap = Json::object();
    AddFigures(regions.Pair(0, 1), &overlap);
    text.Add("overlap", overlap);
  }
  text.AddArray("regions", regions.counts.size() - 1, [&](uint64_t i) { return RegionJson(regions, i + 1); });
  if (sets.size() > 2) {
    const auto pairs = Pairs(sets.size());
    text.AddArray("pairs", pairs.size(), [&](uint64_t i) {
      const auto [a, b] = pairs[i];
      return PairJson(sets[a].name, sets[b].name, regions.Pair(a, b));
    });
  }
  AddProvenance(regions.stamp, regions.method, regions.expected_false_matches, sets, &text);
  return std::move(text).Finish();
}

std::string ToJson(const Matrix& matrix) {
  const auto& sets = matrix.sets;
  ObjectText text;
  text.AddArray("sets", sets.size(), [&](uint64_t i) { return SetJson(sets[i]); });
  const auto pairs = Pairs(sets.size());
  text.AddArray("pairs", pairs.size(), [&](uint64_t i) {
    const auto [a, b] = pairs[i];
    return PairJson(sets[a].name, sets[b].name, matrix.Pair(a, b));
  });
  double most = 0;
  for (const Overlap& pair : matrix.pairs) most = std::max(most, pair.expected_false_matches);
  AddProvenance(matrix.stamp, matrix.method, most, sets, &text);
  return std::move(text).Finish();
}

}  // namespace vesica
