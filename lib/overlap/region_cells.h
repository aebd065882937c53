#ifndef VESICA_LIB_OVERLAP_REGION_CELLS_H_
#define VESICA_LIB_OVERLAP_REGION_CELLS_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "overlap/pair_cells.h"

namespace vesica {

inline constexpr uint32_t kMaxSampledSets = 4;
inline constexpr int kSampledMasks = 1 << kMaxSampledSets;

// All that samples of 1..4 sets say of them, as PairCells of a pair. Masks are over the sets: set 0 is bit 0.
struct RegionCells {
  // Cells that are occupied in some sets and empty in others; of the rest nothing is known.
  struct Group {
    uint8_t occupied = 0;  // mask, not 0
    uint8_t empty = 0;     // mask
    uint8_t width = 0;     // 2^-width of hash space
    double count = 0;
  };
  uint32_t sets = 0;
  std::vector<Group> groups;                  // by occupied, empty, width
  std::array<double, kSampledMasks> empty{};  // [m]: fraction of hash space known empty in exactly the sets of m
  std::array<PairCells::Set, kMaxSampledSets> of_set;
};

// All brought to the coarsest cells, as for pairs. 1..4 samples.
RegionCells JoinMinHash(std::span<const MinHash* const> samples);
RegionCells JoinHyperLogLog(std::span<const HyperLogLog* const> samples);

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_REGION_CELLS_H_
