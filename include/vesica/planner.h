#ifndef VESICA_PLANNER_H_
#define VESICA_PLANNER_H_

#include <array>
#include <cstdint>

#include "absl/status/statusor.h"
#include "vesica/audience.h"

namespace vesica {

// Two audiences that are to be compared, before there are any.
struct PlanQuestion {
  double size_a = 0, size_b = 0;  // keys, 1 to 2^60
  double share_of_smaller = 0;    // of the smaller audience's keys, how many the other has too: above 0, up to 1
  double error = 0;  // wanted half-width of the intersection's 95 % interval, over the intersection; above 0
};

// What it takes to answer with one representation.
struct RepresentationPlan {
  Representation representation = Representation::kExact;
  bool reaches_error = false;
  // BuilderOptions::bytes; of the smallest that reaches the error, or the largest there is. 0 for exact.
  uint64_t sketch_bytes = 0;
  // Expected size of both saved images. A MinHash keeps a small audience exact.
  double image_bytes_a = 0, image_bytes_b = 0;
  double half_width = 0;  // expected, as in PlanQuestion::error; 0 for exact
  // Of one thread on short keys in memory, as measured by bench/audience_bench.cc and bench/sketch_bench.cc: to tell
  // the representations apart, not to promise.
  double build_ns_per_row = 0;

  double image_bytes() const { return image_bytes_a + image_bytes_b; }
};

struct Plan {
  std::array<RepresentationPlan, 3> representations;  // in the order of Representation
  Representation smallest = Representation::kExact;   // of those that reach the error, the fewest bytes of both images

  bool ExactIsSmallest() const { return smallest == Representation::kExact; }
  const RepresentationPlan& Of(Representation representation) const {
    return representations[static_cast<size_t>(representation)];
  }
};

// Everything is computed from the Fisher information of the samples that are expected, in well under a second.
// InvalidArgument for a question out of range.
absl::StatusOr<Plan> MakePlan(const PlanQuestion& question);

// The half-width that the samples of BuilderOptions{representation, bytes} are expected to have for the question, whose
// error does not matter; infinite if they tell nothing. InvalidArgument also for bytes out of range.
absl::StatusOr<double> ExpectedHalfWidth(const PlanQuestion& question, Representation representation, uint64_t bytes);

}  // namespace vesica

#endif  // VESICA_PLANNER_H_
