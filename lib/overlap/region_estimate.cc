#include "overlap/region_estimate.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "overlap/count_estimate.h"
#include "overlap/likelihood_profile.h"
#include "overlap/newton.h"
#include "overlap/pair_fit.h"
#include "overlap/region_likelihood.h"

namespace vesica {
namespace {

constexpr int kN = kSampledMasks;
using RegionMatrix = SquareMatrix<kN>;

// A known count as an observation of the sum of its set's regions, with an error far below that of any sample.
struct KnownSum {
  uint32_t set;
  double count;
  double variance;

  static constexpr double kRelativeError = 1e-4;
};

// Regions of sets of which each has a key or more.
class RegionFit {
 public:
  explicit RegionFit(const RegionCells& cells) : likelihood_(cells), regions_(1u << cells.sets) {
    double smallest = kMostPeople;
    RegionVector start{};
    for (uint32_t set = 0; set < cells.sets; ++set) {
      const PairCells::Set& from = cells.of_set[set];
      const double rough = std::clamp(from.count.value_or(from.rough_count), 1e-6, kMostPeople);
      if (from.count.has_value()) {
        const double error = KnownSum::kRelativeError * *from.count;
        known_.push_back({set, *from.count, error * error});
      }
      smallest = std::min(smallest, rough);
      start[1u << set] = 0.8 * rough;
    }
    ranges_.fill({1e-9 * smallest, kMostPeople});
    scale_ = smallest;
    for (uint32_t region = 1; region < regions_; ++region) {
      if (!std::has_single_bit(region)) start[region] = 0.07 * smallest;
    }
    const auto likelihood_alone = [this](const RegionVector& at, Derivatives<kN>* out) {
      likelihood_.Evaluate(at, out);
    };
    best_ = Maximize<kN>(likelihood_alone, start, ranges_, All());
    if (!known_.empty()) best_ = Maximize<kN>(Function(), best_.at, ranges_, All());
    FindErrors();
  }

  Estimate Of(uint32_t region) const {
    const double value = ranges_[region].AtLow(best_.at[region]) ? 0 : best_.at[region];
    LikelihoodProfile<kN, FunctionType>::Options options;
    options.parameter = static_cast<int>(region);
    options.scale = scale_;
    if (raw_[region][region] > 0) {
      options.target *= std::sqrt(fixed_share_[region]);
      options.error = std::sqrt(raw_[region][region] * fixed_share_[region]);
      for (int i = 0; i < kN; ++i) options.direction[i] = raw_[i][region] / raw_[region][region];
    }
    const FunctionType function = Function();
    const LikelihoodProfile<kN, FunctionType> profile(function, best_, ranges_, All(), options);
    double most = kMostPeople;  // no more than there are in any of its sets
    for (const KnownSum& known : known_) {
      if (region >> known.set & 1) most = std::min(most, known.count);
    }
    const double bounded = std::min(value, most);
    return {bounded, std::min(profile.Lower(), bounded), std::clamp(profile.Upper(), bounded, most)};
  }

 private:
  struct FunctionType {
    const RegionFit* fit;
    void operator()(const RegionVector& at, Derivatives<kN>* out) const { fit->Evaluate(at, out); }
  };
  FunctionType Function() const { return {this}; }
  uint32_t All() const { return (1u << regions_) - 2; }

  void Evaluate(const RegionVector& at, Derivatives<kN>* out) const {
    likelihood_.Evaluate(at, out);
    for (const KnownSum& known : known_) {
      double off = -known.count;
      for (uint32_t region = 1; region < regions_; ++region) {
        if (region >> known.set & 1) off += at[region];
      }
      out->value -= off * off / (2 * known.variance);
      for (uint32_t region = 1; region < regions_; ++region) {
        if ((region >> known.set & 1) == 0) continue;
        out->gradient[region] -= off / known.variance;
        for (uint32_t other = 1; other < regions_; ++other) {
          if (other >> known.set & 1) out->hessian[region][other] -= 1 / known.variance;
        }
      }
    }
  }

