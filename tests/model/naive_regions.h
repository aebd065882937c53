#ifndef VESICA_TESTS_MODEL_NAIVE_REGIONS_H_
#define VESICA_TESTS_MODEL_NAIVE_REGIONS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "vesica/identity.h"

namespace vesica {

// One set's rows, as a person would write them down.
using NaiveRows = std::vector<std::optional<std::string>>;

struct NaiveRegions {
  std::vector<uint64_t> counts;  // by members
  std::vector<uint64_t> blank, invalid, distinct;
};

// The slow, obvious answer: a map from canonical bytes to the sets that hold them.
inline NaiveRegions CountNaively(const std::vector<NaiveRows>& sets, const Profile& profile) {
  NaiveRegions result;
  std::map<std::string, uint32_t> members;
  for (size_t set = 0; set < sets.size(); ++set) {
    uint64_t blank = 0, invalid = 0;
    for (const auto& row : sets[set]) {
      std::string canonical;
      const Reason reason =
          row.has_value() ? profile.Canonicalize(*row, KeyEncoding::kPlain, &canonical) : Reason::kBlank;
      if (reason == Reason::kNone) {
        members[canonical] |= 1u << set;
      } else {
        ++(reason == Reason::kBlank ? blank : invalid);
      }
    }
    result.blank.push_back(blank);
    result.invalid.push_back(invalid);
    result.distinct.push_back(0);
  }
  result.counts.assign(size_t{1} << sets.size(), 0);
  for (const auto& [key, sets_of_key] : members) {
    ++result.counts[sets_of_key];
    for (size_t set = 0; set < sets.size(); ++set) result.distinct[set] += sets_of_key >> set & 1;
  }
  return result;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_REGIONS_H_
