#ifndef VESICA_LIB_ALIGNMENT_ZONE_FILE_H_
#define VESICA_LIB_ALIGNMENT_ZONE_FILE_H_

#include <string_view>

#include "absl/time/time.h"

namespace vesica {

// Loads a zone of the IANA database from the folders where systems keep it, never from where TZ or TZDIR point. The
// name is one of letters, digits, + - _ and / that does not begin with /. False where no folder has it.
bool LoadZone(std::string_view name, absl::TimeZone* zone);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_ZONE_FILE_H_
