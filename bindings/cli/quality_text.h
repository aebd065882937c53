// What was read, for people: per set how many rows and why some are no keys.
#ifndef VESICA_CLI_QUALITY_TEXT_H_
#define VESICA_CLI_QUALITY_TEXT_H_

#include <string>
#include <vector>

#include "failure.h"
#include "key_input.h"
#include "overlap_answer.h"

namespace vesica_cli {

// The table of input quality: a column for each set.
std::string QualityTable(const std::vector<KeyInput>& inputs, const std::vector<SetFacts>& sets);

// One line for each reason of invalid keys and broken rows, naming the first few rows and, where they differ, lines.
Failure FaultLines(const KeyInput& input, const SetFacts& facts, std::vector<std::string>* out);

// The lines about broken rows alone.
Failure BrokenLines(const KeyInput& input, std::vector<std::string>* out);

}  // namespace vesica_cli

#endif  // VESICA_CLI_QUALITY_TEXT_H_
