// The overlap of inputs, counted by the library.
#ifndef VESICA_CLI_OVERLAP_ANSWER_H_
#define VESICA_CLI_OVERLAP_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "audience_input.h"
#include "failure.h"
#include "key_input.h"
#include "library.h"
#include "session.h"

namespace vesica_cli {

// The answer about 2..8 sets, or 2..4 if one is a sketch, holds their regions, about more sets only the pairs.
class OverlapAnswer {
 public:
  // Reads the inputs, again where one turns out to need it. `most_resident_bytes` 0: no limit.
  Failure Count(const OpenProfile& profile, vesica_context* context, const RunOptions& options, const Notes& notes,
                uint64_t most_resident_bytes, std::vector<KeyInput>* inputs);

  const std::vector<SetFacts>& sets() const { return sets_; }
  bool has_regions() const { return regions_ != nullptr; }
  Failure Info(vesica_answer_info* out) const;
  Failure Region(uint32_t members, vesica_estimate* out) const;
  Failure Pair(uint32_t a, uint32_t b, vesica_overlap* out) const;
  Failure Json(std::string* out) const;
  // The regions as a page or a picture.
  vesica_status Report(const vesica_report_options* options, const vesica_output* output, vesica_error* error) const;

 private:
  Failure CountRegions(const OpenProfile& profile, vesica_context* context, const RunOptions& options,
                       uint64_t most_resident_bytes, std::vector<KeyInput>* inputs);
  Failure CompareAudiences(const OpenProfile& profile, vesica_context* context, const Notes& notes,
                           std::vector<KeyInput>* inputs);

  std::vector<SetFacts> sets_;
  RegionsHandle regions_;
  MatrixHandle matrix_;
};

inline constexpr size_t kMostRegionSets = 8;
inline constexpr size_t kMostEstimatedSets = 4;

}  // namespace vesica_cli

#endif  // VESICA_CLI_OVERLAP_ANSWER_H_
