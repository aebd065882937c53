#ifndef VESICA_LIB_ALIGNMENT_SEGMENTS_H_
#define VESICA_LIB_ALIGNMENT_SEGMENTS_H_

#include <array>
#include <cstdint>
#include <span>

#include "alignment/interner.h"
#include "alignment/study_data.h"

namespace vesica {

// The tuples of dimensions that people are in, one worker's: those of the rows, which all workers number alike, and
// those that came of resolving people whose rows differ.
class Segments {
 public:
  explicit Segments(const StudyData& data) : data_(&data) {}

  uint32_t Intern(std::span<const uint32_t> tuple);  // kNoId if all are missing
  std::span<const uint32_t> operator[](uint32_t id) const;

  // The same with a place for every dimension there may be, of which those beyond the study's are 0.
  std::array<uint32_t, kMaxDimensions> Tuple(uint32_t id) const;
  uint32_t InternTuple(const std::array<uint32_t, kMaxDimensions>& tuple);
  uint64_t held_bytes() const { return own_.held_bytes(); }

 private:
  const StudyData* data_;
  Interner own_;  // numbered after those of the rows
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SEGMENTS_H_
