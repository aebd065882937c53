#ifndef VESICA_LIB_ALIGNMENT_STAGES_H_
#define VESICA_LIB_ALIGNMENT_STAGES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alignment/study_data.h"

namespace vesica {

// What a stage means beside its place in the order.
enum class StageKind : uint8_t { kOther, kWon, kLost, kDisqualified };

// The lifecycle stages of a study: which labels are which stage, and in which order stages are passed. Labels are the
// same stage whatever their case, spaces and punctuation, and under the long names of the field ("Marketing Qualified
// Lead" is MQL).
class Stages {
 public:
  // The order is that of the options; without one that of the preset, of the field or of a vendor, that knows most of
  // the labels met.
  explicit Stages(const StudyData& data);

  const std::vector<std::string>& order() const { return order_; }
  // The place of a label in the order; -1 if it has none.
  int32_t PlaceOf(uint32_t stage) const { return stage == kNoId ? -1 : places_[stage]; }
  StageKind KindOf(uint32_t stage) const { return stage == kNoId ? StageKind::kOther : kinds_[stage]; }
  bool IsHandoff(uint32_t stage) const { return stage != kNoId && handoff_[stage]; }
  bool IsAccepted(uint32_t stage) const { return stage != kNoId && accepted_[stage]; }

 private:
  std::vector<std::string> order_;
  std::vector<int32_t> places_;  // by label
  std::vector<StageKind> kinds_;
  std::vector<bool> handoff_, accepted_;
};

// "Marketing Qualified Lead", "marketingqualifiedlead" and "MQL" are "mql".
std::string StageName(std::string_view label);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_STAGES_H_
