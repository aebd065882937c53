#include "alignment/metrics/combinations.h"

namespace vesica {

Combination Combination::Without(size_t place) const {
  Combination rest;
  size_t at = 0;
  for (size_t i = 0; i < size(); ++i) {
    if (i == place) continue;
    rest.dimensions[at] = dimensions[i];
    rest.values[at++] = values[i];
  }
  return rest;
}

std::string DimensionsText(const StudyData& data, const Combination& combination) {
  std::string text;
  for (size_t i = 0; i < combination.size(); ++i) {
    text += (i == 0 ? "" : ", ") + data.options.by[combination.dimensions[i]];
  }
  return text;
}

std::optional<std::string> ValuesText(const StudyData& data, const Combination& combination) {
  if (combination.values[0] == kNoId) return std::nullopt;
  std::string text;
  for (size_t i = 0; i < combination.size(); ++i) {
    text += i == 0 ? "" : ", ";
    text += data.dimensions[combination.dimensions[i]][combination.values[i]];
  }
  return text;
}

}  // namespace vesica
