#ifndef VESICA_LIB_ALIGNMENT_CIRCLE_SKETCHES_H_
#define VESICA_LIB_ALIGNMENT_CIRCLE_SKETCHES_H_

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/cuts.h"
#include "alignment/decoder.h"
#include "alignment/event.h"
#include "alignment/timeline.h"
#include "audience/growing_min_hash.h"

namespace vesica {

// The people whom one row of a table is of, by the ids of whoever read the events or by rank.
struct RowKey {
  uint32_t company = kNoId;
  uint32_t cut = 0;  // 0: all people together, else 1 + the index in CutsOf()
  uint32_t value = kNoId;
  uint32_t second = kNoId;

  friend auto operator<=>(const RowKey&, const RowKey&) = default;
  template <class H>
  friend H AbslHashValue(H hash, const RowKey& key) {
    return H::combine(std::move(hash), key.company, key.cut, key.value, key.second);
  }
};

// The circles that are sketched, each a bit of Circle: bits 0 to 5.
inline constexpr size_t kSketchedCircles = 6;

// The circles of every row as sketches, one worker's. Takes events and forgets them: people of several values of a
// dimension are in the row of each.
class CircleSketches : public EventSink {
 public:
  CircleSketches(const StudyOptions& options, const MinHashSize& size, const EventDecoder& decoder);

  absl::Status Take(const Event& event) override;

  using Circles = std::array<GrowingMinHash*, kSketchedCircles>;  // nullptr: nobody
  template <class Visit>
  void ForEachRow(const Visit& visit) const {  // visit(key, circles), in no order
    for (const auto& [key, row] : rows_) visit(key, rows_of_[row]);
  }

  const std::vector<uint64_t>& future_by_company() const { return future_; }  // rows after as_of
  uint64_t held_bytes() const { return held_bytes_; }

 private:
  // The rows that events of a company and segment go to.
  const std::vector<uint32_t>& RowsOf(uint32_t company, uint32_t segment);
  uint32_t RowOf(const RowKey& key);

  const std::optional<int64_t> as_of_;
  const MinHashSize size_;
  const EventDecoder& decoder_;
  const std::vector<Cut> cuts_;
  std::deque<GrowingMinHash> sketches_;
  std::vector<Circles> rows_of_;
  absl::flat_hash_map<RowKey, uint32_t> rows_;
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> rows_of_segments_;
  std::vector<uint64_t> future_;
  uint64_t held_bytes_ = 0;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_CIRCLE_SKETCHES_H_
