#ifndef VESICA_LIB_ALIGNMENT_METRICS_CUBE_H_
#define VESICA_LIB_ALIGNMENT_METRICS_CUBE_H_

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/fold.h"

namespace vesica {

// People of a company and segment, by the set of circles they are in. Whatever asks how many people are in which
// circles is a sum of these.
using CircleCounts = std::array<uint64_t, kCircleSets>;

// People in any circle of `any`, if any of `and_any` too.
uint64_t CountIn(const CircleCounts& counts, uint8_t any);
uint64_t CountInBoth(const CircleCounts& counts, uint8_t any, uint8_t and_any);

class Cube : public Fold {
 public:
  using Fold::Fold;
  absl::Status Visit(const Timeline& timeline) override;
  absl::Status Merge(const Fold& other) override;
  uint64_t held_bytes() const override;
  PartialSection section() const override { return PartialSection::kCircles; }
  void Show(PartialArchive& archive) override;

  struct Cell {
    uint32_t company;
    uint32_t segment;
    uint8_t circles;
    uint64_t people;
  };
  // In no order; cells of equal segments may come under several ids.
  template <class Take>
  void ForEach(const Take& take) const {
    for (const auto& [key, people] : people_) take(Cell{key.company, key.segment, key.circles, people});
  }

  // By company, all segments together; all companies together come first, under kNoId, and alone where the study names
  // no companies.
  std::vector<std::pair<uint32_t, CircleCounts>> ByCompany() const;

 private:
  struct Key {
    uint32_t company, segment;
    uint8_t circles;
    friend bool operator==(const Key&, const Key&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Key& key) {
      return H::combine(std::move(hash), key.company, key.segment, key.circles);
    }
  };
  absl::flat_hash_map<Key, uint64_t> people_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_CUBE_H_
