// Inputs made into audiences.
#ifndef VESICA_CLI_AUDIENCE_INPUT_H_
#define VESICA_CLI_AUDIENCE_INPUT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "failure.h"
#include "key_input.h"
#include "library.h"
#include "session.h"

namespace vesica_cli {

// What was read for a set.
struct SetFacts {
  vesica_quality quality = {};
  std::vector<vesica_invalid> invalid;
};

// What get_quality(quality, error) and get_invalid(index, invalid, error) tell of one set.
template <class GetQuality, class GetInvalid>
Failure ReadFacts(GetQuality&& get_quality, GetInvalid&& get_invalid, SetFacts* out) {
  vesica_error error = NoError();
  out->quality.struct_size = sizeof(out->quality);
  if (Failure failure = FromLibrary(get_quality(&out->quality, &error), error)) return failure;
  for (uint32_t i = 0; i < out->quality.invalid_reasons; ++i) {
    vesica_invalid invalid = {};
    invalid.struct_size = sizeof(invalid);
    if (Failure failure = FromLibrary(get_invalid(i, &invalid, &error), error)) return failure;
    out->invalid.push_back(invalid);
  }
  return {};
}

// The audience of an image, or one built from a list as `options` say. Reads the list again where it turns out to need
// it.
Failure MakeAudience(const OpenProfile& profile, vesica_context* context, const vesica_builder_options& options,
                     const Notes& notes, std::vector<KeyInput>* inputs, size_t index, AudienceHandle* out,
                     SetFacts* facts);

}  // namespace vesica_cli

#endif  // VESICA_CLI_AUDIENCE_INPUT_H_