  // The covariance, and what share of each variance is left when set sizes are fixed:
  // docs/estimation.md.
  void FindErrors() {
    uint32_t within = 0;
    for (uint32_t region = 1; region < regions_; ++region) {
      if (ranges_[region].Inside(best_.at[region])) within |= 1u << region;
    }
    fixed_share_.fill(1);
    if (!InvertInformation<kN>(best_.derivatives.hessian, within, &raw_)) {
      raw_ = {};
      return;
    }
    // Poisson sizes vary as much as they are, less where sums of them are known.
    RegionMatrix poisson{};
    for (int region = 1; region < kN; ++region) {
      if (within >> region & 1) poisson[region][region] = best_.at[region];
    }
    for (const KnownSum& known : known_) {
      RegionVector with_sum{};
      double of_sum = known.variance;
      for (int region = 1; region < kN; ++region) {
        for (int other = 1; other < kN; ++other) {
          if (static_cast<uint32_t>(other) >> known.set & 1) with_sum[region] += poisson[region][other];
        }
        if (static_cast<uint32_t>(region) >> known.set & 1) of_sum += with_sum[region];
      }
      for (int region = 1; region < kN; ++region) {
        for (int other = 1; other < kN; ++other) poisson[region][other] -= with_sum[region] * with_sum[other] / of_sum;
      }
    }
    for (int region = 1; region < kN; ++region) {
      if (raw_[region][region] > 0) {
        fixed_share_[region] = std::clamp(1 - poisson[region][region] / raw_[region][region], 1e-8, 1.0);
      }
    }
  }

  const RegionLikelihood likelihood_;
  const uint32_t regions_;  // 2^sets
  std::vector<KnownSum> known_;
  std::array<Range, kN> ranges_{};
  double scale_ = 1;
  Maximum<kN> best_;
  RegionMatrix raw_{};  // covariance with Poisson sizes; zero for regions at a bound
  RegionVector fixed_share_{};
};

// `cells` without the sets that are empty for certain; kept[i] is where set i of the result was.
RegionCells WithoutEmptySets(const RegionCells& cells, std::vector<uint32_t>* kept) {
  for (uint32_t set = 0; set < cells.sets; ++set) {
    if (!cells.of_set[set].empty) kept->push_back(set);
  }
  const auto pack = [&](uint32_t mask) {
    uint32_t packed = 0;
    for (size_t i = 0; i < kept->size(); ++i) packed |= (mask >> (*kept)[i] & 1) << i;
    return packed;
  };
  RegionCells out;
  out.sets = static_cast<uint32_t>(kept->size());
  for (uint32_t i = 0; i < out.sets; ++i) out.of_set[i] = cells.of_set[(*kept)[i]];
  for (uint32_t mask = 1; mask < kSampledMasks; ++mask) out.empty[pack(mask)] += cells.empty[mask];
  for (RegionCells::Group group : cells.groups) {
    group.occupied = static_cast<uint8_t>(pack(group.occupied));
    group.empty = static_cast<uint8_t>(pack(group.empty));
    if (group.occupied != 0) out.groups.push_back(group);
  }
  return out;
}

CountCells CellsOfOnlySet(const RegionCells& cells) {
  CountCells out;
  for (const RegionCells::Group& group : cells.groups) out.occupied[group.width] += group.count;
  out.empty = cells.empty[1];
  out.count = cells.of_set[0].count;
  out.rough_count = cells.of_set[0].rough_count;
  return out;
}

}  // namespace

std::vector<Estimate> EstimateRegions(const RegionCells& cells) {
  std::vector<Estimate> out(size_t{1} << cells.sets, Estimate::Exact(0));
  std::vector<uint32_t> kept;
  const RegionCells of_kept = WithoutEmptySets(cells, &kept);
  if (of_kept.sets == 0) return out;
  if (of_kept.sets == 1) {
    out[size_t{1} << kept[0]] = EstimateCount(CellsOfOnlySet(of_kept));
    return out;
  }
  const RegionFit fit(of_kept);
  for (uint32_t region = 1; region < 1u << of_kept.sets; ++region) {
    size_t mask = 0;
    for (size_t i = 0; i < kept.size(); ++i) mask |= size_t{region >> i & 1} << kept[i];
    out[mask] = fit.Of(region);
  }
  return out;
}

std::vector<Estimate> EstimateRegions(std::span<const MinHash* const> samples) {
  return EstimateRegions(JoinMinHash(samples));
}

std::vector<Estimate> EstimateRegions(std::span<const HyperLogLog* const> samples) {
  return EstimateRegions(JoinHyperLogLog(samples));
}

}  // namespace vesica
