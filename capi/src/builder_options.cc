#include "builder_options.h"

#include "structs.h"

namespace vesica::capi {

absl::StatusOr<BuilderOptions> ToBuilderOptions(const vesica_builder_options* given) {
  VESICA_ASSIGN_OR_RETURN(const vesica_builder_options from, ReadOptions(given));
  if (from.representation > VESICA_REPRESENTATION_HYPERLOGLOG) {
    return Unsupported("options.representation is unknown");
  }
  if ((from.flags & ~VESICA_BUILDER_PLAIN_REGISTERS) != 0) return Unsupported("options.flags has an unknown flag");
  if (from.reserved != 0) return Unsupported("options.reserved is not 0");
  if (from.flags != 0 && from.representation != VESICA_REPRESENTATION_HYPERLOGLOG) {
    return InvalidArgument("options.flags: VESICA_BUILDER_PLAIN_REGISTERS is for a HyperLogLog");
  }
  BuilderOptions options;
  options.representation = static_cast<Representation>(from.representation);
  if (from.sketch_bytes != 0) options.bytes = from.sketch_bytes;
  if ((from.flags & VESICA_BUILDER_PLAIN_REGISTERS) != 0) options.mantissa_bits = 0;
  return options;
}

}  // namespace vesica::capi
