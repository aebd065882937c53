// The likelihood of two samples, against one that writes down every cell, and its derivatives against differences.
#include "overlap/pair_likelihood.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <vector>

#include "overlap/expected_cells.h"
#include "overlap/pair_cells.h"
#include "tests/model/naive_likelihood.h"
#include "tests/model/simulated_samples.h"

namespace vesica {
namespace {

// Region sizes in the order of masks, and as groups.
const std::vector<std::vector<uint64_t>> kSizes = {{0, 30, 500, 12}, {0, 400, 350, 300}, {0, 0, 900, 40},
                                                   {0, 5, 7, 0},     {0, 0, 0, 60},      {0, 20'000, 90'000, 3'000}};

Vector<3> GroupsNear(const std::vector<uint64_t>& regions, std::mt19937_64& rng) {
  std::uniform_real_distribution<double> factor(0.3, 3);
  Vector<3> sizes;
  for (int group = 0; group < 3; ++group) {
    sizes[group] = (static_cast<double>(regions[static_cast<size_t>(group) + 1]) + 0.5) * factor(rng);
  }
  return sizes;
}

std::vector<double> AsRegions(const Vector<3>& sizes) { return {0, sizes[kOnlyA], sizes[kOnlyB], sizes[kBoth]}; }

// So few mantissa bits that all cells can be written down, and thresholds that leave margins.
MinHashSize TinySize(uint32_t mantissa_bits, uint32_t capacity) {
  return {.image_bytes = 1024, .mantissa_bits = mantissa_bits, .capacity = capacity};
}

template <typename Sample>
void ExpectLikeNaive(const PairCells& cells, const Sample& a, const Sample& b, const Vector<3>& sizes) {
  Derivatives<3> derivatives;
  PairLikelihood(cells).Evaluate(sizes, &derivatives);
  const double naive = NaiveLogLikelihood(NaiveCellsOf(std::vector<const Sample*>{&a, &b}), AsRegions(sizes));
  EXPECT_NEAR(derivatives.value, naive, 1e-10 * (1 + std::abs(naive)));
}

TEST(PairLikelihoodTest, OfMinHashIsTheProductOverAllCells) {
  std::mt19937_64 rng(1);
  for (const auto& regions : kSizes) {
    for (const uint32_t capacity : {3u, 20u, 60u, 10'000u}) {
      const std::vector<MinHash> samples = SimulateMinHash(regions, TinySize(5, capacity), rng);
      const PairCells cells = JoinMinHash(samples[0], samples[1]);
      ExpectLikeNaive(cells, samples[0], samples[1], GroupsNear(regions, rng));
    }
  }
}

TEST(PairLikelihoodTest, OfHyperLogLogIsTheProductOverAllCells) {
  std::mt19937_64 rng(2);
  for (const auto& regions : kSizes) {
    for (const uint32_t mantissa_bits : {0u, 1u, 3u}) {
      const std::vector<HyperLogLog> samples = SimulateHyperLogLog(regions, {5, mantissa_bits}, rng);
      const PairCells cells = JoinHyperLogLog(samples[0], samples[1]);
      ExpectLikeNaive(cells, samples[0], samples[1], GroupsNear(regions, rng));
    }
  }
}

TEST(PairLikelihoodTest, DerivativesAreThoseOfTheValue) {
  std::mt19937_64 rng(3);
  for (const auto& regions : kSizes) {
    for (const bool registers : {false, true}) {
      PairCells cells;
      if (registers) {
        const auto samples = SimulateHyperLogLog(regions, {6, 3}, rng);
        cells = JoinHyperLogLog(samples[0], samples[1]);
      } else {
        const auto samples = SimulateMinHash(regions, TinySize(9, 200), rng);
        cells = JoinMinHash(samples[0], samples[1]);
      }
      const PairLikelihood likelihood(cells);
      const Vector<3> sizes = GroupsNear(regions, rng);
      Derivatives<3> here, above, below;
      likelihood.Evaluate(sizes, &here);
      for (int i = 0; i < 3; ++i) {
        const double step = 1e-5 * sizes[i];
        Vector<3> moved = sizes;
        moved[i] = sizes[i] + step;
        likelihood.Evaluate(moved, &above);
        moved[i] = sizes[i] - step;
        likelihood.Evaluate(moved, &below);
        // In units of log sizes, where all terms are of the order of the counts.
        const double scale = 1e-5 * (1 + std::abs(here.value));
        EXPECT_NEAR(here.gradient[i] * sizes[i], (above.value - below.value) / 2e-5, scale);
        for (int j = 0; j < 3; ++j) {
          EXPECT_NEAR(here.hessian[i][j] * sizes[i] * sizes[j],
                      (above.gradient[j] - below.gradient[j]) / 2e-5 * sizes[j], scale);
          EXPECT_EQ(here.hessian[i][j], here.hessian[j][i]);
        }
      }
    }
  }
}

// At the true sizes the gradient's mean is 0: of the cells that are expected it is 0.
TEST(PairLikelihoodTest, ExpectedCellsHaveTheirMaximumAtTheTruth) {
  std::vector<PairDesign> designs;
  for (const auto& [end_a, end_b] : {std::pair(1.0, 1.0), {0.3, 0.02}, {1e-4, 0.7}}) {
    designs.push_back({.mantissa_bits = 14, .end_a = end_a, .end_b = end_b});
  }
  for (const uint32_t mantissa_bits : {0u, 3u}) {
    designs.push_back(
        {.sampler = PairDesign::Sampler::kRegisters, .mantissa_bits = mantissa_bits, .register_bits = 10});
  }
  for (const PairDesign& design : designs) {
    for (const Vector<3>& sizes : {Vector<3>{42e3, 992e3, 8e3}, Vector<3>{5, 3, 4}, Vector<3>{1e6, 1e3, 9e6}}) {
      Derivatives<3> derivatives;
      PairLikelihood(ExpectedCells(design, sizes)).Evaluate(sizes, &derivatives);
      for (int i = 0; i < 3; ++i) {
        const double error = std::sqrt(-1 / derivatives.hessian[i][i]);
        EXPECT_NEAR(derivatives.gradient[i] * error, 0, 1e-6) << "group " << i << " of " << design.mantissa_bits;
      }
    }
  }
}

// And the cells that are expected are the mean of those that are found.
TEST(PairLikelihoodTest, ExpectedCellsAreTheMeanOfSimulatedOnes) {
  std::mt19937_64 rng(4);
  constexpr int kTrials = 3000;
  const std::vector<uint64_t> regions = {0, 900, 2500, 300};
  PairCells mean;
  PairDesign design;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto samples = SimulateHyperLogLog(regions, {6, 2}, rng);
    const PairCells cells = JoinHyperLogLog(samples[0], samples[1]);
    design = cells.design;
    mean.empty_a += cells.empty_a / kTrials;
    mean.empty_b += cells.empty_b / kTrials;
    mean.empty_both += cells.empty_both / kTrials;
    for (uint32_t i = 0; i < kCellWidths; ++i) {
      for (const auto field : {&PairCells::Counts::only_a, &PairCells::Counts::only_b, &PairCells::Counts::both,
                               &PairCells::Counts::alone_a, &PairCells::Counts::alone_b}) {
        mean.by_width[i].*field += cells.by_width[i].*field / kTrials;
      }
    }
  }
  const PairCells expected = ExpectedCells(design, {900, 2500, 300});
  EXPECT_NEAR(mean.empty_a / expected.empty_a, 1, 0.02);
  EXPECT_NEAR(mean.empty_b / expected.empty_b, 1, 0.02);
  EXPECT_NEAR(mean.empty_both / expected.empty_both, 1, 0.02);
  for (uint32_t i = 0; i < kCellWidths; ++i) {
    for (const auto field : {&PairCells::Counts::only_a, &PairCells::Counts::only_b, &PairCells::Counts::both,
                             &PairCells::Counts::alone_a, &PairCells::Counts::alone_b}) {
      const double value = expected.by_width[i].*field;
      // Five standard errors of a mean of Poisson counts, which these at most are.
      EXPECT_NEAR(mean.by_width[i].*field, value, 5 * std::sqrt(value / kTrials) + 5.0 / kTrials) << "width " << i;
    }
  }
}

// Counts of cells by what both samples say of them, in a plain set of cells.
TEST(PairCellsTest, JoinOfMinHashIsThatOfPlainSets) {
  std::mt19937_64 rng(5);
  for (const auto& regions : kSizes) {
    for (const auto& [bits_a, bits_b] : {std::pair(9u, 9u), {12u, 8u}, {8u, 12u}}) {
      const MinHash fine_a = SimulateMinHash(regions, TinySize(bits_a, 150), rng)[0];
      const MinHash fine_b = SimulateMinHash(regions, TinySize(bits_b, 400), rng)[1];
      const uint32_t bits = std::min(bits_a, bits_b);
      const PairCells cells = JoinMinHash(fine_a, fine_b);
      const auto coarsened = [&](const MinHash& sample, uint32_t* end) {
        std::set<uint32_t> coarse;
        *end = CoarserCell(sample.threshold(), sample.mantissa_bits(), bits);
        for (const uint32_t cell : sample.cells()) coarse.insert(CoarserCell(cell, sample.mantissa_bits(), bits));
        coarse.erase(coarse.lower_bound(*end), coarse.end());
        return coarse;
      };
      uint32_t end_a, end_b;
      const std::set<uint32_t> a = coarsened(fine_a, &end_a), b = coarsened(fine_b, &end_b);
      std::vector<PairCells::Counts> counts(kCellWidths);
      for (uint32_t cell = 0; cell < EndCell(bits); ++cell) {
        PairCells::Counts& of_width = counts[kPositionBits - OctaveWidthLog2(CellOctave(cell, bits))];
        const bool known_a = cell < end_a, known_b = cell < end_b;
        if (known_a && known_b) {
          of_width.both += a.contains(cell) && b.contains(cell);
          of_width.only_a += a.contains(cell) && !b.contains(cell);
          of_width.only_b += !a.contains(cell) && b.contains(cell);
        } else {
          of_width.alone_a += a.contains(cell);
          of_width.alone_b += b.contains(cell);
        }
      }
      for (uint32_t i = 0; i < kCellWidths; ++i) {
        EXPECT_EQ(cells.by_width[i].both, counts[i].both);
        EXPECT_EQ(cells.by_width[i].only_a, counts[i].only_a);
        EXPECT_EQ(cells.by_width[i].only_b, counts[i].only_b);
        EXPECT_EQ(cells.by_width[i].alone_a, counts[i].alone_a);
        EXPECT_EQ(cells.by_width[i].alone_b, counts[i].alone_b);
      }
    }
  }
}

TEST(PairCellsTest, RegistersOfDifferentShapesMeetInTheCommonOne) {
  std::mt19937_64 rng(6);
  const std::vector<uint64_t> regions = {0, 4000, 90'000, 1000};
  const HyperLogLog a = SimulateHyperLogLog(regions, {8, 3}, rng)[0];
  const HyperLogLog b = SimulateHyperLogLog(regions, {6, 1}, rng)[1];
  const HyperLogLogShape common{6, 1};
  const PairCells cells = JoinHyperLogLog(a, b), same = JoinHyperLogLog(a.Coarser(common), b);
  EXPECT_EQ(cells.empty_a, same.empty_a);
  EXPECT_EQ(cells.empty_b, same.empty_b);
  EXPECT_EQ(cells.empty_both, same.empty_both);
  EXPECT_EQ(cells.design.register_bits, 6u);
  EXPECT_EQ(cells.design.mantissa_bits, 1u);
  for (uint32_t i = 0; i < kCellWidths; ++i) EXPECT_EQ(cells.by_width[i].only_b, same.by_width[i].only_b);
}

}  // namespace
}  // namespace vesica
