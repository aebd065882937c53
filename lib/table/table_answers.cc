#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/error.h"
#include "table/figure_text.h"
#include "table/warnings.h"
#include "vesica/answer_tables.h"
#include "vesica/identity.h"

namespace vesica {
namespace {

Estimate Shown(const Estimate& estimate, bool exact) { return exact ? estimate : NineDigits(estimate); }

// Counted keys, whose interval is a point, or estimated ones.
void AddSize(uint64_t count, const std::optional<Estimate>& estimate, TableBuilder* to) {
  if (estimate.has_value()) {
    to->Interval(NineDigits(*estimate));
  } else {
    to->Uint64(count).Uint64(count).Uint64(count);
  }
}

absl::StatusOr<Table> SetsTableOf(const std::vector<Regions::Set>& sets) {
  TableBuilder to("sets", {{"name", ColumnType::kText},
                           {"rows", ColumnType::kUint64},
                           {"blank", ColumnType::kUint64},
                           {"invalid", ColumnType::kUint64},
                           {"duplicate", ColumnType::kUint64},
                           {"free_mail", ColumnType::kUint64},
                           {"role", ColumnType::kUint64},
                           {"count", ColumnType::kUint64},
                           {"lower", ColumnType::kUint64},
                           {"upper", ColumnType::kUint64}});
  for (const Regions::Set& set : sets) {
    const Quality& quality = set.quality;
    const auto read = [&](uint64_t rows) { set.derived ? to.Null() : to.Uint64(rows); };
    to.Row().Text(set.name);
    read(quality.rows);
    read(quality.blank);
    read(quality.invalid());
    read(quality.valid - std::min(quality.valid, set.count));
    read(quality.free_mail);
    read(quality.role);
    AddSize(set.count, set.estimate, &to);
  }
  return std::move(to).Finish();
}

// in_<name> of each set: UTF-8 without NUL, and all different.
std::vector<std::string> MemberColumns(const std::vector<Regions::Set>& sets) {
  std::unordered_set<std::string> taken;
  std::vector<std::string> columns;
  for (const Regions::Set& set : sets) {
    std::string repaired;
    std::string name = absl::StrCat("in_", std::string(Utf8Of(set.name, &repaired)));
    std::replace(name.begin(), name.end(), '\0', '_');
    std::string column = name;
    for (int i = 2; !taken.insert(column).second; ++i) column = absl::StrCat(name, "_", i);
    columns.push_back(std::move(column));
  }
  return columns;
}

// The names of the sets whose bits are 1 in `members`.
std::string RegionName(const std::vector<Regions::Set>& sets, uint32_t members) {
  std::string name;
  for (size_t set = 0; set < sets.size(); ++set) {
    if ((members >> set & 1) != 0) absl::StrAppend(&name, name.empty() ? "" : " & ", sets[set].name);
  }
  return name;
}

std::vector<ColumnSpec> PairColumns() {
  return {{"a", ColumnType::kText},
          {"b", ColumnType::kText},
          {"size_a", ColumnType::kUint64, kWithInterval},
          {"size_b", ColumnType::kUint64, kWithInterval},
          {"intersection", ColumnType::kUint64, kWithInterval},
          {"union", ColumnType::kUint64, kWithInterval},
          {"share_of_a", ColumnType::kDouble, kWithInterval},
          {"share_of_b", ColumnType::kDouble, kWithInterval},
          {"overlap_coefficient", ColumnType::kDouble, kWithInterval},
          {"jaccard", ColumnType::kDouble, kWithInterval},
          {"dice", ColumnType::kDouble, kWithInterval},
          {"size_ratio", ColumnType::kDouble, kWithInterval},
          {"design_error", ColumnType::kDouble},
          {"below_resolution", ColumnType::kBool},
          {"method", ColumnType::kText}};
}

// `answer` is Regions or Matrix.
template <class Answer>
absl::StatusOr<Table> PairsTableOf(const Answer& answer) {
  const auto sets = static_cast<uint32_t>(answer.sets.size());
  TableBuilder to("pairs", PairColumns());
  to.Reserve(uint64_t{sets} * (sets - 1) / 2);
  for (uint32_t a = 0; a < sets; ++a) {
    for (uint32_t b = a + 1; b < sets; ++b) {
      const Overlap overlap = answer.Pair(a, b);
      const bool exact = IsExact(overlap.method);
      to.Row().Text(answer.sets[a].name).Text(answer.sets[b].name);
      for (const Estimate& figure :
           {overlap.a, overlap.b, overlap.intersection, overlap.union_size, overlap.share_of_a, overlap.share_of_b,
            overlap.overlap_coefficient, overlap.jaccard, overlap.dice, overlap.size_ratio}) {
        to.Interval(Shown(figure, exact));
      }
      to.Double(NineDigits(overlap.design_error)).Bool(overlap.below_resolution).Text(MethodText(overlap.method));
    }
  }
  return std::move(to).Finish();
}

template <class Answer>
absl::StatusOr<Table> WarningsTableOf(const Answer& answer) {
  TableBuilder to("warnings", {{"warning", ColumnType::kText}});
  for (const std::string& warning : Warnings(answer)) to.Row().Text(warning);
  return std::move(to).Finish();
}

}  // namespace

absl::StatusOr<Table> SetsTable(const Regions& regions) { return SetsTableOf(regions.sets); }
absl::StatusOr<Table> SetsTable(const Matrix& matrix) { return SetsTableOf(matrix.sets); }

absl::StatusOr<Table> RegionsTable(const Regions& regions) {
  std::vector<ColumnSpec> columns = {{"region", ColumnType::kText}, {"sets", ColumnType::kUint64}};
  for (std::string& name : MemberColumns(regions.sets)) columns.push_back({std::move(name), ColumnType::kBool});
  for (const char* name : {"count", "lower", "upper"}) columns.push_back({name, ColumnType::kUint64});
  TableBuilder to("regions", columns);
  for (uint32_t members = 1; members < uint32_t{1} << regions.sets.size(); ++members) {
    to.Row().Text(RegionName(regions.sets, members)).Uint64(static_cast<uint64_t>(std::popcount(members)));
    for (size_t set = 0; set < regions.sets.size(); ++set) to.Bool((members >> set & 1) != 0);
    regions.estimates.empty() ? AddSize(regions.counts[members], std::nullopt, &to)
                              : AddSize(0, regions.estimates[members], &to);
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> PairsTable(const Regions& regions) { return PairsTableOf(regions); }
absl::StatusOr<Table> PairsTable(const Matrix& matrix) { return PairsTableOf(matrix); }

absl::StatusOr<Table> WarningsTable(const Regions& regions) { return WarningsTableOf(regions); }
absl::StatusOr<Table> WarningsTable(const Matrix& matrix) { return WarningsTableOf(matrix); }

absl::StatusOr<Table> PlanTable(const PlanQuestion& question) {
  VESICA_ASSIGN_OR_RETURN(const Plan plan, MakePlan(question));
  TableBuilder to("plan", {{"representation", ColumnType::kText},
                           {"sketch_bytes", ColumnType::kUint64},
                           {"image_bytes_a", ColumnType::kDouble},
                           {"image_bytes_b", ColumnType::kDouble},
                           {"relative_half_width", ColumnType::kDouble},
                           {"build_ns_per_row", ColumnType::kDouble},
                           {"reaches_error", ColumnType::kBool},
                           {"smallest", ColumnType::kBool}});
  for (const RepresentationPlan& of : plan.representations) {
    to.Row().Text(RepresentationText(of.representation)).Uint64(of.sketch_bytes);
    for (const double figure : {of.image_bytes_a, of.image_bytes_b, of.half_width, of.build_ns_per_row}) {
      to.Double(NineDigits(figure));
    }
    to.Bool(of.reaches_error).Bool(of.representation == plan.smallest);
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> ProfilesTable() {
  TableBuilder to("profiles", {{"name", ColumnType::kText},
                               {"summary", ColumnType::kText},
                               {"source", ColumnType::kText},
                               {"needs_country", ColumnType::kBool},
                               {"digest", ColumnType::kBool}});
  for (const ProfileInfo& profile : Profiles()) {
    to.Row().Text(profile.name).Text(profile.summary).Text(profile.source);
    to.Bool(profile.needs_country).Bool(profile.digest);
  }
  return std::move(to).Finish();
}

}  // namespace vesica
