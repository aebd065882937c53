#ifndef VESICA_LIB_OVERLAP_PAIR_CELLS_H_
#define VESICA_LIB_OVERLAP_PAIR_CELLS_H_

#include <array>
#include <cstdint>
#include <optional>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"

namespace vesica {

// Cells are 2^-0 .. 2^-60 of hash space wide.
inline constexpr uint32_t kCellWidths = kPositionBits + 1;

// How two samples were taken. Says which cells they know, before any key is seen.
struct PairDesign {
  enum class Sampler : uint8_t {
    kThreshold,  // MinHash: every cell below a threshold
    kRegisters,  // HyperLogLog: the cells of each register up to the first with a key
  };
  Sampler sampler = Sampler::kThreshold;
  uint32_t mantissa_bits = 0;
  uint32_t register_bits = 0;   // kRegisters
  double end_a = 1, end_b = 1;  // kThreshold: the fractions of hash space below the thresholds
};

// All that two samples a and b say of their sets, as sufficient statistics of one likelihood (pair_likelihood.h). A
// sample says of a cell, a piece of hash space, that it is empty, that it is occupied by one key or more, or nothing.
// Widths are fractions of hash space, so that the rates they meet are people. Counts may be expectations.
struct PairCells {
  // Cells of one width by what is known of them.
  struct Counts {
    double only_a = 0;   // occupied in a, empty in b
    double only_b = 0;   // occupied in b, empty in a
    double both = 0;     // occupied in both
    double alone_a = 0;  // occupied in a, nothing known of b
    double alone_b = 0;  // occupied in b, nothing known of a
  };
  std::array<Counts, kCellWidths> by_width{};  // [i]: 2^-i of hash space wide

  // How much of hash space is known to be empty
  double empty_a = 0;     // in a, while b is occupied or not known
  double empty_b = 0;     // in b, while a is occupied or not known
  double empty_both = 0;  // in both

  struct Set {
    std::optional<double> count;  // where it is known exactly
    double rough_count = 0;       // a starting value
    bool empty = false;           // it has no keys, for certain
  };
  Set a, b;
  double rough_jaccard = 0;  // a starting value: occupied in both, over occupied in either

  PairDesign design;
};

// Of different mantissas, the finer sample is brought to the coarser one's cells. Cells between the two thresholds
// count for the sample that reaches them.
PairCells JoinMinHash(const MinHash& a, const MinHash& b);

// Both brought to their CommonShape.
PairCells JoinHyperLogLog(const HyperLogLog& a, const HyperLogLog& b);

// What one sample says of its set by itself.
PairCells::Set MinHashSet(const MinHash& sample);
PairCells::Set RegisterSet(const HyperLogLog& sample);

// The fraction of a register's space where the cell of each code begins, and log2 of how many such cells fill it.
struct RegisterCells {
  // In units of 2^-(kMaxZeros + kMaxMantissaBits), so that sums over registers are exact. Code 0 begins at the end.
  static constexpr uint32_t kUnitBits = HyperLogLogShape::kMaxZeros + HyperLogLogShape::kMaxMantissaBits;
  std::array<uint64_t, 256> begin{};
  std::array<uint8_t, 256> width_log2{};  // the cell is 2^-width_log2 of the register's space
  explicit RegisterCells(uint32_t mantissa_bits);
};

}  // namespace vesica

#endif  // VESICA_LIB_OVERLAP_PAIR_CELLS_H_
