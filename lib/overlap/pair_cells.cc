#include "overlap/pair_cells.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace vesica {
namespace {

using Cells = std::span<const uint32_t>;

// Cells that are in both of two strictly increasing lists. Every step moves one or both on without a branch, since
// which of two random cells is the smaller cannot be predicted.
uint64_t CountCommon(Cells a, Cells b) {
  uint64_t common = 0;
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const uint32_t x = a[i], y = b[j];
    common += x == y;
    i += x <= y;
    j += y <= x;
  }
  return common;
}

// Takes the cells below `end` off the front of `cells`.
Cells TakeBelow(uint64_t end, Cells* cells) {
  const auto stop = std::lower_bound(cells->begin(), cells->end(), end);
  const Cells taken = cells->first(static_cast<size_t>(stop - cells->begin()));
  *cells = cells->subspan(taken.size());
  return taken;
}

// Calls `visit(begin, end, width_log2)` for the codes of each octave in [begin, end); the width is in positions.
template <typename Visit>
void ForEachOctave(uint64_t begin, uint64_t end, uint32_t mantissa_bits, const Visit& visit) {
  while (begin < end) {
    const uint32_t octave = CellOctave(static_cast<uint32_t>(begin), mantissa_bits);
    const uint64_t octave_end = std::min<uint64_t>(end, (uint64_t{octave} + 1) << mantissa_bits);
    visit(begin, octave_end, OctaveWidthLog2(octave));
    begin = octave_end;
  }
}

double Fraction(uint64_t positions) { return std::ldexp(static_cast<double>(positions), -int{kPositionBits}); }

// The cells of one sample from `begin` to its own threshold, of which the other says nothing.
void AddMargin(Cells cells, uint64_t begin, uint64_t end, uint32_t mantissa_bits, double PairCells::Counts::*alone,
               double PairCells::*empty, PairCells* out) {
  uint64_t empty_positions = 0;
  ForEachOctave(begin, end, mantissa_bits, [&](uint64_t low, uint64_t high, uint32_t width_log2) {
    const uint64_t occupied = TakeBelow(high, &cells).size();
    out->by_width[kPositionBits - width_log2].*alone += static_cast<double>(occupied);
    empty_positions += (high - low - occupied) << width_log2;
  });
  out->*empty += Fraction(empty_positions);
}

PairCells JoinSameCells(const MinHash& a, const MinHash& b) {
  const uint32_t mantissa_bits = a.mantissa_bits();
  const uint64_t end_cell = EndCell(mantissa_bits);
  const uint64_t end_a = std::min<uint64_t>(a.threshold(), end_cell);
  const uint64_t end_b = std::min<uint64_t>(b.threshold(), end_cell);
  const uint64_t end = std::min(end_a, end_b);
  PairCells out;
  Cells cells_a = a.cells(), cells_b = b.cells();
  uint64_t only_a_positions = 0, only_b_positions = 0, empty_positions = 0;
  double equal = 0, different = 0;
  ForEachOctave(0, end, mantissa_bits, [&](uint64_t low, uint64_t high, uint32_t width_log2) {
    const Cells octave_a = TakeBelow(high, &cells_a), octave_b = TakeBelow(high, &cells_b);
    const uint64_t both = CountCommon(octave_a, octave_b);
    const uint64_t only_a = octave_a.size() - both, only_b = octave_b.size() - both;
    PairCells::Counts& counts = out.by_width[kPositionBits - width_log2];
    counts.only_a += static_cast<double>(only_a);
    counts.only_b += static_cast<double>(only_b);
    counts.both += static_cast<double>(both);
    only_a_positions += only_a << width_log2;
    only_b_positions += only_b << width_log2;
    empty_positions += (high - low - both - only_a - only_b) << width_log2;
    equal += static_cast<double>(both);
    different += static_cast<double>(only_a + only_b);
  });
  out.empty_a = Fraction(only_b_positions);
  out.empty_b = Fraction(only_a_positions);
  out.empty_both = Fraction(empty_positions);
  AddMargin(cells_a, end, end_a, mantissa_bits, &PairCells::Counts::alone_a, &PairCells::empty_a, &out);
  AddMargin(cells_b, end, end_b, mantissa_bits, &PairCells::Counts::alone_b, &PairCells::empty_b, &out);
  out.a = MinHashSet(a);
  out.b = MinHashSet(b);
  if (equal > 0) out.rough_jaccard = equal / (equal + different);
  out.design.mantissa_bits = mantissa_bits;
  out.design.end_a = Fraction(CellEdge(static_cast<uint32_t>(end_a), mantissa_bits));
  out.design.end_b = Fraction(CellEdge(static_cast<uint32_t>(end_b), mantissa_bits));
  return out;
}

// How many keys a sample with so many cells below a threshold is of.
double RoughCount(uint64_t cells, uint32_t threshold, uint32_t mantissa_bits) {
  threshold = std::min(threshold, EndCell(mantissa_bits));
  if (threshold == 0) return 0;
  const double covered = Fraction(CellEdge(threshold, mantissa_bits));
  // As if all cells were as wide as the widest: most of them are.
  const double width = Fraction(uint64_t{1} << OctaveWidthLog2(CellOctave(threshold - 1, mantissa_bits)));
  const double occupied = std::min(static_cast<double>(cells) * width / covered, 0.999);
  return -std::log1p(-occupied) / width;
}

// Codes of the registers of one sample, by whether the other's code is smaller, equal or larger.
struct CodeHistogram {
  std::array<std::array<uint64_t, 256>, 3> counts{};
  static constexpr int kSmaller = 0, kEqual = 1, kLarger = 2;
};

}  // namespace

