#ifndef VESICA_BENCH_ACCURACY_TRIAL_H_
#define VESICA_BENCH_ACCURACY_TRIAL_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "bench/accuracy/sketcher.h"
#include "vesica/context.h"
#include "vesica/overlap.h"

namespace vesica {

struct TrialResult {
  std::vector<uint64_t> image_bytes;                               // measured
  Estimate in_all;                                                 // keys in all sets
  double design_error = std::numeric_limits<double>::quiet_NaN();  // of pairs
  double update_ns = 0;
  double estimate_us = 0;
};

// Saves the sketches of a trial, loads the images and estimates how many keys are in all of them.
TrialResult RunTrial(const Sketches& sketches, Context& context);

}  // namespace vesica

#endif  // VESICA_BENCH_ACCURACY_TRIAL_H_
