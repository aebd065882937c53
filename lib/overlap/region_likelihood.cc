#include "overlap/region_likelihood.h"

#include <array>
#include <cmath>

namespace vesica {
namespace {

// Calls `visit(subset)` for all subsets of a mask, the empty one last.
template <typename Visit>
void ForEachSubset(uint32_t mask, const Visit& visit) {
  for (uint32_t subset = mask; subset != 0; subset = (subset - 1) & mask) visit(subset);
  visit(0u);
}

// Of a cell of some width into which keys of several kinds may fall, each of which occupies the sets of its mask: the
// probabilities that all sets of a subset of `occupied` are occupied. Found by adding one kind after the other, so that
// all terms are positive: by inclusion and exclusion the probabilities of rare cells would cancel.
RegionVector CoverProbabilities(uint32_t occupied, const RegionVector& rates, double width) {
  RegionVector exactly{};  // the sets occupied, and no others
  exactly[0] = 1;
  for (uint32_t kind = 1; kind <= occupied; ++kind) {
    if ((kind & ~occupied) != 0) continue;
    const double hit = -std::expm1(-rates[kind] * width);
    RegionVector with_kind{};
    ForEachSubset(occupied, [&](uint32_t sets) {
      with_kind[sets] += exactly[sets] * (1 - hit);
      with_kind[sets | kind] += exactly[sets] * hit;
    });
    exactly = with_kind;
  }
  RegionVector covered = exactly;
  for (uint32_t set = 1; set <= occupied; set <<= 1) {
    if ((occupied & set) == 0) continue;
    ForEachSubset(occupied & ~set, [&](uint32_t sets) { covered[sets] += covered[sets | set]; });
  }
  return covered;
}

}  // namespace

RegionLikelihood::RegionLikelihood(const RegionCells& cells) : regions_(1u << cells.sets) {
  for (uint32_t region = 1; region < regions_; ++region) {
    for (uint32_t mask = 1; mask < regions_; ++mask) {
      if ((mask & region) != 0) empty_[region] += cells.empty[mask];
    }
  }
  for (const RegionCells::Group& group : cells.groups) {
    if (knowledge_.empty() || knowledge_.back().occupied != group.occupied || knowledge_.back().empty != group.empty) {
      knowledge_.push_back({group.occupied, group.empty, {}});
    }
    knowledge_.back().widths.push_back({std::ldexp(1.0, -int{group.width}), group.count});
  }
}

void RegionLikelihood::Evaluate(const RegionVector& sizes, Derivatives<kSampledMasks>* out) const {
  *out = {};
  for (uint32_t region = 1; region < regions_; ++region) {
    out->value -= sizes[region] * empty_[region];
    out->gradient[region] -= empty_[region];
  }
  for (const Knowledge& knowledge : knowledge_) AddOccupied(knowledge, sizes, out);
}

// Keys of all regions that occupy the same of the sets that are known to be occupied are of one kind. With C(W) the
// probability that the sets W are occupied and P that all are, dP/drate of a kind K is d (C(without K) - P), and
// d2P/drate(K)drate(L) is d^2 (C(without K and L) - C(without K) - C(without L) + P).
void RegionLikelihood::AddOccupied(const Knowledge& knowledge, const RegionVector& sizes,
                                   Derivatives<kSampledMasks>* out) const {
  const uint32_t occupied = knowledge.occupied;
  RegionVector rates{};
  for (uint32_t region = 1; region < regions_; ++region) {
    if ((region & knowledge.empty) == 0) rates[region & occupied] += sizes[region];
  }
  RegionVector gradient{};
  SquareMatrix<kSampledMasks> hessian{};
  for (const WidthCount& cells : knowledge.widths) {
    const RegionVector covered = CoverProbabilities(occupied, rates, cells.width);
    const double all = covered[occupied], slope = cells.count * cells.width / all;
    out->value += cells.count * std::log(all);
    RegionVector change{};  // of P, when the sets of a kind are occupied anyway
    ForEachSubset(occupied, [&](uint32_t kind) { change[kind] = covered[occupied & ~kind] - all; });
    ForEachSubset(occupied, [&](uint32_t kind) {
      gradient[kind] += slope * change[kind];
      ForEachSubset(occupied, [&](uint32_t other) {
        const double second = change[kind | other] - change[kind] - change[other];
        hessian[kind][other] += slope * cells.width * (second - change[kind] * change[other] / all);
      });
    });
  }
  for (uint32_t region = 1; region < regions_; ++region) {
    const uint32_t kind = region & occupied;
    if ((region & knowledge.empty) != 0 || kind == 0) continue;
    out->gradient[region] += gradient[kind];
    for (uint32_t other = 1; other < regions_; ++other) {
      const uint32_t other_kind = other & occupied;
      if ((other & knowledge.empty) != 0 || other_kind == 0) continue;
      out->hessian[region][other] += hessian[kind][other_kind];
    }
  }
}

}  // namespace vesica
