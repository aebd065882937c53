#include "presets.h"

#include <array>
#include <cstddef>

namespace vesica {
extern const unsigned char kHubspotPreset[], kLinkedinPreset[], kMarketoPreset[], kSalesforcePreset[];
extern const size_t kHubspotPresetSize, kLinkedinPresetSize, kMarketoPresetSize, kSalesforcePresetSize;
}  // namespace vesica

namespace vesica_cli {
namespace {

std::string_view Text(const unsigned char* bytes, size_t size) { return {reinterpret_cast<const char*>(bytes), size}; }

}  // namespace

std::span<const Preset> Presets() {
  using namespace vesica;  // NOLINT: where cmake/embed.cmake puts what it embeds
  static const std::array<Preset, 4> presets = {{{"hubspot", Text(kHubspotPreset, kHubspotPresetSize)},
                                                 {"linkedin", Text(kLinkedinPreset, kLinkedinPresetSize)},
                                                 {"marketo", Text(kMarketoPreset, kMarketoPresetSize)},
                                                 {"salesforce", Text(kSalesforcePreset, kSalesforcePresetSize)}}};
  return presets;
}

}  // namespace vesica_cli
