#include "bench/accuracy/regime.h"

#include <numeric>

namespace vesica {

uint64_t Regime::CountOfSet(size_t set) const {
  uint64_t count = 0;
  for (size_t members = 1; members < regions.size(); ++members) {
    if (members >> set & 1) count += regions[members];
  }
  return count;
}

TrialKeys::TrialKeys(const Regime& regime, uint64_t seed) : first_of_region_{0} {
  for (const uint64_t count : regime.regions) first_of_region_.push_back(first_of_region_.back() + count);
  keys_.resize(first_of_region_.back());
  std::iota(keys_.begin(), keys_.end(), static_cast<int64_t>(seed << 32));
}

std::vector<KeyColumn> TrialKeys::ColumnsOf(size_t set) const {
  std::vector<KeyColumn> columns;
  for (size_t members = 1; members + 1 < first_of_region_.size(); ++members) {
    if ((members >> set & 1) == 0) continue;
    KeyColumn column;
    column.layout = KeyLayout::kIntegers;
    column.length = first_of_region_[members + 1] - first_of_region_[members];
    column.data = keys_.data() + first_of_region_[members];
    columns.push_back(column);
  }
  return columns;
}

}  // namespace vesica
