#ifndef VESICA_LIB_ALIGNMENT_CUTS_H_
#define VESICA_LIB_ALIGNMENT_CUTS_H_

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "vesica/study.h"

namespace vesica {

// One dimension of a study by which people are told apart, or two; by their index.
struct Cut {
  size_t dimension;
  std::optional<size_t> second;
};

// Each dimension, then each of `by_pairs`.
inline std::vector<Cut> CutsOf(const StudyOptions& options) {
  const auto index = [&](const std::string& name) {
    return static_cast<size_t>(std::find(options.by.begin(), options.by.end(), name) - options.by.begin());
  };
  std::vector<Cut> cuts;
  for (size_t i = 0; i < options.by.size(); ++i) cuts.push_back({i, std::nullopt});
  for (const auto& [a, b] : options.by_pairs) cuts.push_back({index(a), index(b)});
  return cuts;
}

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_CUTS_H_
