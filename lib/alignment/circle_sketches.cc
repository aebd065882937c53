#include "alignment/circle_sketches.h"

#include <bit>
#include <cstring>

namespace vesica {

CircleSketches::CircleSketches(const StudyOptions& options, const MinHashSize& size, const EventDecoder& decoder)
    : as_of_(options.as_of), size_(size), decoder_(decoder), cuts_(CutsOf(options)) {}

absl::Status CircleSketches::Take(const Event& event) {
  if (as_of_.has_value() && event.has_time() && event.time > *as_of_) {
    if (future_.size() <= event.company) future_.resize(event.company + 1);
    ++future_[event.company];
    return absl::OkStatus();
  }
  const uint32_t circle = CircleOf(event) & ((1U << kSketchedCircles) - 1);
  if (circle == 0) return absl::OkStatus();
  for (const uint32_t row : RowsOf(event.company, event.segment)) {
    GrowingMinHash*& sketch = rows_of_[row][static_cast<size_t>(std::countr_zero(circle))];
    if (sketch == nullptr) {
      sketch = &sketches_.emplace_back(size_);
      held_bytes_ += sizeof(GrowingMinHash);
    }
    const uint64_t before = sketch->held_bytes();
    sketch->Add(event.person);
    held_bytes_ += sketch->held_bytes() - before;
  }
  return absl::OkStatus();
}

const std::vector<uint32_t>& CircleSketches::RowsOf(uint32_t company, uint32_t segment) {
  const auto [at, inserted] = rows_of_segments_.try_emplace({company, segment});
  if (!inserted) return at->second;
  std::array<uint32_t, kMaxDimensions> values;
  values.fill(kNoId);
  if (segment != kNoId) {
    const std::string_view tuple = decoder_.labels().segments[segment];
    std::memcpy(values.data(), tuple.data(), tuple.size());
  }
  at->second.push_back(RowOf({.company = company}));
  for (uint32_t i = 0; i < cuts_.size(); ++i) {
    const uint32_t second = cuts_[i].second.has_value() ? values[*cuts_[i].second] : kNoId;
    at->second.push_back(RowOf({company, i + 1, values[cuts_[i].dimension], second}));
  }
  held_bytes_ += sizeof(*at) + at->second.capacity() * sizeof(uint32_t);
  return at->second;
}

uint32_t CircleSketches::RowOf(const RowKey& key) {
  const auto [at, inserted] = rows_.try_emplace(key, static_cast<uint32_t>(rows_of_.size()));
  if (inserted) {
    rows_of_.push_back({});
    held_bytes_ += sizeof(*at) + sizeof(Circles);
  }
  return at->second;
}

}  // namespace vesica
