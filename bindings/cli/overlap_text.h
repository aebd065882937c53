// An overlap for people.
#ifndef VESICA_CLI_OVERLAP_TEXT_H_
#define VESICA_CLI_OVERLAP_TEXT_H_

#include <string>
#include <vector>

#include "failure.h"
#include "key_input.h"
#include "overlap_answer.h"
#include "session.h"

namespace vesica_cli {

Failure OverlapText(const OverlapAnswer& answer, const OpenProfile& profile, const std::vector<KeyInput>& inputs,
                    std::string* out);

}  // namespace vesica_cli

#endif  // VESICA_CLI_OVERLAP_TEXT_H_
