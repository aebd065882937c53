#include "alignment/partial_archive.h"

#include "alignment/event.h"

namespace vesica {

void PartialArchive::Count(uint64_t* value) {
  Number(value, kMostOfAll);
  counted_ += *value;
  Require(counted_ <= kMostOfAll);
}

// Small numbers of either sign take few bytes: 0, -1, 1, -2, 2, ... are 0, 1, 2, 3, 4, ...
void PartialArchive::Signed(int64_t* value, int64_t most) {
  uint64_t folded = *value < 0 ? ~static_cast<uint64_t>(*value) << 1 | 1 : static_cast<uint64_t>(*value) << 1;
  Number(&folded, static_cast<uint64_t>(most) << 1);
  const uint64_t half = folded >> 1;
  if (reading()) *value = static_cast<int64_t>((folded & 1) != 0 ? ~half : half);
}

void PartialArchive::Time(int64_t* value) {
  bool is_known = *value != kNoTime;
  Flag(&is_known);
  if (is_known) return Signed(value, kMostTime);
  *value = kNoTime;
}

void PartialArchive::Hash(uint64_t* value) {
  if (mode_ == Mode::kRead) *value = reader_->Fixed64();
  if (mode_ == Mode::kWrite) writer_->Fixed64(*value);
}

void PartialArchive::Durations(std::vector<int64_t>* values, int64_t most) {
  if (mode_ == Mode::kMark) return;
  if (!reading()) std::sort(values->begin(), values->end());
  uint64_t size = values->size();
  Number(&size, UINT64_MAX);
  int64_t last = 0;
  for (uint64_t i = 0; i < size && ok(); ++i) {
    int64_t step = reading() ? 0 : (*values)[i] - last;
    Number(&step, static_cast<uint64_t>(most - last));
    last += step;
    if (reading() && ok()) values->push_back(last);
  }
}

void PartialArchive::Value(uint32_t index, uint32_t* rank) {
  if (index != kNoId) return Label(LabelKind::kValue, index, true, rank);
  *rank = kNoId;
}

void PartialArchive::Segment(SegmentTuple* tuple) {
  for (uint32_t k = 0; k < data_.dimensions.size(); ++k) Value(k, &(*tuple)[k]);
}

void PartialArchive::Label(LabelKind kind, size_t dimension, bool may_lack, uint32_t* rank) {
  const LabelNumbers& numbers = labels_.Of(kind, dimension);
  if (mode_ == Mode::kMark) {
    if (*rank != kNoId) marks_->Of(kind, dimension).Mark(*rank);
    return;
  }
  if (mode_ == Mode::kWrite) {
    const uint64_t number = *rank == kNoId ? 0 : uint64_t{numbers.NumberOf(*rank)} + 1;
    return writer_->Number(may_lack ? number : number - 1);
  }
  const uint64_t number = reader_->Number(numbers.size()) + !may_lack;
  if (number > numbers.size()) return reader_->Require(false);
  *rank = kNoId;
  if (number == 0 || !reader_->ok()) return;
  const auto place = static_cast<uint32_t>(number - 1);
  marks_->Of(kind, dimension).Mark(place);
  *rank = data_.RankingOf(kind, dimension).Of(part_, place);
}

}  // namespace vesica
