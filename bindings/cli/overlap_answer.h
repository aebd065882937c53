// The overlap of inputs, counted by the library.
#ifndef VESICA_CLI_OVERLAP_ANSWER_H_
#define VESICA_CLI_OVERLAP_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "failure.h"
#include "key_input.h"
#include "library.h"
#include "session.h"

namespace vesica_cli {

struct SetFacts {
  vesica_quality quality = {};
  std::vector<vesica_invalid> invalid;
};

// The answer about 2..8 sets holds their regions, about more sets only the pairs.
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

 private:
  Failure CountRegions(const OpenProfile& profile, vesica_context* context, const RunOptions& options,
                       uint64_t most_resident_bytes, std::vector<KeyInput>* inputs);
  Failure CountMatrix(const OpenProfile& profile, vesica_context* context, std::vector<KeyInput>* inputs);

  std::vector<SetFacts> sets_;
  RegionsHandle regions_;
  MatrixHandle matrix_;
};

inline constexpr size_t kMostRegionSets = 8;

}  // namespace vesica_cli

#endif  // VESICA_CLI_OVERLAP_ANSWER_H_
