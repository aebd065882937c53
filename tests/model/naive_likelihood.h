#ifndef VESICA_TESTS_MODEL_NAIVE_LIKELIHOOD_H_
#define VESICA_TESTS_MODEL_NAIVE_LIKELIHOOD_H_

#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"

namespace vesica {

// What samples say of one cell, set by set. Slow and obvious: every cell of hash space is written down.
enum class CellState : uint8_t { kUnknown, kEmpty, kOccupied };
struct NaiveCell {
  double width = 0;  // of hash space
  std::vector<CellState> states;
};

// Samples of equal, few mantissa bits: all cells of hash space, in order.
inline std::vector<NaiveCell> NaiveCellsOf(const std::vector<const MinHash*>& samples) {
  const uint32_t mantissa_bits = samples[0]->mantissa_bits();
  std::vector<std::set<uint32_t>> members;
  for (const MinHash* sample : samples) members.emplace_back(sample->cells().begin(), sample->cells().end());
  std::vector<NaiveCell> cells;
  for (uint32_t code = 0; code < EndCell(mantissa_bits); ++code) {
    NaiveCell cell;
    const uint64_t width = CellEdge(code + 1, mantissa_bits) - CellEdge(code, mantissa_bits);
    cell.width = std::ldexp(static_cast<double>(width), -int{kPositionBits});
    for (size_t i = 0; i < samples.size(); ++i) {
      cell.states.push_back(code >= samples[i]->threshold() ? CellState::kUnknown
                            : members[i].contains(code)     ? CellState::kOccupied
                                                            : CellState::kEmpty);
    }
    cells.push_back(cell);
  }
  return cells;
}

// Samples of one shape: the cells of all registers, from the smallest fraction up. A register knows its cells up to
// the one it keeps.
inline std::vector<NaiveCell> NaiveCellsOf(const std::vector<const HyperLogLog*>& samples) {
  const HyperLogLogShape shape = samples[0]->shape();
  std::vector<NaiveCell> cells;
  for (uint32_t i = 0; i < shape.registers(); ++i) {
    for (int code = shape.max_code(); code >= 1; --code) {
      const int zeros = (code - 1) >> shape.mantissa_bits;
      if (zeros == static_cast<int>(HyperLogLogShape::kMaxZeros) && code != shape.max_code()) continue;
      const int fraction_log2 =
          code == shape.max_code() ? -zeros : -(zeros + 1 + static_cast<int>(shape.mantissa_bits));
      NaiveCell cell;
      cell.width = std::ldexp(1.0, fraction_log2 - static_cast<int>(shape.register_bits));
      for (const HyperLogLog* sample : samples) {
        const int kept = sample->registers()[i];
        cell.states.push_back(kept > code    ? CellState::kUnknown
                              : kept == code ? CellState::kOccupied
                                             : CellState::kEmpty);
      }
      cells.push_back(cell);
    }
  }
  return cells;
}

// The probability of one cell when sizes[m] keys are in exactly the sets of mask m: the sum, over which regions have
// keys in it, of all that agree with what is known.
inline double NaiveProbability(const NaiveCell& cell, const std::vector<double>& sizes) {
  double probability = 0;
  for (uint64_t hit = 0; hit < uint64_t{1} << sizes.size(); hit += 2) {  // bit m: region m has keys in the cell
    uint64_t occupied = 0;
    double of_this = 1;
    for (size_t region = 1; region < sizes.size(); ++region) {
      const bool has_keys = hit >> region & 1;
      if (has_keys) occupied |= region;
      of_this *= has_keys ? -std::expm1(-sizes[region] * cell.width) : std::exp(-sizes[region] * cell.width);
    }
    bool agrees = true;
    for (size_t set = 0; set < cell.states.size(); ++set) {
      const CellState state = cell.states[set];
      agrees = agrees && (state == CellState::kUnknown || (state == CellState::kOccupied) == (occupied >> set & 1));
    }
    if (agrees) probability += of_this;
  }
  return probability;
}

inline double NaiveLogLikelihood(const std::vector<NaiveCell>& cells, const std::vector<double>& sizes) {
  double sum = 0;
  for (const NaiveCell& cell : cells) sum += std::log(NaiveProbability(cell, sizes));
  return sum;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_LIKELIHOOD_H_
