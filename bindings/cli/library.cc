#include "library.h"

namespace vesica_cli {
namespace {

int ExitCodeOf(vesica_status status) {
  switch (status) {
    case VESICA_INVALID_ARGUMENT:
      return kExitUsage;
    case VESICA_OUT_OF_MEMORY:
    case VESICA_OVER_BUDGET:
      return kExitBudget;
    case VESICA_CANCELLED:
      return kExitInterrupted;
    case VESICA_INVALID_KEY:
    case VESICA_IDENTITY_MISMATCH:
    case VESICA_CORRUPT:
    case VESICA_TOO_NEW:
      return kExitData;
    case VESICA_IO:
      return kExitIo;
    case VESICA_UNSUPPORTED:
      return kExitUnavailable;
    default:
      return kExitInternal;
  }
}

}  // namespace

Failure FromLibrary(vesica_status status, const vesica_error& error) {
  if (status == VESICA_OK) return {};
  std::string text = error.message[0] != '\0' ? error.message : vesica_status_text(status);
  if (status == VESICA_CANCELLED) text = "interrupted";
  if (status == VESICA_OVER_BUDGET && error.needed_bytes != 0) {
    text += " (--memory " + std::to_string((error.needed_bytes + (1 << 20) - 1) >> 20) + "M)";
  }
  return {ExitCodeOf(status), text};
}

}  // namespace vesica_cli
