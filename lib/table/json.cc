#include "vesica/json.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "table/json_writer.h"
#include "table/warnings.h"
#include "vesica/status.h"
#include "vesica/table.h"

namespace vesica {
namespace {

// The ratio of marketing to sales audience that alignment aims at; a reading aid beside size_ratio.
constexpr uint64_t kTargetRatio = 20;

// 2^53: beyond it a double no longer counts.
constexpr double kMaxInteger = 9007199254740992.0;

// Null where it is undefined.
void WriteRatio(double value, JsonWriter& to) { std::isnan(value) ? to.Null() : to.Number(value); }

// Keys are whole, so that counts have no fraction, estimated ones neither.
void WriteCount(double value, JsonWriter& to) {
  const double whole = std::round(value);
  whole >= 0 && whole <= kMaxInteger ? to.Integer(static_cast<uint64_t>(whole)) : WriteRatio(value, to);
}

Estimate Shown(const Estimate& estimate, Method method) { return IsExact(method) ? estimate : NineDigits(estimate); }

using WriteFigure = void (*)(double, JsonWriter&);

void WriteInterval(std::string_view key, const Estimate& estimate, WriteFigure write, JsonWriter& to) {
  to.Key(key);
  to.BeginObject();
  to.Key("estimate"), write(estimate.value, to);
  to.Key("lower"), write(estimate.lower, to);
  to.Key("upper"), write(estimate.upper, to);
  to.EndObject();
}

void WriteFigures(const Overlap& overlap, JsonWriter& to) {
  const auto write = [&](std::string_view key, const Estimate& estimate, WriteFigure figure) {
    WriteInterval(key, Shown(estimate, overlap.method), figure, to);
  };
  write("intersection", overlap.intersection, WriteCount);
  write("union", overlap.union_size, WriteCount);
  write("share_of_a", overlap.share_of_a, WriteRatio);
  write("share_of_b", overlap.share_of_b, WriteRatio);
  write("overlap_coefficient", overlap.overlap_coefficient, WriteRatio);
  write("jaccard", overlap.jaccard, WriteRatio);
  write("dice", overlap.dice, WriteRatio);
  write("size_ratio", overlap.size_ratio, WriteRatio);
  if (!IsExact(overlap.method)) {
    to.Key("design_error"), WriteRatio(NineDigits(overlap.design_error), to);
    to.Key("below_resolution"), to.Boolean(overlap.below_resolution);
  }
}

// Counted keys, whose interval is a point, or estimated ones.
void WriteSize(uint64_t count, const std::optional<Estimate>& estimate, JsonWriter& to) {
  if (!estimate.has_value()) {
    for (const char* key : {"count", "lower", "upper"}) to.Key(key), to.Integer(count);
    return;
  }
  to.Key("count"), WriteCount(NineDigits(estimate->value), to);
  to.Key("lower"), WriteCount(NineDigits(estimate->lower), to);
  to.Key("upper"), WriteCount(NineDigits(estimate->upper), to);
}

void WriteInvalidRows(const Quality& quality, JsonWriter& to) {
  for (size_t i = 0; i < quality.reasons.size(); ++i) {
    const Quality::InvalidRows& reason = quality.reasons[i];
    if (reason.rows == 0) continue;
    to.BeginObject();
    to.Key("reason"), to.Text(ReasonText(static_cast<Reason>(i)));
    to.Key("rows"), to.Integer(reason.rows);
    to.Key("first_rows");
    to.BeginArray();
    for (const uint64_t row : reason.first_rows) {
      if (row != kNoRow) to.Integer(row);
    }
    to.EndArray();
    to.EndObject();
  }
}

void WriteSet(const Regions::Set& set, JsonWriter& to) {
  const Quality& quality = set.quality;
  const auto read = [&](std::string_view key, uint64_t figure) {
    to.Key(key);
    set.derived ? to.Null() : to.Integer(figure);
  };
  to.BeginObject();
  to.Key("name"), to.Text(set.name);
  read("rows", quality.rows);
  read("blank", quality.blank);
  read("invalid", quality.invalid());
  read("duplicate", quality.valid - std::min(quality.valid, set.count));
  read("free_mail", quality.free_mail);
  read("role", quality.role);
  WriteSize(set.count, set.estimate, to);
  to.Key("invalid_rows");
  to.BeginArray();
  if (!set.derived) WriteInvalidRows(quality, to);
  to.EndArray();
  to.EndObject();
}

void WriteSets(const std::vector<Regions::Set>& sets, JsonWriter& to) {
  to.Key("sets");
  to.BeginArray();
  for (const Regions::Set& set : sets) WriteSet(set, to);
  to.EndArray();
}

void WriteRegions(const Regions& regions, JsonWriter& to) {
  to.Key("regions");
  to.BeginArray();
  for (size_t mask = 1; mask < size_t{1} << regions.sets.size(); ++mask) {
    to.BeginObject();
    to.Key("members");
    to.BeginArray();
    for (size_t set = 0; set < regions.sets.size(); ++set) {
      if ((mask >> set & 1) != 0) to.Text(regions.sets[set].name);
    }
    to.EndArray();
    regions.estimates.empty() ? WriteSize(regions.counts[mask], std::nullopt, to)
                              : WriteSize(0, regions.estimates[mask], to);
    to.EndObject();
  }
  to.EndArray();
}

// `answer` is Regions or Matrix.
template <class Answer>
void WritePairs(const Answer& answer, JsonWriter& to) {
  const auto sets = static_cast<uint32_t>(answer.sets.size());
  to.Key("pairs");
  to.BeginArray();
  for (uint32_t a = 0; a < sets; ++a) {
    for (uint32_t b = a + 1; b < sets; ++b) {
      to.BeginObject();
      to.Key("a"), to.Text(answer.sets[a].name);
      to.Key("b"), to.Text(answer.sets[b].name);
      WriteFigures(answer.Pair(a, b), to);
      to.EndObject();
    }
  }
  to.EndArray();
}

// What closes every answer: where it comes from and how to read it.
template <class Answer>
void WriteProvenance(const Answer& answer, JsonWriter& to) {
  to.Key("method"), to.Text(MethodText(answer.method));
  to.Key("profile"), to.Text(answer.stamp.profile);
  to.Key("stamp"), to.Text(answer.stamp.ToString());
  to.Key("expected_false_matches"), WriteRatio(ExpectedFalseMatches(answer), to);
  to.Key("target_ratio"), to.Integer(kTargetRatio);
  to.Key("warnings");
  to.BeginArray();
  for (const std::string& warning : Warnings(answer)) to.Text(warning);
  to.EndArray();
}

}  // namespace

std::string ToJson(const Regions& regions) {
  JsonWriter to;
  to.BeginObject();
  WriteSets(regions.sets, to);
  if (regions.sets.size() == 2) {
    to.Key("overlap");
    to.BeginObject();
    WriteFigures(regions.Pair(0, 1), to);
    to.EndObject();
  }
  WriteRegions(regions, to);
  if (regions.sets.size() > 2) WritePairs(regions, to);
  WriteProvenance(regions, to);
  to.EndObject();
  return std::move(to).Finish();
}

std::string ToJson(const Matrix& matrix) {
  JsonWriter to;
  to.BeginObject();
  WriteSets(matrix.sets, to);
  WritePairs(matrix, to);
  WriteProvenance(matrix, to);
  to.EndObject();
  return std::move(to).Finish();
}

}  // namespace vesica
