#ifndef VESICA_LIB_ALIGNMENT_OPTION_TEXT_H_
#define VESICA_LIB_ALIGNMENT_OPTION_TEXT_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "vesica/study.h"

namespace vesica {

// One option of a study by its name, as `settings` shows it.
struct StudyOption {
  const char* name;
  const char* unit;     // "duration", "people", "text", ...
  const char* flag;     // of the command line
  bool decides_counts;  // else only what is made of them: studies that differ in it can be added up
  std::string (*get)(const StudyOptions& options);
  absl::Status (*set)(std::string_view text, StudyOptions* options);
};

std::span<const StudyOption> AllStudyOptions();

// "30d", "24h", "15m", "10s": microseconds, in the largest of these units that divides them.
std::string DurationText(int64_t micros);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_OPTION_TEXT_H_
