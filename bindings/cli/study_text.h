// A study's answer for people: the headline, then the tables, short.
#ifndef VESICA_CLI_STUDY_TEXT_H_
#define VESICA_CLI_STUDY_TEXT_H_

#include <string>
#include <vector>

#include "failure.h"
#include "library.h"

namespace vesica_cli {

// What is shown unless tables are asked for.
std::vector<std::string> UsualTables(bool has_dimensions, bool sketches);

// The headline, and the tables named; all if none is.
Failure StudyText(const vesica_study_answer* answer, const std::vector<std::string>& shown, std::string* out);

}  // namespace vesica_cli

#endif  // VESICA_CLI_STUDY_TEXT_H_
