// Floating cells: hashes rounded to an exponent and a few mantissa bits, so that small hashes are told apart finely and
// large ones coarsely. Whoever keeps the smallest hashes of a set needs a resolution that goes with the hash, not with
// the set (docs/estimation.md).
#ifndef VESICA_LIB_AUDIENCE_FLOATING_CELL_H_
#define VESICA_LIB_AUDIENCE_FLOATING_CELL_H_

#include <bit>
#include <cstdint>

namespace vesica {

// Positions are the upper 60 bits of a hash: 0 .. 2^60 - 1.
inline constexpr uint32_t kPositionBits = 60;
inline constexpr uint64_t kPositionEnd = uint64_t{1} << kPositionBits;

// Cell codes of up to so many mantissa bits fit 32 bits: (60 - 26 + 1) << 26 < 2^32.
inline constexpr uint32_t kMaxMantissaBits = 26;

inline uint64_t HashPosition(uint64_t hash) { return hash >> (64 - kPositionBits); }

// The cell of a position below 2^60. Codes keep the order of positions; 0 < mantissa_bits <= kMaxMantissaBits.
inline uint32_t CellOf(uint64_t position, uint32_t mantissa_bits) {
  if (position >> mantissa_bits == 0) return static_cast<uint32_t>(position);
  const uint32_t shift = 63 - static_cast<uint32_t>(std::countl_zero(position)) - mantissa_bits;
  const uint64_t mantissa = (position >> shift) & ((uint64_t{1} << mantissa_bits) - 1);
  return static_cast<uint32_t>((uint64_t{shift} + 1) << mantissa_bits | mantissa);
}

// The code after the last cell: the threshold of a sample that keeps everything.
inline constexpr uint32_t EndCell(uint32_t mantissa_bits) {
  return (kPositionBits - mantissa_bits + 1) << mantissa_bits;
}

// Octave of a cell: all cells of an octave have one width.
inline uint32_t CellOctave(uint32_t cell, uint32_t mantissa_bits) { return cell >> mantissa_bits; }

// log2 of the width, in positions, of the cells of an octave. Octaves 0 and 1 have cells of one position.
inline uint32_t OctaveWidthLog2(uint32_t octave) { return octave == 0 ? 0 : octave - 1; }

// The first position of a cell, or 2^60 for EndCell.
inline uint64_t CellEdge(uint32_t cell, uint32_t mantissa_bits) {
  const uint32_t octave = CellOctave(cell, mantissa_bits);
  if (octave == 0) return cell;
  const uint64_t leading_one = uint64_t{1} << mantissa_bits;
  return (leading_one | (cell & (leading_one - 1))) << (octave - 1);
}

// The cell of `to` <= `from` mantissa bits that holds the first position of `cell`; of a threshold, the largest
// threshold that promises no more than it did.
inline uint32_t CoarserCell(uint32_t cell, uint32_t from, uint32_t to) {
  const uint64_t edge = CellEdge(cell, from);
  return edge == kPositionEnd ? EndCell(to) : CellOf(edge, to);
}

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_FLOATING_CELL_H_
