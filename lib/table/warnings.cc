#include "table/warnings.h"

#include <algorithm>
#include <unordered_set>

#include "absl/strings/str_cat.h"

namespace vesica {
namespace {

// Above this share of a set's valid rows its free-mail addresses are worth a word: in B2B lists they belong to no
// account.
constexpr uint64_t kFreeMailOneIn = 5;

bool IsMost(uint64_t part, uint64_t whole) { return part > whole - part; }

std::string Quoted(const std::string& name) { return absl::StrCat("\"", name, "\""); }

void WarnOfRows(const Regions::Set& set, std::vector<std::string>* out) {
  const Quality& quality = set.quality;
  const std::string name = Quoted(set.name);
  const uint64_t filled = quality.rows - quality.blank;
  if (IsMost(quality.blank, quality.rows)) {
    out->push_back(absl::StrCat(name, ": ", quality.blank, " of ", quality.rows, " rows are blank."));
  }
  if (IsMost(quality.invalid(), filled)) {
    out->push_back(absl::StrCat(name, ": ", quality.invalid(), " of ", filled, " keys are invalid."));
  }
  if (quality.free_mail > quality.valid / kFreeMailOneIn) {
    out->push_back(
        absl::StrCat(name, ": ", quality.free_mail, " of ", quality.valid, " valid keys are free-mail addresses."));
  }
}

}  // namespace

std::vector<std::string> Warnings(std::span<const Regions::Set> sets, double expected_false_matches) {
  std::vector<std::string> warnings;
  std::unordered_set<std::string> names;
  for (const Regions::Set& set : sets) {
    if (!names.insert(set.name).second) {
      warnings.push_back(absl::StrCat(Quoted(set.name), ": the name of several sets."));
    }
    if (set.count == 0) warnings.push_back(absl::StrCat(Quoted(set.name), ": the set is empty."));
    if (!set.derived) WarnOfRows(set, &warnings);
  }
  if (expected_false_matches >= 0.5) {
    warnings.push_back("Some keys may have been merged because their hashes agree: see expected_false_matches.");
  }
  return warnings;
}

std::vector<std::string> Warnings(const Regions& regions) {
  return Warnings(regions.sets, ExpectedFalseMatches(regions));
}

std::vector<std::string> Warnings(const Matrix& matrix) { return Warnings(matrix.sets, ExpectedFalseMatches(matrix)); }

double ExpectedFalseMatches(const Regions& regions) { return regions.expected_false_matches; }

double ExpectedFalseMatches(const Matrix& matrix) {
  double most = 0;
  for (const Overlap& pair : matrix.pairs) most = std::max(most, pair.expected_false_matches);
  return most;
}

}  // namespace vesica
