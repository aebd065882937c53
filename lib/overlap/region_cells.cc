#include "overlap/region_cells.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vesica {
namespace {

// Counts of cells by what is known of them.
class GroupCounts {
 public:
  void Add(uint32_t occupied, uint32_t empty, uint32_t width, uint64_t count = 1) {
    counts_[(occupied * kSampledMasks + empty) * kCellWidths + width] += count;
  }
  std::vector<RegionCells::Group> Groups() const {
    std::vector<RegionCells::Group> groups;
    for (size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] == 0) continue;
      const size_t masks = i / kCellWidths;
      groups.push_back({static_cast<uint8_t>(masks / kSampledMasks), static_cast<uint8_t>(masks % kSampledMasks),
                        static_cast<uint8_t>(i % kCellWidths), static_cast<double>(counts_[i])});
    }
    return groups;
  }

 private:
  std::vector<uint64_t> counts_ = std::vector<uint64_t>(kSampledMasks * kSampledMasks * kCellWidths);
};

// The cells of all samples in [begin, end) of one octave, of which those of the sets in `known` know. Adds to
// empty[m] the positions that are empty in exactly the sets of m.
void CountSegment(std::span<std::span<const uint32_t>> cells, uint32_t known, uint64_t begin, uint64_t end,
                  uint32_t width_log2, GroupCounts* counts, std::array<uint64_t, kSampledMasks>* empty) {
  std::array<uint64_t, kSampledMasks> occupied_in{};
  uint64_t left = end - begin;
  while (true) {
    uint64_t first = end;
    for (const auto& of_set : cells) {
      if (!of_set.empty()) first = std::min<uint64_t>(first, of_set.front());
    }
    if (first >= end) break;
    uint32_t occupied = 0;
    for (size_t set = 0; set < cells.size(); ++set) {
      if (cells[set].empty() || cells[set].front() != first) continue;
      occupied |= 1u << set;
      cells[set] = cells[set].subspan(1);
    }
    ++occupied_in[occupied & known];
    --left;
  }
  (*empty)[known] += left << width_log2;
  for (uint32_t occupied = 1; occupied < occupied_in.size(); ++occupied) {
    if (occupied_in[occupied] == 0) continue;
    counts->Add(occupied, known & ~occupied, kPositionBits - width_log2, occupied_in[occupied]);
    (*empty)[known & ~occupied] += occupied_in[occupied] << width_log2;
  }
}

RegionCells JoinSameCells(std::span<const MinHash* const> samples) {
  RegionCells out;
  out.sets = static_cast<uint32_t>(samples.size());
  const uint32_t mantissa_bits = samples[0]->mantissa_bits();
  const uint64_t end_cell = EndCell(mantissa_bits);
  std::array<std::span<const uint32_t>, kMaxSampledSets> cells;
  for (size_t set = 0; set < samples.size(); ++set) {
    cells[set] = samples[set]->cells();
    out.of_set[set] = MinHashSet(*samples[set]);
  }
  GroupCounts counts;
  std::array<uint64_t, kSampledMasks> empty{};
  for (uint64_t begin = 0; begin < end_cell;) {
    uint32_t known = 0;
    const uint32_t octave = CellOctave(static_cast<uint32_t>(begin), mantissa_bits);
    uint64_t end = (uint64_t{octave} + 1) << mantissa_bits;
    for (size_t set = 0; set < samples.size(); ++set) {
      if (begin >= samples[set]->threshold()) continue;
      known |= 1u << set;
      end = std::min<uint64_t>(end, samples[set]->threshold());
    }
    if (known == 0) break;
    CountSegment(std::span(cells).first(samples.size()), known, begin, end, OctaveWidthLog2(octave), &counts, &empty);
    begin = end;
  }
  out.groups = counts.Groups();
  for (size_t mask = 1; mask < empty.size(); ++mask) {
    out.empty[mask] = std::ldexp(static_cast<double>(empty[mask]), -int{kPositionBits});
  }
  return out;
}

