#ifndef VESICA_LIB_ALIGNMENT_METRICS_COMBINATIONS_H_
#define VESICA_LIB_ALIGNMENT_METRICS_COMBINATIONS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "alignment/study_data.h"

namespace vesica {

inline constexpr size_t kMostCombined = 3;

// A segment that one to three dimensions name: region = EMEA and industry = pharma. Dimensions are in the order of the
// study's; unused places are kNoId.
struct Combination {
  std::array<uint32_t, kMostCombined> dimensions = {kNoId, kNoId, kNoId};
  std::array<uint32_t, kMostCombined> values = {kNoId, kNoId, kNoId};

  size_t size() const {
    return dimensions[0] == kNoId ? 0 : dimensions[1] == kNoId ? 1 : dimensions[2] == kNoId ? 2 : 3;
  }
  Combination Without(size_t place) const;

  friend auto operator<=>(const Combination&, const Combination&) = default;
  template <class H>
  friend H AbslHashValue(H hash, const Combination& c) {
    return H::combine(std::move(hash), c.dimensions, c.values);
  }
};

// Calls take(combination) for each one, of at most `most` dimensions, that a tuple is in. Where a value is not known,
// it is only listed by itself.
template <class Take>
void ForEachCombination(std::span<const uint32_t> tuple, size_t most, const Take& take) {
  const auto size = static_cast<uint32_t>(tuple.size());
  for (uint32_t i = 0; i < size; ++i) {
    take(Combination{{i, kNoId, kNoId}, {tuple[i], kNoId, kNoId}});
    if (tuple[i] == kNoId || most < 2) continue;
    for (uint32_t j = i + 1; j < size; ++j) {
      if (tuple[j] == kNoId) continue;
      take(Combination{{i, j, kNoId}, {tuple[i], tuple[j], kNoId}});
      for (uint32_t k = j + 1; k < size && most > 2; ++k) {
        if (tuple[k] != kNoId) take(Combination{{i, j, k}, {tuple[i], tuple[j], tuple[k]}});
      }
    }
  }
}

// "region, industry" and "EMEA, pharma"; null for a single one that is not known.
std::string DimensionsText(const StudyData& data, const Combination& combination);
std::optional<std::string> ValuesText(const StudyData& data, const Combination& combination);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_COMBINATIONS_H_
