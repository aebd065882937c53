#include "overlap/expected_cells.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "overlap/pair_likelihood.h"

namespace vesica {
namespace {

double Hit(double size, double width) { return -std::expm1(-size * width); }

// Calls `visit(begin, end, width_log2)`, in fractions of hash space and log2 of positions, for each octave.
template <typename Visit>
void ForEachOctave(uint32_t mantissa_bits, const Visit& visit) {
  double begin = 0;
  for (uint32_t octave = 0; octave <= kPositionBits - mantissa_bits; ++octave) {
    const double end = std::ldexp(1.0, static_cast<int>(octave + mantissa_bits) - int{kPositionBits});
    visit(begin, end, OctaveWidthLog2(octave));
    begin = end;
  }
}

PairCells ExpectedBelowThresholds(const PairDesign& design, const Vector<3>& sizes) {
  PairCells out;
  const double only_a = sizes[kOnlyA], only_b = sizes[kOnlyB], both = sizes[kBoth];
  const double common_end = std::min(design.end_a, design.end_b);
  ForEachOctave(design.mantissa_bits, [&](double begin, double end, uint32_t width_log2) {
    const int width_index = static_cast<int>(kPositionBits - width_log2);
    const double width = std::ldexp(1.0, -width_index);
    PairCells::Counts& counts = out.by_width[static_cast<size_t>(width_index)];
    const double common = std::max(0.0, std::min(end, common_end) - begin);
    const double cells = common / width;
    const double hit_a = Hit(only_a, width), hit_b = Hit(only_b, width), hit_both = Hit(both, width);
    const double p_a = hit_a * (1 - hit_b) * (1 - hit_both), p_b = hit_b * (1 - hit_a) * (1 - hit_both);
    counts.only_a += cells * p_a;
    counts.only_b += cells * p_b;
    counts.both += cells * (hit_both + (1 - hit_both) * hit_a * hit_b);
    out.empty_b += common * p_a;
    out.empty_a += common * p_b;
    out.empty_both += common * std::exp(-(only_a + only_b + both) * width);
    const double margin_a = std::max(0.0, std::min(end, design.end_a) - std::max(begin, common_end));
    const double margin_b = std::max(0.0, std::min(end, design.end_b) - std::max(begin, common_end));
    counts.alone_a += margin_a / width * Hit(only_a + both, width);
    counts.alone_b += margin_b / width * Hit(only_b + both, width);
    out.empty_a += margin_a * std::exp(-(only_a + both) * width);
    out.empty_b += margin_b * std::exp(-(only_b + both) * width);
  });
  return out;
}

PairCells ExpectedRegisters(const PairDesign& design, const Vector<3>& sizes) {
  PairCells out;
  const double registers = std::ldexp(1.0, static_cast<int>(design.register_bits));
  const RegisterCells cells(design.mantissa_bits);
  // Rates a register.
  const double a = sizes[kOnlyA] / registers, b = sizes[kOnlyB] / registers, x = sizes[kBoth] / registers;
  const uint32_t max_code = HyperLogLogShape{design.register_bits, design.mantissa_bits}.max_code();
  for (uint32_t code = 1; code <= max_code; ++code) {
    if (cells.width_log2[code] == HyperLogLogShape::kMaxZeros && cells.begin[code] == 0 && code < max_code) continue;
    const double begin = std::ldexp(static_cast<double>(cells.begin[code]), -int{RegisterCells::kUnitBits});
    const double width = std::ldexp(1.0, -int{cells.width_log2[code]});
    const double end = begin + width;
    PairCells::Counts& counts = out.by_width[design.register_bits + cells.width_log2[code]];
    const double hit_a = Hit(a, width), hit_b = Hit(b, width), hit_x = Hit(x, width);
    const double untouched = registers * std::exp(-(a + b + x) * begin);  // registers with no key before the cell
    counts.only_a += untouched * hit_a * (1 - hit_b) * (1 - hit_x);
    counts.only_b += untouched * hit_b * (1 - hit_a) * (1 - hit_x);
    counts.both += untouched * (hit_x + (1 - hit_x) * hit_a * hit_b);
    counts.alone_a += registers * std::exp(-(a + x) * begin) * Hit(b, begin) * Hit(a + x, width);
    counts.alone_b += registers * std::exp(-(b + x) * begin) * Hit(a, begin) * Hit(b + x, width);
    out.empty_both += width * std::exp(-(a + b + x) * end);
    out.empty_a += width * std::exp(-(a + x) * end) * Hit(b, end);
    out.empty_b += width * std::exp(-(b + x) * end) * Hit(a, end);
  }
  return out;
}

}  // namespace

PairCells ExpectedCells(const PairDesign& design, const Vector<3>& sizes) {
  PairCells out = design.sampler == PairDesign::Sampler::kThreshold ? ExpectedBelowThresholds(design, sizes)
                                                                    : ExpectedRegisters(design, sizes);
  out.design = design;
  return out;
}

double ExpectedVariance(const PairDesign& design, const Vector<3>& sizes, const KnownCounts& known) {
  Derivatives<3> derivatives;
  PairLikelihood(ExpectedCells(design, sizes)).Evaluate(sizes, &derivatives);
  SquareMatrix<3> covariance;
  constexpr uint32_t kAll = 1u << kOnlyA | 1u << kOnlyB | 1u << kBoth;
  if (!FixedSizeCovariance(derivatives.hessian, sizes, known, kAll, &covariance, nullptr)) {
    return std::numeric_limits<double>::infinity();
  }
  return covariance[kBoth][kBoth];
}

double ExpectedEnd(double count, double capacity, uint32_t mantissa_bits) {
  double left = capacity, end_of_sample = 1;
  bool found = false;
  ForEachOctave(mantissa_bits, [&](double begin, double end, uint32_t width_log2) {
    if (found) return;
    const double width = std::ldexp(1.0, static_cast<int>(width_log2) - int{kPositionBits});
    const double occupied_per_space = Hit(count, width) / width;
    const double occupied = (end - begin) * occupied_per_space;
    if (occupied > left) {
      end_of_sample = begin + left / occupied_per_space;
      found = true;
    }
    left -= occupied;
  });
  return end_of_sample;
}

}  // namespace vesica