RegionCells JoinSameShape(std::span<const HyperLogLog* const> samples) {
  RegionCells out;
  out.sets = static_cast<uint32_t>(samples.size());
  const HyperLogLogShape shape = samples[0]->shape();
  const RegisterCells cells(shape.mantissa_bits);
  const uint32_t all = (1u << out.sets) - 1;
  GroupCounts counts;
  std::array<uint64_t, kSampledMasks> empty{};
  std::array<std::span<const uint8_t>, kMaxSampledSets> registers;
  for (size_t set = 0; set < samples.size(); ++set) {
    registers[set] = samples[set]->registers();
    out.of_set[set] = RegisterSet(*samples[set]);
  }
  for (uint32_t i = 0; i < shape.registers(); ++i) {
    uint64_t position = 0;
    // From the smallest fraction on: up to the largest code all samples are empty, there those that have it are
    // occupied, and say nothing of what comes after.
    for (uint32_t left = all; left != 0;) {
      uint8_t largest = 0;
      uint32_t having = 0;
      for (uint32_t set = 0; set < out.sets; ++set) {
        if ((left >> set & 1) == 0) continue;
        const uint8_t code = registers[set][i];
        having = code > largest ? 1u << set : having | static_cast<uint32_t>(code == largest) << set;
        largest = std::max(largest, code);
      }
      const uint64_t begin = std::max(cells.begin[largest], position);
      empty[left] += begin - position;
      if (largest == 0) break;
      left &= ~having;
      const uint64_t width = uint64_t{1} << (RegisterCells::kUnitBits - cells.width_log2[largest]);
      counts.Add(having, left, shape.register_bits + cells.width_log2[largest]);
      empty[left] += width;
      position = begin + width;
    }
  }
  out.groups = counts.Groups();
  for (size_t mask = 1; mask < empty.size(); ++mask) {
    out.empty[mask] =
        std::ldexp(static_cast<double>(empty[mask]), -static_cast<int>(RegisterCells::kUnitBits + shape.register_bits));
  }
  return out;
}

// `samples`, of which those that need it are replaced by coarser ones.
template <typename Sample, typename Needs, typename Shape>
class Coarsened {
 public:
  Coarsened(std::span<const Sample* const> samples, const Shape& shape, const Needs& needs) {
    for (size_t i = 0; i < samples.size(); ++i) {
      if (needs(*samples[i])) made_[i] = samples[i]->Coarser(shape);
      samples_[i] = made_[i].has_value() ? &*made_[i] : samples[i];
    }
    count_ = samples.size();
  }
  std::span<const Sample* const> samples() const { return {samples_.data(), count_}; }

 private:
  std::array<std::optional<Sample>, kMaxSampledSets> made_;
  std::array<const Sample*, kMaxSampledSets> samples_{};
  size_t count_ = 0;
};

}  // namespace

RegionCells JoinMinHash(std::span<const MinHash* const> samples) {
  MinHashSize size = samples[0]->size();
  for (const MinHash* sample : samples) {
    if (sample->mantissa_bits() < size.mantissa_bits) size = sample->size();
  }
  size.capacity = UINT32_MAX;  // all of the finer samples' cells are wanted
  const auto finer = [&](const MinHash& sample) { return sample.mantissa_bits() > size.mantissa_bits; };
  return JoinSameCells(Coarsened<MinHash, decltype(finer), MinHashSize>(samples, size, finer).samples());
}

RegionCells JoinHyperLogLog(std::span<const HyperLogLog* const> samples) {
  HyperLogLogShape shape = samples[0]->shape();
  for (const HyperLogLog* sample : samples) shape = CommonShape(shape, sample->shape());
  const auto finer = [&](const HyperLogLog& sample) { return !(sample.shape() == shape); };
  return JoinSameShape(Coarsened<HyperLogLog, decltype(finer), HyperLogLogShape>(samples, shape, finer).samples());
}

}  // namespace vesica