PairCells::Set MinHashSet(const MinHash& sample) {
  PairCells::Set set;
  if (sample.exact_count().has_value()) set.count = static_cast<double>(*sample.exact_count());
  const bool complete = sample.threshold() >= EndCell(sample.mantissa_bits());
  set.empty = set.count.has_value() ? *set.count == 0 : complete && sample.cells().empty();
  set.rough_count = RoughCount(sample.cells().size(), sample.threshold(), sample.mantissa_bits());
  return set;
}

PairCells::Set RegisterSet(const HyperLogLog& sample) {
  const RegisterCells cells(sample.shape().mantissa_bits);
  const uint64_t registers = sample.registers().size();
  uint64_t begin_sum = 0;
  for (const uint8_t code : sample.registers()) begin_sum += cells.begin[code];
  PairCells::Set set;
  if (sample.exact_count().has_value()) set.count = static_cast<double>(*sample.exact_count());
  set.empty = set.count.has_value() ? *set.count == 0 : begin_sum == registers << RegisterCells::kUnitBits;
  // A register's smallest fraction is 1 / (keys of a register) on average. Where all are 0, cells are one unit wide.
  const double mean_begin =
      std::ldexp(static_cast<double>(std::max<uint64_t>(begin_sum, 1)), -int{RegisterCells::kUnitBits}) /
      static_cast<double>(registers);
  set.rough_count = static_cast<double>(registers) / mean_begin;
  return set;
}

RegisterCells::RegisterCells(uint32_t mantissa_bits) {
  begin[0] = uint64_t{1} << kUnitBits;
  const uint32_t mask = (uint32_t{1} << mantissa_bits) - 1;
  for (uint32_t code = 1; code < 256; ++code) {
    const uint32_t zeros = (code - 1) >> mantissa_bits;
    if (zeros >= HyperLogLogShape::kMaxZeros) {
      width_log2[code] = HyperLogLogShape::kMaxZeros;
      continue;
    }
    const uint64_t mantissa = ~(code - 1) & mask;
    width_log2[code] = static_cast<uint8_t>(zeros + 1 + mantissa_bits);
    begin[code] = (uint64_t{1} << mantissa_bits | mantissa) << (kUnitBits - width_log2[code]);
  }
}

PairCells JoinMinHash(const MinHash& a, const MinHash& b) {
  // All of the finer sample's cells are wanted, however many the other's size would keep.
  MinHashSize size = a.mantissa_bits() < b.mantissa_bits() ? a.size() : b.size();
  size.capacity = UINT32_MAX;
  if (a.mantissa_bits() > size.mantissa_bits) return JoinSameCells(a.Coarser(size), b);
  if (b.mantissa_bits() > size.mantissa_bits) return JoinSameCells(a, b.Coarser(size));
  return JoinSameCells(a, b);
}

PairCells JoinHyperLogLog(const HyperLogLog& a, const HyperLogLog& b) {
  const HyperLogLogShape shape = CommonShape(a.shape(), b.shape());
  if (!(a.shape() == shape)) return JoinHyperLogLog(a.Coarser(shape), b);
  if (!(b.shape() == shape)) return JoinHyperLogLog(a, b.Coarser(shape));
  // Every sum over registers is one over codes, by which of the two codes is larger: the larger code comes first.
  CodeHistogram in_a, in_b;
  const std::span<const uint8_t> codes_a = a.registers(), codes_b = b.registers();
  for (size_t i = 0; i < codes_a.size(); ++i) {
    const uint8_t x = codes_a[i], y = codes_b[i];
    const int order = 1 + (x < y) - (x > y);
    ++in_a.counts[order][x];
    ++in_b.counts[2 - order][y];
  }
  PairCells out;
  const RegisterCells cells(shape.mantissa_bits);
  uint64_t empty_a = 0, empty_b = 0, empty_both = 0, equal = 0;
  for (uint32_t code = 0; code < 256; ++code) {
    const uint64_t first_a = in_a.counts[CodeHistogram::kSmaller][code];
    const uint64_t first_b = in_b.counts[CodeHistogram::kSmaller][code];
    const uint64_t last_a = in_a.counts[CodeHistogram::kLarger][code];
    const uint64_t last_b = in_b.counts[CodeHistogram::kLarger][code];
    const uint64_t both = in_a.counts[CodeHistogram::kEqual][code];
    empty_both += (first_a + first_b + both) * cells.begin[code];
    empty_b += (last_b - first_a) * cells.begin[code];  // from where a's cell begins to where b's does
    empty_a += (last_a - first_b) * cells.begin[code];
    if (code == 0) continue;
    equal += both;
    PairCells::Counts& counts = out.by_width[shape.register_bits + cells.width_log2[code]];
    counts.only_a += static_cast<double>(first_a);
    counts.only_b += static_cast<double>(first_b);
    counts.both += static_cast<double>(both);
    counts.alone_a += static_cast<double>(last_a);
    counts.alone_b += static_cast<double>(last_b);
  }
  const int unit_log2 = -static_cast<int>(RegisterCells::kUnitBits + shape.register_bits);
  out.empty_a = std::ldexp(static_cast<double>(empty_a), unit_log2);
  out.empty_b = std::ldexp(static_cast<double>(empty_b), unit_log2);
  out.empty_both = std::ldexp(static_cast<double>(empty_both), unit_log2);
  out.a = RegisterSet(a);
  out.b = RegisterSet(b);
  out.rough_jaccard = static_cast<double>(equal) / static_cast<double>(shape.registers());
  out.design.sampler = PairDesign::Sampler::kRegisters;
  out.design.mantissa_bits = shape.mantissa_bits;
  out.design.register_bits = shape.register_bits;
  return out;
}

}  // namespace vesica
