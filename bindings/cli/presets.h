// The mappings that the program carries: presets/*.json, built in.
#ifndef VESICA_CLI_PRESETS_H_
#define VESICA_CLI_PRESETS_H_

#include <span>
#include <string_view>

namespace vesica_cli {

struct Preset {
  std::string_view name;
  std::string_view text;
};

std::span<const Preset> Presets();

}  // namespace vesica_cli

#endif  // VESICA_CLI_PRESETS_H_
