#ifndef VESICA_JSON_H_
#define VESICA_JSON_H_

#include <string>

#include "vesica/overlap.h"

namespace vesica {

// The whole answer as one JSON object, the same for every language; its keys are in capi/API.md. Names that are not
// valid UTF-8 have the bad bytes replaced. Undefined figures are null.
std::string ToJson(const Regions& regions);
std::string ToJson(const Matrix& matrix);

}  // namespace vesica

#endif  // VESICA_JSON_H_
