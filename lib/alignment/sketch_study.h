#ifndef VESICA_LIB_ALIGNMENT_SKETCH_STUDY_H_
#define VESICA_LIB_ALIGNMENT_SKETCH_STUDY_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "alignment/circle_sketches.h"
#include "alignment/sketch_tables.h"
#include "alignment/study_data.h"
#include "base/context_state.h"
#include "vesica/audience.h"
#include "vesica/study.h"

namespace vesica {

// What a study keeps where it keeps sketches of circles instead of events: those made of events, by worker, and
// audiences that came ready made.
class SketchStudy {
 public:
  // One of the options' `sketch_bytes`. Unsupported for hashes of 128 bits.
  static absl::StatusOr<std::unique_ptr<SketchStudy>> Create(ContextState& context, const StudyOptions& options,
                                                             const IdentityStamp& stamp);

  // For each worker, with the decoder whose ids its events have; before any event.
  void AddWorker(const EventDecoder& decoder);
  EventSink& sink(uint32_t worker) { return *workers_[worker]; }

  // Labels become ids of `labels`, which are those of the first worker's decoder.
  absl::Status Add(const AudienceLabels& of, const Audience& audience, Labels* labels);

  uint64_t held_bytes() const;
  std::vector<uint64_t> FutureRows(const StudyData& data) const;  // by company

  // Every row with its pairs, in parallel: in the order of their keys, those over all companies first.
  absl::StatusOr<std::vector<RowOverlaps>> Estimate(const StudyData& data, double progress_end);

 private:
  // Of one circle of one row.
  struct Part {
    std::vector<GrowingMinHash*> sketches;
    std::vector<const Audience*> audiences;
  };
  using Parts = std::array<Part, kSketchedCircles>;
  using Rows = std::vector<std::pair<RowKey, Parts>>;
  struct Given {
    RowKey key;  // by the ids of the first worker
    size_t circle;
    Audience audience;
  };

  SketchStudy(ContextState& context, const StudyOptions& options, const IdentityStamp& stamp, const MinHashSize& size)
      : context_(context), options_(options), stamp_(stamp), size_(size) {}

  Rows RowsOf(const StudyData& data) const;
  absl::StatusOr<Audience> Join(const Part& part) const;
  absl::StatusOr<Audience> UnionOf(const Audience& a, const Audience& b) const;
  absl::StatusOr<Audience> AudienceOf(std::span<const uint64_t> hashes) const;
  absl::Status Estimate(const Parts& parts, RowOverlaps* row) const;

  ContextState& context_;
  const StudyOptions& options_;
  const IdentityStamp stamp_;
  const MinHashSize size_;
  std::vector<std::unique_ptr<CircleSketches>> workers_;
  std::vector<Given> given_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SKETCH_STUDY_H_
