#include "alignment/segments.h"

#include <algorithm>

namespace vesica {

uint32_t Segments::Intern(std::span<const uint32_t> tuple) {
  if (std::all_of(tuple.begin(), tuple.end(), [](uint32_t value) { return value == kNoId; })) return kNoId;
  return data_->segment_count() +
         own_.Intern({reinterpret_cast<const char*>(tuple.data()), tuple.size() * sizeof(uint32_t)});
}

std::span<const uint32_t> Segments::operator[](uint32_t id) const {
  if (id == kNoId || id < data_->segment_count()) return data_->Segment(id);
  const std::string_view bytes = own_[id - data_->segment_count()];
  return {reinterpret_cast<const uint32_t*>(bytes.data()), bytes.size() / sizeof(uint32_t)};
}

std::array<uint32_t, kMaxDimensions> Segments::Tuple(uint32_t id) const {
  std::array<uint32_t, kMaxDimensions> tuple{};
  const std::span<const uint32_t> values = (*this)[id];
  std::copy(values.begin(), values.end(), tuple.begin());
  return tuple;
}

uint32_t Segments::InternTuple(const std::array<uint32_t, kMaxDimensions>& tuple) {
  return Intern(std::span(tuple).first(data_->dimensions.size()));
}

}  // namespace vesica
