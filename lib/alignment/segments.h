#ifndef VESICA_LIB_ALIGNMENT_SEGMENTS_H_
#define VESICA_LIB_ALIGNMENT_SEGMENTS_H_

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
  uint64_t held_bytes() const { return own_.held_bytes(); }

 private:
  const StudyData* data_;
  Interner own_;  // numbered after those of the rows
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SEGMENTS_H_
